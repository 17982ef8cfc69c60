"""The settings of a project: ``claimcheck.toml``, or ``[tool.claimcheck]`` in ``pyproject.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from claimcheck.errors import DataError, UsageError
from claimcheck.terms import Jurisdiction, Platform

FILE = "claimcheck.toml"
PYPROJECT = "pyproject.toml"
FAIL_ON = ("overstated", "unsupported", "never")
LISTS: dict[str, tuple[str, ...]] = {
    "jurisdiction": tuple(map(str, Jurisdiction)),
    "platform": tuple(map(str, Platform)),
    "select": (),
    "ignore": (),
    "rules": (),
}
TEXTS: dict[str, tuple[str, ...]] = {"suppressions": (), "baseline": (), "fail-on": FAIL_ON}
# Their values are paths, told from the folder of the file.
_PATHS = frozenset({"rules", "suppressions", "baseline"})
DEFAULTS: dict[str, Any] = {**dict.fromkeys(LISTS, ()), "suppressions": "", "baseline": "", "fail-on": "overstated"}


class Setting(NamedTuple):
    """A value and where it came from."""

    value: Any
    origin: str


def settings(start: Path, given: Mapping[str, Any]) -> dict[str, Setting]:
    """All settings: defaults, over them the nearest file's, over them what was given by hand.

    Args:
        start: The folder from which files are looked for, upwards.
        given: What options say; what is empty or None was not given.

    Raises:
        DataError: the file has an unknown key or a value outside its vocabulary.
    """
    found = {key: Setting(value, "default") for key, value in DEFAULTS.items()}
    path = find(start)
    if path:
        found |= {key: Setting(value, str(path)) for key, value in read(path).items()}
    return found | {key: Setting(value, "option") for key, value in given.items() if value}


def find(start: Path) -> Path | None:
    """The nearest file with settings, in the folder or above it."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
        if (folder / PYPROJECT).is_file() and "claimcheck" in _toml(folder / PYPROJECT).get("tool", {}):
            return folder / PYPROJECT
    return None


def read(path: Path) -> dict[str, Any]:
    """The settings of one file, checked, paths made absolute.

    Raises:
        DataError: it is no TOML, has an unknown key, or a value outside its vocabulary.
    """
    data = _toml(path)
    data = data["tool"]["claimcheck"] if path.name == PYPROJECT else data
    if not isinstance(data, dict):
        raise DataError(path, 0, "tool.claimcheck is no table. Write [tool.claimcheck].")
    return {key: _checked(key, value, path) for key, value in data.items()}


def checked_option(key: str, value: Any) -> None:
    """Check a value given by hand.

    Raises:
        UsageError: it is outside its vocabulary; names what is allowed.
    """
    allowed = LISTS.get(key) or TEXTS.get(key)
    for item in value if key in LISTS else [value]:
        if allowed and item not in allowed:
            raise UsageError(f"--{key} {item!r}. {_hint(item, allowed)}")


def _hint(item: str, allowed: tuple[str, ...]) -> str:
    near = get_close_matches(item, allowed, 1)
    return (f"Did you mean {near[0]}? " if near else "") + f"Use one of: {', '.join(allowed)}."


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(path, 0, f"is no TOML: {error}.") from error


def _checked(key: str, value: Any, path: Path) -> Any:
    line = _line(path, key)
    if key not in DEFAULTS:
        near = get_close_matches(key, DEFAULTS, 1)
        hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(DEFAULTS)}."
        raise DataError(path, line, f"unknown key {key!r}. {hint}")
    values = value if key in LISTS else [value]
    if not isinstance(values, list) or not all(isinstance(item, str) and item for item in values):
        raise DataError(path, line, f"{key} must be a {'list of texts' if key in LISTS else 'text'}.")
    allowed = LISTS.get(key) or TEXTS.get(key)
    for item in values:
        if allowed and item not in allowed:
            raise DataError(path, line, f"{key} {item!r}. {_hint(item, allowed)}")
    if key in _PATHS:
        values = [str(path.parent / item) for item in values]
    return tuple(values) if key in LISTS else values[0]


def _line(path: Path, key: str) -> int:
    rows = path.read_text(encoding="utf-8").splitlines()
    first = 0
    if path.name == PYPROJECT:
        first = next((n for n, row in enumerate(rows) if row.strip() == "[tool.claimcheck]"), 0)
    named = (n for n, row in enumerate(rows[first:], first + 1) if row.split("=")[0].strip().strip("\"'") == key)
    return next(named, 0)
