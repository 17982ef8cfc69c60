"""Words in disguise: "d1abetes", "c.a.n.c.e.r", "C U R E S", #GarlicCuresCancer, an emoji for a word.

A word is put together only where what comes out is one that matters, so that "B12", "U.S.A." and
"omega-3" stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, product

Known = Callable[[str], bool]
Edits = Iterator[tuple[int, int, str, bool]]

_LEET = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "il",
    "*": "aeiou",
}
_SWAPPED = re.compile(r"[@$!|*013457](?=[A-Za-z])")
_CHUNK = re.compile(r"[A-Za-z0-9@$!|*]+")
_CHUNK_MAX, _LEET_MAX, _TRIES = 40, 4, 100
_WORD_MIN, _SPACED_MAX = 4, 60
_ADDRESS = re.compile(r"://|www\.|[{}=<>\\_]|\.\w{2,}/|\S@\w+\.\w")
_SPACED = re.compile(r"(?<![\w'’])[A-Za-z]((?:[ \xa0]?[.\-_*·•~|/][ \xa0]?)|[ \xa0])[A-Za-z](?:\1[A-Za-z])+(?![\w'’])")
_HASHTAG = re.compile(r"(?<![\w&/#])#([A-Za-z][A-Za-z0-9]{5,60})(?!\w)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SMALL = frozenset("a the of for and your in no my all it is to with from not can".split())
_ACRONYM_MAX = 5
_EMOJI = {
    "🦀": "cancer", "🎗": "cancer", "🫀": "heart", "❤": "heart", "🧠": "brain", "🫁": "lungs", "🦴": "bones",
    "🦷": "teeth", "👁": "eyes", "👀": "eyes", "😴": "sleep", "💤": "sleep", "🤕": "headache", "🤒": "fever",
    "🤧": "colds", "🤢": "nausea", "🤮": "vomiting", "🦠": "germs", "🩸": "blood", "💊": "pills", "💉": "vaccines",
    "🧄": "garlic", "🧅": "onion", "🍋": "lemon", "🫚": "ginger", "🍯": "honey", "🐟": "fish", "☕": "coffee",
    "🍵": "tea", "🍄": "mushrooms", "🥥": "coconut", "🍒": "cherries", "🍎": "apples", "🥑": "avocado",
    "🫐": "blueberries", "🍫": "chocolate", "🍷": "wine", "🥛": "milk", "🌿": "herbs", "🍇": "grapes",
    "🥦": "broccoli", "🥕": "carrots", "🌶": "chili",
}  # fmt: skip
_VERBS = (
    "cures?|treats?|prevents?|heals?|kills?|fights?|stops?|beats?|ends?|relieves?|reverses?|reduces?|eases?|boosts?|"
    "supports?|improves?|helps?|lowers?|destroys?|eliminates?|protects?|calms?|soothes?"
)
_FACE = f"[{''.join(_EMOJI)}]"
_FACES = re.compile(_FACE)
_OBJECT = re.compile(rf"\b(?:{_VERBS}|for|against|of|your|with|more)\s+({_FACE}\ufe0f?)", re.IGNORECASE)
_SUBJECT = re.compile(rf"(?:^|\n)[ \t]*({_FACE}\ufe0f?)\s+(?=(?:can|may|really)?\s*(?:{_VERBS})\b)")


def disguised_words(text: str, known: Known) -> Edits:
    """Edits that put words together: start, end, what is read, and whether it was hidden.

    Args:
        text: With plain letters.
        known: Whether a word is one that matters.
    """
    yield from _swapped(text, known)
    yield from _spaced(text, known)
    yield from _hashtags(text, known)
    if not text.isascii():
        yield from _emoji(text)


def _swapped(text: str, known: Known) -> Edits:
    """Figures and signs in the place of letters."""
    done = 0
    read: dict[str, str] = {}
    for match in _SWAPPED.finditer(text):
        if match.start() < done:
            continue
        start, end = _chunk(text, match.start())
        done = max(end, match.end())
        while start < end and text[start] in "!|*":
            start += 1
        while start < end and text[end - 1] in "!|*":
            end -= 1
        word = text[start:end]
        if word not in read:
            read[word] = _unswapped(word, known)
        if read[word] and not _in_address(text, start, end):
            yield start, end, read[word], True


def _chunk(text: str, place: int) -> tuple[int, int]:
    start = place
    while start > 0 and place - start < _CHUNK_MAX and _CHUNK.match(text[start - 1]):
        start -= 1
    match = _CHUNK.match(text, place, place + _CHUNK_MAX)
    return start, match.end() if match else place + 1


def _unswapped(word: str, known: Known) -> str:
    """The word that matters behind figures and signs, else empty."""
    if not _looks_swapped(word) or known(word):
        return ""
    readings = islice(product(*(_LEET.get(letter, letter) for letter in word)), _TRIES)
    return next((found for found in map("".join, readings) if known(found)), "")


def _looks_swapped(word: str) -> bool:
    if not _WORD_MIN <= len(word) < _CHUNK_MAX or not word[-1].isalpha():
        return False
    swapped = sum(letter in _LEET for letter in word)
    return 0 < swapped <= min(_LEET_MAX, len(word) // 2) and not any(letter in "2689" for letter in word)


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether it is part of an address or of code."""
    first = max(text.rfind(blank, max(0, start - 100), start) for blank in " \n\t") + 1
    last = min((place for blank in " \n\t" if (place := text.find(blank, end, end + 100)) >= 0), default=end + 100)
    return bool(_ADDRESS.search(text, max(first, start - 100), last))


def _spaced(text: str, known: Known) -> Edits:
    """Letters that something stands between."""
    for match in _SPACED.finditer(text):
        start, joint = match.start(), len(match[1])
        letters = match[0].replace(match[1], "")
        if not _WORD_MIN <= len(letters) <= _SPACED_MAX or (match[1] in "/_" and _in_address(text, *match.span())):
            continue
        place = start
        for word in _parted(letters, known):
            length = len(word) + joint * (len(word) - 1)
            acronym = word.isupper() and len(word) <= _ACRONYM_MAX and match[1] == "."
            yield place, place + length, word, not acronym
            place += length
            if place < match.end():
                yield place, place + joint, " ", False
                place += joint


def _hashtags(text: str, known: Known) -> Edits:
    """Blanks between the words of a hashtag; that hides nothing."""
    for match in _HASHTAG.finditer(text):
        words = _CAMEL.split(match[1])
        if len(words) == 1:
            words = _parted(match[1], known)
        place = match.start(1)
        for word in words[:-1]:
            place += len(word)
            yield place, place, " ", False


def _parted(letters: str, known: Known) -> list[str]:
    """The fewest words that letters without blanks are made of; none where they are not."""
    if known(letters):
        return [letters]
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 20), end):
            before, word = best[start], letters[start:end]
            if before is None or not (word.lower() in _SMALL or (len(word) >= _WORD_MIN and known(word))):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or []):
                best[end] = [*before, word]
    found = best[-1] or []
    return found if any(word.lower() not in _SMALL for word in found) else []


def _emoji(text: str) -> Edits:
    """Pictures in the place of a word: what something is done to, or what does it; others are decoration."""
    for pattern in (_OBJECT, _SUBJECT) if _FACES.search(text) else ():
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), _EMOJI[match[1][0]], True
