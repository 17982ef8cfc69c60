"""Text in pictures: read by OCR where the ``ocr`` extra is installed, else said to be unread."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

from claimcheck.articles.lines import Line, count, put_together, squeezed
from claimcheck.errors import ArticleError
from claimcheck.records import Article

OCR_ADVICE = "To read pictures: pip install 'health-claimcheck[ocr]'."
MAX_PIXELS = 50_000_000
_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def is_picture(data: bytes) -> bool:
    """Whether the bytes are a picture."""
    return data.startswith(_MAGIC) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")


def read_picture(data: bytes, source: str) -> Article:
    """Read the text of a picture by OCR.

    Raises:
        ArticleError: OCR is not installed, the picture cannot be opened, or no text was seen in it.
    """
    if not _installed():
        raise ArticleError(source, "is a picture, whose text was not read.", OCR_ADVICE)
    try:
        lines, sure = ocr(lambda: _opened(data))
    except Exception as error:  # whatever a broken picture sets off costs itself only
        raise ArticleError(source, f"is a picture that could not be opened ({error}).") from error
    if not lines:
        raise ArticleError(source, "is a picture in which no text was seen.")
    text, blocks = put_together(lines)
    return Article(source, text, blocks, notes=(f"Read by OCR: {count(len(lines), 'line')}, {sure:.0%} sure.",))


def ocr(picture: Callable[[], Any]) -> tuple[list[Line], float]:
    """The lines seen in a picture, and how sure the engine is of them on the whole; nothing where none is installed."""
    if not _installed():
        return [], 0.0
    import numpy as np

    found, _ = _engine()(np.asarray(picture().convert("RGB")))
    lines = [(squeezed(text), float(sure)) for _, text, sure in found or ()]
    if not lines:
        return [], 0.0
    return [Line(text) for text, _ in lines if text], sum(sure for _, sure in lines) / len(lines)


def _opened(data: bytes) -> Any:
    from PIL import Image

    picture = Image.open(io.BytesIO(data))
    if picture.width * picture.height > MAX_PIXELS:
        raise ValueError(f"larger than {MAX_PIXELS:,} pixels")
    return picture


def _installed() -> bool:
    return find_spec("rapidocr_onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR()
