"""For whom and at what dose: what a text says, beside what an entry holds for."""

from __future__ import annotations

import re
from functools import lru_cache

_PEOPLE = re.compile(
    r"\b(?:(?P<pregnancy>pregnan\w+|expectant|mums?-to-be)"
    r"|(?P<children>child(?:ren)?|kids?|infants?|bab(?:y|ies)|toddlers?|newborns?|teen(?:ager)?s?)"
    r"|(?P<older>older (?:people|adults|men|women)|elderly|seniors?|pensioners?|over[- ][5-9]0s?)"
    r"|(?P<men>men|males?)|(?P<women>women|females?)"
    r"|(?P<animals>dogs?|cats?|pets?|horses?|pupp(?:y|ies)|kittens?))\b"
)
_DOSE = re.compile(r"(\d+(?:\.\d+)?)(?:\s?(?:-|–|to)\s?(\d+(?:\.\d+)?))?\s?(mg|milligrams?|g|grams?|µg|mcg|ug|iu)\b")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_MILLIGRAMS = {"mg": 1.0, "milligram": 1.0, "g": 1000.0, "gram": 1000.0, "µg": 0.001, "mcg": 0.001, "ug": 0.001}


@lru_cache(maxsize=50_000)
def people(text: str) -> frozenset[str]:
    """The groups a text names.

    >>> sorted(people("Good for kids and pregnant women"))
    ['children', 'pregnancy', 'women']
    """
    return frozenset(str(match.lastgroup) for match in _PEOPLE.finditer(text.lower()))


def beyond(text: str, holds_for: str) -> bool:
    """Whether a text names other people than an entry holds for, or a lower dose.

    What either leaves unsaid stretches nothing.

    >>> beyond("1 g of beta-glucan a day", "3 g a day"), beyond("for children", "older adults")
    (True, True)
    """
    named, held = people(text), people(holds_for)
    if named and held and not named & held:
        return True
    taken, needed = _doses(text), _doses(holds_for)
    return any(max(taken[unit]) < min(needed[unit]) for unit in taken.keys() & needed.keys())


@lru_cache(maxsize=50_000)
def _doses(text: str) -> dict[str, list[float]]:
    """Amounts by unit ("mg" or "iu"), both ends of a range."""
    found: dict[str, list[float]] = {}
    for low, high, unit in _DOSE.findall(_THOUSANDS.sub("", text.lower())):
        factor = 1.0 if unit == "iu" else _MILLIGRAMS[unit.rstrip("s")]
        amounts = [float(number) * factor for number in (low, high) if number]
        found.setdefault("iu" if unit == "iu" else "mg", []).extend(amounts)
    return found
