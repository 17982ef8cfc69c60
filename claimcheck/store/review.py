"""The reviewers' store: pages and claims to decide, accounts, decisions."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from claimcheck.errors import UsageError
from claimcheck.records import Block
from claimcheck.store.base import Store
from claimcheck.store.review_tables import decisions, items, sheets, users
from claimcheck.terms import BlockKind

ROLES = ("reviewer", "adjudicator", "admin")
_LEASE = 300.0
_PAGE = 50


@dataclass(frozen=True, slots=True)
class Item:
    """A claim that lies before the reviewers, with its page."""

    id: int
    page: str
    source: str
    site: str
    title: str
    text: str
    claim: dict[str, Any]
    reasons: tuple[str, ...]
    fingerprint: str
    pipeline: str
    missed: bool
    needed: int
    views: int
    copies: int = 1


@dataclass(frozen=True, slots=True)
class NewItem:
    """A claim to be put before the reviewers."""

    claim: Mapping[str, Any]
    reasons: Sequence[str]
    priority: float
    drawn: bool
    needed: int
    pipeline: str


@dataclass(frozen=True, slots=True)
class Filter:
    """What to list; empty fields allow everything."""

    site: str = ""
    kind: str = ""
    verdict: str = ""
    rule: str = ""
    reviewer: str = ""
    search: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """What one reviewer says of one claim."""

    item: int
    reviewer: str
    label: str
    request: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    undoes: int = 0
    adjudicates: bool = False


class ReviewStore:
    """The reviewers' part of a store, made where it is not there yet.

    Args:
        where: As :meth:`claimcheck.store.Store.open` takes it.

    Raises:
        StoreError: the store cannot be opened.
    """

    def __init__(self, where: str) -> None:
        self.store = Store.open(where)
        self.engine = self.store.engine
        # SQLite takes one writer at a time; waiting here is fairer and quicker than its own retries.
        self._writing = threading.Lock() if self.engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when it ends."""
        with self._writing, self.store.writing() as session:
            yield session.connection()

    # accounts

    def add_user(self, name: str, password: str, role: str) -> None:
        """Make an account.

        Raises:
            UsageError: the name is taken or empty, the role unknown, or the password shorter than 8 characters.
        """
        from argon2 import PasswordHasher

        if role not in ROLES:
            raise UsageError(f"role {role!r} is none. Use one of: {', '.join(ROLES)}.")
        if not name.strip() or len(name) > 80 or len(password) < 8:
            raise UsageError("an account needs a name of up to 80 characters and a password of at least 8.")
        row = {"name": name, "password": PasswordHasher().hash(password), "role": role, "made": _now()}
        try:
            with self.writing() as connection:
                connection.execute(insert(users).values(row))
        except IntegrityError as error:
            raise UsageError(f"there is an account {name!r} already.") from error

    def role(self, name: str) -> str:
        """The role of an account, empty where there is none."""
        with self.engine.connect() as connection:
            return connection.scalar(select(users.c.role).where(users.c.name == name)) or ""

    def knows(self, name: str, password: str) -> bool:
        """Whether name and password belong together; takes as long for a name that is not there."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        with self.engine.connect() as connection:
            known = connection.scalar(select(users.c.password).where(users.c.name == name))
        try:
            return PasswordHasher().verify(known or _nobody(), password) and known is not None
        except (VerificationError, InvalidHashError):
            return False

    def secret(self) -> str:
        """A key that only this store knows, the same after a restart; the accounts' salted hashes make it."""
        digest = hashlib.sha256(b"sessions")
        with self.engine.connect() as connection:
            for known in connection.scalars(select(users.c.password).order_by(users.c.id)):
                digest.update(known.encode())
        return digest.hexdigest()

    # pages and claims

    def add_page(self, page: Mapping[str, Any], claims: Iterable[NewItem]) -> int:
        """Put a page and its claims before the reviewers; what is there already stays as it is.

        Returns:
            How many claims are new.
        """
        added = 0
        with self.writing() as connection:
            if connection.scalar(select(sheets.c.id).where(sheets.c.id == page["id"])) is None:
                connection.execute(insert(sheets).values(dict(page)))
            places = select(items.c.start, items.c.end).where(items.c.page == page["id"])
            there = {(row[0], row[1]) for row in connection.execute(places)}
            for new in claims:
                if (new.claim["start"], new.claim["end"]) not in there:
                    connection.execute(insert(items).values(_item_row(page["id"], new)))
                    there.add((new.claim["start"], new.claim["end"]))
                    added += 1
        return added

    def add_missed(self, page: str, claim: Mapping[str, Any], pipeline: str) -> int:
        """Put a claim that the pipeline had not found before the reviewers.

        Returns:
            Its id; that of the claim on the same words where there is one.
        """
        with self.writing() as connection:
            same = (items.c.page == page) & (items.c.start == claim["start"]) & (items.c.end == claim["end"])
            known = connection.scalar(select(items.c.id).where(same))
            if known is not None:
                return int(known)
            row = _item_row(page, NewItem(claim, ["marked by a reviewer"], 0.0, False, 1, pipeline))
            made = connection.execute(insert(items).values({**row, "missed": True}))
            return _made(made)

    def next(self, reviewer: str, after: int = 0) -> Item | None:
        """The claim that teaches most of those that this reviewer may decide, leased to them for a while.

        Args:
            reviewer: Who asks.
            after: A claim passed over; those behind it in the queue come first.
        """
        now = time.time()
        said = select(decisions.c.item).where(decisions.c.reviewer == reviewer)
        free = (items.c.leased_until < now) | (items.c.leased_to == reviewer) | (items.c.needed > items.c.views + 1)
        passed = select(items.c.priority).where(items.c.id == after).scalar_subquery()
        behind = (items.c.priority < passed) | ((items.c.priority == passed) & (items.c.id > after))
        order = (items.c.priority.desc(), items.c.id)
        open_ = (
            select(items.c.id)
            .where(items.c.views < items.c.needed, free, items.c.id.not_in(said), items.c.id != after)
            .order_by(*((behind.desc(), *order) if after else order))
            .limit(1)
        )
        if self.engine.dialect.name == "postgresql":
            open_ = open_.with_for_update(skip_locked=True)
        with self.writing() as connection:
            found = connection.scalar(open_)
            if found is None:
                return None
            lease = {"leased_to": reviewer, "leased_until": now + _LEASE}
            connection.execute(update(items).where(items.c.id == found).values(lease))
            return _load(connection, found)

    def item(self, number: int) -> Item | None:
        """A claim by its id."""
        with self.engine.connect() as connection:
            return _load(connection, number)

    def alike(self, number: int) -> list[int]:
        """Ids of the claims with the same words that nobody has decided, this one included."""
        with self.engine.connect() as connection:
            fingerprint = select(items.c.fingerprint).where(items.c.id == number).scalar_subquery()
            same = select(items.c.id).where(items.c.fingerprint == fingerprint, items.c.views == 0)
            return sorted({number, *connection.scalars(same.where(items.c.missed.is_(False)))})

    def listed(self, what: Filter, page: int = 0) -> list[Item]:
        """Claims that meet a filter, fifty at a time, in the order of the queue."""
        query = select(items.c.id).join(sheets, sheets.c.id == items.c.page)
        for column, value in ((sheets.c.site, what.site), (items.c.kind, what.kind), (items.c.verdict, what.verdict)):
            query = query.where(column == value) if value else query
        if what.rule:
            query = query.where(items.c.rules.contains(f" {what.rule} ", autoescape=True))
        if what.search:
            query = query.where(items.c.quote.icontains(what.search, autoescape=True))
        if what.reviewer or what.label:
            said = select(decisions.c.item)
            said = said.where(decisions.c.reviewer == what.reviewer) if what.reviewer else said
            said = said.where(decisions.c.label == what.label) if what.label else said
            query = query.where(items.c.id.in_(said))
        query = query.order_by(items.c.priority.desc(), items.c.id).limit(_PAGE).offset(page * _PAGE)
        with self.engine.connect() as connection:
            return [item for number in connection.scalars(query) if (item := _load(connection, number))]

    def sites(self) -> list[str]:
        """The sites of all pages."""
        with self.engine.connect() as connection:
            return list(connection.scalars(select(sheets.c.site).distinct().order_by(sheets.c.site)))

    def progress(self) -> tuple[int, int]:
        """How many claims have as many views as they need, and how many there are."""
        with self.engine.connect() as connection:
            done = connection.scalar(select(func.count()).where(items.c.views >= items.c.needed)) or 0
            return done, connection.scalar(select(func.count()).select_from(items)) or 0

    # decisions

    def say(self, *sayings: Say) -> list[int]:
        """Add decisions, all or none; one that was added before, by the same request, is not added again.

        Returns:
            The id of each, on disk.

        Raises:
            UsageError: a claim is not there, or what is taken back is not the reviewer's own.
        """
        with self.writing() as connection:
            return [_add(connection, one) for one in sayings]

    def last(self, reviewer: str) -> tuple[int, int] | None:
        """The reviewer's last standing decision and its claim."""
        gone = select(decisions.c.undoes).where(decisions.c.reviewer == reviewer)
        mine = (decisions.c.reviewer == reviewer) & (decisions.c.undoes == 0) & decisions.c.id.not_in(gone)
        query = select(decisions.c.id, decisions.c.item).where(mine).order_by(decisions.c.id.desc()).limit(1)
        with self.engine.connect() as connection:
            found = connection.execute(query).first()
            return (found[0], found[1]) if found else None

    def said_of(self, number: int) -> list[dict[str, Any]]:
        """All decisions on a claim, oldest first."""
        query = select(decisions).where(decisions.c.item == number).order_by(decisions.c.id)
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def all_pages(self) -> list[dict[str, Any]]:
        """All pages as they were put in."""
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(select(sheets).order_by(sheets.c.id)).mappings()]

    def all_decisions(self) -> list[dict[str, Any]]:
        """All decisions, each with its claim, oldest first."""
        about = (items.c.page, items.c.claim, items.c.missed, items.c.drawn)
        query = select(decisions, *about).join(items, items.c.id == decisions.c.item).order_by(decisions.c.id)
        with self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _add(connection: Connection, one: Say) -> int:
    known = connection.execute(select(decisions.c.id).where(decisions.c.request == one.request)).first()
    if known:
        return int(known[0])
    pipeline = connection.scalar(select(items.c.pipeline).where(items.c.id == one.item))
    if pipeline is None:
        raise UsageError(f"there is no claim {one.item}.")
    if one.undoes:
        mine = (decisions.c.id == one.undoes) & (decisions.c.reviewer == one.reviewer) & (decisions.c.item == one.item)
        if connection.scalar(select(decisions.c.id).where(mine)) is None:
            raise UsageError(f"decision {one.undoes} is not {one.reviewer}'s own.")
    row = {**asdict(one), "fields": dict(one.fields), "at": _now(), "pipeline": pipeline}
    made = connection.execute(insert(decisions).values(row))
    connection.execute(update(items).where(items.c.id == one.item).values(views=_views(one.item), leased_until=0.0))
    return _made(made)


