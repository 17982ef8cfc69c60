from __future__ import annotations

import os
import threading

import pytest
from sqlalchemy import func, inspect, select, text

from claimcheck.errors import StoreError
from claimcheck.store import Store, default_path
from claimcheck.store.tables import Base, Site


def test_the_migrations_make_the_tables_that_the_code_knows(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_opening_again_keeps_what_is_there(store, store_url):
    with store.writing() as session:
        session.add(Site(name="shop.example"))
    again = Store.open(store_url)
    with again.reading() as session:
        assert session.scalars(select(Site.name)).all() == ["shop.example"]
    again.close()


def test_a_transaction_that_fails_leaves_nothing(store):
    def half():
        with store.writing() as session:
            session.add(Site(name="shop.example"))
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    with store.reading() as session:
        assert session.scalar(select(func.count(Site.id))) == 0


def test_a_reader_is_not_stopped_by_a_writer_and_writers_wait_for_each_other(store):
    def add(name):
        with store.writing() as session:
            session.add(Site(name=name))

    with store.writing() as writer:
        writer.add(Site(name="first"))
        writer.flush()
        with store.reading() as reader:
            assert reader.scalars(select(Site.name)).all() == []
        second = threading.Thread(target=add, args=("second",))
        second.start()
    second.join(timeout=30)
    with store.reading() as session:
        assert set(session.scalars(select(Site.name))) == {"first", "second"}


def test_many_open_a_new_store_at_once(store_url):
    opened, wrong = [], []

    def work():
        try:
            opened.append(Store.open(store_url))
        except StoreError as error:
            wrong.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(opened), wrong) == (4, [])
    assert "sites" in inspect(opened[0].engine).get_table_names()
    for item in opened:
        item.close()


def test_a_row_cannot_point_at_nothing(store):
    from sqlalchemy.exc import IntegrityError

    from claimcheck.store.tables import Page

    with pytest.raises(IntegrityError), store.writing() as session:
        session.add(Page(site_id=99, url="https://shop.example/", host="shop.example"))


def test_a_file_is_in_wal_mode_and_waits(tmp_path):
    opened = Store.open(tmp_path / "a.db")
    with opened.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA busy_timeout")) >= 10_000
    opened.close()


def test_without_a_name_it_is_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    Store.open().close()
    assert default_path().is_file()
    assert tmp_path in default_path().parents


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("mysql://root@127.0.0.1/x", "is of a kind that is not supported"),
        ("nonsense://x", "is of a kind that is not supported"),
        ("://", "is no database URL"),
        ("/no/such/folder/a.db", "could not be opened"),
        ("postgresql://nobody:secret@127.0.0.1:1/x", "could not be opened"),
    ],
)
def test_what_cannot_be_opened_is_told_by_name_and_without_a_password(where, problem):
    with pytest.raises(StoreError, match=problem) as caught:
        Store.open(where)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Garlic is red. " * 500, encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        Store.open(path)
    assert path.read_text(encoding="utf-8") == "Garlic is red. " * 500
    assert os.listdir(tmp_path) == ["notes.txt"]  # noqa: PTH208


def test_a_store_of_a_later_version_is_refused(store, store_url):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))
    with pytest.raises(StoreError, match="later claimcheck"):
        Store.open(store_url)
