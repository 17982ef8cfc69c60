"""Which lines of a page are its copy, and which its furniture."""

from __future__ import annotations

import re

from claimcheck.articles.lines import Line
from claimcheck.terms import BlockKind

# Where less than this is left, the page is a catalogue or a shop front, and the extractor took its copy for furniture.
_ENOUGH = 0.5
# Shorter lines stand in too many texts by chance to be looked for anywhere but as a whole line.
_TELLING = 25
_NO_WORD = re.compile(r"[\W_]+")


def main_content(page: str, lines: list[Line]) -> tuple[list[Line], int]:
    """Leave out a line where two witnesses agree on it.

    The extractor does not keep it, and the page's own markup puts it into a footer, a side bar, a menu or the
    like, or it is nothing but a link outside the main part. What stands between list items or cells that are
    kept stays with them.

    Args:
        page: The page, as text.
        lines: Its visible copy.

    Returns:
        The lines that are copy, and how many words were left out.
    """
    suspects = [_suspect(line) for line in lines]
    if not any(suspects):
        return lines, 0
    known, flat = _extracted(page)
    left_out = [suspect and not _kept(line, known, flat) for suspect, line in zip(suspects, lines, strict=True)]
    kept = [line for line, out in zip(lines, left_out, strict=True) if not out]
    every, enough = _words(lines), _words(kept)
    if enough < _ENOUGH * every:
        return lines, 0
    return kept, every - enough


def _suspect(line: Line) -> bool:
    if line.kind is BlockKind.HEADING and not line.furniture:
        return False
    return line.furniture or (line.linked and not line.main)


def _extracted(page: str) -> tuple[set[str], str]:
    """The lines the extractor keeps, and all of it without white space and punctuation."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLParserException

    try:
        text = extract_plain_text(
            page, main_content=True, alt_texts=False, list_bullets=False, hidden_elements=True, comments=True
        )
    except (HTMLParserException, ValueError):
        text = ""
    return {_bare(line) for line in re.split(r"[\n\t]+", text)}, _bare(text)


def _kept(line: Line, known: set[str], flat: str) -> bool:
    bare = _bare(line.text)
    return bare in known or (len(bare) >= _TELLING and bare in flat)


def _bare(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def _words(lines: list[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)
