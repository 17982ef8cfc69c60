"""What one row must look like: names, types, vocabularies, and where its claims lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimcheck.corpus.pages import NONE, REFINEMENTS
from claimcheck.terms import BlockKind, ClaimKind, Flag, Grade, Stance, Strength, Verdict

ROW_FIELDS: Mapping[str, type] = {
    "page": str,
    "genre": str,
    "topic": str,
    "stance": str,
    "block": str,
    "joins": bool,
    "text": str,
    "label": str,
    "unsure": bool,
    "claims": list,
}
CLAIM_FIELDS: Mapping[str, type] = {
    "start": int,
    "end": int,
    "kind": str,
    "flags": list,
    "strength": str,
    "grade": str,
    "subject": str,
    "effect": str,
    "refinement": str,
    "verdict": str,
    "unsure": bool,
}
PAGE_FIELDS = ("genre", "topic", "stance")
_GENRES = (
    "product_page seo_article landing_page fact_sheet blog_post clinic_page affiliate_review debunking news_item "
    "newsletter device_page testimonial_page press_release social_post no_claims label_text"
).split()
_ROW_WORDS: Mapping[str, Iterable[str]] = {
    "genre": _GENRES,
    "stance": list(Stance),
    "block": list(BlockKind),
    "label": [NONE, *Verdict],
}
_CLAIM_WORDS: Mapping[str, Iterable[str]] = {
    "kind": list(ClaimKind),
    "strength": list(Strength),
    "grade": list(Grade),
    "refinement": list(REFINEMENTS),
    "verdict": list(Verdict),
}


def row_problems(row: Mapping[str, Any]) -> Iterator[str]:
    """What breaks the schema in a row: fields, types, vocabularies; empty where all holds."""
    broken = list(_fields(row, ROW_FIELDS, ""))
    yield from broken
    if broken:
        return
    yield from _words(row, _ROW_WORDS, "")
    yield from (f"{name} is empty." for name in ("page", "topic", "text") if not row[name].strip())
    if row["text"] != row["text"].strip() or "\n" in row["text"]:
        yield "text has white space around it or a line break in it."
    for number, claim in enumerate(row["claims"], 1):
        yield from claim_problems(claim, f"claim {number}: ")


def claim_problems(claim: Any, where: str) -> Iterator[str]:
    """What breaks the schema in a claim, each told with ``where`` before it."""
    if not isinstance(claim, Mapping):
        yield f"{where}is no object."
        return
    broken = list(_fields(claim, CLAIM_FIELDS, where))
    yield from broken
    if broken:
        return
    yield from _words(claim, _CLAIM_WORDS, where)
    unknown = [flag for flag in claim["flags"] if flag not in list(Flag)]
    if unknown:
        yield f"{where}flags hold {unknown[0]!r}. Use some of: {', '.join(Flag)}."
    yield from (f"{where}{name} is empty." for name in ("subject", "effect") if not claim[name].strip())


def span_problems(row: Mapping[str, Any]) -> Iterator[str]:
    """Claims that leave their sentence, are empty, overlap, or stand out of order."""
    place = 0
    for number, claim in enumerate(row["claims"], 1):
        start, end = claim["start"], claim["end"]
        if not 0 <= start < end <= len(row["text"]):
            yield f"claim {number}: {start}-{end} is no span of a sentence of {len(row['text'])} characters."
        elif start < place:
            yield f"claim {number}: {start}-{end} begins before the end of the claim before it ({place})."
        place = max(place, end)


def _fields(data: Mapping[str, Any], fields: Mapping[str, type], where: str) -> Iterator[str]:
    yield from (f"{where}{name} is missing." for name in fields if name not in data)
    yield from (f"{where}{name} is no field. Use: {', '.join(fields)}." for name in data if name not in fields)
    for name, kind in fields.items():
        # A bool is an int to Python, and no offset.
        if name in data and type(data[name]) is not kind:
            yield f"{where}{name} is {data[name]!r}. Give a {kind.__name__}."


def _words(data: Mapping[str, Any], words: Mapping[str, Iterable[str]], where: str) -> Iterator[str]:
    for name, allowed in words.items():
        if data[name] not in allowed:
            yield f"{where}{name} is {data[name]!r}. Use one of: {', '.join(filter(None, allowed))}."
