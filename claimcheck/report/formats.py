"""The formats of a report: one registry, name -> renderer.

A renderer takes a :class:`~claimcheck.records.Report` and returns text. Another package adds one by an entry
point of the group ``claimcheck_report_formats``; its name is also the ending of its files.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.records import Report

GROUP = "claimcheck_report_formats"
BUILT_IN = ("terminal", "html", "json", "jsonl", "markdown", "sarif", "csv", "junit")
_ENDINGS = {"txt": "terminal", "htm": "html", "md": "markdown", "xml": "junit"}

Renderer = Callable[["Report"], str]


def formats() -> dict[str, EntryPoint]:
    """Every format by name; what an entry point loads is the renderer."""
    own = {name: EntryPoint(name, f"claimcheck.report.as_{name}:render", GROUP) for name in BUILT_IN}
    return {item.name: item for item in entry_points(group=GROUP)} | own


def renderer(name: str) -> Renderer:
    """The renderer of a format.

    Args:
        name: As :func:`formats` knows it.

    Raises:
        UsageError: there is none of that name.
    """
    known = formats()
    if name not in known:
        raise UsageError(f"no format {name!r}. Use one of: {', '.join(known)}.")
    found: Renderer = known[name].load()
    return found


def format_of(path: str) -> str:
    """The format that a file's ending names.

    Args:
        path: Name of the file to write.

    Raises:
        UsageError: it names none.
    """
    known = formats()
    ending = path.rpartition(".")[2].lower() if "." in path else ""
    name = _ENDINGS.get(ending, ending)
    if name not in known:
        endings = sorted({*_ENDINGS, *known} - {"terminal", "markdown", "junit", "htm"})
        raise UsageError(f"{path}: its ending names no format. Use one of: {', '.join(f'.{e}' for e in endings)}.")
    return name
