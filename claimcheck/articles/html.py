"""HTML: the copy of a page, block by block, wherever it stands."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import Any

from claimcheck.articles.decode import decode, marked
from claimcheck.articles.lines import count, put_together, squeezed
from claimcheck.articles.main_content import main_content
from claimcheck.articles.places import hidden_places
from claimcheck.articles.walk import Copy, walk
from claimcheck.errors import ArticleError
from claimcheck.records import Article

# What libxml2 says where it gives up; all that follows is lost then.
_TOO_DEEP = "Excessive depth"
_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# As browsers read these names; a page whose declaration could be read is no UTF-16.
_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8"}
_NO_PAGE = frozenset("utf-7 idna punycode unicode_escape raw_unicode_escape undefined".split())
_FEW_WORDS = 40


def read_html(data: bytes | str, source: str, charset: str = "") -> Article:
    """Read the copy of a page.

    Args:
        data: The page; bytes are decoded as their byte order mark, ``charset`` or the page itself
            says, else as guessed.
        source: Named in the article; the words of an address are copy too.
        charset: What the server said.

    Returns:
        An article, one block a line: the title, the visible copy, and behind it what stands only in descriptions,
        in data for search engines and in the address. Each sentence comes once.

    Raises:
        ArticleError: the tags are nested too deeply for the parser.
    """
    page, note = page_text(data, charset)
    tree = page_tree(page, source)
    if tree is None:
        return Article(source, "")
    title = squeezed(tree.findtext(".//title") or "")
    copy = walk(tree)
    copy.lines, left_out = main_content(page, copy.lines)
    first, last = hidden_places(tree, copy, title, source)
    text, blocks = put_together([*first, *copy.lines, *last])
    notes = (*filter(None, [note]), *_notes(copy, left_out, text))
    return Article(source, text, blocks, title=title, notes=notes, page=page)


def page_text(data: bytes | str, charset: str = "") -> tuple[str, str]:
    """A page as text, and a note on what was odd about its encoding, else empty."""
    if isinstance(data, str):
        return data, ""
    found = _CHARSET.search(data[:4096])
    declared = charset or (found[1].decode("ascii", "replace") if found else "")
    name = "" if marked(data) or data.startswith(codecs.BOM_UTF8) else _codec(declared)
    if not name:
        return decode(data)
    text = data.decode(name, errors="replace")
    return text, f"Not valid {declared} in places." if "\ufffd" in text else ""


def page_tree(page: str, source: str) -> Any:
    """The root of the page that the nodes of an article's blocks lead into, None for a page that is empty.

    Raises:
        ArticleError: the tags are nested too deeply for the parser.
    """
    from lxml import etree, html

    # As bytes: what text says of its own encoding would be obeyed.
    data = page.encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        tree = html.document_fromstring(data or b"<html></html>", parser=parser, ensure_head_body=True)
    except etree.ParserError:  # nothing but white space or comments
        return None
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise ArticleError(source, "nests its tags too deeply to be read.", "Save its text and scan that.")
    return tree


def without_nodes(article: Article, page: str = "") -> Article:
    """The article of a page that nobody has by itself, such as one within an archive.

    Args:
        article: As :func:`read_html` gives it.
        page: What stands in its stead: the text that was made into a page, where there is one.
    """
    return replace(article, blocks=tuple(replace(block, node="") for block in article.blocks), page=page)


def _codec(name: str) -> str:
    """Python's codec for what a page calls its encoding, empty where there is none."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not codec._is_text_encoding or codec.name in _NO_PAGE:  # noqa: SLF001 - bytes.decode asks the same
        return ""
    return _BROWSERS.get(codec.name, codec.name)


def _notes(copy: Copy, left_out: int, text: str) -> list[str]:
    """What of the page was not read."""
    notes = []
    if words := left_out + copy.skipped:
        notes.append(f"Left out as navigation, banners and footers: {count(words, 'word')}.")
    if copy.frames:
        notes.append(f"Not read: {count(len(copy.frames), 'frame')} with other pages ({copy.frames[0][:80]}).")
    if copy.mute and len(text.split()) < _FEW_WORDS:
        notes.append(f"Not read: what stands in {count(copy.mute, 'picture')} without a description.")
    return notes
