"""Disguised copy is judged as what it says, in the words and at the offsets of the original."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcheck.articles.text import text_blocks
from claimcheck.pipeline.run import documents
from claimcheck.records import Article
from tests.articles.test_folding import TRICKS


def judged(nlp, text):
    [document] = documents([Article("x", text, text_blocks(text))], nlp)
    return document.claims


@pytest.mark.parametrize("name", TRICKS)
def test_a_disguised_claim_is_found_once_told_and_judged_as_the_plain_one(nlp, name):
    trick, plain = TRICKS[name]
    text = f"Our shop opens at nine.\nGarlic cures {trick} today."
    [plainly] = judged(nlp, f"Our shop opens at nine.\nGarlic cures {plain} today.")
    [claim] = judged(nlp, text)
    assert claim.quote == text[claim.start : claim.end]
    assert trick.rstrip("\u0336") in claim.quote
    assert claim.disguised
    assert not plainly.disguised
    assert (claim.verdict, claim.effect, claim.fingerprint) == (plainly.verdict, plainly.effect, plainly.fingerprint)
    [cue] = [cue for cue in claim.cues if cue.category == "disguised"]
    assert text[cue.start : cue.end] == cue.text
    assert f"Written in disguise: “{cue.text}” is “{plain}”." in claim.reasons[-1]
    assert text[slice(*claim.sentence)].startswith("Garlic cures ")


def test_a_hashtag_claims_and_is_no_disguise(nlp):
    [claim] = judged(nlp, "New in our shop: try it #GarlicCuresCancer")
    assert (claim.quote, claim.disguised) == ("CuresCancer", False)


def test_plain_claims_are_not_disguised(nlp):
    assert not any(claim.disguised for claim in judged(nlp, "Garlic cures cancer. Vitamin B12 helps with fatigue."))


PIECES = [
    *(trick for trick, _ in TRICKS.values()),
    "Garlic cures ",
    "heals ",
    " ",
    ". ",
    "\n",
    "#GarlicCuresCancer",
    "\u200b",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(text=st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_each_quote_is_the_text_at_its_offsets(nlp, text):
    for claim in judged(nlp, text):
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote
        assert claim.sentence[0] <= claim.start < claim.end
        assert all(text[cue.start : cue.end] == cue.text for cue in claim.cues)
