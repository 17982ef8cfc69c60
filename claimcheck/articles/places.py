"""Copy that a page carries beside its visible text: in its head, its pictures, its data and its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from claimcheck.articles.lines import Line, squeezed
from claimcheck.articles.linked_data import linked_data
from claimcheck.articles.walk import Copy
from claimcheck.terms import BlockKind, Place

_METAS = {
    "description": Place.DESCRIPTION,
    "og:description": Place.DESCRIPTION,
    "twitter:description": Place.DESCRIPTION,
    "og:title": Place.TITLE,
    "twitter:title": Place.TITLE,
    "og:image:alt": Place.ALT,
    "twitter:image:alt": Place.ALT,
    "product:name": Place.PRODUCT,
}
_WORD = re.compile(r"[^\W_]+")
_TITLE_PARTS = re.compile(r"\s+[|–—·•:»-]{1,2}\s+")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_CUT_OFF = re.compile(r"\w*\s*(?:…|\.{3,})$")
_ENDING = re.compile(r"\.\w{1,5}$")
_MANY_WORDS = 2  # one word alone claims nothing
# No honest page has more of them; the work grows with their number squared.
_MAX_ELEMENTS, _MAX_LINES = 500, 1_000


def hidden_places(tree: Any, copy: Copy, title: str, source: str) -> tuple[list[Line], list[Line]]:
    """The copy that is not in the visible text, each sentence that already stands somewhere left out.

    Args:
        tree: The page's root.
        copy: Its visible copy; a line that says the product's name is marked as it.
        title: Of the page.
        source: Its address, where it has one.

    Returns:
        Lines to stand before the visible copy, and lines to stand behind it.
    """
    metas, data = list(_metas(tree)), linked_data(tree)
    _mark_product(copy.lines, (line.text for line in (*data, *metas) if line.place is Place.PRODUCT))
    known = _Known(line.text for line in copy.lines)
    heading = Line(title, BlockKind.HEADING, Place.TITLE, _node(tree, "title"))
    first = list(known.fresh([heading], _TITLE_PARTS, " | "))
    rest = [*metas, *copy.alts, *data][:_MAX_LINES]
    last = list(known.fresh(rest, _SENTENCES, " "))
    last += (line for line in url_words(tree, source) if known.learn_sequence(line.text))
    return first, last


def _metas(tree: Any) -> Iterator[Line]:
    for meta in islice(tree.iter("meta"), _MAX_ELEMENTS):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        text = squeezed(meta.get("content") or "")
        if name in _METAS and text:
            yield Line(text, BlockKind.PARAGRAPH, _METAS[name], xpath(meta))


def _mark_product(lines: list[Line], names: Iterable[str]) -> None:
    products = {_bare(name) for name in names}
    for line in lines:
        if line.place is Place.BODY and _bare(line.text) in products:
            line.place = Place.PRODUCT


def url_words(tree: Any, source: str) -> Iterator[Line]:
    """The words of the page's address, one line for each part of the path that has some."""
    node, address = "", source if source.startswith(("http://", "https://")) else ""
    for link in islice(tree.iter("link"), _MAX_ELEMENTS):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            node, address = xpath(link), link.get("href")
            break
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:  # such as a stray bracket
        return
    for part in path.split("/"):
        words = re.findall(r"[^\W\d_]+(?:['’]\w+)?", _ENDING.sub("", part))
        if len(words) >= _MANY_WORDS:
            yield Line(" ".join(words), BlockKind.PARAGRAPH, Place.URL, node)


class _Known:
    """What has been said, so that each claim is found once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.lines = [_WORD.findall(text.casefold()) for text in texts]
        self.flat = "".join(f" {' '.join(words)} \n" for words in self.lines)
        self.more = ""

    def fresh(self, lines: Iterable[Line], parting: re.Pattern[str], joint: str) -> Iterator[Line]:
        """The lines with those of their sentences that are new; what is given is known from then on."""
        for line in lines:
            new = [part for part in parting.split(line.text) if self._learn(part)]
            if new:
                line.text = joint.join(new)
                yield line

    def _learn(self, text: str) -> bool:
        # A description that was cut off ends within a word.
        words = _WORD.findall(_CUT_OFF.sub("", text).casefold())
        sought = f" {' '.join(words)} "
        if len(words) < _MANY_WORDS or sought in self.flat or sought in self.more:
            return False
        self.lines.append(words)
        self.more += sought + "\n"
        return True

    def learn_sequence(self, text: str) -> bool:
        """Whether the words stand in no line in this order: addresses drop the small words of a title."""
        words = _WORD.findall(text.casefold())
        for line in self.lines:
            rest = iter(line)
            if all(word in rest for word in words):
                return False
        return self._learn(text)


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _node(tree: Any, tag: str) -> str:
    element = next(tree.iter(tag), None)
    return "" if element is None else xpath(element)


def xpath(element: Any) -> str:
    """An XPath of an element that counts elements alone, whatever their names."""
    steps = []
    while (parent := element.getparent()) is not None:
        steps.append(f"/*[{1 + sum(1 for _ in element.itersiblings('*', preceding=True))}]")
        element = parent
    return "/*" + "".join(reversed(steps))
