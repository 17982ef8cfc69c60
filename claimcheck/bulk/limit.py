"""A time limit for work in the main thread of a process."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class TimeLimitError(Exception):
    """The time is up."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Break off what runs in this block after some seconds.

    Args:
        seconds: How long it may take.

    Raises:
        TimeLimitError: it took longer.
        ValueError: this is not the main thread, which alone gets signals.
    """

    def stop(number: int, frame: Any) -> None:
        raise TimeLimitError(f"took longer than {seconds:g} seconds.")

    before = signal.signal(signal.SIGALRM, stop)
    # Again every second: an alarm may fall where errors are swallowed, such as a finaliser.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
