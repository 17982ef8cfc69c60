"""HTML: all visible copy, block by block."""

from __future__ import annotations

import re
from typing import Any

from claimcheck.records import Article, Block
from claimcheck.terms import BlockKind

_SKIP = frozenset(
    "script style noscript template nav svg math iframe object embed select option textarea "
    "canvas audio video head dialog".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt "
    "ruby s samp small span strike strong sub sup time tt u var wbr input button".split()
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
}
_SPACE = re.compile(r"\s+")


def read_html(data: bytes | str, source: str) -> Article:
    """Read the visible copy of a page.

    Args:
        data: The page; bytes are decoded as the page itself declares, else guessed.
        source: Named in the article.

    Returns:
        An article whose text is the visible copy, one block a line.
    """
    from lxml import html

    parser = html.HTMLParser(encoding=_encoding(data), huge_tree=True, remove_comments=True)
    tree = html.document_fromstring(data or b"<html></html>", parser=parser, ensure_head_body=True)
    title = _SPACE.sub(" ", tree.findtext(".//title") or "").strip()
    copy = _Copy()
    _walk(tree, copy)
    text, blocks = copy.finish()
    return Article(source, text, blocks, title=title)


def _encoding(data: bytes | str) -> str | None:
    """None where lxml should follow the page's own declaration."""
    if isinstance(data, str):
        return None
    if re.search(rb"<meta[^>]+charset", data[:4096], re.IGNORECASE):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:200_000]).best()
        return best.encoding if best else "windows-1252"
    return "utf-8"


class _Copy:
    """Collects text into blocks; the text of one block is one line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.pending: list[str] = []
        self.kind = BlockKind.PARAGRAPH

    def add(self, text: str | None) -> None:
        if text:
            self.pending.append(text)

    def close(self, kind: BlockKind) -> None:
        """End the block in hand; what follows is of ``kind``."""
        line = _SPACE.sub(" ", "".join(self.pending)).strip()
        self.pending = []
        if line:
            start = self.length + (1 if self.parts else 0)
            self.parts.append(line)
            self.length = start + len(line)
            self.blocks.append(Block(start, self.length, self.kind))
        self.kind = kind

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        self.close(BlockKind.PARAGRAPH)
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
    kinds = [BlockKind.PARAGRAPH]
    stack: list[tuple[Any, bool]] = [(tree, True)]
    while stack:
        element, entering = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        inline = tag in _INLINE
        if not entering:
            if not inline:
                kinds.pop()
                copy.close(kinds[-1])
            copy.add(element.tail)
            continue
        if not tag or _hidden(element):
            copy.add(element.tail)
            continue
        if tag in ("br", "hr"):
            copy.close(kinds[-1])
            copy.add(element.tail)
            continue
        if not inline:
            kinds.append(_KINDS.get(tag, kinds[-1]))
            copy.close(kinds[-1])
        copy.add(element.text)
        stack.append((element, False))
        stack.extend((child, True) for child in reversed(element))
