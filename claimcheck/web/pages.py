"""From templates to answers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader

from claimcheck.store.review import Item

STATIC = Path(str(files("claimcheck.web").joinpath("static")))
_AROUND = 1200


@cache
def _environment() -> Environment:
    # Everything is escaped: what is shown comes from pages that nobody vouches for.
    loader = PackageLoader("claimcheck.web")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def page(name: str, status: int = 200, **values: Any) -> Response:
    """A template as an answer."""
    values.setdefault("problem", "")
    values.setdefault("who", None)
    return HTMLResponse(_environment().get_template(name).render(values), status)


def context(item: Item) -> dict[str, Any]:
    """The claim in its page: what stands before it, the words, what stands after, and whether that is all."""
    start, end = item.claim["start"], item.claim["end"]
    first, last = max(0, start - _AROUND), min(len(item.text), end + _AROUND)
    return {
        "before": item.text[first:start],
        "words": item.text[start:end],
        "after": item.text[end:last],
        "first": first,
        "cut": first > 0 or last < len(item.text),
    }
