"""From rows of sentences to pages with text, blocks and gold claims."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from claimcheck.records import Block
from claimcheck.terms import BlockKind, ClaimKind, Flag, Grade, Strength, Verdict

NONE = "none"
REFINEMENTS = ("", "report", "scope", "serious", "proof")


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A labelled claim; offsets into the page's text."""

    start: int
    end: int
    kind: ClaimKind
    flags: tuple[Flag, ...]
    strength: Strength
    grade: Grade
    subject: str
    effect: str
    refinement: str
    verdict: Verdict
    unsure: bool


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A labelled sentence: ``label`` is the worst verdict in it, or ``none``."""

    start: int
    end: int
    label: str
    unsure: bool
    claims: tuple[GoldClaim, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled page."""

    id: str
    genre: str
    topic: str
    stance: str
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[GoldSentence, ...]


def load_pages(folder: Path, split: str) -> list[Page]:
    """Load one split.

    Args:
        folder: ``data/corpus``: JSON lines, one sentence a row, and the data card.
        split: ``train``, ``validation`` or ``test``.

    Returns:
        Pages in file order. A page's text is its blocks, one a line.
    """
    import datasets

    datasets.disable_progress_bars()
    # The cache is keyed by path and time, and has been seen to serve rows of an older file.
    with tempfile.TemporaryDirectory() as cache:
        rows = datasets.load_dataset(str(folder), split=split, cache_dir=cache, keep_in_memory=True)
        return [_page(list(group)) for _, group in groupby(rows, key=lambda row: row["page"])]


def _page(rows: list[Mapping[str, Any]]) -> Page:
    parts: list[str] = []
    length = 0
    blocks: list[Block] = []
    sentences = []
    for row in rows:
        joins = row["joins"] and parts
        glue = " " if joins else "\n"
        start = length + (len(glue) if parts else 0)
        parts.append((glue if parts else "") + row["text"])
        length = start + len(row["text"])
        if joins:
            blocks[-1] = Block(blocks[-1].start, length, blocks[-1].kind)
        else:
            blocks.append(Block(start, length, BlockKind(row["block"])))
        gold = tuple(_claim(claim, start) for claim in _listed(row["claims"]))
        sentences.append(GoldSentence(start, length, row["label"], row["unsure"], gold))
    first = rows[0]
    return Page(
        first["page"], first["genre"], first["topic"], first["stance"],
        "".join(parts), tuple(blocks), tuple(sentences),
    )  # fmt: skip


def _listed(claims: Any) -> Iterable[Mapping[str, Any]]:
    return claims or ()


def _claim(data: Mapping[str, Any], offset: int) -> GoldClaim:
    return GoldClaim(
        data["start"] + offset,
        data["end"] + offset,
        ClaimKind(data["kind"]),
        tuple(Flag(flag) for flag in data["flags"]),
        Strength(data["strength"]),
        Grade(data["grade"]),
        data["subject"],
        data["effect"],
        data["refinement"],
        Verdict(data["verdict"]),
        data["unsure"],
    )
