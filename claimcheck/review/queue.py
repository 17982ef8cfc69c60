"""What to ask next: each claim's reasons to be asked, by name."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from claimcheck.records import Claim
from claimcheck.terms import Severity, Verdict

_NEAR = 0.25
_MANY = 3
_SHARE = 20


class Reason(StrEnum):
    """Why a claim is worth a reviewer's second."""

    NEAR = "near the line"
    DISAGREE = "rule and model disagree"
    SILENT = "evidence silent"
    NEW = "new subject"
    COPIES = "many copies"
    DRAWN = "random twentieth"

    @property
    def meaning(self) -> str:
        """The reason in a sentence, for the page."""
        return _MEANING[self]


_MEANING = {
    Reason.NEAR: "The two likeliest verdicts are close to each other.",
    Reason.DISAGREE: "A rule finds an error where the verdict is supported, or none where it is unsupported.",
    Reason.SILENT: "Nothing on file answers this subject and effect.",
    Reason.NEW: "No decision speaks of this subject yet.",
    Reason.COPIES: "The same words stand on several pages; one decision settles them all.",
    Reason.DRAWN: "Drawn by lot, so that the estimate of quality is honest.",
}
_WEIGHT = {Reason.DISAGREE: 0.5, Reason.SILENT: 0.3, Reason.NEW: 0.4, Reason.COPIES: 0.3, Reason.NEAR: 0.0}


def reasons(claim: Claim, page: str, copies: int, known: Collection[str]) -> tuple[Reason, ...]:
    """Why to ask about a claim.

    Args:
        claim: As the pipeline judged it.
        page: Its page's id; with the fingerprint it draws the random twentieth, the same on every machine.
        copies: How many claims have the same words.
        known: Ids of subjects that labelled pages or decisions speak of.
    """
    found = {
        Reason.NEAR: margin(claim.probabilities) < _NEAR,
        Reason.DISAGREE: _disagree(claim),
        Reason.SILENT: claim.grade is None,
        Reason.NEW: bool(claim.subject) and claim.subject not in known,
        Reason.COPIES: copies >= _MANY,
        Reason.DRAWN: drawn(page, claim.fingerprint),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def priority(claim: Claim, why: Iterable[Reason], copies: int) -> float:
    """How much a decision would teach: the doubt of the verdict, what the reasons add, more for each copy."""
    doubt = 1.0 - margin(claim.probabilities)
    return round(doubt + sum(_WEIGHT.get(reason, 0.0) for reason in why) + 0.05 * min(copies - 1, 10), 4)


def margin(probabilities: Mapping[str, float]) -> float:
    """How far the likeliest verdict is before the next."""
    first, second = sorted(probabilities.values(), reverse=True)[:2]
    return first - second


def drawn(page: str, fingerprint: str) -> bool:
    """Whether a claim is of the random twentieth; says nothing of what is in it."""
    digest = hashlib.sha256(f"twentieth\0{page}\0{fingerprint}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % _SHARE == 0


def doubled(page: str, fingerprint: str, share: float) -> bool:
    """Whether two reviewers are to decide a claim, neither seeing what the other said."""
    digest = hashlib.sha256(f"double\0{page}\0{fingerprint}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def copies(claims: Iterable[Claim]) -> Counter[str]:
    """How often each wording occurs, by fingerprint."""
    return Counter(claim.fingerprint for claim in claims)


def _disagree(claim: Claim) -> bool:
    error = any(finding.severity is Severity.ERROR for finding in claim.findings)
    return error == (claim.verdict is Verdict.SUPPORTED) if claim.verdict is not Verdict.OVERSTATED else False
