from __future__ import annotations

import json

import pytest

from claimcheck.articles.text import text_blocks
from claimcheck.corpus.page_files import load_page_files
from claimcheck.errors import DataError
from claimcheck.terms import BlockKind, Grade, Verdict

TEXT = "Ginger notes\nGinger eases nausea on boats."
NOTHING = dict.fromkeys(("kind", "strength", "grade", "subject", "effect"))
CLAIM = {"kind": "disease", "strength": "plain", "grade": "B", "subject": "ginger", "effect": "nausea"}
PAGE = {
    "id": "p-1",
    "genre": "marketing",
    "topic": "ginger",
    "text": TEXT,
    "sentences": [
        {"start": 0, "end": 12, "label": "none", "unsure": False, **NOTHING},
        {"start": 13, "end": 42, "label": "overstated", "unsure": True, **CLAIM},
    ],
}


@pytest.fixture
def load(tmp_path):
    def load(**changes):
        (tmp_path / "p.json").write_text(json.dumps(PAGE | changes), encoding="utf-8")
        return load_page_files(tmp_path, text_blocks)

    return load


def test_a_labelled_sentence_is_one_claim(load):
    [page] = load()
    heading, sentence = page.sentences
    assert (page.id, page.topic, page.stance) == ("p-1", "ginger", "")
    assert (heading.label, heading.claims) == ("none", ())
    [claim] = sentence.claims
    assert TEXT[claim.start : claim.end] == "Ginger eases nausea on boats."
    assert (claim.grade, claim.verdict, claim.effect, claim.unsure) == (Grade.B, Verdict.OVERSTATED, "nausea", True)
    assert [block.kind for block in page.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sentences": [{"start": 0, "end": 99, "label": "none"}]}, "0-99 is no span"),
        ({"sentences": [{"start": 0, "end": 9}]}, "lacks 'label'"),
        ({"sentences": [{"start": 0, "end": 9, "label": "supported", **NOTHING}]}, "None is not a valid ClaimKind"),
        ({"sentences": [{"start": 0, "end": 9, "label": "true", **CLAIM}]}, "'true' is not a valid Verdict"),
        ({"text": None}, "is no labelled page"),
        ({"sentences": ["words"]}, "is no labelled page"),
    ],
)
def test_a_page_of_another_form(load, changes, told):
    with pytest.raises(DataError) as error:
        load(**changes)
    assert "p.json: " in str(error.value)
    assert told in str(error.value)


def test_a_folder_without_pages(tmp_path):
    with pytest.raises(DataError, match="holds no JSON file"):
        load_page_files(tmp_path, text_blocks)
