"""Lines and columns, for people: in a text file as it is, in a page or in Markdown where the markup has the words."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from claimcheck.records import Article

# What may stand where the copy has a space: white space, tags, and the marks of Markdown.
_GAP = r"(?:\s|&nbsp;|&#160;|<[^>]{0,2000}>|[*_~`\[>|]|\]\([^)]{0,2000}\))+"
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
        words = self._article.text[start:end].split()
        first = self._element_line(start)
        found = self._in_markup(words, first, self._earlier(start, end))
        if found:
            return self._span(*found)
        # Where a tag stands within a word: the line of the words before it.
        near = self._in_markup(words[:1], first, 0)
        line = self._place(near[0])[0] if near else first
        return Span(line, 1, line, 1, None, None)

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
        number = _block_number(self._article, offset)
        node = self._article.blocks[number].node if number >= 0 else ""
        found = self._tree.xpath(node) if node and self._tree is not None else ()
        line = found[0].sourceline if found else 1
        return min(line or 1, len(self._lines))

    def _earlier(self, start: int, end: int) -> int:
        """How often the same words stand before in the same element."""
        blocks, text = self._article.blocks, self._article.text
        number = _block_number(self._article, start)
        node = blocks[number].node if number >= 0 else ""
        while number > 0 and blocks[number - 1].node == node:
            number -= 1
        return text.count(text[start:end], blocks[number].start if number >= 0 else 0, start)

    def _in_markup(self, words: list[str], line: int, earlier: int) -> tuple[int, int] | None:
        """The words in the markup, looked for at their element and, as an attribute may hold them, shortly before."""
        pattern = re.compile(_GAP.join(map(_word, words)) or "(?!)")
        for place in (line - 1, max(line - 1 - _BEFORE, 0)):
            matches = pattern.finditer(self._source, self._lines[place])
            found = next((match for number, match in enumerate(matches) if number == earlier), None)
            if found:
                return found.span()
        return None


def _block_number(article: Article, offset: int) -> int:
    return bisect_right(article.blocks, offset, key=lambda block: block.start) - 1


def _word(word: str) -> str:
    """A pattern for a word whose letters may be written as entities."""
    return "".join(
        rf"(?:{re.escape(letter)}|&#?\w{{1,8}};)" if letter in "&<>\"'" or not letter.isascii() else re.escape(letter)
        for letter in word
    )
