"""Labelled pages on their way into a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.corpus import Page
from claimcheck.pipeline.reading import BLOCKS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def page_doc(nlp: Language, page: Page) -> Doc:
    """An unannotated Doc of a page, with its blocks."""
    doc = nlp.make_doc(page.text)
    doc.user_data[BLOCKS] = [[b.start, b.end, str(b.kind)] for b in page.blocks]
    return doc
