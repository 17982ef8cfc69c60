"""In whose mouth, how firmly, and whether at all: the context of each draft.

After ConText (Harkema et al. 2009, J Biomed Inform 42:839): a cue has a category, a direction and
a scope; here the cues are those of marketing copy.
"""

from __future__ import annotations

from spacy.tokens import Doc

from claimcheck.pipeline.component import Component
from claimcheck.pipeline.reading import Draft, Reading, Sentence, reading
from claimcheck.terms import ClaimKind, Flag

_NEGATION_SCOPE = 7
_QUOTES = frozenset("\"“”«»") | {"``", "''"}
_MARKERS = ("myth", "fals", "untru", "wrong", "bust")


class Context(Component):
    """Sets the flags of every draft, and which sentences deny what they say."""

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        previous: Sentence | None = None
        for sentence in found.sentences:
            opener = found.units[sentence.start : sentence.start + 4]
            if "myth" in sentence.cues and not sentence.question:
                short = sentence.end - sentence.start <= 6
                # "False." after a claim denies that claim; "Myth: X cures Y" denies its own.
                if short and previous and not sentence.drafts and _is_marker(opener):
                    _deny(previous)
                else:
                    _deny(sentence)
            for draft in sentence.drafts:
                _flag(doc, found, sentence, draft)
            previous = sentence
        return doc


def _is_marker(opener: list[str]) -> bool:
    return any(unit.startswith(_MARKERS) for unit in opener) or opener[:2] == ["not", "true"]


def _deny(sentence: Sentence) -> None:
    sentence.denied = True
    for draft in sentence.drafts:
        if draft.kind not in (ClaimKind.HARM, ClaimKind.ENDORSEMENT):
            draft.negated = True
            draft.flags.add(Flag.NEGATED)


def _flag(doc: Doc, found: Reading, sentence: Sentence, draft: Draft) -> None:
    cues = sentence.cues
    if _negated(sentence, draft):
        draft.negated = not draft.negated
    if draft.negated:
        draft.flags.add(Flag.NEGATED)
    if "hedge" in cues:
        draft.flags.add(Flag.HEDGED)
    if "absolute" in cues:
        draft.flags.add(Flag.ABSOLUTE)
    if "testimonial" in cues:
        draft.flags.add(Flag.TESTIMONIAL)
    if "comparative" in cues and any(term.kind == "medicine" for term in sentence.subjects):
        draft.flags.add(Flag.COMPARATIVE)
    words = {token.text for token in doc[sentence.first : sentence.last]}
    if "attribution" in cues or words & _QUOTES:
        draft.flags.add(Flag.QUOTED)


def _negated(sentence: Sentence, draft: Draft) -> bool:
    """Whether an odd number of negations reaches the draft's relation.

    In a safety claim one negation is the claim itself ("no side effects").
    """
    pseudo = sentence.cues.get("pseudo_negation", ())
    reach = draft.target.start if draft.target else draft.end
    count = 0
    last_end = -1
    for cue in sentence.cues.get("negation", ()):
        if any(p.start <= cue.start < p.end for p in pseudo) or cue.start < last_end:
            continue
        near = 0 <= draft.start - cue.end <= _NEGATION_SCOPE or draft.start <= cue.start < reach
        if near or (cue.start >= draft.end and cue.start - draft.end <= 1 and draft.kind is ClaimKind.SAFETY):
            count += 1
            last_end = cue.end
    if draft.kind is ClaimKind.SAFETY and draft.target and draft.target.kind != "safety":
        return count > 1 and count % 2 == 0
    return count % 2 == 1
