"""The pattern language of the rule packs, compiled to plain data and matched over units.

=====================  ==========================================================
``word``               a word, by its stem; ``word?`` may be absent
``=word``              this exact lower-case word
``(a|b c)``            any one of these words or phrases; ``(a|b)?`` may be absent
``...``  ``..3``       a gap of up to eight (three) words
``{slot}``             a phrase of a class: of the lexicon, the cues, or the pack
=====================  ==========================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from claimcheck.phrases import phrase_units

_ELEMENT = re.compile(r"\s*(?:(\{[a-z_]+\})|\(([^()]*)\)(\?)?|(\.\.\.|\.\.\d+)|(=)?([^\s(){}?]+)(\?)?)")
_GAP_MAX = 8

# An element is [kind, value, optional]: "words" with a list of unit lists, "exact" with a word,
# "gap" with a number, "slot" with a name.
Pattern = list[list[Any]]
Slots = Mapping[str, Mapping[int, Sequence[int]]]


def parse(text: str, own_slots: Mapping[str, Sequence[str]], known_slots: frozenset[str]) -> Pattern:
    """Compile a pattern.

    Args:
        text: As written in a pack.
        own_slots: The pack's own word lists.
        known_slots: Names of the classes that the pipeline fills.

    Returns:
        Its elements as plain data.

    Raises:
        ValueError: it cannot be read, or names an unknown slot; says which part.
    """
    elements: Pattern = []
    place = 0
    text = text.strip()
    while place < len(text):
        match = _ELEMENT.match(text, place)
        if not match:
            raise ValueError(f"cannot read {text[place:]!r} in the pattern {text!r}")
        slot, choices, choice_optional, gap, exact, word, optional = match.groups()
        if slot:
            elements.append(_slot(slot[1:-1], own_slots, known_slots))
        elif choices is not None:
            elements.append(_words(choices.split("|"), bool(choice_optional)))
        elif gap:
            elements.append(["gap", _GAP_MAX if gap == "..." else int(gap[2:]), False])
        elif exact:
            elements.append(["exact", word.lower(), bool(optional)])
        else:
            elements.append(_words([word], bool(optional)))
        place = match.end()
    if not any(kind != "gap" and not optional for kind, _, optional in elements):
        raise ValueError(f"the pattern {text!r} would match anything")
    return elements


def _words(choices: Sequence[str], optional: bool) -> list[Any]:
    found = [list(phrase_units(choice.strip())) for choice in choices]
    if not all(found):
        raise ValueError(f"an empty choice in ({'|'.join(choices)})")
    return ["words", found, optional]


def _slot(name: str, own: Mapping[str, Sequence[str]], known: frozenset[str]) -> list[Any]:
    if name in own:
        return _words(own[name], optional=False)
    if name not in known:
        raise ValueError(f"unknown slot {{{name}}}. Use one of: {', '.join(sorted({*own, *known}))}")
    return ["slot", name, False]


def needs(pattern: Pattern) -> list[frozenset[str]]:
    """For each element that must be met, the keys of which a sentence must hold one.

    A key is a unit, or a slot's name in braces. They are what keeps the cost of matching flat: a
    pattern is searched for only where all its needs are met.
    """
    return [_keys(element) for element in pattern if element[0] != "gap" and not element[2]]


def starts(pattern: Pattern) -> frozenset[str] | None:
    """The keys with one of which a match begins, None where it may begin with anything."""
    return None if pattern[0][0] == "gap" or pattern[0][2] else _keys(pattern[0])


def _keys(element: list[Any]) -> frozenset[str]:
    kind, value, _ = element
    if kind == "slot":
        return frozenset({"{" + value + "}"})
    if kind == "exact":
        return frozenset(phrase_units(value)[:1])
    return frozenset(choice[0] for choice in value)


def search(
    pattern: Pattern,
    units: list[str],
    words: Sequence[str],
    slots: Slots,
    start: int,
    end: int,
    first: frozenset[str] | None = None,
) -> tuple[int, int] | None:
    """The first match between two units.

    Args:
        pattern: As :func:`parse` gives it.
        units: Units of the Doc.
        words: For each unit the lower-case token it comes from.
        slots: For each slot, where its phrases start and end.
        start: First unit of the sentence.
        end: One past its last unit.
        first: As :func:`starts` gives it, where it is at hand.

    Returns:
        Start and end of the match, or None.
    """
    kind, value, optional = pattern[0]
    if kind == "slot" and not optional:
        places: Iterable[int] = sorted(slots.get(value, ()))
    elif kind == "words" and not optional:
        first = first or _keys(pattern[0])
        places = [place for place in range(start, end) if units[place] in first]
    else:
        places = range(start, end)
    for place in places:
        for stop in _ends(pattern, 0, place, units, words, slots, end):
            return place, stop
    return None


def _ends(
    pattern: Pattern, number: int, place: int, units: list[str], words: Sequence[str], slots: Slots, end: int
) -> Iterator[int]:
    if number == len(pattern):
        yield place
        return
    kind, value, optional = pattern[number]
    rest = number + 1
    if kind == "gap":
        for skipped in range(min(value, end - place) + 1):
            yield from _ends(pattern, rest, place + skipped, units, words, slots, end)
        return
    if kind == "slot":
        stops = list(slots.get(value, {}).get(place, ()))
    elif kind == "exact":
        stops = [place + 1] if place < end and words[place] == value else []
    else:
        here = units[place] if place < end else ""
        stops = [
            place + len(c)
            for c in value
            if c[0] == here and place + len(c) <= end and units[place : place + len(c)] == c
        ]
    for stop in stops:
        yield from _ends(pattern, rest, stop, units, words, slots, end)
    if optional:
        yield from _ends(pattern, rest, place, units, words, slots, end)
