"""What lifts a rule, and what a vendor cannot lift it with."""

import pytest


def met(nlp, text):
    return {finding.rule for claim in nlp(text)._.claims for finding in claim.findings}


@pytest.mark.parametrize(
    "text",
    [
        "Better than metformin, our sea moss reverses diabetes.",
        "Our tea beats placebo and cures arthritis.",
        "A laboratory-tested syrup that cures asthma.",
    ],
)
def test_a_word_of_science_does_not_lift_a_rule(nlp, text):
    assert {"FDA101", "EU101", "UK101"} <= met(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "Sea moss was no better than placebo for arthritis.",
        "Metformin can treat type 2 diabetes.",
        "There is no evidence that our tea cures arthritis.",
    ],
)
def test_what_reports_or_is_licensed_meets_no_rule_of_weight(nlp, text):
    assert not {"FDA101", "EU101", "UK101"} & met(nlp, text)
