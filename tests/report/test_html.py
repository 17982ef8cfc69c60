from __future__ import annotations

import pytest
from lxml import html

import claimcheck
from claimcheck.articles.html import read_html
from claimcheck.records import Article, Document, Unread
from claimcheck.report.as_html import render, rows
from tests.report.made import article, claim, report

NASTY = "<script>alert('x')</script> \"garlic\" & <b>ginger</b> cures cancer</p><img src=x onerror=alert(1)>"


def tree(made):
    return html.document_fromstring(render(made))


def copy_of(page):
    return ["".join(row.itertext()) for row in page.xpath("//div[@class='article']/p")]


def test_nothing_is_loaded_from_anywhere():
    page = render(report(article(NASTY), unread=(Unread("http://example.org/", "did not answer."),)))
    for element in html.document_fromstring(page).iter():
        assert element.tag not in ("script", "link", "img", "iframe", "base", "object", "embed", "form")
        assert not {"src", "srcset", "action", "background", "style"} & set(element.keys())
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118
        assert element.get("href", "#").startswith("#")
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_copy_is_shown_as_text():
    nasty = Article(NASTY, NASTY, article(NASTY).blocks, NASTY, notes=(NASTY,))
    page = render(report(nasty, claim(text=NASTY)))
    assert "<script" not in page
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
        assert card.findtext("blockquote").strip("“”") == "".join(mark.itertext())


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
    assert [heading.text for heading in page.xpath("//section/h2")] == ["a.txt", "b.txt"]
    assert shown.count("No health claims found.") == 2


def test_what_was_not_judged_is_not_called_free_of_claims():
    german = Document(Article("a.txt", "Knoblauch.", language="de", notes=("Not English; not judged.",)))
    shown = tree(report(documents=(german,))).text_content()
    assert "No health claims found." not in shown
    assert "Not English; not judged." in shown


def test_the_same_report_gives_the_same_page():
    assert render(report()) == render(report())
