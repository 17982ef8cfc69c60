"""Links each draft to what is known: which subject, which effect, which entry."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from claimcheck.evidence import EvidenceBase
from claimcheck.pipeline.component import TableComponent
from claimcheck.pipeline.reading import Draft, Reading, Sentence, Term, reading
from claimcheck.terms import BlockKind, ClaimKind, Direction, Grade

DIRECTIONS = {
    ClaimKind.DISEASE: Direction.BENEFIT,
    ClaimKind.FUNCTION: Direction.BENEFIT,
    ClaimKind.MECHANISM: Direction.MECHANISM,
    ClaimKind.SAFETY: Direction.SAFETY,
    ClaimKind.HARM: Direction.HARM,
    ClaimKind.ENDORSEMENT: Direction.BENEFIT,
}
_COMPARING_MAX = 3


class Linker(TableComponent):
    """Sets ``draft.subject`` and ``draft.answer``; the table is the evidence base."""

    file = "evidence.json"
    base: EvidenceBase

    def load(self, table: Any) -> None:
        self.table = table
        self.base = EvidenceBase.from_dict(table)

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        heading: Term | None = None
        recent: Term | None = None
        for sentence in found.sentences:
            if sentence.block is BlockKind.HEADING and sentence.subjects:
                heading = sentence.subjects[0]
            if sentence.opens and sentence.block is not BlockKind.LIST_ITEM:
                recent = None
            for draft in sentence.drafts:
                self._link(found, sentence, draft, recent, heading)
            main = [term for term in sentence.subjects if not _compared(sentence, term)]
            recent = main[0] if main else recent
        return doc

    def _link(
        self, found: Reading, sentence: Sentence, draft: Draft, recent: Term | None, heading: Term | None
    ) -> None:
        candidates = list(_candidates(found, sentence, draft, recent, heading))
        if not candidates:
            return
        draft.subject, draft.subject_via = candidates[0]
        for subject, via in candidates:
            answer = self._ask(subject, draft)
            if answer:
                draft.subject, draft.subject_via, draft.answer = subject, via, answer
                return

    def _ask(self, subject: str, draft: Draft) -> Any:
        if draft.kind is ClaimKind.ENDORSEMENT or not draft.effect:
            return None
        direction = DIRECTIONS[draft.kind]
        answer = self.base.ask(subject, draft.effect, direction)
        if direction is Direction.MECHANISM and not (answer and answer.matches):
            # A mechanism is often on file as the benefit it stands for.
            answer = self.base.ask(subject, draft.effect, Direction.BENEFIT) or answer
        return answer

    def approved(self, draft: Draft) -> bool:
        """Whether the pair is authorised or recommended, as an entry of grade A says."""
        return bool(draft.answer and draft.answer.matches and draft.answer.grade is Grade.A)


def _candidates(
    found: Reading, sentence: Sentence, draft: Draft, recent: Term | None, heading: Term | None
) -> list[tuple[str, str]]:
    """Subjects a draft may be about, likeliest first, with how each was found."""
    named = [term for term in sentence.subjects if not _compared(sentence, term)]
    before = [term for term in named if term.end <= draft.start + 1]
    after = [term for term in named if term.start >= draft.end - 1]
    inside = [term for term in named if term not in before and term not in after]
    order = [(term.label, "named") for term in (*reversed(before), *inside, *after)]
    if recent:
        order.append((recent.label, "carried over"))
    if heading:
        order.append((heading.label, "from the heading"))
    if found.subject:
        order.append((found.subject, "the page's subject"))
    # A subject named in the sentence is the one; what stands elsewhere only helps where none is.
    if named:
        return list(dict(order[: len(named)]).items())
    return list(dict(order[:1]).items())


def _compared(sentence: Sentence, term: Term) -> bool:
    """Whether a subject is what the claim compares with ("than opioids")."""
    return any(0 <= term.start - cue.end <= _COMPARING_MAX for cue in sentence.cues.get("comparative", ()))
