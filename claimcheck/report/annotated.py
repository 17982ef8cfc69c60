"""The original page with its claims marked in place, made safe: no script, no style sheet, nothing loaded."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from claimcheck.articles.html import page_tree
from claimcheck.extras import need
from claimcheck.records import Claim, Document
from claimcheck.report.marked import PLACES
from claimcheck.terms import Place, Verdict

# Their text is no copy, and it would be shown were only the tags taken away.
_MUTE = frozenset(
    "script style noscript template svg math iframe object embed select textarea canvas audio video title".split()
)
_TAGS = frozenset(
    "a abbr address article aside b bdi bdo blockquote br button caption center cite code col colgroup data dd "
    "del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label "
    "legend li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table "
    "tbody td tfoot th thead time tr tt u ul var wbr".split()
)
# What stands there is not in the body of a page, or not as text.
_UNSEEN = frozenset((Place.TITLE, Place.DESCRIPTION, Place.ALT, Place.DATA, Place.URL))
# None of them takes an address or puts a thing in another's place.
_STYLES = frozenset(
    "background-color border border-color border-radius border-style border-width color display font-family font-size "
    "font-style font-weight letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right "
    "margin-top max-width padding padding-bottom padding-left padding-right padding-top text-align text-decoration "
    "text-transform vertical-align visibility white-space width".split()
)


class Slot(NamedTuple):
    """One run of characters of a page: the text in an element, or the text behind it."""

    element: Any
    tail: bool

    @property
    def text(self) -> str:
        """The characters."""
        return (self.element.tail if self.tail else self.element.text) or ""


def render(document: Document) -> str:
    """The page of a document, its claims marked.

    Args:
        document: One whose article has a page.

    Returns:
        A page of its own; the claims whose words are not visible copy are listed on top.

    Raises:
        UsageError: the extra ``annotate`` is not installed.
    """
    from jinja2 import Environment, PackageLoader
    from markupsafe import Markup

    from claimcheck.report.as_html import SIGNS

    body, left = mark(document)
    environment = Environment(loader=PackageLoader("claimcheck.report", "html"), autoescape=True)
    return environment.get_template("annotated.html.jinja").render(
        document=document,
        body=Markup(body),  # noqa: S704  # nh3 has been over it
        left=left,
        signs=SIGNS,
        places=PLACES,
        worst_first=list(reversed(Verdict)),
    )


def is_page(document: Document) -> bool:
    """Whether the document is a page that can be shown with its claims marked."""
    return bool(document.article.page) and any(block.node for block in document.article.blocks)


def file_name(number: int, document: Document) -> str:
    """A name for the annotated page: its number in the report, and what its source is called."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", document.article.source)[-80:].strip("-")
    return f"{number:03}-{slug or 'page'}.html"


def mark(document: Document) -> tuple[str, list[Claim]]:
    """The page's body as safe markup with ``<mark>`` around each claim, and the claims that could not be marked."""
    tree = page_tree(document.article.page, document.article.source)
    if tree is None:
        return "", list(document.claims)
    for element in tree.iter("mark"):  # the vendor's own; a mark is ours
        element.tag = "span"
    found = dict(_ranges(tree, document))
    spans = defaultdict(list)
    for claim, pieces in found.items():
        for slot, start, end in pieces:
            spans[slot].append((start, end, document.claims[claim]))
    for slot, marks in spans.items():
        _put_marks(slot, sorted(marks, key=lambda item: item[:2]))
        _unfold(slot.element)
    return _safe(tree), [claim for number, claim in enumerate(document.claims) if number not in found]


def _ranges(tree: Any, document: Document) -> Iterator[tuple[int, list[tuple[Slot, int, int]]]]:
    """For each claim, by number, the runs of characters that are its words; claims without such are left out."""
    text, blocks = document.article.text, document.article.blocks
    inside = defaultdict(list)
    for number, claim in enumerate(document.claims):
        inside[bisect_right(blocks, claim.start, key=lambda block: block.start) - 1].append((number, claim))
    nodes = {blocks[place].node: _Letters(tree, blocks[place].node) for place in inside if place >= 0}
    for place, block in enumerate(blocks):
        if block.node not in nodes or block.place in _UNSEEN:
            continue
        letters = nodes[block.node]
        at = letters.find(text[block.start : block.end])
        for number, claim in inside[place] if at >= 0 else ():
            first = at + _count(text[block.start : claim.start])
            last = first + _count(text[claim.start : min(claim.end, block.end)])
            if runs := list(_runs(letters.found[first:last])):
                yield number, runs


