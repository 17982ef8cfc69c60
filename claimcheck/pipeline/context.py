"""In whose mouth, how firmly, and whether at all: the context of each draft.

After ConText (Harkema et al. 2009, J Biomed Inform 42:839): a cue has a category, a direction and
a scope; here the cues are those of marketing copy.
"""

from __future__ import annotations

from spacy.tokens import Doc

from claimcheck.pipeline.component import Component
from claimcheck.pipeline.reading import Draft, Reading, Sentence, Term, reading
from claimcheck.terms import EffectKind, Flag

_NEGATION_SCOPE = 7
_QUOTES = frozenset('"“”«»') | {"``", "''"}
_MARKERS = ("myth", "fals", "untru", "wrong", "bust", "nonsens", "debunk")
_SHORT = 6
_NOT = frozenset({"not", "n't", "no", "never"})
# Words that a bare denial is made of.
_EMPTY = _NOT | frozenset(
    "it they this that these those he she we is are was do doe did has have had can ca will wo would could "
    "true so the case actual simpli just in fact realli at all and".split()
)


class Context(Component):
    """Sets the flags of every draft, and which sentences deny what they say."""

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        previous: Sentence | None = None
        for sentence in found.sentences:
            opener = found.units[sentence.start : sentence.end]
            if previous and len(opener) <= _SHORT and not sentence.drafts and _is_marker(opener):
                _deny(previous)
            elif "myth" in sentence.cues and not sentence.question:
                _deny(sentence)
            quoted = "attribution" in sentence.cues or not _QUOTES.isdisjoint(
                found.words[sentence.first : sentence.last]
            )
            for draft in sentence.drafts:
                _flag(found, sentence, draft, quoted=quoted)
            previous = sentence
        return doc


def _is_marker(units: list[str]) -> bool:
    """Whether a short sentence denies the one before: "False.", "Not true.", "It does not."."""
    if any(unit.startswith(_MARKERS) for unit in units):
        return True
    return not _NOT.isdisjoint(units) and _EMPTY.issuperset(units)


def _deny(sentence: Sentence) -> None:
    sentence.denied = True
    for draft in sentence.drafts:
        draft.denied = True


def _flag(found: Reading, sentence: Sentence, draft: Draft, *, quoted: bool) -> None:
    cues = sentence.cues
    draft.negations = _negations(found, sentence, draft)
    if "hedge" in cues:
        draft.flags.add(Flag.HEDGED)
    if "absolute" in cues:
        draft.flags.add(Flag.ABSOLUTE)
    if "testimonial" in cues:
        draft.flags.add(Flag.TESTIMONIAL)
    if "comparative" in cues and any(term.kind == "medicine" for term in sentence.subjects):
        draft.flags.add(Flag.COMPARATIVE)
    if quoted:
        draft.flags.add(Flag.QUOTED)


def _negations(found: Reading, sentence: Sentence, draft: Draft) -> int:
    """How many negations reach the draft's relation."""
    pseudo = sentence.cues.get("pseudo_negation", ())
    reach = draft.target.start if draft.target else draft.end
    count = 0
    last_end = -1
    for cue in sentence.cues.get("negation", ()):
        if any(p.start <= cue.start < p.end for p in pseudo) or cue.start < last_end:
            continue
        own = draft.target is not None and draft.start < draft.target.start
        before = 0 <= draft.start - cue.end <= _NEGATION_SCOPE
        before = before and not (own and spent(found, sentence, cue, draft.start))
        if before or draft.start <= cue.start < reach:
            count += 1
            last_end = cue.end
    return count + bool(denied_behind(sentence, draft.target))


def spent(found: Reading, sentence: Sentence, cue: Term, relation: int) -> bool:
    """Whether a negation is used up before a relation of its own begins.

    "It has no side effects and reverses arthritis" denies the first alone, "does not cure cancer or treat
    diabetes" both.
    """
    between = [e for e in sentence.effects if cue.end <= e.start and e.end <= relation]
    if not between:
        return False
    return {"or", "nor"}.isdisjoint(found.units[max(e.end for e in between) : relation])


def denied_behind(sentence: Sentence, effect: Term | None) -> Term | None:
    """The cue that denies a harm from behind ("side-effect free")."""
    if effect is None or effect.kind != EffectKind.HARM:
        return None
    behind = sentence.cues.get("negation_behind", ())
    return next((cue for cue in behind if 0 <= cue.start - effect.end <= 1), None)
