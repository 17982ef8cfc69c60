"""The report as one self-contained page."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any, NamedTuple

from claimcheck.records import Block, Claim, Document, Report
from claimcheck.report.as_json import summary
from claimcheck.report.words import known, promised
from claimcheck.terms import BlockKind, Strength, Verdict

SIGNS = {Verdict.SUPPORTED: "✓", Verdict.OVERSTATED: "▲", Verdict.UNSUPPORTED: "✕"}


class Piece(NamedTuple):
    """A stretch of text and the claim it belongs to, if any."""

    text: str
    claim: Claim | None


class Row(NamedTuple):
    """A block of the article as pieces."""

    kind: BlockKind
    pieces: list[Piece]


def render(report: Report) -> str:
    """The report as HTML; nothing is loaded from anywhere, and copy is shown as text."""
    from jinja2 import Environment

    template = files("claimcheck.report").joinpath("report.html.jinja").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    views = [_view(number, document) for number, document in enumerate(report.documents, 1)]
    return environment.from_string(template).render(
        report=report,
        views=views,
        counts=summary(report),
        signs=SIGNS,
        axes=lambda claim: (known(claim), promised(claim)),
        strengths=list(Strength),
        worst_first=list(reversed(Verdict)),
    )


def _view(number: int, document: Document) -> dict[str, Any]:
    counts = {verdict: sum(c.verdict is verdict for c in document.claims) for verdict in Verdict}
    return {
        "number": number,
        "article": document.article,
        "claims": document.claims,
        "counts": counts,
        "rows": list(rows(document)),
    }


def rows(document: Document) -> Iterator[Row]:
    """The article as blocks of pieces; put together, the pieces of a block are its text.

    Where claims overlap the earlier one is marked.
    """
    text = document.article.text
    for block in document.article.blocks or (Block(0, len(text)),):
        pieces: list[Piece] = []
        place = block.start
        for claim in document.claims:
            start, end = max(claim.start, block.start), min(claim.end, block.end)
            if start < place or start >= end:
                continue
            if start > place:
                pieces.append(Piece(text[place:start], None))
            pieces.append(Piece(text[start:end], claim))
            place = end
        if place < block.end:
            pieces.append(Piece(text[place : block.end], None))
        yield Row(block.kind, pieces)
