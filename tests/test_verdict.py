from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.terms import ClaimKind, Grade, Strength, Verdict
from claimcheck.verdict import Case, decide, denial_grade, judge

cases = st.builds(
    Case,
    kind=st.sampled_from(ClaimKind),
    strength=st.sampled_from(Strength),
    grade=st.sampled_from(Grade),
    negated=st.booleans(),
    limit=st.booleans(),
    scope=st.booleans(),
    serious=st.booleans(),
    approved=st.booleans(),
    bare_proof=st.booleans(),
)


def shares(names):
    numbers = st.lists(st.floats(0.01, 1), min_size=len(names), max_size=len(names))
    return numbers.map(lambda values: {n: v / sum(values) for n, v in zip(names, values, strict=True)})


def plain(grade, strength, **more):
    return judge(Case(ClaimKind.FUNCTION, strength, grade, **more))[0]


@pytest.mark.parametrize(
    ("grade", "row"),
    [
        (Grade.A, "supported supported overstated"),
        (Grade.B, "supported overstated overstated"),
        (Grade.C, "overstated unsupported unsupported"),
        (Grade.D, "unsupported unsupported unsupported"),
    ],
)
def test_the_table(grade, row):
    assert [plain(grade, strength) for strength in Strength] == row.split()


def test_a_faithful_report_of_weak_evidence_is_supported():
    assert plain(Grade.C, Strength.PLAIN, limit=True) is Verdict.SUPPORTED
    assert plain(Grade.C, Strength.STRONG, limit=True) is Verdict.UNSUPPORTED
    assert plain(Grade.D, Strength.PLAIN, limit=True) is Verdict.UNSUPPORTED


def test_scope_beats_grade():
    assert plain(Grade.A, Strength.PLAIN, scope=True) is Verdict.OVERSTATED


def test_a_serious_disease_needs_approval():
    assert plain(Grade.B, Strength.PLAIN, serious=True) is Verdict.UNSUPPORTED
    assert plain(Grade.A, Strength.PLAIN, serious=True, approved=True) is Verdict.SUPPORTED
    assert plain(Grade.B, Strength.HEDGED, serious=True) is Verdict.SUPPORTED


def test_proof_without_relation_is_unsupported():
    assert plain(Grade.A, Strength.HEDGED, bare_proof=True) is Verdict.UNSUPPORTED


def test_denying_what_was_refuted_is_established():
    assert denial_grade(Grade.D) is Grade.A
    assert denial_grade(Grade.A) is Grade.D


@given(cases)
def test_stronger_evidence_never_worsens_a_verdict(case):
    from dataclasses import replace

    ranks = [judge(replace(case, grade=grade))[0].rank for grade in Grade]
    # The one exception the contract makes: only B and C can be "weak evidence faithfully reported".
    if not case.limit:
        assert ranks == sorted(ranks)


@given(cases)
def test_stronger_wording_never_improves_a_verdict(case):
    from dataclasses import replace

    ranks = [judge(replace(case, strength=strength))[0].rank for strength in Strength]
    assert all(left <= right for left, right in pairwise(ranks))


@given(cases)
def test_every_verdict_gives_its_reason(case):
    verdict, reasons = judge(case)
    assert reasons
    assert all(reason.endswith(".") for reason in reasons)
    assert verdict in Verdict


@given(cases, shares(list(Strength)), shares(list(Grade)))
def test_probabilities_sum_to_one_and_the_middle_verdict_wins(case, strengths, grades):
    decision = decide(case, strengths, grades)
    assert sum(decision.probabilities.values()) == pytest.approx(1)
    milder = sum(share for verdict, share in decision.probabilities.items() if verdict.rank < decision.verdict.rank)
    worse = sum(share for verdict, share in decision.probabilities.items() if verdict.rank > decision.verdict.rank)
    assert milder < 0.5 + 1e-6
    assert worse < 0.5 + 1e-6


def test_a_certain_case_is_the_table():
    for strength, grade in product(Strength, Grade):
        case = Case(ClaimKind.FUNCTION, Strength.PLAIN, Grade.C)
        sure = decide(case, {s: float(s is strength) for s in Strength}, {g: float(g is grade) for g in Grade})
        assert sure.verdict is plain(grade, strength)
        assert (sure.strength, sure.grade) == (strength, grade)
