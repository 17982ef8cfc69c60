"""Lines of copy, and how they become one text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claimcheck.records import Block
from claimcheck.terms import BlockKind, Place

_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Line:
    """One line of copy.

    ``main`` and ``furniture`` tell what it stands in (``<main>``, a footer), ``linked`` whether all of it is links.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    place: Place = Place.BODY
    node: str = ""
    main: bool = False
    furniture: bool = False
    linked: bool = False


def squeezed(text: str) -> str:
    """With single blanks for white space."""
    return _SPACE.sub(" ", text).strip()


def put_together(lines: Iterable[Line]) -> tuple[str, tuple[Block, ...]]:
    """Lines as one text, and where each stands in it."""
    parts, blocks, start = [], [], 0
    for line in lines:
        parts.append(line.text)
        blocks.append(Block(start, start + len(line.text), line.kind, line.place, line.node))
        start += len(line.text) + 1
    return "\n".join(parts), tuple(blocks)


def count(number: int, what: str) -> str:
    """A number of things, for people."""
    return f"{number:,} {what}{'s' * (number != 1)}"
