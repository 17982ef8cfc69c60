"""HTML: all visible copy, block by block."""

from __future__ import annotations

import re
from typing import Any

from claimcheck.articles.decode import decode, marked
from claimcheck.errors import ArticleError
from claimcheck.records import Article, Block
from claimcheck.terms import BlockKind

_SKIP = frozenset(
    (
        "script style noscript template nav svg math iframe object embed select option textarea canvas "
        "audio video head dialog"
    ).split()
)
_INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt "
        "ruby s samp small span strike strong sub sup time tt u var wbr input button"
    ).split()
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
}
_SPACE = re.compile(r"\s+")
# What libxml2 says where it gives up; all that follows is lost then.
_TOO_DEEP = "Excessive depth"


def read_html(data: bytes | str, source: str) -> Article:
    """Read the visible copy of a page.

    Args:
        data: The page; bytes are decoded as the page itself declares, else guessed.
        source: Named in the article.

    Returns:
        An article whose text is the visible copy, one block a line.

    Raises:
        ArticleError: the tags are nested too deeply for the parser.
    """
    from lxml import etree, html

    data, encoding, note = _decoded(data)
    parser = html.HTMLParser(encoding=encoding, huge_tree=True, remove_comments=True)
    try:
        tree = html.document_fromstring(data or b"<html></html>", parser=parser, ensure_head_body=True)
    except etree.ParserError:  # nothing but white space or comments
        return Article(source, "")
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise ArticleError(source, "nests its tags too deeply to be read.", "Save its text and scan that.")
    title = _SPACE.sub(" ", tree.findtext(".//title") or "").strip()
    copy = _Copy()
    _walk(tree, copy)
    text, blocks = copy.finish()
    return Article(source, text, blocks, title=title, notes=(note,) if note else ())


def _decoded(data: bytes | str) -> tuple[bytes | str, str | None, str]:
    """What lxml parses, in which encoding, and a note; None leaves the encoding to the page."""
    if isinstance(data, str):
        return data, None, ""
    if not marked(data) and re.search(rb"<meta[^>]+charset", data[:4096], re.IGNORECASE):
        return data, None, ""
    # lxml does not know every name that Python knows, so that the text is handed over as UTF-8.
    text, note = decode(data)
    return text.encode("utf-8", "replace"), "utf-8", note


class _Copy:
    """Collects text into blocks; the text of one block is one line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.pending: list[str] = []
        self.kind = BlockKind.PARAGRAPH
        self.node = ""

    def add(self, text: str | None) -> None:
        if text:
            self.pending.append(text)

    def close(self, kind: BlockKind, node: str) -> None:
        """End the block in hand; what follows is of ``kind`` and stands in ``node``."""
        line = _SPACE.sub(" ", "".join(self.pending)).strip()
        self.pending = []
        if line:
            start = self.length + (1 if self.parts else 0)
            self.parts.append(line)
            self.length = start + len(line)
            self.blocks.append(Block(start, self.length, self.kind, node=self.node))
        self.kind, self.node = kind, node

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        self.close(BlockKind.PARAGRAPH, "")
        return "\n".join(self.parts), tuple(self.blocks)


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.tag in _SKIP
        or element.get("hidden") is not None
        or "display:none" in style
        or "visibility:hidden" in style
    )


def _walk(tree: Any, copy: _Copy) -> None:
    """Depth first without recursion: pages nest deeper than Python's stack."""
    open_blocks = [(BlockKind.PARAGRAPH, "/*")]
    stack: list[tuple[Any, str, bool]] = [(tree, "/*", True)]
    while stack:
        element, path, entering = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        inline = tag in _INLINE
        if not entering:
            if not inline:
                open_blocks.pop()
                copy.close(*open_blocks[-1])
            copy.add(element.tail)
            continue
        if not tag or _hidden(element):
            if tag == "nav":  # not read, yet it parts what stands around it
                copy.close(*open_blocks[-1])
            copy.add(element.tail)
            continue
        if tag in ("br", "hr"):
            copy.close(*open_blocks[-1])
            copy.add(element.tail)
            continue
        if not inline:
            open_blocks.append((_KINDS.get(tag, open_blocks[-1][0]), path))
            copy.close(*open_blocks[-1])
        copy.add(element.text)
        stack.append((element, path, False))
        # Numbered among all elements, whatever their names: some names are no XPath.
        children = [(child, f"{path}/*[{n}]", True) for n, child in enumerate(element.iterchildren("*"), 1)]
        stack.extend(reversed(children))
