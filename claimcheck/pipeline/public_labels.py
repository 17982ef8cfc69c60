"""From what claimcheck finds in a text to the labels of other people's data sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claimcheck.pipeline.reading import Draft, Reading, Sentence, Term
from claimcheck.records import Claim
from claimcheck.terms import ClaimKind, Direction, EffectKind, Flag, Strength

if TYPE_CHECKING:
    from claimcheck.evidence import Answer, EvidenceBase

EFFECTS = ("POSITIVE", "NEGATIVE", "NEUTRAL", "ANAMNESIS")
_CONDITION = "<CONDITION>"
# Healthsea masks its clauses; any word the lexicon knows as a symptom and as a function will do.
MASKS = {_CONDITION: "pain", "<BENEFIT>": "energy"}
_ASSOCIATES = ("associat", "link", "correlat", "relat", "tied")
_WAYS = ("direct", "effect", "subject", "members", "inverted", "surveyed")


def causal_level(claims: Iterable[Claim]) -> int:
    """How firmly some claims put a cause, as a place in ``CAUSAL``: that of the firmest.

    0 where there is none; 1 where a claim is hedged by a word of association ("linked to"); 2 where it is hedged
    otherwise ("may"); 3 where it is plain or strong.
    """
    return max(map(_level, claims), default=0)


def _level(claim: Claim) -> int:
    if claim.strength is not Strength.HEDGED:
        return 3
    hedges = [cue.text.lower() for cue in claim.cues if cue.category == "hedge"]
    return 1 if any(stem in hedge for hedge in hedges for stem in _ASSOCIATES) else 2


def advice(claims: Sequence[Claim]) -> str:
    """``none`` without a claim, ``weak`` where all are hedged, else ``strong``."""
    if not claims:
        return "none"
    return "weak" if all(claim.strength is Strength.HEDGED for claim in claims) else "strong"


def shift(difference: int) -> str:
    """What a press release does that is so many levels above its abstract."""
    return "same" if not difference else "exaggerates" if difference > 0 else "downplays"


def reported_effect(text: str, claims: Sequence[Claim]) -> str:
    """One of :data:`EFFECTS`, for a clause with its masks and the claims found in it."""
    if any(claim.kind is ClaimKind.HARM or _denied_benefit(claim) for claim in claims):
        return "NEGATIVE"
    if claims:
        return "POSITIVE"
    return "ANAMNESIS" if _CONDITION in text else "NEUTRAL"


def _denied_benefit(claim: Claim) -> bool:
    return Flag.NEGATED in claim.flags and claim.kind is not ClaimKind.SAFETY


def negates(sentence: Sentence) -> bool:
    """Whether a negation stands in a sentence that is no part of a pseudo-negation."""
    pseudo = sentence.cues.get("pseudo_negation", ())
    return any(not any(p.start <= cue.start < p.end for p in pseudo) for cue in sentence.cues.get("negation", ()))


def draft_on(found: Reading, start: int, end: int) -> Draft | None:
    """Make a draft on the words between two offsets the only one of a reading.

    Returns:
        The draft, or None where no word begins there.
    """
    for sentence in found.sentences:
        sentence.drafts = []
    places = [n for n, token in enumerate(found.at) if start <= found.offsets[token] < end]
    for sentence in found.sentences:
        if places and sentence.start <= places[0] < sentence.end:
            first, last = places[0], min(places[-1] + 1, sentence.end)
            target = Term(first, last, "", EffectKind.HARM)
            sentence.drafts = [Draft(first, last, ClaimKind.DISEASE, target=target)]
            return sentence.drafts[0]
    return None


def answer(base: EvidenceBase, found: Reading) -> Answer | None:
    """What is on file for the relations a question names: the answer found most directly, or None."""
    answers = []
    for sentence in found.sentences:
        for draft in sentence.drafts:
            direction = Direction.HARM if draft.kind is ClaimKind.HARM else Direction.BENEFIT
            answers += [base.ask(term.label, draft.effect, direction) for term in sentence.subjects]
    return min((one for one in answers if one), key=lambda one: _WAYS.index(one.via), default=None)
