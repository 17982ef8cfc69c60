"""Which verdicts are so near the line that a person should look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from claimcheck.corpus import Page
from claimcheck.pipeline.labelled import page_doc

if TYPE_CHECKING:
    from spacy.language import Language

# A fifth of the claims is what a reviewer can be asked to look at; `claimcheck evaluate` shows what other shares give.
_KEPT = 0.8


def line_of_doubt(nlp: Language, pages: Sequence[Page]) -> float:
    """The confidence that four in five of the claims on some pages reach.

    Args:
        nlp: A pipeline with its models.
        pages: Pages that it was not trained on.

    Returns:
        A confidence, 0 where there are no claims.
    """
    sure = [claim.confidence for doc in nlp.pipe(page_doc(nlp, page) for page in pages) for claim in doc._.claims]
    return round(float(np.quantile(sure, 1 - _KEPT)), 3) if sure else 0.0