def _made(result: CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def _views(item: int) -> Any:
    """How many reviewers have a decision on a claim that stands."""
    gone = select(decisions.c.undoes).where(decisions.c.item == item)
    stands = (decisions.c.item == item) & (decisions.c.undoes == 0) & decisions.c.id.not_in(gone)
    return select(func.count(decisions.c.reviewer.distinct())).where(stands).scalar_subquery()


def _load(connection: Connection, number: int) -> Item | None:
    others = items.alias("others")
    copies = select(func.count()).select_from(others).where(others.c.fingerprint == items.c.fingerprint)
    columns = (
        items,
        sheets.c.source,
        sheets.c.site,
        sheets.c.title,
        sheets.c.text,
        copies.scalar_subquery().label("copies"),
    )
    query = select(*columns).join(sheets, sheets.c.id == items.c.page).where(items.c.id == number)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    names = (
        "id",
        "page",
        "source",
        "site",
        "title",
        "text",
        "claim",
        "fingerprint",
        "pipeline",
        "missed",
        "needed",
        "views",
        "copies",
    )
    return Item(**{name: row[name] for name in names}, reasons=tuple(row["reasons"]))


def _item_row(page: str, new: NewItem) -> dict[str, Any]:
    claim = new.claim
    return {
        "page": page,
        "start": claim["start"],
        "end": claim["end"],
        "fingerprint": claim["fingerprint"],
        "quote": claim["quote"],
        "kind": claim["kind"],
        "verdict": claim["verdict"],
        "rules": " ".join(["", *(finding["rule"] for finding in claim.get("findings", ())), ""]),
        "reasons": list(new.reasons),
        "priority": new.priority,
        "drawn": new.drawn,
        "missed": False,
        "needed": new.needed,
        "views": 0,
        "pipeline": new.pipeline,
        "claim": dict(claim),
        "leased_to": "",
        "leased_until": 0.0,
    }


def blocks(rows: Iterable[Sequence[Any]]) -> tuple[Block, ...]:
    """The blocks of a page from its row."""
    return tuple(Block(start, end, BlockKind(kind)) for start, end, kind in rows)


def _nobody() -> str:
    """A hash that no password meets, made once."""
    global _hash  # noqa: PLW0603 - as slow as the hash of a person, and made only where somebody logs in
    if not _hash:
        import secrets

        from argon2 import PasswordHasher

        _hash = PasswordHasher().hash(secrets.token_hex())
    return _hash


_hash = ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
