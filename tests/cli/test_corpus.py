from __future__ import annotations

import json

import pytest

from claimcheck.cli.corpus import FORMATS, SPLITS
from claimcheck.corpus.exchange import FORMS
from claimcheck.corpus.rows import SPLITS as FILES
from tests.corpus.made import row, small, write


@pytest.fixture
def data(tmp_path):
    return write(tmp_path / "data", small())


def test_the_choices_are_those_of_the_rooms():
    assert (*FORMS, "docbin") == FORMATS
    assert SPLITS == FILES


def test_validate_a_sound_corpus(run, data):
    result = run("corpus", "validate", "--data", data)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("    ok  ") == 9
    assert "6 sentences, 0." in result.stdout


def test_validate_names_file_line_page_and_sentence(run, tmp_path):
    rows = small()
    rows["train"].append(row(text="Our tent stands by the pier.", label="supported"))
    data = write(tmp_path, rows)
    result = run("corpus", "validate", "--data", data)
    assert result.exit_code == 2
    assert "     1  a sentence bears the worst verdict" in result.stdout
    place = data / "corpus" / "train.jsonl"
    assert (
        f"{place}:3: page a-1: label is supported, the worst verdict in it none. Sentence: 'Our tent" in result.stderr
    )
    assert result.stderr.endswith(f"claimcheck: 1 problems in {data / 'corpus'}.\n")


def test_validate_names_no_more_than_asked(run, tmp_path):
    rows = small()
    rows["train"] += [row(text=f"Pier {number}", label="supported") for number in range(5)]
    result = run("corpus", "validate", "--data", write(tmp_path, rows), "--most", "2")
    assert result.stderr.count("Sentence: ") == 2
    assert "... and 3 more of this rule" in result.stderr


def test_validate_a_file_that_holds_no_rows(run, data):
    (data / "corpus" / "test.jsonl").write_text("{\n", encoding="utf-8")
    result = run("corpus", "validate", "--data", data)
    assert result.exit_code == 2
    assert "test.jsonl:1: is no JSON" in result.stderr


def test_stats(run, data):
    shown = run("corpus", "stats", "--data", data).stdout
    assert "  all                  pages 3  sentences 6  claims 2" in shown
    assert "  none                 66.7%" in shown
    found = json.loads(run("corpus", "stats", "--data", data, "--format", "json").stdout)
    assert found["splits"]["test"] == {"pages": 1, "sentences": 2, "claims": 0}


@pytest.mark.parametrize("command", [["stats"], ["export", "--to", "prodigy", "x", "--split", "all"]])
def test_a_broken_row_is_named(run, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    rows = small()
    del rows["test"][1]["label"]
    result = run("corpus", *command, "--data", write(tmp_path, rows))
    assert result.exit_code == 2
    assert "test.jsonl:2: label is missing. See `claimcheck corpus validate`." in result.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("form", FORMATS)
def test_there_and_back(run, data, tmp_path, form):
    tasks, back = tmp_path / "tasks", tmp_path / "back.jsonl"
    out = run("corpus", "export", "--to", form, tasks, "--split", "validation", "--data", data)
    assert (out.exit_code, out.stderr) == (0, f"2 sentences written to {tasks}\n")
    result = run("corpus", "import", "--from", form, tasks, back)
    assert result.exit_code == 0
    assert back.read_bytes() == (data / "corpus" / "validation.jsonl").read_bytes()


def test_all_splits_at_once(run, data, tmp_path):
    run("corpus", "export", "--to", "doccano", tmp_path / "x", "--split", "all", "--data", data)
    assert len((tmp_path / "x").read_text(encoding="utf-8").splitlines()) == 6


def test_no_folder_to_write_to(run, data, tmp_path):
    result = run("corpus", "export", "--to", "prodigy", tmp_path / "gone" / "x", "--data", data)
    assert result.exit_code == 2
    assert "Make it first." in result.stderr


def test_import_of_another_form(run, tmp_path):
    (tmp_path / "x").write_text('{"text": "Rain."}\n', encoding="utf-8")
    result = run("corpus", "import", "--from", "prodigy", tmp_path / "x", tmp_path / "y")
    assert result.exit_code == 2
    assert "x:1: this task lacks 'meta'" in result.stderr
    assert not (tmp_path / "y").exists()
