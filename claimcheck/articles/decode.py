"""From bytes to text."""

from __future__ import annotations

import codecs

# The longer mark first: UTF-32's begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_HIGH = bytes(range(0x80, 0x100))
# English, as most of Western Europe, has few letters beyond ASCII; the web's default serves it
# better than a guess, which for a few quotation marks falls on any code page.
_FEW = 0.25


def marked(data: bytes) -> str:
    """The encoding a byte order mark of UTF-16 or UTF-32 names, else empty."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def decode(data: bytes) -> tuple[str, str]:
    """Decode as the byte order mark says, else as UTF-8, else as guessed.

    Returns:
        The text, and a note on what was odd, else empty. Bytes that fit nothing become U+FFFD.
    """
    encoding = marked(data) or "utf-8-sig"
    text = data.decode(encoding, errors="replace")
    odd = text.count("\ufffd")
    if not odd or encoding != "utf-8-sig":
        return text, f"Not valid {encoding.upper()} in places." if odd else ""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        pass
    else:
        return text, ""
    # A few stray bytes do not make UTF-8 another encoding: its own sequences rarely arise by chance.
    if sum(letter > "\x7f" for letter in text) - odd > odd:
        return text, "Not valid UTF-8 in places."
    guess = "cp1252"
    if len(data.translate(None, _HIGH)) < (1 - _FEW) * len(data):
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_SAMPLE]).best()
        guess = best.encoding if best else guess
    return data.decode(guess, errors="replace"), f"Not valid UTF-8; read as {guess}."
