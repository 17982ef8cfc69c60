from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimcheck.corpus.exchange import FORMS, export_rows, import_rows
from claimcheck.corpus.rows import read_rows, write_lines
from claimcheck.errors import DataError
from claimcheck.pipeline.docbin import export_docbin, import_docbin, read_docs
from tests.corpus.made import small

CORPUS = Path(__file__).parents[2] / "data" / "corpus"
ROWS = [row for rows in small().values() for row in rows]


def there_and_back(form, rows, path):
    if form == "docbin":
        export_docbin(rows, path)
        return import_docbin(path)
    export_rows(rows, form, path)
    return import_rows(form, path)


@pytest.mark.parametrize("form", [*FORMS, "docbin"])
def test_nothing_is_lost(form, tmp_path):
    back = there_and_back(form, ROWS, tmp_path / "tasks")
    assert back == ROWS
    assert [list(row) for row in back] == [list(row) for row in ROWS]
    assert [list(claim) for row in back for claim in row["claims"]] == [
        list(claim) for row in ROWS for claim in row["claims"]
    ]


@pytest.mark.parametrize("form", [*FORMS, "docbin"])
def test_nothing_of_the_corpus_is_lost(form, tmp_path):
    rows = [row.data for row in read_rows(CORPUS, ["validation"])]
    write_lines(tmp_path / "back.jsonl", there_and_back(form, rows, tmp_path / "tasks"))
    assert (tmp_path / "back.jsonl").read_bytes() == (CORPUS / "validation.jsonl").read_bytes()


def test_prodigy(tmp_path):
    export_rows(ROWS, "prodigy", tmp_path / "x")
    task = json.loads((tmp_path / "x").read_text(encoding="utf-8").splitlines()[3])
    span = task["spans"][0]
    assert task["text"][span["start"] : span["end"]] == "cures every cold overnight"
    assert (span["label"], span["meta"]["flags"], task["meta"]["page"]) == ("disease", ["absolute", "quoted"], "b-1")


def test_prodigy_after_annotation(tmp_path):
    export_rows(ROWS, "prodigy", tmp_path / "x")
    tasks = [json.loads(line) for line in (tmp_path / "x").read_text(encoding="utf-8").splitlines()]
    tasks[0]["answer"] = "reject"
    tasks[1] |= {"_input_hash": 7, "_view_id": "spans_manual"}
    tasks[1]["spans"][0] |= {"start": 7, "label": "mechanism", "token_start": 1}
    tasks[3]["spans"] = []
    write_lines(tmp_path / "x", tasks)
    back = import_rows("prodigy", tmp_path / "x")
    assert len(back) == len(ROWS) - 1
    assert back[0]["claims"] == [ROWS[1]["claims"][0] | {"start": 7, "kind": "mechanism"}]
    assert back[2]["claims"] == []


def test_label_studio(tmp_path):
    export_rows(ROWS, "labelstudio", tmp_path / "x")
    task = json.loads((tmp_path / "x").read_text(encoding="utf-8"))[1]
    [region] = task["annotations"][0]["result"]
    assert region["value"] == {"start": 11, "end": 29, "text": "settle the stomach", "labels": ["function"]}
    assert task["data"] == {"text": ROWS[1]["text"]}


def test_doccano_takes_moved_spans_back(tmp_path):
    export_rows(ROWS, "doccano", tmp_path / "x")
    tasks = [json.loads(line) for line in (tmp_path / "x").read_text(encoding="utf-8").splitlines()]
    assert tasks[1]["label"] == [[11, 29, "function"]]
    tasks[1]["label"] = [[7, 29, "mechanism"]]
    write_lines(tmp_path / "x", tasks)
    [claim] = import_rows("doccano", tmp_path / "x")[1]["claims"]
    assert claim == ROWS[1]["claims"][0] | {"start": 7, "kind": "mechanism"}


def test_a_span_that_nobody_described(tmp_path):
    export_rows(ROWS, "doccano", tmp_path / "x")
    tasks = [json.loads(line) for line in (tmp_path / "x").read_text(encoding="utf-8").splitlines()]
    tasks[5]["label"] = [[0, 3, "harm"]]
    write_lines(tmp_path / "x", tasks)
    with pytest.raises(DataError, match=r"x:6: .*the span 0-3 meets no claim"):
        import_rows("doccano", tmp_path / "x")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("content", ['{"text": "Rain."}', '[{"data": {}}]', "no json", "[1]", '{"meta": 1, "text": 2}'])
def test_a_file_of_another_form(form, content, tmp_path):
    (tmp_path / "x").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=str(tmp_path / "x")):
        import_rows(form, tmp_path / "x")


def test_docbin_holds_what_spacy_trains_on(tmp_path):
    export_docbin(ROWS, tmp_path / "x.spacy")
    doc = read_docs(tmp_path / "x.spacy")[3]
    assert [(span.text, span.label_) for span in doc.spans["claims"]] == [("cures every cold overnight", "disease")]
    assert doc.cats == {"none": 0, "supported": 0, "overstated": 0, "unsupported": 1}


@pytest.mark.parametrize("content", [b"no DocBin", b""])
def test_a_file_that_is_no_docbin(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(DataError, match="could not be read as a DocBin"):
        import_docbin(tmp_path / "x")


def test_a_docbin_of_somebody_else(tmp_path):
    import spacy
    from spacy.tokens import DocBin

    DocBin(docs=[spacy.blank("en")("Rain.")]).to_disk(tmp_path / "x")
    with pytest.raises(DataError, match="carries no row"):
        import_docbin(tmp_path / "x")
