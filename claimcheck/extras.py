"""Parts of claimcheck that a plain installation leaves out."""

from __future__ import annotations

from importlib.util import find_spec

from claimcheck.errors import UsageError


def need(extra: str, *modules: str) -> None:
    """Say how to install an extra where a module of it is missing.

    Args:
        extra: Its name in ``pyproject.toml``.
        modules: Top-level modules that it brings.

    Raises:
        UsageError: one of them is not installed.
    """
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise UsageError(
            f"this needs {', '.join(missing)}, not installed. Run: pip install 'health-claimcheck[{extra}]'"
        )
