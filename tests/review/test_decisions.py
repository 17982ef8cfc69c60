import json

import pytest

from claimcheck.errors import DataError
from claimcheck.review.decisions import conflicts, read, settle, standing, write
from tests.review.made import EASES, SHEET, said


def views(*decisions):
    return next(iter(standing(decisions).values()), [])


def test_the_latest_view_of_each_reviewer_stands_and_what_is_taken_back_does_not():
    made = [said(1, "none"), said(2, "supported"), said(3, "overstated", "bob"), said(4, "", undoes=2)]
    assert [(view.reviewer, view.label) for view in views(*made[:3])] == [("ada", "supported"), ("bob", "overstated")]
    assert [(view.reviewer, view.label) for view in views(*made)] == [("ada", "none"), ("bob", "overstated")]


def test_the_majority_settles_a_tie_does_not_and_who_agrees_adds_weight():
    assert settle(views(said(1, "none"))).weight == 1.0
    both = settle(views(said(1, "none"), said(2, "none", "bob"), said(3, "supported", "eve")))
    assert (both.decision.label, both.weight) == ("none", 1.5)
    assert settle(views(said(1, "none"), said(2, "supported", "bob"))) is None
    assert settle(views(said(1, "unsure"))) is None


def test_the_latest_adjudication_wins():
    made = [said(1, "none"), said(2, "none", "bob"), said(3, "supported", "eve", adjudicates=True)]
    assert settle(views(*made)).decision.label == "supported"
    later = said(4, "overstated", "eva", adjudicates=True)
    assert settle(views(*made, later)).decision.label == "overstated"


def test_a_conflict_is_open_until_it_is_adjudicated():
    made = [said(1, "none"), said(2, "supported", "bob"), said(3, "none", claim=EASES)]
    assert [[view.reviewer for view in found] for found in conflicts(made)] == [["ada", "bob"]]
    assert conflicts([*made, said(4, "none", "eve", adjudicates=True)]) == []


def test_decisions_come_back_as_they_went(tmp_path):
    made = [said(1, "none", note="a\nb"), said(2, "supported", "bob", fields={"grade": "A"})]
    write(tmp_path / "d.jsonl", [SHEET], made)
    assert read(tmp_path / "d.jsonl") == ([SHEET], made)


@pytest.mark.parametrize(
    ("change", "part"),
    [({"label": "nonsense"}, "Use one of"), ({"page": "q"}, "page 'q'"), ({"unknown": 1}, "review export")],
)
def test_a_broken_file_says_where(tmp_path, change, part):
    path = tmp_path / "d.jsonl"
    write(path, [SHEET], [said(1, "none")])
    first, second = path.read_text().splitlines()
    broken = json.loads(second)
    broken["decision"] |= change
    path.write_text(first + "\n" + json.dumps(broken))
    with pytest.raises(DataError, match=part) as caught:
        read(path)
    assert caught.value.line == 2
