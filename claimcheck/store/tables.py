"""The tables.

A **site** has **pages**; an **audit** of a site **visits** pages; a visit ends in a **snapshot** of the page or in a
problem. A **judge** is a pipeline in one version with one evidence base and one set of rules; its **judgement** of a
snapshot holds **occurrences** of **claims** and **findings**. A claim is its words, wherever they stand; claims that
almost say the same form a **family**.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A time in UTC that knows it is one, also in SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables; constraints have names, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy's own attribute
        str: Text,
        datetime: Moment,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class State(StrEnum):
    """How far a visit is; everything but ``queued`` is final."""

    QUEUED = "queued"
    DONE = "done"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    MOVED = "moved"
    BLOCKED = "blocked"
    FAILED = "failed"
    EMPTY = "empty"
    LANGUAGE = "language"
    SKIPPED = "skipped"


class Site(Base):
    """What is audited: a host, a list of addresses, a folder or an archive."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Judge(Base):
    """What judged: ``tool`` as :func:`claimcheck.pipeline.run.tool` gives it, ``key`` its hash."""

    __tablename__ = "judges"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    pipeline: Mapped[str]
    version: Mapped[str]
    evidence: Mapped[str]
    rules: Mapped[str]
    tool: Mapped[dict[str, Any]]


class Audit(Base):
    """One walk over a site; ``finished`` is None while it runs or after it was killed."""

    __tablename__ = "audits"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judges.id"))
    source: Mapped[str]
    options: Mapped[dict[str, Any]]
    notes: Mapped[list[Any]] = mapped_column(default=list)
    started: Mapped[datetime]
    finished: Mapped[datetime | None]

    site: Mapped[Site] = relationship()
    judge: Mapped[Judge] = relationship()


class Page(Base):
    """A page of a site, by its canonical address; ``host`` is the part of it that is not asked twice at once."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("site_id", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    url: Mapped[str]
    host: Mapped[str]

    site: Mapped[Site] = relationship()


class Snapshot(Base):
    """A page as it was: ``hash`` is over text and blocks, ``raw`` the page itself where it was asked for."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("page_id", "hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"))
    hash: Mapped[str] = mapped_column(index=True)
    fetched: Mapped[datetime]
    title: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
    blocks: Mapped[list[Any]]
    notes: Mapped[list[Any]]
    links: Mapped[list[Any]]
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    content_type: Mapped[str] = mapped_column(default="")
    raw: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    page: Mapped[Page] = relationship()


class Visit(Base):
    """A page in an audit: the frontier while it is queued, the record of what came of it afterwards."""

    __tablename__ = "visits"
    __table_args__ = (
        UniqueConstraint("audit_id", "page_id"),
        Index("ix_visits_queue", "audit_id", "state", "depth", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id", ondelete="CASCADE"))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id", ondelete="CASCADE"), index=True)
    depth: Mapped[int]
    state: Mapped[str]
    problem: Mapped[str] = mapped_column(default="")
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id"), index=True)
    ended: Mapped[datetime | None]

    audit: Mapped[Audit] = relationship()
    page: Mapped[Page] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()


class Judgement(Base):
    """That a judge has judged a snapshot."""

    __tablename__ = "judgements"
    __table_args__ = (UniqueConstraint("snapshot_id", "judge_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id", ondelete="CASCADE"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("judges.id"), index=True)

    snapshot: Mapped[Snapshot] = relationship()
    judge: Mapped[Judge] = relationship()
    occurrences: Mapped[list[Occurrence]] = relationship(back_populates="judgement", order_by="Occurrence.start")


class ClaimText(Base):
    """A claim by its words: the sentence and the words in it that claim.

    ``signature`` is the MinHash of the sentence and ``family_id`` the claim that stands for all that say almost the
    same (itself, where there is no other); both are None until claims are grouped.
    """

    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    quote: Mapped[str]
    sentence: Mapped[str]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    family_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)


class Occurrence(Base):
    """A claim at one place of a snapshot, judged; ``data`` is the whole claim as :meth:`Claim.to_dict` gives it."""

    __tablename__ = "occurrences"

    id: Mapped[int] = mapped_column(primary_key=True)
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgements.id", ondelete="CASCADE"), index=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]
    subject: Mapped[str]
    effect: Mapped[str]
    strength: Mapped[str]
    verdict: Mapped[str] = mapped_column(index=True)
    confidence: Mapped[float]
    data: Mapped[dict[str, Any]]

    judgement: Mapped[Judgement] = relationship(back_populates="occurrences")
    claim: Mapped[ClaimText] = relationship()


class FindingRow(Base):
    """A rule met at a claim, or by a page as a whole (``occurrence_id`` is None)."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgements.id", ondelete="CASCADE"), index=True)
    occurrence_id: Mapped[int | None] = mapped_column(ForeignKey("occurrences.id", ondelete="CASCADE"), index=True)
    rule: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str]
    message: Mapped[str]
    cite: Mapped[str]
    jurisdictions: Mapped[list[Any]]
    start: Mapped[int | None]
    end: Mapped[int | None]
