"""How far an audit is, in words that hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claimcheck.store.tables import State


@dataclass(frozen=True, slots=True)
class Progress:
    """An audit under way.

    Attributes:
        counts: Visits by state.
        asked: Pages asked for in this run.
        seconds: Time of this run.
        reason: What sets the rate, empty where nothing but this machine does.
        left: Pages that a budget still allows, None where there is none.
    """

    counts: Mapping[str, int]
    asked: int
    seconds: float
    reason: str = ""
    left: int | None = None

    def line(self) -> str:
        """One line: done, queued, failed, rate and its reason, time left."""
        failed = self.counts[State.FAILED]
        queued = self.counts[State.QUEUED]
        done = sum(self.counts.values()) - failed - queued
        parts = [f"{done} done, {queued} queued, {failed} failed"]
        if self.asked and self.seconds > 0:
            rate = self.asked / self.seconds
            parts.append(f"{rate:.1f} pages/s" + (f" ({self.reason})" if self.reason else ""))
            todo = queued if self.left is None else min(queued, self.left)
            parts.append(f"{_span(todo / rate)} left for what is queued")
        return "; ".join(parts)


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
