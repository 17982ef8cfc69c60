"""Letters that are not what they look like, and characters that are not seen at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_letters
from unicodedata import normalize

# Pairs: a letter of another script and the Latin one it passes for.
_PAIRS = (
    "аaеeоoрpсcуyхxіiјjѕsԁdһhӏlԛqԝwкkтtмmАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԌGҮY"  # Cyrillic
    "οoαaεeιiκkνvρpτtυuχxωwηnΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϲcϳj"  # Greek
    "օoսuհhցgոn"  # Armenian
    "ıiɑaɡgɩiʟlɪiʀrɴnɢgʙbʜhᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢzꜱsғf"  # Latin, small capitals
)
_LIKE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Letters in fancy dress: full-width, mathematical, circled, squared, parenthesised.
_DRESSED = (
    "\uff21-\uff3a\uff41-\uff5a\u2460-\u24ff\u249c-\u24b5\u2100-\u214f\u2160-\u217f"
    "\U0001d400-\U0001d7ff\U0001f110-\U0001f12f\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
)
# Soft hyphen, zero-width characters, marks of direction, and strokes that are laid over a letter.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\u0305\u0332-\u0338\u20d2\u20d3\u20e5\u20e6\u20eb]+"
    "|(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])"
)
_ALIKE = re.compile(f"[{''.join(_LIKE)}]")
_FANCY = re.compile(f"[{_DRESSED}]")
# Halves of characters, which no encoding can write; JSON can hold them.
_HALVES = re.compile("[\ud800-\udfff]")
_JOINED = re.compile(f"[{''.join(_LIGATURES)}]")
# Letter by letter, the Latin ones among them: "c.a.n".
_SPELLED = re.compile(r"(?:[^\W\d_][.\-*·•~|/ ]){2}[A-Za-z](?![^\W_])|(?<![^\W_])[A-Za-z](?:[.\-*·•~|/ ][^\W\d_]){2}")
_RUN_MIN, _FOREIGN_MIN, _AROUND = 3, 4, 60
_SQUARED = ((0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))


def lookalikes(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Edits that leave plain Latin letters: start, end, what is read, and whether it hides a word."""
    for match in _UNSEEN.finditer(text):
        start, end = match.span()
        inside = text[start - 1 : start].isalpha() and text[end : end + 1].isalpha()
        yield start, end, "", inside or text[start] > "\u2fff" or "\u0305" <= text[start] <= "\u0338"
    done = 0
    for match in _ALIKE.finditer(text):
        if match.start() >= done:
            start, done = _run(text, match.start())
            if _passes_for_latin(text, start, done):
                yield from ((n, n + 1, _LIKE[text[n]], True) for n in range(start, done) if text[n] in _LIKE)
    for match in _FANCY.finditer(text):
        if plain := _undressed(match[0]):
            yield match.start(), match.end(), plain, True
    for match in _HALVES.finditer(text):
        yield match.start(), match.end(), "\ufffd", False
    for match in _JOINED.finditer(text):
        yield match.start(), match.end(), _LIGATURES[match[0]], False


def _run(text: str, place: int) -> tuple[int, int]:
    """The letters around a place."""
    start, end = place, place + 1
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end


def _passes_for_latin(text: str, start: int, end: int) -> bool:
    """Whether a run of letters is a Latin word in part or, in the midst of English, as a whole."""
    run = text[start:end]
    if not all(letter in _LIKE or letter in ascii_letters for letter in run):
        return False  # a word of another script, with letters that nobody takes for Latin ones
    if any(letter in ascii_letters for letter in run):
        return len(run) >= _RUN_MIN
    if len(run) == 1:
        return bool(_SPELLED.search(text, max(0, start - 2 * _RUN_MIN), end + 2 * _RUN_MIN))
    around = [c for c in text[max(0, start - _AROUND) : start] + text[end : end + _AROUND] if c.isalpha()]
    return len(run) >= _FOREIGN_MIN and sum(c.isascii() for c in around) > 0.7 * len(around) > 0


@cache
def _undressed(letter: str) -> str:
    for first, last in _SQUARED:
        if first <= ord(letter) <= last:
            return chr(ord("A") + ord(letter) - first)
    plain = normalize("NFKC", letter).strip("()")
    return plain if len(plain) == 1 and plain.isascii() and plain.isalpha() else ""
