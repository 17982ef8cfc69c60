"""Between the store and those who work with decisions: pages in, records out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from claimcheck.records import Article, Claim, Document
from claimcheck.review.decisions import Decision, Sheet
from claimcheck.review.queue import Reason, doubled, priority, reasons
from claimcheck.store.review import NewItem, ReviewStore, blocks

DOUBLE = 0.1


def put(
    store: ReviewStore, documents: Iterable[Document], pipeline: str, origin: str = "scan", double: float = DOUBLE
) -> int:
    """Put the claims of judged documents before the reviewers.

    Args:
        store: Where to.
        documents: As :func:`claimcheck.pipeline.run.documents` gives them.
        pipeline: What judged.
        origin: Where the pages come from; those of ``test`` may be decided, and teach nothing.
        double: Share of claims that two reviewers decide, neither seeing the other's view.

    Returns:
        How many claims are new.
    """
    judged = [document for document in documents if document.article.text]
    known = {row["claim"].get("subject", "") for row in store.all_decisions()}
    counts = Counter(claim.fingerprint for document in judged for claim in document.claims)
    added = 0
    for document in judged:
        page = page_row(document.article, origin)
        new = [_new(claim, page["id"], counts[claim.fingerprint], known, pipeline, double) for claim in document.claims]
        added += store.add_page(page, new)
    return added


def page_row(article: Article, origin: str) -> dict[str, Any]:
    """The row of a page; the same text from the same place is the same page."""
    return {
        "id": hashlib.sha256(f"{article.source}\0{article.text}".encode("utf-8", "replace")).hexdigest()[:16],
        "source": article.source,
        "site": (urlsplit(article.source).hostname or "") if "://" in article.source else article.source.split("/")[0],
        "title": article.title,
        "origin": origin,
        "text": article.text,
        "blocks": [[block.start, block.end, str(block.kind)] for block in article.blocks],
    }


def everything(store: ReviewStore) -> tuple[list[Sheet], list[Decision]]:
    """All pages and decisions of a store."""
    sheets = [
        Sheet(row["id"], row["source"], row["title"], row["text"], blocks(row["blocks"]), row["origin"])
        for row in store.all_pages()
    ]
    return sheets, decided(store)


def decided(store: ReviewStore) -> list[Decision]:
    """All decisions of a store, oldest first."""
    names = ("id", "page", "claim", "label", "reviewer", "at", "pipeline", "fields", "note", "undoes", "adjudicates")
    return [
        Decision(**{name: row[name] for name in names}, missed=row["missed"], drawn=row["drawn"])
        for row in store.all_decisions()
    ]


def missed_claim(text: str, words: str, near: int) -> dict[str, Any] | None:
    """A claim marked by its words, where they stand next to an offset; None where they stand nowhere."""
    places = []
    at = text.find(words) if words.strip() else -1
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - near))
    digest = hashlib.sha256(" ".join(words.split()).lower().encode("utf-8", "replace")).hexdigest()[:12]
    return {
        "id": f"missed-{digest}", "fingerprint": f"missed-{digest}", "quote": words, "start": start,
        "end": start + len(words), "sentence": [start, start + len(words)], "kind": "function", "flags": [],
        "subject": "", "effect": "", "strength": "plain", "grade": None, "verdict": "none", "findings": [],
        "evidence": [], "reasons": [], "probabilities": {}, "confidence": 0.0,
    }  # fmt: skip


def _new(claim: Claim, page: str, copies: int, known: set[str], pipeline: str, double: float) -> NewItem:
    why = reasons(claim, page, copies, known)
    needed = 2 if doubled(page, claim.fingerprint, double) else 1
    return NewItem(claim.to_dict(), list(why), _rank(claim, why, copies), Reason.DRAWN in why, needed, pipeline)


def _rank(claim: Claim, why: tuple[Reason, ...], copies: int) -> float:
    """By what it teaches; a claim that was drawn by lot comes early whatever it teaches."""
    return priority(claim, why, copies) + (10.0 if Reason.DRAWN in why else 0.0)
