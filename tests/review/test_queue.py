from dataclasses import replace

from claimcheck.review.queue import Reason, doubled, drawn, priority, reasons
from claimcheck.terms import Severity, Verdict
from tests.report.made import claim

SURE = claim(probabilities={"supported": 0.0, "overstated": 0.0, "unsupported": 1.0})


def named(of, copies=1, known=("garlic",)):
    return [reason for reason in reasons(of, "page", copies, known) if reason is not Reason.DRAWN]


def test_a_claim_that_teaches_nothing_has_no_reason():
    assert named(SURE) == []


def test_each_reason_is_named():
    near = {"supported": 0.45, "overstated": 0.1, "unsupported": 0.45}
    assert named(replace(SURE, probabilities=near)) == [Reason.NEAR]
    assert named(replace(SURE, verdict=Verdict.SUPPORTED)) == [Reason.DISAGREE]
    mild = tuple(replace(finding, severity=Severity.NOTE) for finding in SURE.findings)
    assert named(replace(SURE, findings=mild)) == [Reason.DISAGREE]
    assert named(replace(SURE, grade=None)) == [Reason.SILENT]
    assert named(SURE, known=()) == [Reason.NEW]
    assert named(SURE, copies=3) == [Reason.COPIES]


def test_doubt_comes_before_certainty_and_copies_before_single_ones():
    doubt = replace(SURE, probabilities={"supported": 0.4, "overstated": 0.2, "unsupported": 0.4})
    assert priority(doubt, [], 1) > priority(SURE, [], 1)
    assert priority(SURE, [], 4) > priority(SURE, [], 1)


def test_the_lot_falls_on_a_twentieth_and_a_share_is_doubled():
    names = [(f"p{n}", f"f{n}") for n in range(4000)]
    assert 150 < sum(drawn(*name) for name in names) < 250
    assert 320 < sum(doubled(*name, 0.1) for name in names) < 480
    assert not any(doubled(*name, 0.0) for name in names)


def test_every_reason_has_a_meaning():
    assert all(reason.meaning.endswith(".") for reason in Reason)
