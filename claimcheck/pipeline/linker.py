"""Links each draft to what is known: which subject, which effect, which entry."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from claimcheck.evidence import Answer, EvidenceBase
from claimcheck.evidence.conditions import beyond, people
from claimcheck.pipeline.component import TableComponent
from claimcheck.pipeline.reading import Draft, Reading, Sentence, Term, reading
from claimcheck.records import EvidenceMatch
from claimcheck.terms import BlockKind, ClaimKind, Direction, EffectKind, Grade

DIRECTIONS = {
    ClaimKind.DISEASE: Direction.BENEFIT,
    ClaimKind.FUNCTION: Direction.BENEFIT,
    ClaimKind.MECHANISM: Direction.MECHANISM,
    ClaimKind.SAFETY: Direction.SAFETY,
    ClaimKind.HARM: Direction.HARM,
    ClaimKind.ENDORSEMENT: Direction.BENEFIT,
}
_ANY_HARM = "side-effects"
_STATES = (EffectKind.DISEASE, EffectKind.SYMPTOM, EffectKind.FUNCTION, EffectKind.MEASURE)
# Which kinds of effect a claim that names none may take over from the words before it.
_CARRIED = {
    ClaimKind.DISEASE: _STATES,
    ClaimKind.FUNCTION: _STATES,
    ClaimKind.MECHANISM: (EffectKind.MECHANISM,),
    ClaimKind.HARM: (EffectKind.HARM,),
}
_COMPARING_MAX = 3
_PLACEBO = "placebo"
_ANY_PRODUCT = frozenset({"dietary-supplements", "herbal-supplements", "health-products", "vitamins", "medicines"})
# What a page sells without a word on what is in it.
_NAMELESS = frozenset({"", "dietary-supplements", "herbal-supplements", "health-products"})
_UNKNOWN = Answer(Grade.C, (), "an unknown product: the page names no ingredient that is on file for this effect")
# Where a subject stands counts for so much, and how much the page is about it for up to SALIENCE more: a
# subject that is named before the claim wins, unless it is named in passing and the page is about another.
ROLES = {"before": 2.5, "after": 1.5, "carried over": 1.3, "from the heading": 1.4, "page": 1.0}
SALIENCE = 1.6


class Linker(TableComponent):
    """Sets ``draft.subject`` and ``draft.answer``; the table is the evidence base."""

    file = "evidence.json"
    base: EvidenceBase

    def load(self, table: Any) -> None:
        self.table = table
        self.base = EvidenceBase.from_dict(table)

    def __call__(self, doc: Doc) -> Doc:
        self.link(reading(doc))
        return doc

    def link(self, found: Reading) -> None:
        """Link every draft of a reading."""
        main = max(found.salience, key=lambda key: (found.salience[key], key), default="")
        heading: Term | None = None
        recent: Term | None = None
        effects: list[Term] = []
        for sentence in found.sentences:
            if sentence.block is BlockKind.HEADING:
                heading = sentence.subjects[0] if sentence.subjects else heading
                effects = []
            if sentence.opens and sentence.block is not BlockKind.LIST_ITEM:
                recent = None
            for draft in sentence.drafts:
                named_effect = draft.effect
                draft.effect = draft.effect or _carried_effect(draft, effects)
                elsewhere = {"carried over": recent, "from the heading": heading}
                self._link(found, sentence, draft, elsewhere, main)
                if draft.answer and not named_effect:
                    draft.answer = _carried(draft.answer)
            named = [term for term in sentence.subjects if not _compared(sentence, term)]
            recent = named[0] if named else recent
            effects = sentence.effects or effects

    def _link(
        self, found: Reading, sentence: Sentence, draft: Draft, elsewhere: dict[str, Term | None], main: str
    ) -> None:
        """Choose the subject by where it stands and how much the page is about it."""
        scores: dict[tuple[str, str], float] = {}
        if main:
            scores[main, "the page's subject"] = ROLES["page"] + SALIENCE
        for via, term in elsewhere.items():
            if term and not self._stands_for(term, main):
                scores[term.label, via] = ROLES[via] + SALIENCE * found.salience[term.label]
        for term in sentence.subjects:
            role = _role(sentence, draft, term)
            if role and not self._stands_for(term, main):
                scores[term.label, "named"] = ROLES[role] + SALIENCE * found.salience[term.label]
        if scores:
            draft.subject, draft.subject_via = max(scores, key=lambda key: (scores[key], key))
        words = " ".join(found.words[sentence.first : sentence.last])
        draft.answer = self._ask(draft.subject, draft, people(words))
        first = draft.answer.matches[:1] if draft.answer else ()
        draft.beyond = any(beyond(words, match.entry.holds_for) for match in first)

    def _stands_for(self, term: Term, main: str) -> bool:
        """Whether a class stands for the page's own subject ("this supplement", "the mineral")."""
        if term.kind != "class" or not main or term.label == main:
            return False
        kinds = set(self.base.lexicon.wider_subjects(main))
        return term.label in kinds or term.label in _ANY_PRODUCT

    def _ask(self, subject: str, draft: Draft, groups: frozenset[str]) -> Answer | None:
        if draft.kind is ClaimKind.ENDORSEMENT or not draft.effect:
            return None
        direction = DIRECTIONS[draft.kind]
        answer = self.base.ask(subject, draft.effect, direction, draft.reach, groups)
        if direction is Direction.MECHANISM and not (answer and answer.matches):
            # A mechanism is often on file as the benefit it stands for.
            answer = self.base.ask(subject, draft.effect, Direction.BENEFIT) or answer
        unknown = subject in _NAMELESS and direction in (Direction.BENEFIT, Direction.MECHANISM)
        return answer or (_UNKNOWN if unknown else None)

    def approved(self, draft: Draft) -> bool:
        """Whether the pair is authorised or recommended, as an entry of grade A says."""
        return bool(draft.answer and draft.answer.matches and draft.answer.grade is Grade.A)


def _carried_effect(draft: Draft, effects: list[Term]) -> str:
    """The effect of a draft that names none: side effects where it speaks of safety, else one just named before."""
    if draft.kind is ClaimKind.SAFETY:
        return _ANY_HARM
    fitting = [term.label for term in effects if term.kind in _CARRIED.get(draft.kind, ())]
    return fitting[-1] if fitting else ""


def _carried(answer: Answer) -> Answer:
    """The answer for an effect taken over from the words before, which only weighs."""
    matches = tuple(EvidenceMatch(match.entry, "carried") for match in answer.matches)
    return Answer(answer.grade, matches, f"{answer.how}; the effect is that of the words before")


def _role(sentence: Sentence, draft: Draft, term: Term) -> str:
    """Where a subject stands to a draft; empty where it cannot be what the draft is about."""
    if term.label == _PLACEBO or _compared(sentence, term):
        return ""
    if term.end <= draft.start + 1:
        return "before"
    # A medicine named after the claim is what it is compared with, taken with, or taken for.
    return "" if term.kind in ("medicine", "vaccine") else "after"


def _compared(sentence: Sentence, term: Term) -> bool:
    """Whether a subject is what the claim compares with ("than opioids")."""
    return any(0 <= term.start - cue.end <= _COMPARING_MAX for cue in sentence.cues.get("comparative", ()))
