"""Opening a store: a SQLite file or a PostgreSQL server, brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from claimcheck.errors import StoreError

_KINDS = ("sqlite", "postgresql+psycopg")
_BUSY_SECONDS = 60
# Any number that no other program locks by; held while tables are made, so that two do not make them at once.
_MIGRATION_LOCK = 7_266_003_511


def default_path() -> Path:
    """The SQLite file in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("claimcheck", appauthor=False) / "audits.db"


class Store:
    """An open store.

    Attributes:
        engine: SQLAlchemy's engine; use :meth:`reading` and :meth:`writing` rather than this.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(immediate=True)
        postgres = engine.dialect.name == "postgresql"
        self._reader = engine.execution_options(isolation_level="REPEATABLE READ") if postgres else engine

    @classmethod
    def open(cls, where: str | Path | None = None) -> Store:
        """Open a store, make it where there is none, and bring its tables up to date.

        Args:
            where: A file, or a database URL; None means :func:`default_path`.

        Raises:
            StoreError: it cannot be reached or written, is no store, or is of a later claimcheck.
        """
        url = _url(where)
        store = cls(_engine(url))
        try:
            store._migrate()
        except (DBAPIError, OSError) as error:
            store.close()
            reason = str(getattr(error, "orig", None) or error).strip()
            raise StoreError(_shown(url), f"could not be opened ({reason}).", "Check the file or URL.") from error
        except StoreError:
            store.close()
            raise
        return store

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session whose view does not change while it lasts."""
        with Session(self._reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is one transaction: all of it is kept at the end, or nothing.

        In SQLite it waits for other writers at its beginning; taking a write lock late fails in WAL mode where
        another writer came between.
        """
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.util.exc import CommandError

        with as_file(files("claimcheck.store").joinpath("migrations")) as folder, self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(folder).replace("%", "%%"))
            config.set_main_option("path_separator", "os")
            try:
                command.upgrade(config, "head")
            except CommandError as error:  # a revision that this version does not know
                advice = "It was written by a later claimcheck: upgrade, or name another store."
                raise StoreError(_shown(self.engine.url), f"cannot be brought up to date ({error}).", advice) from error


def _url(where: str | Path | None) -> URL:
    if where is None or "://" not in str(where):
        path = default_path() if where is None else Path(where)
        if where is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        return URL.create("sqlite", database=str(path))
    try:
        url = make_url(str(where))
    except ArgumentError as error:
        raise StoreError(str(where), "is no database URL.", "Write it as postgresql://user@host/name.") from error
    return url.set(drivername=_KINDS[1]) if url.drivername in ("postgresql", "postgres") else url


def _engine(url: URL) -> Engine:
    if url.drivername not in _KINDS:
        raise StoreError(_shown(url), "is of a kind that is not supported.", "Use a file or postgresql://.")
    if url.drivername == _KINDS[1]:
        from claimcheck.extras import need

        need("postgres", "psycopg")
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for reads and for making tables
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _shown(url: URL) -> str:
    """A file's name, or the URL without its password."""
    return str(url.database) if url.drivername == "sqlite" else url.render_as_string(hide_password=True)
