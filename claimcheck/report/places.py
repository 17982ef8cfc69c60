"""Lines and columns, for people: in a text file as it is, in a page where its markup has the words."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from claimcheck.records import Article

# What may stand in the markup where the copy has a space.
_GAP = r"(?:\s|&nbsp;|&#160;|<[^>]{0,2000}>)+"
_BEFORE = 5


class Span(NamedTuple):
    """Where words stand: lines and columns from 1, and characters of the file.

    ``start`` and ``end`` are None where only the line is known.
    """

    line: int
    column: int
    last_line: int
    last_column: int
    start: int | None
    end: int | None


class Places:
    """Turns offsets of an article's text into lines and columns of its source."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._source = article.page or article.text
        self._lines = [0, *(match.end() for match in re.finditer("\n", self._source))]

    def of(self, start: int, end: int) -> Span:
        """Where the characters from ``start`` to ``end`` stand."""
        if not self._article.page:
            return self._span(start, end)
        first = self._element_line(start)
        found = self._in_markup(start, end, first)
        return self._span(*found) if found else Span(first, 1, first, 1, None, None)

    def _span(self, start: int, end: int) -> Span:
        return Span(*self._place(start), *self._place(end), start, end)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    @cached_property
    def _tree(self) -> Any:
        from claimcheck.articles.html import page_tree

        return page_tree(self._article.page, self._article.source)

    def _element_line(self, offset: int) -> int:
        """The line of the element that holds the words, as the parser tells it."""
        block = _block(self._article, offset)
        found = self._tree.xpath(block.node) if block and block.node and self._tree is not None else ()
        line = found[0].sourceline if found else 1
        return min(line or 1, len(self._lines))

    def _in_markup(self, start: int, end: int, line: int) -> tuple[int, int] | None:
        """The words in the markup, looked for at their element and, as an attribute may hold them, shortly before."""
        text = self._article.text
        pattern = re.compile(_GAP.join(map(_word, text[start:end].split())) or "(?!)")
        block = _block(self._article, start)
        earlier = text.count(text[start:end], block.start, start) if block else 0
        for place in (line - 1, max(line - 1 - _BEFORE, 0)):
            matches = pattern.finditer(self._source, self._lines[place])
            found = next((match for number, match in enumerate(matches) if number == earlier), None)
            if found:
                return found.span()
        return None


def _block(article: Article, offset: int) -> Any:
    number = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    return article.blocks[number] if number >= 0 else None


def _word(word: str) -> str:
    """A pattern for a word whose letters may be written as entities."""
    return "".join(
        rf"(?:{re.escape(letter)}|&#?\w{{1,8}};)" if letter in "&<>\"'" or not letter.isascii() else re.escape(letter)
        for letter in word
    )
