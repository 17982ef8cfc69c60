"""Who is at the other end: accounts, sessions, and that a form came from our own page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from claimcheck.store.review import ReviewStore

_HEADERS = {
    b"content-security-policy": b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    b"img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cache-control": b"no-store",
    b"cross-origin-opener-policy": b"same-origin",
}
_RANKS = {"reviewer": 0, "adjudicator": 1, "admin": 2}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether the role is at least another."""
        return _RANKS[self.role] >= _RANKS[role]


class LoginError(Exception):
    """Nobody is logged in."""


class Door:
    """Lets people in.

    Args:
        store: With the accounts.
        login: False where everybody who reaches the server is its owner.
    """

    def __init__(self, store: ReviewStore, *, login: bool) -> None:
        self.store, self.login = store, login

    def person(self, request: Request) -> Person:
        """A dependency: who is logged in.

        Raises:
            LoginError: nobody.
        """
        if not self.login:
            return Person("local", "admin")
        name = request.session.get("name", "")
        role = self.store.role(name) if name else ""
        if not role:
            raise LoginError
        return Person(name, role)

    def enter(self, request: Request, name: str, password: str) -> bool:
        """Log in; the session is a new one, so that nobody could have set it before."""
        if not self.store.knows(name, password):
            return False
        request.session.clear()
        request.session["name"] = name
        return True


def csrf(request: Request) -> str:
    """The session's secret that every form carries."""
    return str(request.session.setdefault("csrf", secrets.token_urlsafe(16)))


def check_csrf(request: Request, token: Annotated[str, Form(alias="csrf")] = "") -> None:
    """A dependency: refuses a form that another site sent."""
    known = request.session.get("csrf", "")
    if not known or not secrets.compare_digest(known.encode(), token.encode()):
        raise HTTPException(403, "This form is too old or not from this site. Load the page again.")


class SafeHeaders:
    """Sends with every answer what keeps scripts and frames out.

    Args:
        app: The application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - the ASGI protocol
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS.items()]
            await send(message)

        await self.app(scope, receive, guarded)
