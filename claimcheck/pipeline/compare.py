"""What is not covered, and what changes between two pipelines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.pipeline.run import documents
from claimcheck.records import Article, Claim, EvidenceEntry

if TYPE_CHECKING:
    from spacy.language import Language

    from claimcheck.evidence import EvidenceBase


class Gap(NamedTuple):
    """A relation that claims name and no entry answers; ``surveyed`` where it counts as C by default."""

    times: int
    subject: str
    effect: str
    surveyed: bool
    example: str


class Flip(NamedTuple):
    """A claim that two pipelines judge differently."""

    source: str
    old: Claim
    new: Claim


def gaps(nlp: Language, articles: Iterable[Article]) -> list[Gap]:
    """Relations claimed in the articles without an entry, the most frequent first."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    examples: dict[tuple[str, str, bool], str] = {}
    for document in documents(articles, nlp):
        for claim in document.claims:
            if not claim.evidence:
                key = (claim.subject, claim.effect, claim.grade is not None)
                counts[key] += 1
                examples.setdefault(key, claim.quote)
    return [Gap(count, *key, examples[key]) for key, count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]


def changes(old: EvidenceBase, new: EvidenceBase) -> Iterator[str]:
    """Entries that came, went or changed, one line each."""
    earlier, later = old.entries, new.entries
    for key in sorted({*earlier, *later}):
        before, after = earlier.get(key), later.get(key)
        if before is None:
            yield f"new      {key} {later[key].grade}"
        elif after is None:
            yield f"gone     {key} {before.grade}"
        elif before != after:
            yield f"changed  {key} {_difference(before, after)}"


def _difference(before: EvidenceEntry, after: EvidenceEntry) -> str:
    names = [f.name for f in fields(EvidenceEntry) if getattr(before, f.name) != getattr(after, f.name)]
    return "; ".join(f"{name}: {getattr(before, name)} -> {getattr(after, name)}" for name in names)


def flips(old: Language, new: Language, articles: Sequence[Article]) -> Iterator[Flip]:
    """Claims on the same words whose verdict differs."""
    for one, other in zip(documents(articles, old), documents(articles, new), strict=True):
        before = {claim.id: claim for claim in one.claims}
        for claim in other.claims:
            known = before.get(claim.id)
            if known and known.verdict is not claim.verdict:
                yield Flip(one.article.source, known, claim)
