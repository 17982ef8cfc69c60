"""Two audits side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from claimcheck.audit.findings import judged
from claimcheck.errors import UsageError
from claimcheck.store import Store
from claimcheck.store.results import PageInfo, Place, audit_info, last_two, pages, places
from claimcheck.store.tables import State
from claimcheck.terms import Strength, Verdict

# Not seen is not gone.
_UNSEEN = (State.QUEUED, State.BLOCKED, State.FAILED, State.SKIPPED)
_GONE = ("the server answered 404", "the server answered 410")
CHANGES = ("new", "stronger", "softer", "reworded", "judged otherwise", "moved", "gone")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a claim at a place; ``old`` is None where it is new, ``new`` where it is gone."""

    what: str
    old: Place | None
    new: Place | None

    @property
    def here(self) -> Place:
        """The place as it is now, or was last."""
        place = self.new or self.old
        assert place is not None
        return place

    @property
    def rank(self) -> int:
        """How bad it is now."""
        return Verdict(self.here.verdict).rank

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"change": self.what, "old": _place(self.old), "new": _place(self.new)}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two audits of a site: what changed, and pages of the first that the second did not see."""

    first: int
    second: int
    changes: list[Change]
    unseen: list[PageInfo]

    def worst_new(self) -> int:
        """The worst verdict among new and stronger claims as a rank, -1 where there are none."""
        return max((change.rank for change in self.changes if change.what in ("new", "stronger")), default=-1)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "schema": "claimcheck.audit-diff/1",
            "audits": [self.first, self.second],
            "changes": [change.to_dict() for change in self.changes],
            "unseen": [{"url": page.url, "state": str(page.state), "problem": page.problem} for page in self.unseen],
        }


def compare(store: Store, numbers: tuple[int, ...]) -> Difference:
    """Compare two audits, by default the last two of the site audited last.

    Raises:
        UsageError: there are no two, or they are of different sites.
    """
    with store.reading() as session:
        first, second = numbers or last_two(session)
        old, new = audit_info(session, first), audit_info(session, second)
        if old.site != new.site:
            raise UsageError(
                f"audit {first} is of {old.site} and audit {second} of {new.site}. Compare audits of one site."
            )
        before = {page.url: page for page in pages(session, first)}
        after = {page.url: page for page in pages(session, second)}
        unseen = [page for url, page in after.items() if _is_unseen(page) and judged_before(before.get(url))]
        skip = {page.url for page in unseen}
        olds = [place for place in places(session, first, old.judge_id) if place.url not in skip]
        changes = list(_changes(olds, list(places(session, second, new.judge_id))))
    order = {what: number for number, what in enumerate(CHANGES)}
    changes.sort(key=lambda c: (order[c.what], -c.rank, c.here.url, c.here.start))
    return Difference(first, second, changes, unseen)


def judged_before(page: PageInfo | None) -> bool:
    """Whether a page was known and judged."""
    return page is not None and judged(page)


def lines(found: Difference) -> Iterator[str]:
    """The changes as text."""
    for what in CHANGES:
        part = [change for change in found.changes if change.what == what]
        if part:
            yield f"{what}: {len(part)}"
        for change in part:
            yield f"  {_verdicts(change)}  {change.here.url}" + (
                f" (from {change.old.url})" if what == "moved" and change.old else ""
            )
            if change.old and change.new and change.old.fingerprint != change.new.fingerprint:
                yield f"    was  {change.old.sentence.strip()}"
                yield f"    now  {change.new.sentence.strip()}"
            else:
                yield f"    {change.here.sentence.strip()}"
    for page in found.unseen:
        yield f"not seen this time: {page.url} ({page.state}{': ' + page.problem if page.problem else ''})"
    if not found.changes and not found.unseen:
        yield f"nothing changed from audit {found.first} to audit {found.second}"


def _verdicts(change: Change) -> str:
    if change.old and change.new and change.old.verdict != change.new.verdict:
        return f"{change.old.verdict} -> {change.new.verdict}"
    return change.here.verdict


def _is_unseen(page: PageInfo) -> bool:
    return page.state in _UNSEEN and page.problem not in _GONE


def _changes(olds: list[Place], news: list[Place]) -> Iterator[Change]:
    """Pair what is the same, then what moved, then what says the same of the same with other words."""
    olds, news, same = _pair(olds, news, lambda place: (place.url, place.fingerprint))
    for old, new in same:
        if old.verdict != new.verdict:
            yield Change("judged otherwise", old, new)
    olds, news, moved = _pair(olds, news, lambda place: place.fingerprint)
    yield from (Change("moved", old, new) for old, new in moved)
    olds, news, other = _pair(olds, news, _about)
    yield from (Change(_shift(old, new), old, new) for old, new in other)
    yield from (Change("new", None, new) for new in news)
    yield from (Change("gone", old, None) for old in olds)


def _about(place: Place) -> object:
    """What a claim says of what, on its page; a claim that names neither is like no other."""
    return (place.url, place.subject, place.effect) if place.subject and place.effect else id(place)


def _pair(olds: list[Place], news: list[Place], key: Any) -> tuple[list[Place], list[Place], list[tuple[Place, Place]]]:
    """Pairs of places with the same key, in order, and the rest of both."""
    waiting: dict[Any, list[Place]] = defaultdict(list)
    for old in olds:
        waiting[key(old)].append(old)
    rest, pairs = [], []
    for new in news:
        if waiting[key(new)]:
            pairs.append((waiting[key(new)].pop(0), new))
        else:
            rest.append(new)
    left = {id(old) for group in waiting.values() for old in group}
    return [old for old in olds if id(old) in left], rest, pairs


def _shift(old: Place, new: Place) -> str:
    """Stronger or softer by wording, where that is the same by verdict."""
    ranks = list(Strength)
    one = (ranks.index(Strength(old.strength)), Verdict(old.verdict).rank)
    two = (ranks.index(Strength(new.strength)), Verdict(new.verdict).rank)
    return "reworded" if one == two else "stronger" if two > one else "softer"


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    names = ("url", "fingerprint", "quote", "sentence", "kind", "subject", "effect", "strength", "verdict")
    return {name: getattr(place, name) for name in names}
