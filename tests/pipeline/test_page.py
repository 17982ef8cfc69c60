"""Rules about a page as a whole, and rules that may change no verdict."""

import pytest

from claimcheck.articles.html import read_html
from claimcheck.corpus import load_pages
from claimcheck.pipeline.examples import ids_of, read_example
from claimcheck.pipeline.packs import add_packs
from claimcheck.pipeline.page import hashtags
from claimcheck.pipeline.run import documents, load
from claimcheck.records import Article

PACK = """\
pack: own
authority: A test authority
slots:
  buys: ["add to cart", "buy now"]
rules:
"""
RULE = """\
  - id: {id}
    name: rule-{id}
    severity: error
    jurisdictions: [eu]
    kinds: [disease]
    message: It says so.
    why: Because.
    cite: Some Act s. 1
    as_of: 2026-11
    better: Nothing.
    flag: [a, b]
    pass: [c, d]
"""
RULES = {
    "OWN1": "    scope: page\n    match: ['{disease}']\n    page: {places: [title, alt, hashtag], buys: true}\n",
    "OWN2": "    scope: page\n    page: {lacks: ['not intended to diagnose'], claims: {kind: [function]}}\n",
    "OWN3": "    scope: page\n    page: {harms: serious}\n",
    "OWN4": "    claim: {subject: [herbal-supplements], verdict: [unsupported]}\n",
    "OWN5": "    match: [knees]\n    not: {flags: [testimonial]}\n",
    "OWN6": "    match: [the, a, of, our, you]\n",
    "OWN7": "    scope: page\n    match: [cures]\n    page: {claims: {kind: [disease], strength: [strong, plain]}}\n",
}


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    path = tmp_path_factory.mktemp("packs") / "own.yaml"
    path.write_text(PACK + "".join(RULE.format(id=key) + text for key, text in RULES.items()), encoding="utf-8")
    pipeline = load()
    add_packs(pipeline, [path])
    return pipeline


def met(nlp, article):
    if isinstance(article, str):
        article = read_example(article)
    [document] = documents([article], nlp)
    return document


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Arthritis gummies\n\nMade by hand in our own kitchen.\n\nAdd to cart.", True),
        ("Arthritis gummies\n\nMade by hand in our own kitchen.", False),
        ("Fruit gummies\n\nMade by hand for people with arthritis.\n\nAdd to cart.", False),
        ("Fruit gummies\n\nMade by hand in our own kitchen. #ArthritisRelief\n\nBuy now.", True),
        ("<html><body><p>Fruit gummies.</p><img alt='Arthritis gone'><button>Buy now</button></body></html>", True),
    ],
)
def test_a_disease_in_a_loud_place_beside_a_way_to_buy(packed, text, wanted):
    assert ("OWN1" in ids_of(met(packed, text))) is wanted


def test_a_page_finding_points_to_its_words(packed):
    text = "Fruit gummies\n\nMade by hand in our own kitchen. #ArthritisRelief\n\nBuy now."
    [finding] = [f for f in met(packed, text).findings if f.rule == "OWN1"]
    assert text[finding.start : finding.end] == "#ArthritisRelief"


def test_a_required_text_that_is_missing(packed):
    claim = "Vitamin C supports the immune system."
    assert "OWN2" in ids_of(met(packed, claim))
    assert "OWN2" not in ids_of(met(packed, claim + "\n\nThis product is not intended to diagnose any disease."))
    assert "OWN2" not in ids_of(met(packed, "Our shop opens at nine."))


def test_a_claim_condition_knows_what_is_a_kind_of_what(packed):
    lexicon = packed.get_pipe("evidence_linker").base.lexicon
    assert "herbal-supplements" in lexicon.wider_subjects("turmeric")
    assert "OWN4" in ids_of(met(packed, "Turmeric cures cancer."))
    assert "OWN4" not in ids_of(met(packed, "Vitamin C cures cancer."))


def test_what_a_rule_excepts_lifts_it(packed):
    assert "OWN5" in ids_of(met(packed, "Turmeric relieves pain in stiff knees."))
    assert "OWN5" not in ids_of(met(packed, "I tried turmeric and it relieved the pain in my stiff knees."))


def test_words_and_claims_of_a_page_are_asked_together(packed):
    assert "OWN7" in ids_of(met(packed, "Turmeric cures arthritis."))
    assert "OWN7" not in ids_of(met(packed, "Turmeric supports healthy digestion."))


def test_a_pack_that_does_not_seed_changes_no_verdict(nlp, packed):
    pages = load_pages("data/corpus", "validation")[:20]
    articles = [Article(page.id, page.text, page.blocks) for page in pages]
    plain, more = ([d.claims for d in documents(articles, pipeline)] for pipeline in (nlp, packed))
    fields = ("id", "quote", "verdict", "confidence", "kind", "strength", "reasons")
    assert [[[getattr(c, f) for f in fields] for c in d] for d in plain] == [
        [[getattr(c, f) for f in fields] for c in d] for d in more
    ]
    assert sum(f.rule == "OWN6" for d in more for c in d for f in c.findings) > 20


def test_hashtags_are_read_as_words():
    assert list(hashtags("Try #CuresIBSNow and #sleep_well, see a.com/#top")) == [
        (4, 16, "Cures IBS Now"),
        (21, 32, "sleep well"),
    ]


def test_a_benefit_without_the_known_harm(packed):
    assert "OWN3" in ids_of(met(packed, "Comfrey supports healthy joints."))
    assert "OWN3" not in ids_of(met(packed, "Comfrey supports healthy joints. Comfrey can damage the liver."))
    assert "OWN3" not in ids_of(met(packed, "Vitamin C supports the immune system."))


def test_a_page_is_told_by_its_places(packed):
    page = read_html("<html><title>Arthritis drops</title><body><p>Fruit.</p><a>Add to cart</a></body></html>", "-")
    assert "OWN1" in ids_of(met(packed, page))
