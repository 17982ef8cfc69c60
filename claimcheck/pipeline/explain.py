"""The words around a verdict: why, and what could be said instead."""

from __future__ import annotations

from claimcheck.pipeline.reading import Draft
from claimcheck.records import Claim
from claimcheck.terms import ClaimKind, Grade
from claimcheck.verdict import Decision


def why(claim: Claim, draft: Draft, decision: Decision) -> tuple[str, ...]:
    """The reasons of a verdict, in the order in which they decided."""
    reasons = [_what(claim)]
    if claim.grade is None or draft.answer is None:
        reasons.append("Nothing on file answers; the grade is judged by wording and kind.")
    else:
        sources = "; ".join(m.entry.source for m in claim.evidence[:1])
        known = f"Evidence: grade {draft.answer.grade} ({draft.answer.grade.meaning}), {draft.answer.how}"
        reasons.append(known + (f" [{sources}]." if sources else "."))
        if decision.grade is not claim.grade:
            reasons.append(
                f"In this wording and context the model holds grade {decision.grade} likelier than {claim.grade}."
            )
    return (*reasons, *decision.reasons)


def _what(claim: Claim) -> str:
    subject = claim.subject_name or "an unknown product"
    effect = claim.effect_name or "no effect the lexicon knows"
    via = f" ({claim.subject_via})" if claim.subject_via else ""
    return f"A {claim.kind} claim: {subject}{via}, {effect}."


def suggestion(claim: Claim) -> str:
    """What could be said instead: the strongest wording the entry carries, or that none would do."""
    entry = claim.evidence[0].entry if claim.evidence else None
    if claim.kind is ClaimKind.ENDORSEMENT:
        return "Name the study or authority and what it found, or leave the endorsement out."
    if claim.kind is ClaimKind.SAFETY and entry and entry.grade in (Grade.A, Grade.B):
        return f"Say what the risk is: {claim.effect_name} ({entry.reference})."
    if entry and entry.wording and entry.grade in (Grade.A, Grade.B):
        condition = f", where: {entry.holds_for}" if entry.holds_for else ""
        return f"At most: “{entry.wording}”{condition}."
    if claim.grade is Grade.A and entry:
        condition = f" ({entry.holds_for})" if entry.holds_for else ""
        return f"Keep to what is established: {claim.subject_name}, {claim.effect_name}{condition}."
    if claim.grade is Grade.B:
        return "Say how limited the evidence is, in the same sentence (“small trials suggest …”)."
    if claim.grade in (Grade.C, Grade.D):
        return "No wording would do: leave the claim out."
    return "Name the evidence in people that carries it, or leave the claim out."
