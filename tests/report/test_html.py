from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import claimcheck
from claimcheck.articles.html import read_html
from claimcheck.records import Article, Block, Document, Finding, Unread
from claimcheck.report.as_html import render
from claimcheck.report.links import live_link
from claimcheck.report.marked import context_pieces, rows
from claimcheck.terms import Jurisdiction, Place, Platform, Severity, Verdict
from tests.report.made import article, claim, report

NASTY = "<script>alert('x')</script> \"garlic\" & <b>ginger</b> cures cancer</p><img src=x onerror=alert(1)>"


def tree(made):
    return html.document_fromstring(render(made))


def copy_of(page):
    return ["".join(row.itertext()) for row in page.xpath("//div[@class='copy']//p/span[@class='text']")]


def test_nothing_is_loaded_from_anywhere():
    made = report(article(NASTY, "javascript:alert(1)"), unread=(Unread("http://example.org/", "did not answer."),))
    page = render(made)
    for element in html.document_fromstring(page).iter():
        assert element.tag not in ("link", "img", "iframe", "base", "object", "embed")
        assert not {"src", "srcset", "action", "background", "style"} & set(element.keys())
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118
        assert element.get("href", "#").startswith(("#", "https://", "http://"))
    assert "@import" not in page
    assert "url(" not in page


def test_the_page_allows_its_own_style_and_script_and_no_other():
    page = render(report(article(NASTY)))
    policy = html.document_fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'; style-src 'sha256-" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        [text] = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_copy_is_shown_as_text():
    nasty = Article(NASTY, NASTY, article(NASTY).blocks, NASTY, notes=(NASTY,))
    page = render(report(nasty, claim(text=NASTY)))
    assert page.count("<script") == 1
    assert "<img" not in page
    assert copy_of(html.document_fromstring(page)) == [NASTY]


def test_a_finding_or_a_source_is_shown_as_text():
    page = render(report())
    assert "small &amp; mixed &lt;studies&gt;" in page


@pytest.mark.parametrize(
    "text",
    [
        "All about garlic\n\nGarlic really cures cancer and is good.",
        "cures cancer",
        "Garlic cures cancer: “café” ✅ 大蒜",
    ],
)
def test_without_the_marks_the_text_of_the_article_is_left(text):
    made = article(text)
    page = tree(report(made))
    assert "".join(page.xpath("//mark")[0].itertext()) == "cures cancer"
    assert copy_of(page) == [text[block.start : block.end] for block in made.blocks]


def test_a_page_comes_back_to_the_letter(nlp):
    source = "<h1>Garlic cures cancer</h1><ul><li>Ginger cures colds &amp; <b>helps</b>.<li>Garlic.</ul>"
    read = read_html(source, "x.html")
    page = tree(claimcheck.scan([read], nlp))
    assert page.xpath("//mark")
    assert "\n".join(copy_of(page)) == read.text


def test_every_mark_links_to_a_claim_and_no_id_stands_twice(nlp):
    text = "Garlic cures cancer. Garlic cures cancer.\n\nGinger cures diabetes."
    judged = claimcheck.scan([article(text), article(text, "b.txt")], nlp)
    page = tree(judged)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = page.xpath("//mark/a/@href")
    assert len(targets) == sum(len(document.claims) for document in judged.documents) == 6
    assert len(set(targets)) == 6
    assert {target.removeprefix("#") for target in page.xpath("//a/@href")} <= set(ids)
    for mark in page.xpath("//mark"):
        [card] = page.xpath("//*[@id=$id]", id=mark.find("a").get("href")[1:])
        assert card.findtext("summary/q") == "".join(mark.itertext())


def test_a_claim_over_two_blocks_is_marked_in_both():
    text = "Garlic cures.\n\ncancer today."
    page = tree(report(article(text), claim("cures.\n\ncancer", text)))
    assert ["".join(mark.itertext()) for mark in page.xpath("//mark")] == ["cures.", "cancer"]


def test_overlapping_claims_do_not_double_the_text():
    text = "Garlic cures cancer today."
    document = Document(article(text), (claim("cures cancer", text), claim("cancer today", text)))
    [row] = rows(document)
    assert "".join(piece.text for piece in row.pieces) == text
    assert [piece.text for piece in row.pieces if piece.claim] == ["cures cancer"]


def test_an_article_without_blocks_is_shown_all_the_same():
    assert copy_of(tree(report(Article("-", "Garlic cures cancer.")))) == ["Garlic cures cancer."]


def test_each_document_and_what_was_not_read_is_named():
    documents = tuple(Document(Article(name, "Garlic.")) for name in ("a.txt", "b.txt"))
    page = tree(report(documents=documents, unread=(Unread("c.txt", "is empty."),)))
    shown = " ".join(page.text_content().split())
    assert "c.txt: is empty." in shown
    assert [heading.text for heading in page.xpath("//details[@class='document']/summary/h2")] == ["a.txt", "b.txt"]
    assert "2 documents judged, 1 not read" in shown
    assert shown.count("No health claims found.") == 2


def test_what_was_not_judged_is_not_called_free_of_claims():
    german = Document(Article("a.txt", "Knoblauch.", language="de", notes=("Not English; not judged.",)))
    shown = tree(report(documents=(german,))).text_content()
    assert "No health claims found." not in shown
    assert "Not English; not judged." in shown


def test_the_same_report_gives_the_same_page():
    assert render(report()) == render(report())


