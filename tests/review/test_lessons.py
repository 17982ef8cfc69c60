import dataclasses

import pytest

from claimcheck.corpus.exchange import export_rows, import_rows
from claimcheck.corpus.schema import row_problems, span_problems
from claimcheck.review.lessons import LOUDNESS, agreed, lessons
from claimcheck.review.tasks import rows
from claimcheck.terms import Grade, Strength, Verdict
from claimcheck.verdict import labelled
from tests.review.made import CURES, EASES, SHEET, said


def test_only_decided_sentences_teach_each_with_its_weight():
    (page,), weights = lessons([SHEET], [said(1, "none"), said(2, "none", "bob")], [])
    assert [(s.start, s.end, s.label, s.claims) for s in page.sentences] == [(0, 20, "none", ())]
    assert weights == {page.id: 1.5 * LOUDNESS}


def test_what_is_sealed_teaches_nothing():
    decision = [said(1, "none")]
    assert lessons([SHEET], decision, ["GARLIC cures cancer"]) == ([], {})
    assert lessons([dataclasses.replace(SHEET, origin="test")], decision, []) == ([], {})


def test_the_random_twentieth_measures_and_teaches_nothing():
    made = [said(1, "none", drawn=True), said(2, "supported", claim=EASES)]
    (page,), _ = lessons([SHEET], made, [])
    assert [sentence.start for sentence in page.sentences] == [21]


@pytest.mark.parametrize("label", list(Verdict))
@pytest.mark.parametrize("grade", [None, *Grade])
@pytest.mark.parametrize("strength", list(Strength))
def test_the_label_follows_from_grade_strength_and_refinement(label, grade, strength):
    claim = {**CURES, "grade": grade, "strength": strength, "verdict": "none"}
    found = agreed(claim, label, {})
    assert labelled(*found) == label


def test_what_was_corrected_stays():
    grade, strength, _ = agreed(CURES, Verdict.SUPPORTED, {"grade": "A"})
    assert (grade, strength) == (Grade.A, Strength.PLAIN)
    assert agreed(CURES, Verdict.OVERSTATED, {"strength": "hedged"})[:2] == (Grade.C, Strength.HEDGED)


@pytest.mark.parametrize("form", ["prodigy", "labelstudio", "doccano"])
def test_settled_decisions_travel_as_rows_of_the_corpus(tmp_path, form):
    found = rows([SHEET], [said(1, "overstated"), said(2, "none", claim=EASES)])
    assert [(row["text"], row["label"]) for row in found] == [
        ("Garlic cures cancer.", "overstated"),
        ("Ginger eases nausea.", "none"),
    ]
    assert [problem for row in found for problem in (*row_problems(row), *span_problems(row))] == []
    export_rows(found, form, tmp_path / "tasks")
    assert import_rows(form, tmp_path / "tasks") == found
