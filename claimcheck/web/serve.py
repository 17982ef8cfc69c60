"""Binds an application to an address."""

from __future__ import annotations

from fastapi import FastAPI

from claimcheck.errors import UsageError
from claimcheck.web.guards import is_loopback


def check_open(host: str, token: str) -> None:
    """Refuse to answer the world without a token.

    Raises:
        UsageError: the host is not loopback and there is no token.
    """
    if not token and not is_loopback(host):
        raise UsageError(
            f"--host {host} can be reached from other machines, and there is no token. Give one by --token or "
            "CLAIMCHECK_TOKEN, or bind to 127.0.0.1."
        )


def serve(app: FastAPI, host: str, port: int) -> None:
    """Answer until told to stop."""
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
