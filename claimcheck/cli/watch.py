"""``--watch``: judge again whenever a source changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.errors import UsageError
from claimcheck.extras import need

if TYPE_CHECKING:
    from watchfiles import Change


def check(sources: Iterable[str]) -> None:
    """Say before the work what cannot be watched.

    Raises:
        UsageError: a source is no file or folder, or the extra ``watch`` is not installed.
    """
    need("watch", "watchfiles")
    for source in sources:
        if not Path(source).exists():
            raise UsageError(f"--watch: {source} is no file or folder that could change. Leave it or --watch out.")


def keep_judging(sources: Iterable[str], written: Iterable[Path], judge: Callable[[], int]) -> int:
    """Judge, and again after every change, until the user stops it.

    Args:
        sources: Files and folders to watch.
        written: What the judging itself writes; a change there starts nothing.
        judge: Does the work and gives the exit code.

    Returns:
        The last exit code.
    """
    from watchfiles import DefaultFilter, watch

    own = [path.resolve() for path in written]
    usual = DefaultFilter()

    def counts(change: Change, name: str) -> bool:
        path = Path(name).resolve()
        return usual(change, name) and not any(path.is_relative_to(mine) for mine in own)

    code = judge()
    for _ in watch(*sources, watch_filter=counts, raise_interrupt=False):
        code = judge()
    return code
