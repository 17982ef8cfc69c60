"""Labels that the models, trained without their page, find hard to believe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.classifier.doubts import doubtful
from claimcheck.corpus import Page
from claimcheck.pipeline.build import CLAIM_SCALES, aligned, readings
from claimcheck.pipeline.features import sentence_bag

if TYPE_CHECKING:
    from spacy.language import Language


class Doubt(NamedTuple):
    """A labelled sentence with the probability that the models give its label."""

    page: str
    text: str
    label: str
    probability: float


def doubts(nlp: Language, pages: Sequence[Page]) -> list[Doubt]:
    """Sentences whose label, claim or none, is likely wrong, the likeliest first.

    Args:
        nlp: Any pipeline; only what stands before the models is used.
        pages: Labelled pages.
    """
    bags, labels, places = [], [], []
    for page, found in readings(nlp, pages):
        for number, gold in aligned(page, found):
            bags.append(sentence_bag(found, number))
            labels.append("claim" if gold.claims else "none")
            places.append((page, gold))
    text_scale, cue_scale = CLAIM_SCALES
    suspects = doubtful(
        bags, labels, [page.id for page, _ in places], ["none", "claim"], text_scale=text_scale, cue_scale=cue_scale
    )
    return [
        Doubt(page.id, page.text[gold.start : gold.end].strip(), labels[index], probability)
        for index, probability in suspects
        for page, gold in [places[index]]
    ]
