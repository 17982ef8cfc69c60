"""Proposes claims: an effect, and the relation that promises it.

"relieves pain, lifts mood and has no side effects" is three drafts; whether a
draft is a claim at all is for the classifier to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from claimcheck.pipeline.component import Component
from claimcheck.pipeline.context import denied_behind, spent
from claimcheck.pipeline.reading import Draft, Reading, Sentence, Term, reading
from claimcheck.terms import ClaimKind, EffectKind, Reach

_REACH = {
    "maintain": Reach.MAINTAINS,
    "improve": Reach.IMPROVES,
    "relieve": Reach.RELIEVES,
    "treat": Reach.TREATS,
    "prevent": Reach.REDUCES_RISK,
    "cause": Reach.CAUSES,
    "act": Reach.ACTS_ON,
}
_BARRIERS = frozenset({";", ":", "—", "–", "but", "whereas", "although", "though", "however", "while", "(", "|"})
_LEFT_MAX, _RIGHT_MAX = 12, 4
_NEGATION_MAX = 4


class Extractor(Component):
    """Fills ``sentence.drafts``."""

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        for sentence in found.sentences:
            if sentence.effects:
                barriers = _barriers(found, sentence)
                sentence.drafts = _without_bare_proof(list(_drafts(found, sentence, barriers)))
        return doc


def _barriers(found: Reading, sentence: Sentence) -> list[int]:
    """Tokens that part clauses."""
    return [p for p in range(sentence.first, sentence.last) if found.words[p].lower() in _BARRIERS]


def _drafts(found: Reading, sentence: Sentence, barriers: list[int]) -> Iterable[Draft]:
    taken: set[int] = set()
    for effect in sentence.effects:
        relation = None if effect.asserts else _relation(found, sentence, effect, barriers)
        negation = _negation(found, sentence, effect, relation)
        kind, reach = _kind(effect, relation, negation is not None)
        start, end = effect.start, effect.end
        if relation and relation.start not in taken:
            taken.add(relation.start)
            start, end = min(start, relation.start), max(end, relation.end)
        if negation and start - _NEGATION_MAX <= negation.start < start:
            start = negation.start
        yield Draft(
            start,
            end,
            kind,
            effect.label,
            reach,
            target=effect,
            asserts=effect.asserts or relation is not None or kind is ClaimKind.SAFETY,
        )


def _relation(found: Reading, sentence: Sentence, effect: Term, barriers: list[int]) -> Term | None:
    """The relation an effect hangs on.

    One that touches it on the right ("pain relief"), else the nearest to the left in its clause, else one close
    by on the right ("pain is eased").
    """

    def same_clause(left: int, right: int) -> bool:
        return not any(found.at[left] <= place <= found.at[right] for place in barriers)

    free = [r for r in sentence.relations if r.end <= effect.start or r.start >= effect.end]
    right = [r for r in free if 0 <= r.start - effect.end <= _RIGHT_MAX]
    left = [r for r in free if 0 <= effect.start - r.end <= _LEFT_MAX]
    touching = bool(right) and right[0].start == effect.end and not (left and left[-1].end == effect.start)
    if touching and same_clause(effect.start, right[0].start):
        return right[0]
    for relation in reversed(left):
        if same_clause(relation.start, effect.start):
            return relation
    for relation in right:
        # In "no side effects and reverses arthritis" the relation belongs to what follows it.
        ahead = any(0 <= other.start - relation.end <= _RIGHT_MAX for other in sentence.effects)
        if not ahead and same_clause(effect.start, relation.start):
            return relation
    return None


def _negation(found: Reading, sentence: Sentence, effect: Term, relation: Term | None) -> Term | None:
    """A negation just before the effect or its relation."""
    pseudo = sentence.cues.get("pseudo_negation", ())
    anchors = [effect.start] + ([relation.start] if relation else [])
    begins = min(anchors)
    for cue in sentence.cues.get("negation", ()):
        if any(p.start <= cue.start < p.end for p in pseudo):
            continue
        if relation and spent(found, sentence, cue, begins):
            continue
        if any(0 <= anchor - cue.end <= _NEGATION_MAX for anchor in anchors):
            return cue
    return denied_behind(sentence, effect)


def _kind(effect: Term, relation: Term | None, negated: bool) -> tuple[ClaimKind, Reach | None]:
    reach = _REACH[relation.label] if relation else None
    if effect.kind == "safety":
        return ClaimKind.SAFETY, None
    if effect.kind == EffectKind.ENDORSEMENT:
        return ClaimKind.ENDORSEMENT, None
    if effect.kind == EffectKind.MECHANISM:
        return ClaimKind.MECHANISM, reach or Reach.ACTS_ON
    if effect.kind == EffectKind.HARM:
        if reach in (Reach.TREATS, Reach.REDUCES_RISK):
            return ClaimKind.DISEASE, reach
        if negated or reach is Reach.RELIEVES:
            return ClaimKind.SAFETY, reach
        return ClaimKind.HARM, Reach.CAUSES
    if reach is Reach.CAUSES:
        return (ClaimKind.SAFETY if negated else ClaimKind.HARM), reach
    if effect.kind in (EffectKind.DISEASE, EffectKind.SYMPTOM):
        return ClaimKind.DISEASE, reach or Reach.RELIEVES
    return ClaimKind.FUNCTION, reach or Reach.IMPROVES


def _without_bare_proof(drafts: list[Draft]) -> list[Draft]:
    """Proof is about the relation it speaks of ("clinically proven to ease pain"), where there is one."""
    relations = [d for d in drafts if d.kind is not ClaimKind.ENDORSEMENT and d.asserts]
    return relations or drafts
