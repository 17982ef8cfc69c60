import random

import pytest

from claimcheck.review.agreement import agreement, outliers
from claimcheck.review.learned import contradicted, proposals, rule_records
from tests.review.made import CURES, said


def claim(number):
    return {**CURES, "start": number, "end": number + 1}


def test_agreement_is_one_where_all_agree_and_about_nought_where_all_guess():
    labels = ["supported", "none"] * 50
    made = [said(2 * n + k, label, who, claim(n)) for n, label in enumerate(labels) for k, who in enumerate("ab", 1)]
    found = {(f.field, f.month, f.measure): f.value for f in agreement(made)}
    assert found["label", "all", "kappa"] == found["label", "all", "alpha"] == found["label", "2026-01", "alpha"] == 1.0
    draw = random.Random(1)
    guessed = [said(d.id, draw.choice(["supported", "none"]), d.reviewer, d.claim) for d in made]
    found = {(f.field, f.measure): f.value for f in agreement(guessed) if f.month == "all"}
    assert abs(found["label", "kappa"]) < 0.25
    assert abs(found["label", "alpha"]) < 0.25


def test_kappa_is_cohens():
    # The worked example of Cohen's kappa: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
    pairs = [("none", "none")] * 20 + [("none", "supported")] * 5 + [("supported", "none")] * 10
    pairs += [("supported", "supported")] * 15
    made = [said(2 * n + k, pair[k], "ab"[k], claim(n)) for n, pair in enumerate(pairs, 1) for k in (0, 1)]
    (kappa,) = [f.value for f in agreement(made) if (f.field, f.measure, f.month) == ("label", "kappa", "all")]
    assert kappa == pytest.approx(0.4)


def test_two_hundred_wrong_decisions_of_one_reviewer_are_told_of():
    draw = random.Random(2)
    made = []
    for n in range(400):
        label = draw.choice(["supported", "overstated", "unsupported"])
        wrong = {"supported": "unsupported", "overstated": "supported", "unsupported": "supported"}[label]
        made.append(said(2 * n + 1, label, draw.choice(["ada", "bob"]), claim(n)))
        made.append(said(2 * n + 2, wrong if n < 200 else label, "mallory" if n < 200 else "eve", claim(n)))
    assert next(name for name, *_ in outliers(made)) == "mallory"
    assert "eve" not in [name for name, *_ in outliers(made)]


def test_rules_and_entries_are_judged_by_decisions():
    entry = {"entry": {"id": "garlic/cancer/benefit"}, "via": "direct"}
    met = {**CURES, "findings": [{"rule": "FDA101"}], "evidence": [entry]}
    made = [
        said(n, label, claim={**met, "start": n, "end": n + 1})
        for n, label in enumerate(["none", "none", "unsupported"])
    ]
    (record,) = rule_records(made)
    assert (record.rule, record.met, record.right) == ("FDA101", 3, 1)
    assert record.precision == pytest.approx(1 / 3)
    assert contradicted(made) == [("garlic/cancer/benefit", 2, 1)]


def test_corrected_fields_become_proposals():
    entry = {"entry": {"id": "garlic/cancer/benefit"}, "via": "direct"}
    made = [
        said(1, "overstated", claim={**CURES, "evidence": [entry]}, fields={"grade": "B", "effect": "tumours"}),
        said(2, "supported", claim=claim(3), fields={"grade": "A"}),
    ]
    found = {(p.what, p.key, p.old, p.new) for p in proposals(made)}
    assert found == {
        ("grade", "garlic/cancer/benefit", "C", "B"),
        ("effect", "cancer", "cures cancer", "tumours"),
        ("entry", "garlic/cancer", "C", "A"),
    }
