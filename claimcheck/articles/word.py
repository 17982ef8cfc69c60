"""Word documents (DOCX)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

from claimcheck.articles.lines import Line, count, put_together, squeezed
from claimcheck.errors import ArticleError
from claimcheck.records import Article
from claimcheck.terms import BlockKind, Place

# Unpacked; a small file can hold gigabytes of the same byte.
MAX_UNPACKED = 100_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes, source: str) -> Article:
    """Read paragraphs, lists, tables, text boxes and the descriptions of pictures.

    Raises:
        ArticleError: broken, or it unpacks to more than it is safe to hold.
    """
    _check_size(data, source)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        lines = [*_paragraphs(document, body), *_descriptions(body)]
        title = squeezed(document.core_properties.title or "")
    except Exception as error:  # python-docx meets a broken document with whatever breaks first
        raise ArticleError(source, f"is no Word document that can be read ({type(error).__name__}).") from error
    mute = sum(1 for picture in body.iter(_DRAWING) if not picture.get("descr"))
    text, blocks = put_together(lines)
    note = f"Not read: what stands in {count(mute, 'picture')} without a description."
    return Article(source, text, blocks, title=title, notes=(note,) if mute else ())


def _check_size(data: bytes, source: str) -> None:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ArticleError(source, f"is no Word document that can be read ({error}).") from error
    if size > MAX_UNPACKED:
        raise ArticleError(source, f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB; not read.")


def _paragraphs(document: Any, body: Any) -> Iterator[Line]:
    """All paragraphs in order, also those in tables and text boxes."""
    styles = {style.style_id: style.name or "" for style in document.styles}
    for paragraph in body.iter(f"{_W}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue  # the same text box again, for old programs
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        kind = _kind(paragraph, name)
        place = Place.CAPTION if name.lower() == "caption" else Place.BODY
        for text in _text(paragraph).split("\n"):
            if line := squeezed(text):
                yield Line(line, kind, place)


def _kind(paragraph: Any, style: str) -> BlockKind:
    if style.startswith(("Heading", "Title", "heading")):
        return BlockKind.HEADING
    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None or style.startswith("List"):
        return BlockKind.LIST_ITEM
    in_table = next(paragraph.iterancestors(f"{_W}tc"), None) is not None
    return BlockKind.TABLE_CELL if in_table else BlockKind.PARAGRAPH


def _text(paragraph: Any) -> str:
    """Its own text: not that of a text box it holds, nor what was struck out in a revision."""
    elements = paragraph.iter(f"{_W}t", *_BREAKS)
    own = (element for element in elements if next(element.iterancestors(f"{_W}p")) is paragraph)
    return "".join(_BREAKS.get(element.tag) or element.text or "" for element in own)


def _descriptions(body: Any) -> Iterator[Line]:
    for picture in body.iter(_DRAWING):
        if text := squeezed(picture.get("descr") or ""):
            yield Line(text, place=Place.ALT)
