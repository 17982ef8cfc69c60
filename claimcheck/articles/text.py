"""Plain text: which lines belong together."""

from __future__ import annotations

import re

from claimcheck.records import Block
from claimcheck.terms import BlockKind

BULLET = re.compile(r"\s*(?:[-*+•·●▪◦‣–—✓✔✅☑➤►»→]\uFE0F?|\(?\d{1,2}[.)])\s+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"\s*#{1,6}\s+")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
# Hard-wrapped text fills its lines; a line shorter than this was ended on purpose.
_WRAP_MIN, _WRAP_MAX = 55, 110
_HEADING_MAX_WORDS = 14


def text_blocks(text: str) -> tuple[Block, ...]:
    """Blocks of a plain text.

    A line is a block, unless the text is hard-wrapped there: then the lines of
    the paragraph are one. A short line without a full stop before another block is
    a heading.

    Args:
        text: Any text.

    Returns:
        Blocks in order, trimmed of outer white space; offsets into ``text``.
    """
    spans = _lines(text)
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _continues(text, joined[-1], (start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(_block(text, start, end) for start, end in joined)


def _lines(text: str) -> list[tuple[int, int]]:
    spans = []
    for match in re.finditer(r"[^\r\n\v\f\x85\u2028\u2029]+", text):
        line = match.group()
        if line.strip():
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, match.start() + len(line.rstrip())))
    return spans


def _continues(text: str, previous: tuple[int, int], line: tuple[int, int]) -> bool:
    between = text[previous[1] : line[0]]
    if between.replace("\r\n", "\n").count("\n") != 1 or BULLET.match(text, line[0]):
        return False
    last = text.rfind("\n", previous[0], previous[1]) + 1 or previous[0]
    width = previous[1] - last
    if not _WRAP_MIN <= width <= _WRAP_MAX:
        return False
    return text[line[0]].islower() or not SENTENCE_END.search(text[last : previous[1]])


def _block(text: str, start: int, end: int) -> Block:
    bullet = BULLET.match(text, start, end)
    if bullet:
        return Block(bullet.end(), end, BlockKind.LIST_ITEM)
    hashes = _MARKDOWN_HEADING.match(text, start, end)
    if hashes:
        return Block(hashes.end(), end, BlockKind.HEADING)
    words = text[start:end].split()
    if len(words) <= _HEADING_MAX_WORDS and not SENTENCE_END.search(text[start:end]):
        return Block(start, end, BlockKind.HEADING)
    return Block(start, end, BlockKind.PARAGRAPH)
