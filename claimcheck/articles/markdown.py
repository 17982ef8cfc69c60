"""Markdown, by way of the HTML it stands for."""

from __future__ import annotations

from claimcheck.articles.html import read_html
from claimcheck.records import Article


def read_markdown(text: str, source: str) -> Article:
    """Read CommonMark with tables; front matter is left out.

    Returns:
        An article whose text is the rendered copy, one block a line.
    """
    from markdown_it import MarkdownIt

    if text.startswith("---\n") and "\n---\n" in text[4:]:
        text = text[text.index("\n---\n", 4) + 5 :]
    rendered = MarkdownIt("commonmark").enable("table").render(text)
    return read_html(f"<html><body>{rendered}</body></html>", source)
