"""The frontier: which pages of an audit are still to be visited, and what came of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, joinedload

from claimcheck.records import Article
from claimcheck.store.keep import article_columns, insert_new
from claimcheck.store.tables import Audit, Judgement, Page, Site, Snapshot, State, Visit


def begin_audit(session: Session, name: str, source: str, options: Mapping[str, Any], judge_id: int) -> Audit:
    """A new audit of the site of this name; the site is made where it is new."""
    insert_new(session, Site, [{"name": name}])
    site = session.scalars(select(Site).where(Site.name == name)).one()
    audit = Audit(
        site=site, source=source, options=dict(options), notes=[], judge_id=judge_id, started=datetime.now(UTC)
    )
    session.add(audit)
    session.flush()
    return audit


def unfinished_audit(session: Session, name: str) -> Audit | None:
    """The last audit of a site, where it was stopped before its end."""
    last = select(Audit).join(Site).where(Site.name == name).order_by(Audit.id.desc()).limit(1)
    audit = session.scalars(last).first()
    return audit if audit and audit.finished is None else None


def add_note(session: Session, audit_id: int, note: str) -> None:
    """Say something about the audit as a whole, once."""
    audit = session.get_one(Audit, audit_id)
    if note not in audit.notes:
        audit.notes = [*audit.notes, note]


def queue(session: Session, audit: Audit, pages: Iterable[tuple[str, str]], depth: int) -> None:
    """Add pages, as address and host, to the frontier; those that the audit knows already stay as they are."""
    hosts = dict(pages)
    urls = list(hosts)
    for start in range(0, len(urls), 500):  # SQLite takes 32,766 parameters a statement
        part = urls[start : start + 500]
        insert_new(session, Page, ({"site_id": audit.site_id, "url": url, "host": hosts[url]} for url in part))
        found = session.scalars(select(Page).where(Page.site_id == audit.site_id, Page.url.in_(part)))
        ids = {page.url: page.id for page in found}
        rows = ({"audit_id": audit.id, "page_id": ids[url], "depth": depth} for url in part)
        insert_new(session, Visit, ({**row, "state": State.QUEUED.value, "problem": ""} for row in rows))


def next_visit(session: Session, audit_id: int, busy: Collection[str] = (), host: str | None = None) -> Visit | None:
    """The first page in the queue, nearest to the start first; not on a busy host, or on this host only."""
    found = select(Visit).join(Page).where(Visit.audit_id == audit_id, Visit.state == State.QUEUED)
    found = found.where(Page.host == host) if host is not None else found.where(Page.host.not_in(list(busy)))
    found = found.options(joinedload(Visit.page)).order_by(Visit.depth, Visit.id).limit(1)
    return session.scalars(found).first()


def queued_visit(session: Session, audit_id: int, url: str) -> Visit | None:
    """The visit of this address, where it is still in the queue."""
    found = select(Visit).join(Page).where(Visit.audit_id == audit_id, Visit.state == State.QUEUED, Page.url == url)
    return session.scalars(found.options(joinedload(Visit.page))).first()


def end_visit(session: Session, visit_id: int, state: State, problem: str = "", snapshot_id: int | None = None) -> bool:
    """Say what came of a visit; False, and nothing changed, where somebody else did."""
    ended = {"state": state.value, "problem": problem, "snapshot_id": snapshot_id, "ended": datetime.now(UTC)}
    queued = update(Visit).where(Visit.id == visit_id, Visit.state == State.QUEUED)
    done = session.execute(queued.values(**ended))
    assert isinstance(done, CursorResult)
    return done.rowcount == 1


def end_queued(session: Session, audit_id: int, state: State, problem: str, host: str | None = None) -> None:
    """End all visits still queued, of one host or of all, in the same way."""
    rest = update(Visit).where(Visit.audit_id == audit_id, Visit.state == State.QUEUED)
    if host is not None:
        rest = rest.where(Visit.page_id.in_(select(Page.id).where(Page.host == host)))
    ended = {"state": state.value, "problem": problem, "ended": datetime.now(UTC)}
    session.execute(rest.values(**ended), execution_options={"synchronize_session": False})


def finish_audit(session: Session, audit_id: int) -> None:
    """Mark an audit as whole."""
    session.get_one(Audit, audit_id).finished = datetime.now(UTC)


def counts(session: Session, audit_id: int) -> dict[str, int]:
    """Visits by state."""
    found = dict.fromkeys(map(str, State), 0)
    for state, number in session.execute(
        select(Visit.state, func.count()).where(Visit.audit_id == audit_id).group_by(Visit.state)
    ):
        found[state] = number
    return found


def last_snapshot(session: Session, page_id: int) -> Snapshot | None:
    """The snapshot of a page that the latest visit saw."""
    seen = select(Snapshot).join(Visit, Visit.snapshot_id == Snapshot.id).where(Visit.page_id == page_id)
    return session.scalars(seen.order_by(Visit.id.desc()).limit(1)).first()


def same_content(session: Session, audit_id: int, host: str, content: str) -> str | None:
    """The address of another page of this audit and host with this hash, if there is one."""
    seen = select(Page.url).join(Visit, Visit.page_id == Page.id).join(Snapshot, Snapshot.id == Visit.snapshot_id)
    return session.scalars(
        seen.where(Visit.audit_id == audit_id, Page.host == host, Snapshot.hash == content).limit(1)
    ).first()


def state_of(session: Session, audit: Audit, url: str) -> State | None:
    """What came of an address in this audit, None where it is unknown to it."""
    found = select(Visit.state).join(Page).where(Visit.audit_id == audit.id, Page.url == url)
    state = session.scalars(found).first()
    return State(state) if state else None


def keep_snapshot(session: Session, page_id: int, article: Article, fetched: Mapping[str, Any]) -> Snapshot:
    """Keep a page as it is now.

    Args:
        session: A writing one.
        page_id: The page.
        article: What it says.
        fetched: More columns: ``links``, ``etag``, ``last_modified``, ``content_type``, ``raw``.

    Returns:
        The snapshot; one with the same hash is used again and takes the new columns.
    """
    columns = article_columns(article)
    same = select(Snapshot).where(Snapshot.page_id == page_id, Snapshot.hash == columns["hash"])
    snapshot = session.scalars(same).first()
    if snapshot is None:
        snapshot = Snapshot(page_id=page_id, fetched=datetime.now(UTC), **columns, **fetched)
        session.add(snapshot)
        session.flush()
        return snapshot
    for name, value in fetched.items():
        setattr(snapshot, name, value)
    return snapshot


def judged_before(session: Session, page_id: int, content: str, judge_id: int) -> bool:
    """Whether a judge has judged a page when it had this hash."""
    found = select(Judgement.id).join(Snapshot, Snapshot.id == Judgement.snapshot_id)
    same = found.where(Snapshot.page_id == page_id, Snapshot.hash == content, Judgement.judge_id == judge_id)
    return session.scalars(same).first() is not None


def is_judged(session: Session, snapshot_id: int, judge_id: int) -> bool:
    """Whether a judge has judged a snapshot."""
    found = select(Judgement.id).where(Judgement.snapshot_id == snapshot_id, Judgement.judge_id == judge_id)
    return session.scalars(found).first() is not None
