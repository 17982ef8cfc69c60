"""Two pipelines side by side on labelled sentences and on stored pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.corpus import GoldSentence, Page
from claimcheck.corpus.pages import NONE
from claimcheck.pipeline.labelled import page_doc
from claimcheck.records import Block, Claim

if TYPE_CHECKING:
    from spacy.language import Language


class Side(NamedTuple):
    """A labelled sentence and the worst verdict that a pipeline finds in it."""

    page: Page
    sentence: GoldSentence
    said: str


class Turn(NamedTuple):
    """A claim whose verdict differs; ``none`` where one of the two does not find it."""

    page: str
    quote: str
    before: str
    after: str


def sides(nlp: Language, pages: Sequence[Page]) -> Iterator[Side]:
    """Judge the labelled sentences of pages, in order."""
    for page, claims in judged(nlp, pages):
        for sentence in page.sentences:
            yield Side(page, sentence, worst(claims, sentence.start, sentence.end))


def judged(nlp: Language, pages: Sequence[Page]) -> Iterator[tuple[Page, tuple[Claim, ...]]]:
    """Pages with the claims found on them."""
    docs = nlp.pipe(page_doc(nlp, page) for page in pages)
    for page, doc in zip(pages, docs, strict=True):
        yield page, doc._.claims


def worst(claims: Sequence[Claim], start: int, end: int) -> str:
    """The worst verdict of the claims whose middle lies in a stretch, ``none`` where there is none."""
    inside = [claim.verdict for claim in claims if start <= (claim.start + claim.end) / 2 < end]
    return str(max(inside, key=lambda verdict: verdict.rank)) if inside else NONE


def turns(old: Language, new: Language, pages: Sequence[Page]) -> Iterator[Turn]:
    """Claims on pages whose verdict the new pipeline would turn."""
    for (page, before), (_, after) in zip(judged(old, pages), judged(new, pages), strict=True):
        ours = {claim.id: claim for claim in before}
        theirs = {claim.id: claim for claim in after}
        for key in dict.fromkeys((*ours, *theirs)):
            one, other = ours.get(key), theirs.get(key)
            said = [str(claim.verdict) if claim else NONE for claim in (one, other)]
            if said[0] != said[1]:
                yield Turn(page.id, (one or other).quote, *said)  # type: ignore[union-attr]


def sentence_page(name: str, text: str, label: str) -> Page:
    """A page of one labelled sentence, as the challenge set has them."""
    sentence = GoldSentence(0, len(text), label, unsure=False, claims=())
    return Page(name, "", "", "", text, (Block(0, len(text)),), (sentence,))
