from collections import defaultdict
from pathlib import Path

import pytest

from claimcheck.corpus import load_pages
from claimcheck.corpus.pages import REFINEMENTS
from claimcheck.terms import Grade, Verdict
from claimcheck.verdict import TABLE

FOLDER = Path(__file__).parents[2] / "data" / "corpus"
SPLITS = ("train", "validation", "test")


@pytest.fixture(scope="module")
def corpus():
    return {split: load_pages(FOLDER, split) for split in SPLITS}


def labelled(grade, strength, refinement):
    """The verdict the contract gives."""
    if refinement == "report":
        return Verdict.SUPPORTED
    if refinement in ("serious", "proof"):
        return Verdict.UNSUPPORTED
    if refinement == "scope":
        grade = list(Grade)[min(3, list(Grade).index(grade) + 1)]
    return TABLE[grade][strength]


def test_size(corpus):
    assert sum(map(len, corpus.values())) >= 80
    assert sum(len(page.sentences) for pages in corpus.values() for page in pages) >= 1600


def test_every_label_follows_from_the_table(corpus):
    for pages in corpus.values():
        for page in pages:
            for sentence in page.sentences:
                verdicts = [claim.verdict for claim in sentence.claims]
                worst = max(verdicts, key=lambda verdict: verdict.rank, default="none")
                assert sentence.label == worst, page.text[sentence.start : sentence.end]
                for claim in sentence.claims:
                    assert claim.refinement in REFINEMENTS
                    assert claim.verdict is labelled(claim.grade, claim.strength, claim.refinement), page.id


def test_claims_lie_in_their_sentence_and_do_not_overlap(corpus):
    for pages in corpus.values():
        for page in pages:
            for sentence in page.sentences:
                place = sentence.start
                for claim in sentence.claims:
                    assert place <= claim.start < claim.end <= sentence.end
                    place = claim.end


def test_splits_share_no_page_and_no_topic(corpus):
    topics = defaultdict(set)
    pages = []
    for split, found in corpus.items():
        for page in found:
            topics[page.topic.lower()].add(split)
            pages.append(page.id)
    assert len(pages) == len(set(pages))
    assert {topic: where for topic, where in topics.items() if len(where) > 1} == {}


def test_no_long_sentence_stands_on_two_pages(corpus):
    home: dict[str, str] = {}
    for pages in corpus.values():
        for page in pages:
            for sentence in page.sentences:
                text = page.text[sentence.start : sentence.end].lower()
                if len(text.split()) > 7:
                    assert home.setdefault(text, page.id) == page.id
