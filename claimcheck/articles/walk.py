"""A page as lines of copy: one walk over its tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from claimcheck.articles.lines import Line, squeezed
from claimcheck.terms import BlockKind, Place

_SKIP = frozenset(
    (
        "script style noscript template svg math iframe object embed select option textarea canvas "
        "audio video head dialog frameset frame"
    ).split()
)
_INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt "
        "ruby s samp small span strike strong sub sup time tt u var wbr input"
    ).split()
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
}
_PLACES = {
    "figcaption": Place.CAPTION,
    "caption": Place.CAPTION,
    "button": Place.BUTTON,
    "details": Place.DETAILS,
}
_BUTTON = re.compile(r"(?:^|\s)(?:btn|button|cta)(?:[-_\s]|$)", re.IGNORECASE)
_PRODUCT_NAME = re.compile(r"product[-_]*(?:title|name)", re.IGNORECASE)
_FURNITURE_TAGS = frozenset("header footer aside".split())
_FURNITURE_ROLES = frozenset("banner contentinfo complementary search".split())
_FURNITURE = re.compile(
    r"footer|sidebar|side-bar|breadcrumb|menu|navbar|newsletter|share|social|copyright|paginat|comment|widget|masthead",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"cookie[-_]?(?:banner|consent|notice|bar|law|policy|popup|modal|dialog|message|overlay)|"
    r"(?:^|[\s_-])(?:gdpr|ccpa)(?:[\s_-]|$)|consent[-_](?:banner|manager|popup|modal)|onetrust|cookiebot",
    re.IGNORECASE,
)
_NEVER_COOKIES = frozenset("html body main article h1".split())
_NEVER_FURNITURE = frozenset("html body main article".split())
# A deeper path is as long as a page, and a page has many.
_MAX_STEPS = 200


class Setting(NamedTuple):
    """What an element hands down to the lines within it; ``depth`` is its own."""

    kind: BlockKind = BlockKind.PARAGRAPH
    place: Place = Place.BODY
    depth: int = 0
    main: bool = False
    furniture: bool = False
    product: bool = False


@dataclass(slots=True)
class Copy:
    """What a page shows.

    Attributes:
        lines: The visible copy, in order.
        alts: Descriptions of pictures.
        pictures: How many pictures are shown.
        mute: How many of them have no description.
        frames: Addresses of other pages that are shown within this one.
        skipped: Words of navigation and cookie banners.
    """

    lines: list[Line] = field(default_factory=list)
    alts: list[Line] = field(default_factory=list)
    pictures: int = 0
    mute: int = 0
    frames: list[str] = field(default_factory=list)
    skipped: int = 0


def walk(tree: Any) -> Copy:
    """The visible copy of a page, in order.

    Args:
        tree: The root element.
    """
    walker = _Walk(tree)
    walker.run()
    return walker.copy


class _Walk:
    """Depth first without recursion: pages nest deeper than Python's stack."""

    def __init__(self, tree: Any) -> None:
        self.copy = Copy()
        self.panels = _panels(tree)
        self.settings = [Setting()]
        self.path: list[int] = []
        self.pending: list[str] = []
        self.links = 0
        self.unlinked = False
        self.open: list[tuple[Any, Any]] = []  # elements, and what is left of their children
        self.tree = tree

    def run(self) -> None:
        self._enter(self.tree)
        while self.open:
            element, children = self.open[-1]
            child = next(children, None)
            if child is not None:
                self._enter(child)
                continue
            self._leave(element)
            self.open.pop()
            self.path.pop()

    def _enter(self, element: Any) -> None:
        """Open an element; one that is not walked through gives no more than the text behind it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and self.path:
            self.path[-1] += 1
        if not tag or self._skipped(element, tag):
            self._add(element.tail)
            return
        if tag in ("br", "hr"):
            self._close()
            self._add(element.tail)
            return
        if tag == "a":
            self.links += 1
        if not _is_inline(element, tag):
            self._close()
            self.settings.append(_setting(element, tag, len(self.path), self.settings[-1]))
        self._shown_value(element, tag)
        self._add(element.text)
        self.open.append((element, element.iterchildren()))
        self.path.append(0)

    def _leave(self, element: Any) -> None:
        if element.tag == "a":
            self.links -= 1
        if not _is_inline(element, element.tag):
            self._close()
            self.settings.pop()
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self.pending.append(text)
            if not self.links and not text.isspace():
                self.unlinked = True

    def _close(self) -> None:
        """End the line in hand."""
        text = squeezed("".join(self.pending))
        self.pending = []
        if text:
            self._put(text, self.settings[-1].place, self.settings[-1].depth, linked=not self.unlinked)
        self.unlinked = False

    def _put(self, text: str, place: Place, depth: int, *, linked: bool = False) -> None:
        setting = self.settings[-1]
        line = Line(text, setting.kind, place, self._node(depth), setting.main, setting.furniture, linked)
        self.copy.lines.append(line)

    def _node(self, depth: int) -> str:
        """The XPath of the element at a depth; of what is nested very deeply, that of an element around it.

        Elements are counted whatever their names: some names are no XPath.
        """
        return "/*" + "".join(f"/*[{number}]" for number in self.path[: min(depth, _MAX_STEPS)])

    def _skipped(self, element: Any, tag: str) -> bool:
        """Whether no reader sees it, or it is not copy; a frame is noted."""
        if tag in ("iframe", "frameset") and not _hidden(element):
            frames = element.iter("iframe", "frame")
            self.copy.frames += [frame.get("src") for frame in frames if frame.get("src")]
        if tag in _SKIP:
            return True
        if _hidden(element) and element.get("id") not in self.panels and element.get("role") != "tabpanel":
            return True
        if not _is_furnishing(element, tag):
            return False
        self.copy.skipped += sum(len(text.split()) for text in element.itertext("*"))
        self._close()  # not read, yet it parts what stands around it
        return True

    def _shown_value(self, element: Any, tag: str) -> None:
        """Words that stand in an attribute: a picture's description, a button's label."""
        if tag == "img" or (tag == "input" and element.get("type") == "image"):
            self.copy.pictures += 1
            alt = squeezed(element.get("alt") or "")
            self.copy.mute += not alt
            if alt:
                self.copy.alts.append(Line(alt, BlockKind.PARAGRAPH, Place.ALT, self._node(len(self.path))))
        elif tag == "input" and element.get("type") in ("submit", "button", "reset"):
            self._close()
            if text := squeezed(element.get("value") or ""):
                self._put(text, Place.BUTTON, len(self.path))


def _is_inline(element: Any, tag: str) -> bool:
    return tag in _INLINE and not _is_button(element, tag)


def _is_button(element: Any, tag: str) -> bool:
    if tag == "a":
        return element.get("role") == "button" or bool(_BUTTON.search(element.get("class") or ""))
    return tag == "button"


def _setting(element: Any, tag: str, depth: int, outer: Setting) -> Setting:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    role = element.get("role") or ""
    product = outer.product or "product" in (element.get("itemtype") or "").lower()
    place: Place = outer.place if outer.place is not Place.PRODUCT else Place.BODY
    if (product and element.get("itemprop") == "name") or (tag == "h1" and _PRODUCT_NAME.search(names)):
        place = Place.PRODUCT
    elif _is_button(element, tag):
        place = Place.BUTTON
    elif _hidden(element):
        place = Place.DETAILS
    main = outer.main or tag in ("main", "article") or role == "main"
    furniture = outer.furniture or tag in _FURNITURE_TAGS or role in _FURNITURE_ROLES or bool(_FURNITURE.search(names))
    kind = _KINDS.get(tag, outer.kind)
    furniture = furniture and tag not in _NEVER_FURNITURE
    return Setting(kind, _PLACES.get(tag, place), depth, main, furniture, product)


def _is_furnishing(element: Any, tag: str) -> bool:
    """Navigation and cookie banners, which are never copy."""
    if tag == "nav" or element.get("role") in ("navigation", "menubar"):
        return True
    if tag in _NEVER_COOKIES:
        return False
    return any(_COOKIES.search(element.get(name) or "") for name in ("id", "class"))


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def _panels(tree: Any) -> frozenset[str]:
    """Ids of what a control of the page unfolds: hidden at first, yet meant to be read."""
    return frozenset(_controlled(tree))


def _controlled(tree: Any) -> Iterator[str]:
    for name in ("aria-controls", "data-target", "data-bs-target"):
        for value in tree.xpath(f"//*[@{name}]/@{name}"):
            yield from (part.removeprefix("#") for part in value.split())
