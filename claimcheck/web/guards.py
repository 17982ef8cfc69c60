"""Who may ask, and how much."""

from __future__ import annotations

import ipaddress
import secrets
from typing import Annotated, Any

from fastapi import Depends, HTTPException
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_bearer = HTTPBearer(auto_error=False, description="The token that the server was started with.")


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def token_guard(token: str) -> list[Any]:
    """The dependencies of routes that answer 401 without the token; none where the token is empty."""

    def check(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> None:
        given = sent.credentials if sent else ""
        if not secrets.compare_digest(given.encode(), token.encode()):
            raise HTTPException(
                401, "Send the server's token as `Authorization: Bearer ...`.", {"WWW-Authenticate": "Bearer"}
            )

    return [Depends(check)] if token else []


class SizeLimit:
    """Answers 413 to a body that is too large, told ahead or not.

    Args:
        app: The application behind.
        most: Bytes allowed.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - the ASGI protocol
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise HTTPException(413, f"The body is larger than {self.most} bytes. Split it.")
            return message

        await self.app(scope, counted if scope["type"] == "http" else receive, send)


class LocalHosts:
    """Answers 421 where a page elsewhere had a browser ask this machine under another name.

    A server bound to loopback trusts whoever reaches it; a name that an attacker lets point to 127.0.0.1
    reaches it too (DNS rebinding), and shows in the ``Host`` header.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - the ASGI protocol
        host = next((value.decode("latin-1") for name, value in scope.get("headers", ()) if name == b"host"), "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if scope["type"] != "http" or is_loopback(name):
            await self.app(scope, receive, send)
            return
        detail = f"This server answers to localhost only, not to {name!r}."
        await JSONResponse({"detail": detail}, 421)(scope, receive, send)
