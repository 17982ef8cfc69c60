"""An article cut into pieces at its claims and cues; put together, the pieces are the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from claimcheck.records import Block, Claim, Document
from claimcheck.report.words import PROMISING
from claimcheck.terms import BlockKind, Place

PLACES = {
    Place.TITLE: "page title",
    Place.DESCRIPTION: "description",
    Place.ALT: "text of an image",
    Place.CAPTION: "caption",
    Place.BUTTON: "button",
    Place.DETAILS: "fold-out",
    Place.DATA: "structured data",
    Place.PRODUCT: "product name",
    Place.URL: "address",
}


class Piece(NamedTuple):
    """A stretch of text and the claim it belongs to, if any."""

    text: str
    claim: Claim | None


class Row(NamedTuple):
    """A block of the article as pieces, with the claims that begin in it; ``place`` is for people."""

    kind: BlockKind
    pieces: list[Piece]
    claims: list[Claim]
    place: str = ""


class ContextPiece(NamedTuple):
    """A stretch of a sentence: whether it is in the claim, and whether it is a cue."""

    text: str
    inside: bool
    cue: bool


def rows(document: Document) -> Iterator[Row]:
    """The article block by block. Where claims overlap the earlier one is marked."""
    text = document.article.text
    claims = sorted(document.claims, key=lambda claim: claim.start)
    first = 0
    for block in document.article.blocks or (Block(0, len(text)),):
        while first < len(claims) and claims[first].end <= block.start:
            first += 1
        near = []
        for claim in claims[first:]:
            if claim.start >= block.end:
                break
            near.append(claim)
        begun = [claim for claim in near if claim.start >= block.start]
        yield Row(block.kind, list(_pieces(text, block, near)), begun, PLACES.get(block.place, ""))


def _pieces(text: str, block: Block, claims: list[Claim]) -> Iterator[Piece]:
    place = block.start
    for claim in claims:
        start, end = max(claim.start, block.start), min(claim.end, block.end)
        if start < place or start >= end:
            continue
        if start > place:
            yield Piece(text[place:start], None)
        yield Piece(text[start:end], claim)
        place = end
    if place < block.end:
        yield Piece(text[place : block.end], None)


def context_pieces(text: str, claim: Claim) -> list[ContextPiece]:
    """The sentence of a claim, cut where the claim or a cue of its wording begins or ends."""
    first, last = min(claim.sentence[0], claim.start), max(claim.sentence[1], claim.end)
    cues = [(cue.start, cue.end) for cue in claim.cues if cue.category in PROMISING]
    cuts = {first, last, claim.start, claim.end, *(place for span in cues for place in span)}
    return [
        ContextPiece(
            text[start:end],
            claim.start <= start < claim.end,
            any(cue_start <= start < cue_end for cue_start, cue_end in cues),
        )
        for start, end in pairwise(sorted(cut for cut in cuts if first <= cut <= last))
    ]
