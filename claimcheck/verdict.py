"""The verdict: evidence grade x wording strength, as a table that anyone can read.

This is the labelling contract (``data/README.md``) as a pure function. The model's part
is to say how likely each wording strength is and, where the evidence base is silent,
each grade; it never has the last word in secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from claimcheck.terms import ClaimKind, Grade, Strength, Verdict

TABLE: Mapping[Grade, Mapping[Strength, Verdict]] = {
    Grade.A: {
        Strength.HEDGED: Verdict.SUPPORTED,
        Strength.PLAIN: Verdict.SUPPORTED,
        Strength.STRONG: Verdict.OVERSTATED,
    },
    Grade.B: {
        Strength.HEDGED: Verdict.SUPPORTED,
        Strength.PLAIN: Verdict.OVERSTATED,
        Strength.STRONG: Verdict.OVERSTATED,
    },
    Grade.C: {
        Strength.HEDGED: Verdict.OVERSTATED,
        Strength.PLAIN: Verdict.UNSUPPORTED,
        Strength.STRONG: Verdict.UNSUPPORTED,
    },
    Grade.D: dict.fromkeys(Strength, Verdict.UNSUPPORTED),
}
_EVEN = 0.5 + 1e-9
# "X does not cure cancer" is established where X has been shown useless or was never shown to work;
# where trials are mixed the flat denial goes as far beyond them as the flat promise does.
_DENIAL = {Grade.A: Grade.D, Grade.B: Grade.B, Grade.C: Grade.A, Grade.D: Grade.A}


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a claim when it comes to judgement.

    Attributes:
        kind: The kind of claim.
        strength: How much it commits itself to.
        grade: What is known of what it asserts, before scope; for a denial, of the denial.
        negated: It denies the relation.
        limit: The sentence itself names the limit of weak evidence.
        scope: It stretches an established relation beyond what was established.
        serious: It promises to treat, cure or prevent a serious disease.
        approved: The subject is approved or recommended for that disease.
        bare_proof: Proof or authority with no relation behind it.
    """

    kind: ClaimKind
    strength: Strength
    grade: Grade
    negated: bool = False
    limit: bool = False
    scope: bool = False
    serious: bool = False
    approved: bool = False
    bare_proof: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with the probabilities of all three, and the strength and grade that go with it."""

    verdict: Verdict
    strength: Strength
    grade: Grade
    probabilities: Mapping[Verdict, float]
    reasons: tuple[str, ...]


def denial_grade(grade: Grade) -> Grade:
    """The grade of the denial of a relation."""
    return _DENIAL[grade]


def labelled(grade: Grade, strength: Strength, refinement: str) -> Verdict:
    """The verdict that a labelled claim must bear.

    Args:
        grade: Before scope.
        strength: Of its words.
        refinement: The one that the labeller applied, by its name in ``data/README.md``; empty where none.
    """
    if refinement == "report":
        return Verdict.SUPPORTED
    if refinement in ("serious", "proof"):
        return Verdict.UNSUPPORTED
    if refinement == "scope" and grade is not Grade.D:
        grade = list(Grade)[list(Grade).index(grade) + 1]
    return TABLE[grade][strength]


def judge(case: Case) -> tuple[Verdict, tuple[str, ...]]:
    """The table and its four refinements.

    Returns:
        The verdict, and the sentences that explain it, the deciding one last.
    """
    reasons = []
    grade = case.grade
    if case.negated:
        reasons.append("The claim is a denial; what is graded is the denial.")
    if case.bare_proof:
        return Verdict.UNSUPPORTED, (*reasons, "It claims proof or authority without naming what shows it.")
    if case.limit and grade in (Grade.B, Grade.C) and case.strength is not Strength.STRONG:
        return Verdict.SUPPORTED, (*reasons, "It reports weak evidence and says itself how weak.")
    if case.scope and grade is not Grade.D:
        grade = list(Grade)[list(Grade).index(grade) + 1]
        reasons.append(f"It promises more than was established, which counts as grade {grade}.")
    if case.serious and not case.approved and not case.negated and case.strength is not Strength.HEDGED:
        reason = "A serious disease is said to be treated or prevented by something not approved for it."
        return Verdict.UNSUPPORTED, (*reasons, reason)
    verdict = TABLE[grade][case.strength]
    reasons.append(f"Grade {grade} ({grade.meaning}) in {case.strength} wording is {verdict}.")
    return verdict, tuple(reasons)


def decide(case: Case, strength: Mapping[Strength, float], grade: Mapping[Grade, float]) -> Decision:
    """Weigh the table by how sure one is of what goes into it.

    Args:
        case: The claim; its ``strength`` and ``grade`` are overwritten by each that is possible.
        strength: Probability of each strength; sums to 1.
        grade: Probability of each grade of what is asserted (for a denial, of the denial); sums to 1.

    Returns:
        The verdict in the middle, the likeliest strength and grade that lead to it, and its reasons.
    """
    cells = _outcomes(replace(case, strength=Strength.PLAIN, grade=Grade.C))
    probabilities = dict.fromkeys(Verdict, 0.0)
    for (wording, value), outcome in cells.items():
        probabilities[outcome] += strength[wording] * grade[value]
    verdict = _middle(probabilities)
    best, value = max(
        (key for key, outcome in cells.items() if outcome is verdict),
        key=lambda key: strength[key[0]] * grade[key[1]],
    )
    _, reasons = judge(replace(case, strength=best, grade=value))
    return Decision(verdict, best, value, probabilities, reasons)


def _middle(probabilities: Mapping[Verdict, float]) -> Verdict:
    """The median of the three in their order: the mildest that is no likelier too mild than not.

    Verdicts are steps on a scale. A claim that is unsupported at 40 %, overstated at 30 % and supported at 30 % is at
    fault at 70 %; the likeliest single step would overstate that, and the next likeliest hide it.
    """
    worse = 1.0
    for verdict in Verdict:
        worse -= probabilities[verdict]
        if worse <= _EVEN:
            return verdict
    return Verdict.UNSUPPORTED


@cache
def _outcomes(case: Case) -> Mapping[tuple[Strength, Grade], Verdict]:
    """The verdict for each strength and grade, everything else as in the case."""
    return {
        (strength, grade): judge(replace(case, strength=strength, grade=grade))[0]
        for strength in Strength
        for grade in Grade
    }
