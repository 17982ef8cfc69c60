"""Markdown, by way of the HTML it stands for."""

from __future__ import annotations

import re

from claimcheck.articles.html import read_html, without_nodes
from claimcheck.records import Article

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:.*?\n)??---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# What is nested deeper is dropped by the parser; its own limit of 20 is met by deep quotes of lists.
_NESTING = 100


def read_markdown(text: str, source: str) -> Article:
    """Read CommonMark with tables; front matter is left out.

    Returns:
        An article whose text is the rendered copy, one block a line.
    """
    from markdown_it import MarkdownIt

    copy = _FRONT_MATTER.sub("", text, count=1)
    rendered = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table").render(copy)
    return without_nodes(read_html(f"<html><body>{rendered}</body></html>", source), text)
