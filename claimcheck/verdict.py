"""The verdict: evidence grade x wording strength, as a table that anyone can read.

This is the labelling contract (``data/README.md``) as a pure function. The model's part
is to say how likely each wording strength is and, where the evidence base is silent,
each grade; it never has the last word in secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
# "X does not cure cancer" is established where X has been shown useless or was never shown to work;
# where trials are mixed the flat denial goes as far beyond them as the flat promise does.
_DENIAL = {Grade.A: Grade.D, Grade.B: Grade.B, Grade.C: Grade.A, Grade.D: Grade.A}


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a claim when it comes to judgement.

    Attributes:
        kind: The kind of claim.
        strength: How much it commits itself to.
        grade: What is known of the relation it names, before denial and scope.
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
    """A verdict with the probabilities of all three and the strength that goes with it."""

    verdict: Verdict
    strength: Strength
    probabilities: Mapping[Verdict, float]
    reasons: tuple[str, ...]


def judge(case: Case) -> tuple[Verdict, tuple[str, ...]]:
    """The table and its four refinements.

    Returns:
        The verdict, and the sentences that explain it, the deciding one last.
    """
    reasons = []
    grade = case.grade
    if case.negated:
        grade = _DENIAL[grade]
        reasons.append(f"The claim is a denial; denying a relation of grade {case.grade} is grade {grade}.")
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


def decide(
    case: Case, strength: Mapping[Strength, float], grade: Mapping[Grade, float], trust: float
) -> Decision:
    """Weigh the table by how sure one is of what goes into it.

    Args:
        case: The claim; its ``strength`` is overwritten by each that is possible, and its
            ``grade`` is the one on file (without meaning where ``trust`` is 0).
        strength: Probability of each strength; sums to 1.
        grade: Probability of each grade by wording and kind alone; sums to 1.
        trust: Share of the grade on file against the grade prior, 0 to 1.

    Returns:
        The likeliest verdict, the likeliest strength that leads to it, and its reasons.
    """
    weights = {value: (1 - trust) * share for value, share in grade.items()}
    weights[case.grade] = weights.get(case.grade, 0.0) + trust
    cells: dict[tuple[Strength, Grade], Verdict] = {}
    probabilities = dict.fromkeys(Verdict, 0.0)
    for wording, share in strength.items():
        for value, weight in weights.items():
            verdict, _ = judge(replace(case, strength=wording, grade=value))
            cells[wording, value] = verdict
            probabilities[verdict] += share * weight
    verdict = max(Verdict, key=lambda option: (probabilities[option], -option.rank))
    best, value = max(
        (key for key, outcome in cells.items() if outcome is verdict),
        key=lambda key: strength[key[0]] * weights[key[1]],
    )
    _, reasons = judge(replace(case, strength=best, grade=value))
    if trust == 0:
        reasons = ("Nothing on file answers; the verdict rests on wording and kind.",)
    return Decision(verdict, best, probabilities, reasons)
