from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import claimcheck
from claimcheck.cli.main import cli
from tests.store.fixtures import postgres_server, postgres_url, store, store_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from spacy.language import Language


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the files of tests/golden anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


__all__ = ["postgres_server", "postgres_url", "store", "store_url"]


@pytest.fixture(scope="session")
def nlp() -> Language:
    return claimcheck.load()


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches beyond this machine, neither by address nor by asking for a name."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def is_loopback(host: object) -> bool:
        name = host.decode() if isinstance(host, bytes) else str(host)
        try:
            return name == "localhost" or ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False

    def guarded_connect(self: socket.socket, address: tuple) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    def guarded_look_up(host: object, *args: object, **named: object) -> list:
        if host is not None and not is_loopback(host):
            pytest.fail(f"a test tried to look up {host!r}")
        return look_up(host, *args, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def run(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call the command line; the default pipeline is the session's, so that it is loaded once."""
    from claimcheck.pipeline import run as rooms

    load = rooms.load
    monkeypatch.setattr(
        rooms, "load", lambda pipeline=rooms.DEFAULT: nlp if pipeline == rooms.DEFAULT else load(pipeline)
    )

    def call(*arguments: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call
