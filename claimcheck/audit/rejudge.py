"""Judge what is kept anew, and say what flipped and why; nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.audit.families import group
from claimcheck.audit.keeper import JUDGE_SECONDS
from claimcheck.audit.limit import TooSlowError, within
from claimcheck.pipeline.run import documents, tool
from claimcheck.store import Store
from claimcheck.store.keep import article_of, keep_judge, keep_judgement
from claimcheck.store.results import Place, audit_info, places, unjudged, use_judge
from claimcheck.store.tables import Snapshot

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Flip:
    """A claim that is judged otherwise; ``old`` is None where it was not found before, ``new`` where it is not now."""

    old: Place | None
    new: Place | None
    why: str


@dataclass(frozen=True, slots=True)
class Rejudged:
    """What came of it; ``slow`` are addresses whose judgement took too long and stays as it was."""

    audit_id: int
    snapshots: int
    flips: list[Flip]
    slow: list[str]


def rejudge(store: Store, audit_id: int | None, nlp: Language) -> Rejudged:
    """Judge the snapshots of an audit, by default the last; from now on it is reported as judged so.

    Each snapshot is a transaction: stopped at any moment, the next call goes on.

    Raises:
        UsageError: there is no such audit.
    """
    with store.writing() as session:
        info = audit_info(session, audit_id)
        judge = keep_judge(session, tool(nlp))
        waiting = unjudged(session, info.id, judge.id)
    slow = [url for number in waiting if (url := _judge(store, number, judge.id, nlp))]
    group(store)
    with store.reading() as session:
        old = list(places(session, info.id, info.judge_id))
        new = list(places(session, info.id, judge.id))
    if not slow:
        with store.writing() as session:
            use_judge(session, info.id, judge.id)
    return Rejudged(info.id, len(waiting), list(_flips(old, new)), slow)


def _judge(store: Store, snapshot_id: int, judge_id: int, nlp: Language) -> str:
    """Empty, or the address of a page that took too long."""
    with store.reading() as session:
        article = article_of(session.get_one(Snapshot, snapshot_id))
    try:
        with within(JUDGE_SECONDS, "judging it"):
            document = next(documents([article], nlp))
    except TooSlowError:
        return article.source
    with store.writing() as session:
        keep_judgement(session, snapshot_id, judge_id, document)
    return ""


def _flips(olds: list[Place], news: list[Place]) -> Iterator[Flip]:
    before = {(place.url, place.start, place.fingerprint): place for place in olds}
    after = {(place.url, place.start, place.fingerprint): place for place in news}
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            yield Flip(old, new, "found now" if old is None else "not found any more")
        elif old.verdict != new.verdict:
            yield Flip(old, new, _why(old, new))


def _why(old: Place, new: Place) -> str:
    """What differs in what the verdict rests on."""
    parts = [
        f"{name} {old.data[name] or 'none'} -> {new.data[name] or 'none'}"
        for name in ("grade", "strength", "kind", "subject", "effect")
        if old.data[name] != new.data[name]
    ]
    entries = [{match["entry"]["id"] for match in place.data["evidence"]} for place in (old, new)]
    if entries[0] != entries[1]:
        parts.append(f"evidence {', '.join(sorted(entries[0])) or 'none'} -> {', '.join(sorted(entries[1])) or 'none'}")
    return "; ".join(parts) or (new.data["reasons"][-1] if new.data["reasons"] else "judged otherwise")


def lines(found: Rejudged) -> Iterator[str]:
    """The flips as text."""
    for flip in found.flips:
        place = flip.new or flip.old
        assert place is not None
        old, new = (side.verdict if side else "-" for side in (flip.old, flip.new))
        yield f"{old} -> {new}  {place.url}"
        yield f"  {place.sentence.strip()}"
        yield f"  because {flip.why}"
    for url in found.slow:
        yield f"took too long, left as it was: {url}"
    yield f"audit {found.audit_id}: {found.snapshots} snapshots judged anew, {len(found.flips)} claims flipped"
