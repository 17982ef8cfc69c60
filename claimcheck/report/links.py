"""Links from a report to where the words stand."""

from __future__ import annotations

from urllib.parse import quote

from claimcheck.records import Claim
from claimcheck.terms import Place

# Words that a browser finds on the page; the others stand in its head or its attributes.
_VISIBLE = frozenset((Place.BODY, Place.CAPTION, Place.BUTTON, Place.DETAILS))
_WORDS = 8


def is_address(source: str) -> bool:
    """Whether a source is a page of the web."""
    return source.startswith(("http://", "https://"))


def live_link(source: str, claim: Claim) -> str:
    """The claim's words on the live page, as a text fragment; empty where there is no such place.

    A long quote is given by its first and its last words.
    """
    if not is_address(source) or claim.place not in _VISIBLE:
        return ""
    words = claim.quote.split()
    parts = [words] if len(words) <= _WORDS else [words[: _WORDS // 2], words[-_WORDS // 2 :]]
    fragment = ",".join(_encoded(" ".join(part)) for part in parts)
    page = source.partition("#")[0]
    return f"{page}#:~:text={fragment}"


def _encoded(text: str) -> str:
    # The dash, the comma and the ampersand part the pieces of a fragment; quote leaves the dash alone.
    return quote(text.encode("utf-8", "replace"), safe="").replace("-", "%2D")
