"""Lines and columns, for people."""

from __future__ import annotations

from bisect import bisect_right


class Places:
    """Turns offsets of one text into lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        self._starts += [place + 1 for place, letter in enumerate(text) if letter == "\n"]

    def of(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
