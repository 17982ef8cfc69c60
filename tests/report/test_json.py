from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

import claimcheck
from claimcheck.records import Article, Document, Report, Unread
from claimcheck.report.as_json import render, summary
from tests.report.made import TEXT, claim, report

SCHEMA = json.loads(files("claimcheck.report").joinpath("report.schema.json").read_text(encoding="utf-8"))


def valid(text):
    data = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    return data


def test_the_schema_itself_is_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "claimcheck.report/1"


def test_a_report_follows_the_schema_and_holds_every_part():
    data = valid(render(report(unread=(Unread("b.txt", "is empty."),))))
    [document] = data["documents"]
    assert document["source"] == "a.txt"
    assert document["claims"][0]["quote"] == "cures cancer"
    assert document["claims"][0]["evidence"][0]["via"] == "direct"
    assert document["claims"][0]["findings"][0]["jurisdictions"] == ["us", "eu"]
    assert data["unread"] == [{"source": "b.txt", "problem": "is empty."}]


def test_an_empty_report_follows_the_schema():
    assert valid(render(report(documents=())))["documents"] == []


def test_judged_articles_follow_the_schema_and_offsets_give_the_quotes(nlp):
    texts = ["Garlic cures cancer. Ginger may help with nausea.", "Café ✅ 💊: garlic\ncures diabetes."]
    judged = claimcheck.scan([Article(str(number), text) for number, text in enumerate(texts)], nlp)
    data = valid(render(judged))
    for text, document in zip(texts, data["documents"], strict=True):
        assert document["claims"]
        for found in document["claims"]:
            assert text[found["start"] : found["end"]] == found["quote"]
            first, last = found["sentence"]
            assert first <= found["start"] < found["end"] <= last <= len(text)
            assert sum(found["probabilities"].values()) == pytest.approx(1, abs=0.01)
            assert found["confidence"] == found["probabilities"][found["verdict"]]
            for cue in found["cues"]:
                assert text[cue["start"] : cue["end"]] == cue["text"]


def test_the_summary_counts_what_the_report_holds():
    german = Document(Article("c.txt", "Knoblauch", language="de"))
    counted = summary(
        report(
            documents=(Document(Article("a.txt", TEXT), (claim(), claim("is good"))), german),
            unread=(Unread("b.txt", "is empty."),),
        )
    )
    assert counted == {
        "documents": 3,
        "judged": 1,
        "unread": 1,
        "claims": 2,
        "supported": 0,
        "overstated": 0,
        "unsupported": 2,
        "findings": 2,
    }


def test_a_report_ends_with_a_line_end_and_keeps_letters():
    text = render(report(Article("ä.txt", "Garlic cures cancer.")))
    assert text.endswith("}\n")
    assert '"ä.txt"' in text


@pytest.mark.parametrize("damage", ["verdict", "quote", "sentence"])
def test_the_schema_refuses_what_lacks_a_part(damage):
    data = json.loads(render(report()))
    del data["documents"][0]["claims"][0][damage]
    with pytest.raises(jsonschema.ValidationError, match=damage):
        jsonschema.validate(data, SCHEMA)


def test_the_order_of_documents_is_kept():
    documents = tuple(Document(Article(name, "x")) for name in ("b", "a", "c"))
    data = valid(render(Report(report().tool, documents)))
    assert [document["source"] for document in data["documents"]] == ["b", "a", "c"]
