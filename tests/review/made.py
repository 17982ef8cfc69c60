from __future__ import annotations

from claimcheck.review.decisions import Decision, Sheet

TEXT = "Garlic cures cancer. Ginger eases nausea."
SHEET = Sheet("p", "p.txt", "", TEXT, ())
CURES = {
    "start": 7, "end": 19, "sentence": [0, 20], "quote": "cures cancer", "fingerprint": "f1", "kind": "disease",
    "strength": "strong", "grade": "C", "verdict": "unsupported", "subject": "garlic", "effect": "cancer",
}  # fmt: skip
EASES = {**CURES, "start": 28, "end": 40, "sentence": [21, 41], "quote": "eases nausea", "fingerprint": "f2"}


def said(number: int, label: str, who: str = "ada", claim: dict = CURES, **other: object) -> Decision:
    return Decision(number, "p", claim, label, who, f"2026-01-01T00:00:{number % 60:02}", **other)
