from __future__ import annotations

import pytest

from claimcheck.articles.html import read_html
from claimcheck.articles.markdown import read_markdown
from claimcheck.records import Article
from claimcheck.report.places import Places

PAGE = """<html>
<head><title>Garlic cures cancer</title></head>
<body>
  <p>Garlic
    <b>really</b> cures&nbsp;<i>cancer</i> &amp; caf&eacute; nerves.</p>
  <p>Ginger. Ginger cures colds. Ginger cures colds.</p>
  <img
    alt="Ginseng heals">
</body></html>
"""


def of(article, quote, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(quote, start + 1)
    return Places(article).of(start, start + len(quote))


def test_a_text_file_is_its_own_source():
    text = "One\ntwo cures\r\nthree"
    article = Article("x", text)
    assert of(article, "cures")[:4] == (2, 5, 2, 10)
    assert of(article, "cures\r\nthree")[:4] == (2, 5, 3, 6)
    span = of(article, "cures")
    assert text[span.start : span.end] == "cures"


@pytest.mark.parametrize(
    ("quote", "nth", "place", "source"),
    [
        ("cures cancer", 0, (2, 21), "cures cancer"),
        ("cures cancer", 1, (5, 19), "cures&nbsp;<i>cancer"),
        ("Garlic really", 0, (4, 6), "Garlic\n    <b>really"),
        ("& café nerves", 0, (5, 44), "&amp; caf&eacute; nerves"),
        ("Ginger cures colds", 1, (6, 34), "Ginger cures colds"),
        ("Ginseng heals", 0, (8, 10), "Ginseng heals"),
    ],
)
def test_words_of_a_page_are_found_in_its_markup(quote, nth, place, source):
    article = read_html(PAGE, "x.html")
    span = of(article, quote, nth)
    assert article.page[span.start : span.end] == source
    assert span[:2] == place


def test_what_the_markup_writes_in_another_way_has_the_line_of_its_element():
    article = read_html("<p>\n\n<p>Garlic c<b></b>ures cancer.</p>", "x.html")
    assert of(article, "cures cancer") == (3, 1, 3, 1, None, None)


@pytest.mark.parametrize(
    ("quote", "nth", "place", "source"),
    [
        ("cures cancer", 0, (5, 8), "cures [cancer"),
        ("cures cancer", 1, (7, 10), "cures cancer"),
        ("Ginger eases colds", 0, (7, 24), "Ginger **eases** colds"),
        ("Ginseng heals", 0, (9, 3), "Ginseng\n  heals"),
    ],
)
def test_words_of_markdown_are_found_in_its_source(quote, nth, place, source):
    text = "---\ntitle: x\n---\n\nGarlic cures [cancer](https://x.example) fast.\n\n"
    text += "> Garlic cures cancer. Ginger **eases** colds.\n\n- Ginseng\n  heals.\n"
    article = read_markdown(text, "x.md")
    span = of(article, quote, nth)
    assert article.page[span.start : span.end] == source
    assert span[:2] == place