@given(
    st.lists(st.text("ab <&\"'>\u200b\n✅", min_size=1, max_size=12), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6),
)
def test_with_the_marks_taken_out_any_text_with_any_claims_is_left(paragraphs, spans):
    """Every quote stands at its offsets, and the pieces of the rows are the blocks of the text."""
    text = "\n\n".join(paragraphs)
    made = article(text)
    claims = [
        replace(claim("x", "x"), id=f"c{n}", quote=text[at : at + size], start=at, end=min(at + size, len(text)))
        for n, (at, size) in enumerate(spans)
        if at < len(text)
    ]
    document = Document(made, tuple(replace(c, sentence=(0, len(text)), cues=()) for c in claims))
    blocks = made.blocks or (Block(0, len(text)),)
    for block, row in zip(blocks, rows(document), strict=True):
        assert "".join(piece.text for piece in row.pieces) == text[block.start : block.end]
        for piece in row.pieces:
            if piece.claim:
                assert piece.text in piece.claim.quote
    begun = [c.id for row in rows(document) for c in row.claims]
    assert len(begun) == len(set(begun))
    for made_claim in document.claims:
        pieces = context_pieces(text, made_claim)
        assert "".join(piece.text for piece in pieces) == text
        assert "".join(piece.text for piece in pieces if piece.inside) == made_claim.quote


def test_a_claim_shows_its_words_its_cues_and_both_axes():
    card = tree(report()).get_element_by_id("d1-id32")
    context = card.find_class("context")[0]
    assert context.text_content() == "Garlic really cures cancer and is good for everybody."
    assert context.findtext("b/em") == "cures"
    shown = " ".join(card.text_content().split())
    for part in (
        "unsupported",
        "disease · 98% sure",
        "garlic and cancer: C, not shown in people",
        "strong wording (“cures”)",
        "unsupported 98%, overstated 2%, supported 0%",
        "FDA101",
        "US EU",
        "21 USC 321(g)(1)(B)",
        "Leave the claim out.",
    ):
        assert part in shown
    assert [on.text for on in card.xpath(".//span[@class='on']")] == ["C", "strong"]
    assert card.xpath(".//a[starts-with(@href, 'https://www.cancer.gov/')]")


def test_findings_about_the_page_stand_before_its_copy():
    finding = Finding("FTC901", Severity.WARNING, "Names no <b>risk</b>.", "16 CFR 255", (Jurisdiction.UK,), "Name it.")
    page = tree(report(documents=(Document(article(), (claim(),), (finding,)),)))
    [section] = page.find_class("page-findings")
    assert "Names no <b>risk</b>." in section.text_content()
    assert [row.text_content().split() for row in page.xpath("//table[@class='markets']/tbody/tr")] == [
        ["United", "States100"],
        ["European", "Union100"],
        ["United", "Kingdom010"],
    ]


def test_many_documents_have_an_index_by_risk():
    weak = claim(verdict=Verdict.OVERSTATED)
    documents = (
        Document(article(source="fine.txt")),
        Document(article(source="bad.txt"), (claim(), weak)),
        Document(article(source="weak.txt"), (weak,)),
        Document(article(source="worst.txt"), (claim(), claim("is good"))),
    )
    page = tree(report(documents=documents))
    [index] = page.find_class("index")
    assert index.xpath(".//tbody/tr/th/a/text()") == ["worst.txt", "bad.txt", "weak.txt", "fine.txt"]
    assert page.xpath("//details[@class='document']/summary/h2/text()") == [d.article.source for d in documents]
    assert not page.xpath("//details[@class='document'][@open]")
    assert len(page.xpath("//ol[@class='gravest']/li")) == 5


@pytest.mark.parametrize(
    ("source", "quote", "place", "expected"),
    [
        ("https://shop.example/a?b=1#top", "cures cancer", Place.BODY, "https://shop.example/a?b=1#:~:text=cures%20cancer"),
        ("https://shop.example/", "anti-ageing, 100% & more", Place.BODY, "anti%2Dageing%2C%20100%25%20%26%20more"),
        ("https://shop.example/", "one two three four five six seven eight nine ten", Place.BODY,
         "=one%20two%20three%20four,seven%20eight%20nine%20ten"),
        ("https://shop.example/", "cures cancer", Place.ALT, ""),
        ("page.html", "cures cancer", Place.BODY, ""),
        ("javascript:alert(1)//https://", "cures cancer", Place.BODY, ""),
    ],
)  # fmt: skip
def test_a_claim_on_the_web_is_linked_by_its_words(source, quote, place, expected):
    link = live_link(source, claim(quote, quote, place=place))
    assert link.endswith(expected)
    assert bool(link) is bool(expected)


def test_what_is_settled_says_why_and_is_not_among_the_first():
    settled = claim(suppressed="Seen by <b>legal</b> until 2027", findings=())
    note = "Baseline: 3 claims as before."
    page = tree(report(article(), settled, claim("is good"), notes=(note,)))
    card = page.get_element_by_id("d1-id32")
    assert "Does not count: Seen by <b>legal</b> until 2027" in card.text_content()
    assert "settled" in card.find("summary").text_content()
    assert [link.text_content() for link in page.xpath("//ol[@class='gravest']//a")] == ["✕unsupported: “is good”"]
    assert note in page.find_class("top")[0].text_content()


def test_a_rule_of_a_platform_is_told_apart():
    finding = Finding("AMZ101", Severity.ERROR, "No disease claims.", "Policy", platforms=(Platform.AMAZON,))
    page = tree(report(article(), claim(findings=(finding,))))
    assert "Amazon" in page.get_element_by_id("d1-id32").text_content()
    assert page.xpath("//table[@class='markets']/tbody/tr/th/text()") == ["Amazon"]
    assert page.xpath("//select[@name='market']/option/@value") in ([], ["", "amazon"])
