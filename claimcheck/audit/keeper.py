"""One page of an audit: judged, and kept in one transaction with all that follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from claimcheck.audit.addresses import host_of
from claimcheck.audit.families import group
from claimcheck.audit.limit import TooSlowError, within
from claimcheck.audit.options import Options
from claimcheck.pipeline.run import documents
from claimcheck.records import Article, Document
from claimcheck.store import Store
from claimcheck.store.keep import article_of, keep_judgement, snapshot_hash
from claimcheck.store.tables import Audit, Snapshot, State, Visit
from claimcheck.store.visits import (
    add_note,
    counts,
    end_queued,
    end_visit,
    finish_audit,
    is_judged,
    judged_before,
    keep_snapshot,
    last_snapshot,
    next_visit,
    queue,
    queued_visit,
    same_content,
    state_of,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from sqlalchemy.orm import Session

# A page of ordinary length takes a tenth of a second; one that takes this long is a trap, or not a page.
JUDGE_SECONDS = 60.0
# Neither database keeps these.
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_GONE_ELSEWHERE = (State.MOVED, State.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came.

    Attributes:
        article: What it says.
        links: Where it leads, canonical addresses of the same site.
        canonical: The address it calls its own, empty where it names none on this site.
        headers: ``etag``, ``last_modified`` and ``content_type``.
        raw: The page itself.
    """

    article: Article
    links: tuple[str, ...] = ()
    canonical: str = ""
    headers: tuple[str, str, str] = ("", "", "")
    raw: bytes = b""


