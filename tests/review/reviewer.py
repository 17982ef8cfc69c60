"""A reviewer who knows the labels of some pages and says them of what a pipeline finds there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.pipeline.sides import judged
from claimcheck.review.decisions import NONE, Decision, Sheet
from claimcheck.review.queue import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

    from claimcheck.corpus import Page
    from claimcheck.corpus.pages import GoldClaim
    from claimcheck.records import Claim


def sheet(page: Page) -> Sheet:
    return Sheet(page.id, f"{page.id}.txt", "", page.text, page.blocks)


def decisions(nlp: Language, pages: Sequence[Page], name: str = "ada", first: int = 1) -> list[Decision]:
    """One decision on each claim found on the pages, with the labels' own fields."""
    found = [(page, claim) for page, claims in judged(nlp, pages) for claim in claims]
    return [decide(n, page, claim, name) for n, (page, claim) in enumerate(found, first)]


def decide(number: int, page: Page, claim: Claim, name: str) -> Decision:
    gold = truth(page, claim)
    fields = {}
    if gold:
        fields = {"kind": str(gold.kind), "strength": str(gold.strength), "grade": str(gold.grade)}
    return Decision(
        number,
        page.id,
        claim.to_dict(),
        str(gold.verdict) if gold else NONE,
        name,
        f"2026-01-01T00:{number // 60 % 60:02}:{number % 60:02}",
        fields=fields,
        drawn=drawn(page.id, claim.fingerprint),
    )


def truth(page: Page, claim: Claim) -> GoldClaim | None:
    """The labelled claim that a found one overlaps most."""

    def over(gold: GoldClaim) -> int:
        return min(gold.end, claim.end) - max(gold.start, claim.start)

    best = max(golds(page), key=over, default=None)
    return best if best and over(best) > 0 else None


def golds(page: Page) -> Iterator[GoldClaim]:
    for sentence in page.sentences:
        yield from sentence.claims
