"""What the pipeline makes of a sentence; the answer stands in it. Ginger, kratom and the others are on file."""

import pytest

from claimcheck.terms import Verdict
from tests.pipeline.marked import check, parse

CASES = {
    "three claims in one sentence": (
        "Kratom [relieves pain](effect:pain), [lifts your mood](function) and [has no side effects](safety strong)."
    ),
    "authorised wording": "Zinc [contributes to the normal function of the immune system](function A plain supported).",
    "stretched wording": "Zinc [boosts your immune system](function !supported).",
    "a serious disease": "Garlic [cures cancer](disease strong unsupported subject:garlic).",
    "a denial": "Garlic [does not cure cancer](disease negated supported).",
    "not only is no denial": "Ginger not only [eases nausea](disease !negated effect:nausea) but tastes good.",
    "one negation, one claim": (
        "Turmeric [has no side effects](safety) and [reverses arthritis](disease !negated unsupported)."
    ),
    "or carries a negation on": "Honey [does not cure cancer](negated) or [treat diabetes](negated).",
    "without behind a claim": "Our gummies [treat anxiety](disease !negated) without a prescription.",
    "harm": "High doses of vitamin A [can cause liver damage](harm effect:liver-damage).",
    "a hedge": "Ashwagandha [may reduce stress](hedged effect:stress).",
    "the page's subject stands in": "All about ginger. It [settles an upset stomach](subject:ginger).",
    "what is compared with is not the subject": (
        "Kratom has a [lower addiction potential](safety subject:kratom effect:addiction) than opioids."
    ),
    "a class stands for the subject": "Ashwagandha is popular. The supplement [eases stress](subject:ashwagandha).",
    "a myth": "It is a myth that vitamin C [cures colds](negated).",
    "bare proof": "A [clinically proven](endorsement unsupported) formula.",
}


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES)
def test_judgement(nlp, marked):
    check(nlp, marked)


@pytest.mark.parametrize(
    "text",
    [
        "Kratom is a tree of the coffee family that grows in Thailand.",
        "Free shipping on orders over $50.",
        "These statements have not been evaluated by the Food and Drug Administration.",
        "Store in a cool, dry place out of reach of children.",
        "Does it work?",
        "More research is needed.",
        "Benefits and risks",
        "Talk to your doctor before you start.",
    ],
)
def test_no_claim(nlp, text):
    assert [claim.quote for claim in nlp(text)._.claims] == []


def test_a_brand_that_nobody_knows_is_an_unknown_product(nlp):
    (claim,) = nlp("Zorblix eases migraines.")._.claims
    assert (claim.subject, claim.grade) == ("", "C")
    assert "unknown product" in " ".join(claim.reasons)


def test_a_brand_is_judged_by_what_its_page_names(nlp):
    claims = nlp("Zorblix capsules. Each capsule holds ginger root. It eases nausea.")._.claims
    assert {claim.subject for claim in claims} == {"ginger"}


@pytest.mark.parametrize("bad", ["nothing marked", "[open](disease", "[words](nonsense)"])
def test_a_mark_that_says_nothing_is_an_error(bad):
    with pytest.raises(ValueError, match=r"marks|unknown words"):
        parse(bad)


def test_every_quote_stands_at_its_offsets_in_its_sentence(nlp):
    doc = nlp("Ginger eases nausea. It may also help sore knees, and it is safe. Garlic cures cancer.")
    assert len(doc._.claims) >= 3
    for claim in doc._.claims:
        assert doc.text[claim.start : claim.end] == claim.quote
        assert claim.sentence[0] <= claim.start < claim.end <= claim.sentence[1]
        assert sum(claim.probabilities.values()) == pytest.approx(1, abs=0.01)
        assert claim.reasons


def test_the_same_words_have_the_same_fingerprint_in_any_layout(nlp):
    one = nlp("Garlic cures cancer.")._.claims[0]
    other = nlp("Shop news\n\nGarlic   cures\tcancer.")._.claims[-1]
    assert one.fingerprint == other.fingerprint
    assert nlp("Garlic surely cures cancer.")._.claims[0].fingerprint != one.fingerprint


def test_a_disclaimer_changes_no_verdict(nlp):
    claim = nlp("Garlic cures cancer.")._.claims[0]
    more = nlp("Garlic cures cancer. These statements have not been evaluated by the FDA.")._.claims[0]
    assert (more.verdict, more.grade) == (claim.verdict, claim.grade)


@pytest.mark.parametrize(
    "text",
    [
        "Myth: copper bracelets relieve arthritis. They do not.",
        "Contrary to popular belief, sugar does not make children hyperactive.",
    ],
)
def test_a_right_denial_is_supported_however_it_is_put(nlp, text):
    claims = nlp(text)._.claims
    assert claims
    assert {claim.verdict for claim in claims} == {Verdict.SUPPORTED}
