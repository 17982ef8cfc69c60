"""JSON-LD: what a page tells search engines about a product, its reviews and its questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from claimcheck.articles.lines import Line, squeezed
from claimcheck.terms import BlockKind, Place

# Properties of schema.org that hold copy, in whatever they stand.
_TEXTS = frozenset(
    (
        "description headline alternativeHeadline text reviewBody slogan abstract disambiguatingDescription "
        "articleBody caption award keywords alternateName"
    ).split()
)
_NAMED = frozenset(
    "Question Review Article NewsArticle BlogPosting Recipe HowTo HowToStep Offer MedicalWebPage".split()
)
_PRODUCTS = frozenset("Product IndividualProduct ProductGroup ProductModel Drug DietarySupplement Book".split())
_TAG = re.compile(r"<[^<>]*>")
_MAX_TEXTS, _MAX_SCRIPTS = 1_000, 500


def linked_data(tree: Any) -> list[Line]:
    """The copy in a page's JSON-LD, in the order it stands there; what is no JSON is passed over."""
    from claimcheck.articles.places import xpath

    lines: list[Line] = []
    for script in islice(tree.iter("script"), _MAX_SCRIPTS):
        if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        node = xpath(script)
        lines += (Line(text, BlockKind.PARAGRAPH, place, node) for text, place in _copy(data))
    return lines[:_MAX_TEXTS]


def _copy(data: Any) -> Iterator[tuple[str, Place]]:
    """Depth first without recursion."""
    stack = [data]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            types = item.get("@type")
            types = {str(kind).rpartition("/")[2] for kind in (types if isinstance(types, list) else [types])}
            inner = []
            for key, value in item.items():
                place = _place(key, types)
                texts = value if isinstance(value, list) else [value]
                for text in texts:
                    if place and isinstance(text, str) and (plain := _plain(text)):
                        yield plain, place
                    elif isinstance(text, dict | list):
                        inner.append(text)
            stack.extend(reversed(inner))


def _place(key: str, types: set[str]) -> Place | None:
    if key == "name" and types & _PRODUCTS:
        return Place.PRODUCT
    return Place.DATA if key in _TEXTS or (key == "name" and types & _NAMED) else None


def _plain(text: str) -> str:
    """Without the markup that answers and descriptions are often written in."""
    from html import unescape

    return squeezed(unescape(_TAG.sub(" ", text)))