def _count(text: str) -> int:
    return len("".join(text.split()))


class _Letters:
    """Every character of an element that is no white space, and where it stands.

    White space differs between a page and its copy; the letters are the same.
    """

    def __init__(self, tree: Any, node: str) -> None:
        elements = tree.xpath(node) if node else ()
        slots = [slot for element in elements[:1] for slot in _slots(element)]
        self.found = [
            (slot, at, letter) for slot in slots for at, letter in enumerate(slot.text) if not letter.isspace()
        ]
        self._text = "".join(letter for _, _, letter in self.found)
        self._next = 0

    def find(self, copy: str) -> int:
        """Where a block's letters begin, behind those of the block before it; -1 where they are not here."""
        wanted = "".join(copy.split())
        at = self._text.find(wanted, self._next)
        if at >= 0:
            self._next = at + len(wanted)
        return at


def _slots(root: Any) -> Iterator[Slot]:
    """The runs of text within an element, in order, without recursion."""
    stack = [Slot(root, tail=False)]
    while stack:
        slot = stack.pop()
        yield slot
        if slot.tail:
            continue
        for child in reversed(slot.element):
            stack.append(Slot(child, tail=True))
            if isinstance(child.tag, str) and child.tag not in _MUTE:
                stack.append(Slot(child, tail=False))


def _runs(letters: list[tuple[Slot, int, str]]) -> Iterator[tuple[Slot, int, int]]:
    run: tuple[Slot, int, int] | None = None
    for slot, place, _ in letters:
        if run and run[0] == slot:
            run = (slot, run[1], place + 1)
            continue
        if run:
            yield run
        run = (slot, place, place + 1)
    if run:
        yield run


def _put_marks(slot: Slot, marks: list[tuple[int, int, Claim]]) -> None:
    """Cut a run of text into marks and what stands between them; where claims overlap the earlier is marked."""
    from lxml.html import Element

    text, element = slot.text, slot.element
    place = 0
    made: list[Any] = []
    before = ""
    for start, end, claim in marks:
        if start < place:
            continue
        if made:
            made[-1].tail = text[place:start]
        else:
            before = text[:start]
        new = Element("mark", {"class": f"cc-{claim.verdict}", "title": f"{claim.verdict}: {claim.quote}"})
        new.text = text[start:end]
        made.append(new)
        place = end
    made[-1].tail = text[place:]
    if slot.tail:
        element.tail = before
        parent, index = element.getparent(), element.getparent().index(element) + 1
    else:
        element.text = before
        parent, index = element, 0
    for number, new in enumerate(made):
        parent.insert(index + number, new)


def _unfold(element: Any) -> None:
    """Show what a page folds away until it is asked for."""
    for outer in (element, *element.iterancestors()):
        outer.attrib.pop("hidden", None)
        if outer.tag == "details":
            outer.set("open", "")
        if re.search(r"display|visibility", outer.get("style", ""), re.IGNORECASE):
            del outer.attrib["style"]


def _safe(tree: Any) -> str:
    """The body without script, style sheets and addresses."""
    need("annotate", "nh3")
    import nh3
    from lxml import etree

    body = tree.find("body")
    markup = etree.tostring(tree if body is None else body, encoding="unicode", method="html", with_tail=False)
    return nh3.clean(
        markup,
        tags=set(_TAGS),
        clean_content_tags=set(_MUTE),
        attributes={
            "*": {"style", "dir", "lang", "hidden"},
            "mark": {"class", "title"},
            "img": {"alt"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
            "ol": {"start"},
            "details": {"open"},
        },
        filter_style_properties=set(_STYLES),
        url_schemes=set(),
        link_rel=None,
    )
