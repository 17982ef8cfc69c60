"""A store of each kind; PostgreSQL is a real server, started for the tests and stopped after them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest

from claimcheck.store import Store

_BIN = Path("/usr/lib/postgresql")


def _programs():
    """The newest installed version's programs, or None."""
    found = sorted(_BIN.glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgres_server():
    """URL of a server of our own, without a database's name."""
    programs = _programs()
    if programs is None:
        pytest.skip(f"no PostgreSQL server is installed (looked in {_BIN})")
    # The server refuses to run as root, and its socket's path must be short.
    user = {"user": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="claimcheck-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def call(name, *arguments):
        subprocess.run([programs / name, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)

    call("initdb", "-D", data, "-U", "claimcheck", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    call("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://claimcheck@/{{name}}?host={folder}"
    finally:
        call("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server):
    """URL of an empty database."""
    import psycopg

    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres_server.format(name=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request, tmp_path):
    """Where an empty store can be, of each kind."""
    return str(tmp_path / "audits.db") if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def store(store_url):
    opened = Store.open(store_url)
    yield opened
    opened.close()
