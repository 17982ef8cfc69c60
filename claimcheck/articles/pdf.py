"""PDF: the text of its pages; pages that are pictures are said to be unread, or read by OCR where it is installed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

from claimcheck.articles.lines import Line, count, put_together, squeezed
from claimcheck.articles.pictures import OCR_ADVICE, ocr
from claimcheck.articles.text import BULLET, SENTENCE_END
from claimcheck.errors import ArticleError
from claimcheck.records import Article
from claimcheck.terms import BlockKind

SECONDS = 60.0
MAX_PAGES = 2_000
# A line this much shorter than the longest of its page was ended on purpose.
_FULL = 0.7
_HEADING_MAX_WORDS = 14
# What pdfium gives for a hyphen at the end of a line.
_HYPHEN = re.compile(r"[\x02\ufffe-]$")
_OCR_SCALE = 2.0


def read_pdf(data: bytes, source: str) -> Article:
    """Read the text of a PDF.

    Returns:
        An article, one block a line; its notes name the pages that were not read.

    Raises:
        ArticleError: broken, locked by a password, or no page holds text.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        problem = "is locked by a password." if locked else f"is no PDF that can be read ({error})."
        raise ArticleError(source, problem, "Save it without one." if locked else "") from error
    try:
        return _article(document, source)
    finally:
        document.close()


def _article(document: Any, source: str) -> Article:
    lines: list[Line] = []
    mute, broken, sure = [], [], []
    deadline = time.monotonic() + SECONDS
    read = 0
    for number in range(min(len(document), MAX_PAGES)):
        if time.monotonic() > deadline:
            break
        read += 1
        try:
            found, confidence = _page(document[number])
        except Exception:  # noqa: BLE001 - a broken page, in whatever way, costs itself only
            broken.append(number + 1)
            continue
        lines += found
        if confidence:
            sure.append(confidence)
        elif not found:
            mute.append(number + 1)
    if not lines and mute:
        raise ArticleError(source, f"holds no text: {count(len(mute), 'page')} of pictures.", OCR_ADVICE)
    text, blocks = put_together(lines)
    notes = (
        *([f"Read by OCR: {count(len(sure), 'page')}, {min(sure):.0%} sure or more."] if sure else []),
        *([f"Not read: {count(len(mute), 'page')} without text ({_some(mute)}). {OCR_ADVICE}"] if mute else []),
        *([f"Not read: {count(len(broken), 'broken page')} ({_some(broken)})."] if broken else []),
        *([f"Not read: pages {read + 1} to {len(document)}, for want of time."] if read < len(document) else []),
    )
    title = squeezed(str(document.get_metadata_dict().get("Title", "")))
    return Article(source, text, blocks, title=title, notes=notes)


def _page(page: Any) -> tuple[list[Line], float]:
    """The lines of a page, and how sure OCR is of them, 0 where there was no need of it."""
    textpage = page.get_textpage()
    try:
        lines = list(paragraphs(textpage.get_text_bounded().splitlines()))
        if lines:
            return lines, 0.0
        return ocr(lambda: page.render(scale=_OCR_SCALE).to_pil())
    finally:
        textpage.close()
        page.close()


def paragraphs(rows: list[str]) -> Iterator[Line]:
    """The lines of a page, those of one paragraph put together."""
    longest = max(map(len, rows), default=0)
    held = last = ""
    for row in map(squeezed, rows):
        if not row:
            if held:
                yield _line(held)
            held = ""
        elif held and not BULLET.match(row) and _continues(held, last, row, longest):
            cut = _HYPHEN.search(held)
            held = held[: cut.start()] + row if cut and row[0].islower() else f"{held} {row}"
        else:
            if held:
                yield _line(held)
            held = row
        last = row
    if held:
        yield _line(held)


def _continues(held: str, last: str, row: str, longest: int) -> bool:
    if row[0].islower():
        return True
    return len(last) > _FULL * longest and not SENTENCE_END.search(held)


def _line(text: str) -> Line:
    bullet = BULLET.match(text)
    if bullet:
        return Line(text[bullet.end() :], BlockKind.LIST_ITEM)
    short = len(text.split()) <= _HEADING_MAX_WORDS and not SENTENCE_END.search(text)
    return Line(text, BlockKind.HEADING if short else BlockKind.PARAGRAPH)


def _some(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return shown + (", …" if len(numbers) > 5 else "")
