"""Words to units, and many phrases looked for at once.

A *unit* is the Snowball stem (Porter2) of a word in lower case. Hyphens part
words as spaces do, so "side-effects" and "side effect" are the same two units.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

_PIECE = re.compile(r"n't|[^\W_]+|%")
_FOLD = str.maketrans({"’": "'", "‘": "'", "`": "'", "\u00ad": None, "\u200b": None, "\ufeff": None})
# Words that Porter2 would make one with an everyday word of another meaning ("generally well").
_WHOLE = frozenset(
    (
        "wellness mindfulness importal immunization immunisation immunizations immunisations journaling journalling "
        "colonics cycling chilli chillies pruning moisture luteinizing luteinising premature prematurely contract "
        "contracts contracted contracting scrape scraping scraped lactate hopping laminated mobile mobiles biology "
        "biological biologist intelligent"
    ).split()
)
GAP = "_"
_GAP_MAX = 3
_ACRONYM_MAX = 5


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def units(word: str) -> tuple[str, ...]:
    """The units of one token, empty for punctuation.

    >>> units("Side-effects")
    ('side', 'effect')
    """
    pieces = _PIECE.findall(word.translate(_FOLD).lower())
    stem = _stemmer().stemWord
    return tuple(piece if len(piece) < 3 or piece == "n't" or piece in _WHOLE else stem(piece) for piece in pieces)


def phrase_units(phrase: str) -> tuple[str, ...]:
    """The units of a phrase; a single acronym keeps its capitals as ``^IBS``, a gap stays ``_``.

    Contractions part as spaCy's English tokenizer parts them: "can't" is "ca", "n't".
    """
    if is_acronym(phrase):
        return ("^" + phrase,)
    phrase = re.sub(r"(?<=\w)n['’]t\b", " n't", phrase).replace("cannot", "can not")
    found: list[str] = []
    for word in phrase.split():
        found.extend((GAP,) if word == GAP else units(word))
    return tuple(found)


def is_acronym(word: str) -> bool:
    """Short words in capitals are matched in capitals only ("MS", "IBS")."""
    return 2 <= len(word) <= _ACRONYM_MAX and word.isalpha() and word.isupper()


class PhraseIndex:
    """Finds the longest phrase at every place, in one pass over the units.

    Args:
        phrases: Pairs of phrase and label; a label may have many phrases.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]] = ()) -> None:
        self._by_first: dict[str, list[Any]] = {}
        seen: set[tuple[tuple[str, ...], str]] = set()
        for phrase, label in phrases:
            key = phrase_units(phrase)
            if key and (key, label) not in seen:
                seen.add((key, label))
                self._by_first.setdefault(key[0], []).append((key[1:], label))
        for options in self._by_first.values():
            options.sort(key=lambda option: (-len(option[0]), option[0], option[1]))

    def to_dict(self) -> dict[str, Any]:
        """Plain data that :meth:`from_dict` takes, sorted."""
        return {first: [[list(r), label] for r, label in options] for first, options in sorted(self._by_first.items())}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> PhraseIndex:
        """The inverse of :meth:`to_dict`, without stemming anything."""
        index = cls()
        index._by_first = data
        return index

    def vocabulary(self) -> set[str]:
        """All units of its phrases, acronyms in lower case."""
        rest = (unit for options in self._by_first.values() for units, _ in options for unit in units)
        return {unit.removeprefix("^").lower() for unit in (*self._by_first, *rest)} - {GAP}

    def all(self, words: Sequence[str], acronyms: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Every match, longest first at each place; phrases may overlap.

        Args:
            words: Units.
            acronyms: For each unit the word itself where it is an acronym, else "".

        Yields:
            Start, end (half-open, in units) and label.
        """
        by_first = self._by_first
        for place, word in enumerate(words):
            options = by_first.get(word)
            if options:
                for rest, label in options:
                    end = _rest_ends(words, place + 1, rest)
                    if end:
                        yield place, end, label
            if acronyms[place]:
                for rest, label in by_first.get("^" + acronyms[place], ()):
                    if not rest:
                        yield place, place + 1, label


def longest(matches: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of the matches those that do not overlap, longer before shorter, then earlier before later."""
    found = sorted(matches, key=lambda match: (match[0] - match[1], match[0]))
    taken: set[int] = set()
    kept = []
    for start, end, label in found:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, label))
    return sorted(kept)


def _rest_ends(words: Sequence[str], place: int, rest: Sequence[str]) -> int:
    """Where the rest of a phrase ends when it starts at ``place``; 0 if it does not match."""
    for number, unit in enumerate(rest):
        if unit == GAP:
            tail = rest[number + 1 :]
            for skipped in range(1, _GAP_MAX + 1):
                end = _rest_ends(words, place + skipped, tail)
                if end:
                    return end
            return 0
        if place >= len(words) or words[place] != unit:
            return 0
        place += 1
    return place
