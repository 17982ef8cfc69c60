"""Copy read as a reader sees it: disguises are folded away, and every offset leads back.

"c.a.n.c.e.r", a Cyrillic letter or a zero-width space within a word keep a machine from reading what
people read. The pipeline reads the folded text; whatever it finds is told in offsets of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from claimcheck.articles.disguises import disguised_words
from claimcheck.articles.lookalikes import lookalikes

_WORD_MAX = 300
_GIANT = re.compile(rf"(?<!\S)\S{{{_WORD_MAX + 1},}}")


class Edit(NamedTuple):
    """``text[start:end]`` is read as ``new``; ``hides`` where that disguises a word."""

    start: int
    end: int
    new: str
    hides: bool = True


class Disguise(NamedTuple):
    """A word of the original and what it is read as."""

    start: int
    end: int
    read_as: str


class _Layer:
    """A text after some edits, and the way between its offsets and those before."""

    def __init__(self, text: str, edits: list[Edit]) -> None:
        self.edits = edits
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.new_starts: list[int] = []
        self.new_ends: list[int] = []
        parts: list[str] = []
        place, length = 0, 0
        for edit in edits:
            parts += (text[place : edit.start], edit.new)
            length += edit.start - place
            self.starts.append(edit.start)
            self.ends.append(edit.end)
            self.new_starts.append(length)
            length += len(edit.new)
            self.new_ends.append(length)
            place = edit.end
        self.text = "".join((*parts, text[place:]))

    def back(self, offset: int) -> int:
        """Where the character at an offset comes from."""
        return _moved(offset, self.new_starts, self.new_ends, self.starts, self.ends)

    def back_end(self, offset: int) -> int:
        """Where a stretch that ends before an offset ends."""
        number = bisect_right(self.new_starts, offset - 1) - 1
        while number >= 0 and self.new_starts[number] == self.new_ends[number] == offset:
            number -= 1
        if number >= 0 and offset <= self.new_ends[number]:
            return self.ends[number]
        return self.back(offset - 1) + 1

    def forth(self, offset: int) -> int:
        """Where an offset of the text before has come to stand."""
        return _moved(offset, self.starts, self.ends, self.new_starts, self.new_ends)


def _moved(offset: int, starts: list[int], ends: list[int], to_starts: list[int], to_ends: list[int]) -> int:
    number = bisect_right(starts, offset) - 1
    if number < 0:
        return offset
    return to_starts[number] if offset < ends[number] else to_ends[number] + offset - ends[number]


@dataclass(frozen=True)
class Folded:
    """A text without its disguises.

    Attributes:
        text: What is read.
        disguises: The disguised words, in order; offsets into the original.
    """

    text: str
    disguises: tuple[Disguise, ...]
    layers: tuple[_Layer, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the folded text comes from."""
        for layer in reversed(self.layers):
            start, end = layer.back(start), layer.back_end(end)
        return start, end

    def forth(self, offset: int) -> int:
        """Where an offset of the original has come to stand."""
        for layer in self.layers:
            offset = layer.forth(offset)
        return offset

    def within(self, start: int, end: int) -> tuple[Disguise, ...]:
        """The disguised words that a stretch of the original meets."""
        first = bisect_right(self.disguises, start, key=lambda found: found.end)
        last = bisect_left(self.disguises, end, key=lambda found: found.start)
        return self.disguises[first:last]


def fold(text: str, known: Callable[[str], bool] | None = None) -> Folded | None:
    """Fold the disguises of a text away.

    Args:
        text: Any text.
        known: Whether a word is one that matters; without it letters are folded alone.

    Returns:
        The folded text, or None where there is nothing to fold.
    """
    layers = []
    if not text.isascii() and (edits := _in_order(lookalikes(text))):
        layers.append(_Layer(text, edits))
    now = layers[-1].text if layers else text
    if known and (edits := _in_order(disguised_words(now, known))):
        layers.append(_Layer(now, edits))
    now = layers[-1].text if layers else now
    if known and (edits := [Edit(place, place, " ", hides=False) for place in _cuts(now)]):
        layers.append(_Layer(now, edits))
    if not layers:
        return None
    return Folded(layers[-1].text, tuple(_disguises(layers, known)), tuple(layers))


def _cuts(text: str) -> Iterator[int]:
    """Where what runs on without a blank for longer than any word is parted: tokenizers take time by its square."""
    for match in _GIANT.finditer(text):
        yield from range(match.start() + _WORD_MAX, match.end(), _WORD_MAX)


def _in_order(edits: Iterable[tuple[int, int, str, bool]]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(Edit(*edit) for edit in edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _disguises(layers: list[_Layer], known: Callable[[str], bool] | None) -> Iterable[Disguise]:
    """Whole words, each once; a word that does not matter hides nothing."""
    folded = Folded(layers[-1].text, (), tuple(layers))
    found = set()
    for number, layer in enumerate(layers, 1):
        done = 0
        for edit, *span in zip(layer.edits, layer.new_starts, layer.new_ends, strict=True):
            for later in layers[number:] if edit.hides else ():
                span = [later.forth(offset) for offset in span]  # noqa: PLW2901 - carried from layer to layer
            if not edit.hides or span[1] <= done:
                continue  # within the word before
            start, done = _word(folded.text, *span)
            if start < done and (known is None or known(folded.text[start:done])):
                found.add(Disguise(*folded.back(start, done), folded.text[start:done]))
    return sorted(found)


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """The word around a stretch; what is longer than any word is no word, and costs no more than one."""
    first, last = max(0, start - _WORD_MAX), min(len(text), end + _WORD_MAX)
    while start > first and text[start - 1].isalnum():
        start -= 1
    while end < last and text[end].isalnum():
        end += 1
    return start, end
