"""An audit added up: the worst pages, the worst claims, by kind, subject and market, and what was not covered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from claimcheck.store import Store
from claimcheck.store.results import AuditInfo, PageInfo, Place, audit_info, hits, pages, places
from claimcheck.store.tables import State
from claimcheck.terms import Verdict

SCHEMA = "claimcheck.audit/1"
COVERED = (State.DONE, State.UNCHANGED)
# Kept under another address: nothing is missing there.
_ELSEWHERE = (State.DUPLICATE, State.MOVED)


@dataclass(slots=True)
class PageLine:
    """A page and its claims by verdict; ``rules`` are findings."""

    url: str
    title: str
    verdicts: Counter[str] = field(default_factory=Counter)
    rules: int = 0

    @property
    def badness(self) -> tuple[int, int, int]:
        """Sorts the worst last."""
        return self.verdicts[Verdict.UNSUPPORTED], self.verdicts[Verdict.OVERSTATED], self.rules


@dataclass(slots=True)
class ClaimLine:
    """A claim, in all wordings that are almost the same, with all its places; it is judged as its worst place is."""

    family: str
    worst: Place
    fingerprints: set[str] = field(default_factory=set)
    urls: Counter[str] = field(default_factory=Counter)

    @property
    def badness(self) -> tuple[int, int]:
        """Sorts the worst last."""
        return Verdict(self.worst.verdict).rank, sum(self.urls.values())

    def add(self, place: Place) -> None:
        """One more place."""
        self.fingerprints.add(place.fingerprint)
        self.urls[place.url] += 1
        if Verdict(place.verdict).rank > Verdict(self.worst.verdict).rank:
            self.worst = place


@dataclass(frozen=True, slots=True)
class Findings:
    """What an audit found.

    ``kinds``, ``subjects`` and ``markets`` count verdicts at all places; a claim counts for a market where it meets a
    rule of it.
    """

    audit: AuditInfo
    judged: int
    unchanged: int
    elsewhere: dict[str, int]
    missing: list[PageInfo]
    verdicts: Counter[str]
    kinds: dict[str, Counter[str]]
    subjects: dict[str, Counter[str]]
    markets: dict[str, Counter[str]]
    pages: list[PageLine]
    claims: list[ClaimLine]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "schema": SCHEMA,
            "audit": {**asdict(self.audit), "started": _iso(self.audit.started), "finished": _iso(self.audit.finished)},
            "covered": {"judged": self.judged, "unchanged": self.unchanged, **self.elsewhere},
            "not_covered": [{"url": p.url, "why": why(p)} for p in self.missing],
            "verdicts": _counts(self.verdicts),
            **{
                name: {key: _counts(found) for key, found in getattr(self, name).items()}
                for name in ("kinds", "subjects", "markets")
            },
            "pages": [{"url": p.url, "title": p.title, **_counts(p.verdicts), "findings": p.rules} for p in self.pages],
            "claims": [claim_dict(line) for line in self.claims],
        }


def claim_dict(line: ClaimLine) -> dict[str, Any]:
    """A claim with its places as plain data."""
    worst = line.worst
    return {
        "claim": line.family,
        "quote": worst.quote,
        "sentence": worst.sentence,
        "verdict": worst.verdict,
        "kind": worst.kind,
        "subject": worst.subject,
        "effect": worst.effect,
        "strength": worst.strength,
        "grade": worst.data["grade"] or "",
        "why": worst.data["reasons"][-1] if worst.data["reasons"] else "",
        "instead": worst.data["suggestion"],
        "wordings": len(line.fingerprints),
        "places": sum(line.urls.values()),
        "pages": sorted(line.urls),
    }


def add_up(store: Store, audit_id: int | None = None) -> Findings:
    """Add an audit up, by default the last.

    Raises:
        UsageError: there is no such audit.
    """
    with store.reading() as session:
        info = audit_info(session, audit_id)
        visited = pages(session, info.id)
        lines = {page.url: PageLine(page.url, page.title) for page in visited if judged(page)}
        markets: dict[tuple[str, str], set[str]] = defaultdict(set)
        for hit in hits(session, info.id, info.judge_id):
            lines[hit.url].rules += 1
            markets[hit.url, hit.fingerprint].update(hit.jurisdictions)
        return _add_up(info, visited, lines, markets, places(session, info.id, info.judge_id))


def _add_up(
    info: AuditInfo,
    visited: list[PageInfo],
    lines: dict[str, PageLine],
    markets: dict[tuple[str, str], set[str]],
    found: Iterable[Place],
) -> Findings:
    by: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter) for name in ("kinds", "subjects", "markets")}
    verdicts: Counter[str] = Counter()
    claims: dict[str, ClaimLine] = {}
    for place in found:
        verdicts[place.verdict] += 1
        lines[place.url].verdicts[place.verdict] += 1
        by["kinds"][place.kind][place.verdict] += 1
        by["subjects"][place.data["subject_name"] or "no subject named"][place.verdict] += 1
        for market in markets[place.url, place.fingerprint]:
            by["markets"][market][place.verdict] += 1
        claims.setdefault(place.family, ClaimLine(place.family, place)).add(place)
    return Findings(
        info,
        len(lines),
        sum(page.state is State.UNCHANGED for page in visited if judged(page)),
        dict(sorted(Counter(str(page.state) for page in visited if page.state in _ELSEWHERE).items())),
        [page for page in visited if not judged(page) and page.state not in _ELSEWHERE],
        verdicts,
        _worst_first(by["kinds"]),
        _worst_first(by["subjects"]),
        _worst_first(by["markets"]),
        sorted(lines.values(), key=lambda line: (*(-part for part in line.badness), line.url)),
        sorted(claims.values(), key=lambda line: (*(-part for part in line.badness), line.family)),
    )


def judged(page: PageInfo) -> bool:
    """Whether a page was seen and is in the language that is judged."""
    return page.state in COVERED and page.language == "en"


def why(page: PageInfo) -> str:
    """Why a page is not covered."""
    if page.state in COVERED or page.state is State.LANGUAGE:
        return f"other language ({page.language})"
    return f"{page.state}: {page.problem}" if page.problem else str(page.state)


def _worst_first(counted: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    def order(key: str) -> tuple[int, int, str]:
        found = counted[key]
        return -found[Verdict.UNSUPPORTED] - found[Verdict.OVERSTATED], -sum(found.values()), key

    return {key: counted[key] for key in sorted(counted, key=order)}


def _counts(found: Counter[str]) -> dict[str, int]:
    return {str(verdict): found[verdict] for verdict in reversed(Verdict)}


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