class Keeper:
    """Writes an audit, page by page.

    Args:
        store: Where to.
        audit: Which one.
        options: As they are for this run.
        nlp: The pipeline that judges.
    """

    def __init__(self, store: Store, audit: Audit, options: Options, nlp: Language) -> None:
        self.store, self.audit, self.options, self.nlp = store, audit, options, nlp

    def queue(self, urls: Iterable[str], depth: int = 0, note: str = "") -> None:
        """Put pages into the frontier, with a note on where they come from."""
        with self.store.writing() as session:
            queue(session, self.audit, _with_hosts(urls), depth)
            if note:
                add_note(session, self.audit.id, note)

    def note(self, text: str) -> None:
        """Say something about the audit as a whole."""
        with self.store.writing() as session:
            add_note(session, self.audit.id, text)

    def next(self, busy: Iterable[str] = (), host: str | None = None) -> tuple[Visit, Snapshot | None] | None:
        """The next page to visit and how it was last time; see :func:`claimcheck.store.visits.next_visit`."""
        with self.store.reading() as session:
            visit = next_visit(session, self.audit.id, list(busy), host)
            return (visit, last_snapshot(session, visit.page_id)) if visit else None

    def asked(self) -> int:
        """Pages that were asked for so far."""
        found = self.counts()
        return sum(found.values()) - found[State.QUEUED] - found[State.BLOCKED]

    def counts(self) -> dict[str, int]:
        """Visits by state."""
        with self.store.reading() as session:
            return counts(session, self.audit.id)

    def notes(self) -> list[str]:
        """What was said of the audit as a whole."""
        with self.store.reading() as session:
            return list(session.get_one(Audit, self.audit.id).notes)

    def one(self, url: str) -> Visit | None:
        """The visit of this address, queued by this call where it is new; None where it has ended."""
        self.queue([url])
        with self.store.reading() as session:
            return queued_visit(session, self.audit.id, url)

    def finish(self, spent: str) -> None:
        """The audit is whole; what a budget left is told so. Claims that say almost the same are grouped."""
        group(self.store)
        with self.store.writing() as session:
            end_queued(session, self.audit.id, State.SKIPPED, spent or "not asked")
            finish_audit(session, self.audit.id)

    def end(self, visit: Visit, state: State, problem: str = "") -> None:
        """A visit that brought no page."""
        with self.store.writing() as session:
            end_visit(session, visit.id, state, problem)

    def end_host(self, host: str, problem: str) -> None:
        """A host that may not or cannot be asked at all."""
        with self.store.writing() as session:
            end_queued(session, self.audit.id, State.BLOCKED, problem, host)

    def moved(self, visit: Visit, target: str | None, where: str) -> None:
        """A visit that was sent elsewhere: ``target`` is followed where it is not None."""
        with self.store.writing() as session:
            if end_visit(session, visit.id, State.MOVED, f"moved to {where}") and target:
                queue(session, self.audit, _with_hosts([target]), visit.depth)

    def unchanged(self, visit: Visit, snapshot: Snapshot) -> None:
        """A page that its server calls the same as last time; it is judged only if this judge never did."""
        with self.store.reading() as session:
            snapshot = session.get_one(Snapshot, snapshot.id)
            article, links = article_of(snapshot), list(snapshot.links)
            judged = is_judged(session, snapshot.id, self.audit.judge_id)
        document = None if judged else self._judge(article)
        with self.store.writing() as session:
            if end_visit(session, visit.id, State.UNCHANGED, snapshot_id=snapshot.id):
                self._keep_judgement(session, snapshot.id, document)
                self._follow(session, visit, links)

    def keep(self, visit: Visit, page: Fetched) -> None:
        """A page that came: its snapshot, judgement and links, all or nothing.

        It is judged before the transaction begins, so that nobody waits for that.
        """
        article = replace(page.article, text=_keepable(page.article.text), title=_keepable(page.article.title))
        with self.store.reading() as session:
            elsewhere = self._elsewhere(session, visit, page, article)
            before = last_snapshot(session, visit.page_id)
            judged = judged_before(session, visit.page_id, snapshot_hash(article), self.audit.judge_id)
        try:
            document = None if elsewhere or judged else self._judge(article)
        except TooSlowError as error:
            self.end(visit, State.FAILED, str(error))
            return
        with self.store.writing() as session:
            if elsewhere:
                if end_visit(session, visit.id, State.DUPLICATE, f"the same as {elsewhere}"):
                    queue(session, self.audit, _with_hosts([elsewhere]), visit.depth)
                    self._follow(session, visit, page.links)
                return
            snapshot = keep_snapshot(session, visit.page_id, article, self._columns(page))
            state = State.DONE if article.language == "en" else State.LANGUAGE
            if before is not None and before.id == snapshot.id:
                state = State.UNCHANGED
            if end_visit(session, visit.id, state, snapshot_id=snapshot.id):
                self._keep_judgement(session, snapshot.id, document)
                self._follow(session, visit, page.links)

    def _elsewhere(self, session: Session, visit: Visit, page: Fetched, article: Article) -> str | None:
        """The address under which this page is kept instead."""
        own = page.canonical
        # Two pages that call each other the original would both be lost.
        if own and own != visit.page.url and state_of(session, self.audit, own) not in _GONE_ELSEWHERE:
            return own
        return same_content(session, self.audit.id, visit.page.host, snapshot_hash(article))

    def _columns(self, page: Fetched) -> dict[str, Any]:
        import zlib

        etag, last_modified, content_type = page.headers
        raw = zlib.compress(page.raw) if self.options.keep_raw else None
        named = {"etag": etag, "last_modified": last_modified, "content_type": content_type}
        return {**named, "links": list(page.links), "raw": raw}

    def _judge(self, article: Article) -> Document | None:
        if article.language != "en":
            return None
        with within(JUDGE_SECONDS, "judging it"):
            return next(documents([article], self.nlp))

    def _keep_judgement(self, session: Session, snapshot_id: int, document: Document | None) -> None:
        if document is not None and not is_judged(session, snapshot_id, self.audit.judge_id):
            keep_judgement(session, snapshot_id, self.audit.judge_id, document)

    def _follow(self, session: Session, visit: Visit, links: Iterable[str]) -> None:
        if self.options.max_depth is None or visit.depth < self.options.max_depth:
            queue(session, self.audit, _with_hosts(links), visit.depth + 1)


def _with_hosts(urls: Iterable[str]) -> list[tuple[str, str]]:
    return [(url, host_of(url)) for url in urls]


def _keepable(text: str) -> str:
    return _UNKEEPABLE.sub("\ufffd", text)
