"""What stands of the decisions as rows of the corpus, one a decided sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from claimcheck.corpus.pages import GoldSentence
from claimcheck.review.decisions import Decision, Sheet
from claimcheck.review.lessons import lessons
from claimcheck.terms import BlockKind, Stance


def rows(sheets: Iterable[Sheet], decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """Rows that follow the schema of the corpus, for annotation tools.

    Args:
        sheets: Pages.
        decisions: On claims of these pages; only what is settled comes out.
    """
    pages, _ = lessons(sheets, decisions, ())
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in pages:
        name = page.id.split(":")[1]
        found[name].extend(_row(name, page.text, sentence) for sentence in page.sentences)
    return [row for name in sorted(found) for row in found[name]]


def _row(name: str, text: str, sentence: GoldSentence) -> dict[str, Any]:
    start = sentence.start
    claims = [
        {
            "start": claim.start - start, "end": claim.end - start, "kind": str(claim.kind),
            "flags": list(map(str, claim.flags)), "strength": str(claim.strength), "grade": str(claim.grade),
            "subject": claim.subject or "unknown", "effect": claim.effect or "unknown",
            "refinement": claim.refinement, "verdict": str(claim.verdict), "unsure": claim.unsure,
        }
        for claim in sentence.claims
    ]  # fmt: skip
    return {
        "page": name, "genre": "product_page", "topic": "reviewed", "stance": str(Stance.SELLS),
        "block": str(BlockKind.PARAGRAPH), "joins": False, "text": text[start : sentence.end],
        "label": sentence.label, "unsure": False, "claims": claims,
    }  # fmt: skip
