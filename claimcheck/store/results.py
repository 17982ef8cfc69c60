"""What an audit found, read out of the store as plain records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload

from claimcheck.errors import UsageError
from claimcheck.store.tables import (
    Audit,
    ClaimText,
    FindingRow,
    Judge,
    Judgement,
    Occurrence,
    Page,
    Site,
    Snapshot,
    State,
    Visit,
)


@dataclass(frozen=True, slots=True)
class AuditInfo:
    """An audit and its counts of visits by state."""

    id: int
    site: str
    source: str
    started: datetime
    finished: datetime | None
    options: dict[str, Any]
    notes: list[str]
    tool: dict[str, Any]
    judge_id: int


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A visit: ``snapshot`` is None where no page came."""

    url: str
    title: str
    language: str
    state: State
    problem: str
    depth: int
    snapshot: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A claim at a place of a page, judged."""

    url: str
    snapshot: int
    start: int
    fingerprint: str
    family: str
    quote: str
    sentence: str
    kind: str
    subject: str
    effect: str
    strength: str
    verdict: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule met on a page; ``fingerprint`` is empty where the page as a whole met it."""

    url: str
    fingerprint: str
    rule: str
    severity: str
    message: str
    jurisdictions: list[str]


def audits(session: Session) -> list[AuditInfo]:
    """All audits, the oldest first."""
    found = select(Audit).options(joinedload(Audit.site), joinedload(Audit.judge)).order_by(Audit.id)
    return [_info(audit) for audit in session.scalars(found)]


def audit_info(session: Session, audit_id: int | None = None) -> AuditInfo:
    """One audit, by default the last.

    Raises:
        UsageError: there is none.
    """
    last = select(func.max(Audit.id))
    number = session.scalar(last) if audit_id is None else audit_id
    audit = session.get(Audit, number) if number is not None else None
    if audit is None:
        what = "holds no audit yet" if number is None else f"holds no audit {number}"
        raise UsageError(f"the store {what}. See `claimcheck audit list`.")
    return _info(audit)


def last_two(session: Session) -> tuple[int, int]:
    """The last audit and the one of the same site before it.

    Raises:
        UsageError: there are no two.
    """
    last = audit_info(session)
    before = session.scalar(select(func.max(Audit.id)).join(Site).where(Site.name == last.site, Audit.id < last.id))
    if before is None:
        raise UsageError(f"{last.site} was audited once only; there is nothing to compare. Run it again first.")
    return before, last.id


def pages(session: Session, audit_id: int) -> list[PageInfo]:
    """All visits of an audit, by address."""
    rows = session.execute(
        select(Page.url, Snapshot.title, Snapshot.language, Visit.state, Visit.problem, Visit.depth, Visit.snapshot_id)
        .join(Visit, Visit.page_id == Page.id)
        .outerjoin(Snapshot, Snapshot.id == Visit.snapshot_id)
        .where(Visit.audit_id == audit_id)
        .order_by(Page.url)
    )
    return [
        PageInfo(url, title or "", language or "", State(state), problem, depth, snapshot)
        for url, title, language, state, problem, depth, snapshot in rows
    ]


def places(session: Session, audit_id: int, judge_id: int) -> Iterator[Place]:
    """All claims of an audit at all their places, by address and offset, as a judge judged them."""
    family = select(ClaimText.id, ClaimText.fingerprint).subquery()
    rows = session.execute(
        select(Page.url, Judgement.snapshot_id, Occurrence, ClaimText, family.c.fingerprint)
        .select_from(Visit)
        .join(Page, Page.id == Visit.page_id)
        .join(Judgement, and_(Judgement.snapshot_id == Visit.snapshot_id, Judgement.judge_id == judge_id))
        .join(Occurrence, Occurrence.judgement_id == Judgement.id)
        .join(ClaimText, ClaimText.id == Occurrence.claim_id)
        .outerjoin(family, family.c.id == ClaimText.family_id)
        .where(Visit.audit_id == audit_id)
        .order_by(Page.url, Occurrence.start, Occurrence.id)
        .execution_options(yield_per=500)
    )
    for url, snapshot, found, claim, first in rows:
        yield Place(
            url, snapshot, found.start, claim.fingerprint, first or claim.fingerprint, claim.quote, claim.sentence,
            found.kind, found.subject, found.effect, found.strength, found.verdict, found.data,
        )  # fmt: skip


def hits(session: Session, audit_id: int, judge_id: int) -> list[Hit]:
    """All rules met in an audit."""
    rows = session.execute(
        select(Page.url, ClaimText.fingerprint, FindingRow)
        .select_from(Visit)
        .join(Page, Page.id == Visit.page_id)
        .join(Judgement, and_(Judgement.snapshot_id == Visit.snapshot_id, Judgement.judge_id == judge_id))
        .join(FindingRow, FindingRow.judgement_id == Judgement.id)
        .outerjoin(Occurrence, Occurrence.id == FindingRow.occurrence_id)
        .outerjoin(ClaimText, ClaimText.id == Occurrence.claim_id)
        .where(Visit.audit_id == audit_id)
        .order_by(Page.url, FindingRow.id)
    )
    return [
        Hit(url, fingerprint or "", row.rule, row.severity, row.message, list(row.jurisdictions))
        for url, fingerprint, row in rows
    ]


def unjudged(session: Session, audit_id: int, judge_id: int) -> list[int]:
    """Snapshots of an audit in English that a judge has not judged yet."""
    judged = select(Judgement.snapshot_id).where(Judgement.judge_id == judge_id)
    found = select(Snapshot.id).join(Visit, Visit.snapshot_id == Snapshot.id)
    found = found.where(Visit.audit_id == audit_id, Snapshot.language == "en", Snapshot.id.not_in(judged))
    return list(session.scalars(found.distinct().order_by(Snapshot.id)))


def raw_pages(session: Session, audit_id: int) -> Iterator[tuple[str, str, datetime, bytes]]:
    """Address, content type, time and compressed page of what was kept raw."""
    rows = session.execute(
        select(Page.url, Snapshot.content_type, Snapshot.fetched, Snapshot.raw)
        .join(Visit, Visit.page_id == Page.id)
        .join(Snapshot, Snapshot.id == Visit.snapshot_id)
        .where(Visit.audit_id == audit_id, Snapshot.raw.is_not(None))
        .order_by(Page.url)
        .execution_options(yield_per=50)
    )
    for url, kind, fetched, raw in rows:
        yield url, kind, fetched, raw or b""


def use_judge(session: Session, audit_id: int, judge_id: int) -> None:
    """Let an audit be reported as this judge judged it."""
    session.get_one(Audit, audit_id).judge_id = judge_id


def _info(audit: Audit) -> AuditInfo:
    judge: Judge = audit.judge
    return AuditInfo(
        audit.id, audit.site.name, audit.source, audit.started, audit.finished, audit.options, list(audit.notes),
        judge.tool, judge.id,
    )  # fmt: skip
