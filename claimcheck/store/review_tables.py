"""The tables of the reviewers' work. Decisions are only ever added."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from claimcheck.store.tables import Base

tables = Base.metadata

users = Table(
    "review_users",
    tables,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("password", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("made", String(32), nullable=False),
)

sheets = Table(
    "review_pages",
    tables,
    Column("id", String(64), primary_key=True),
    Column("source", Text, nullable=False),
    Column("site", String(255), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("origin", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
)

# The lease keeps two reviewers from being shown one claim at a time; it is no part of any decision.
items = Table(
    "review_claims",
    tables,
    Column("id", Integer, primary_key=True),
    Column("page", ForeignKey("review_pages.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("quote", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("rules", Text, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("priority", Float, nullable=False),
    Column("drawn", Boolean, nullable=False),
    Column("missed", Boolean, nullable=False),
    Column("needed", Integer, nullable=False),
    Column("views", Integer, nullable=False),
    Column("pipeline", String(120), nullable=False),
    Column("claim", JSON, nullable=False),
    Column("leased_to", String(80), nullable=False),
    Column("leased_until", Float, nullable=False),
    UniqueConstraint("page", "start", "end", name="uq_review_claims_place"),
    Index("review_claims_open", "views", "priority"),
)

# ``request`` is made up by the client for each key pressed: the same request twice is one decision.
decisions = Table(
    "review_decisions",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("request", String(64), nullable=False, unique=True),
    Column("item", ForeignKey("review_claims.id"), nullable=False, index=True),
    Column("reviewer", String(80), nullable=False, index=True),
    Column("at", String(32), nullable=False),
    Column("pipeline", String(120), nullable=False),
    Column("label", String(20), nullable=False),
    Column("fields", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("undoes", Integer, nullable=False),
    Column("adjudicates", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
