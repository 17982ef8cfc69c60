"""A page for every place where claims stand; each is found once, and the place is told."""

from __future__ import annotations

import json

import pytest

from claimcheck.articles.html import read_html
from claimcheck.records import Article
from claimcheck.terms import Place

CLAIM = "Garlic cures cancer."
REST = "<main><h1>Our shop</h1><p>We open at nine and close at five on every day of the week but Sunday.</p>{}</main>"


def page(head="", body=""):
    return f"<html><head>{head}</head><body>{REST.format(body)}</body></html>"


def data(**properties):
    return page(f'<script type="application/ld+json">{json.dumps(properties)}</script>')


PAGES = {
    "title": (page("<title>Garlic cures cancer | Our shop</title>"), Place.TITLE),
    "og title": (page('<meta property="og:title" content="Garlic cures cancer">'), Place.TITLE),
    "description": (page(f'<meta name="Description" content="Welcome to us. {CLAIM}">'), Place.DESCRIPTION),
    "open graph": (page(f'<meta property="og:description" content="{CLAIM}">'), Place.DESCRIPTION),
    "alt": (page(body=f'<img src=x alt="{CLAIM}">'), Place.ALT),
    "figure caption": (page(body=f"<figure><img src=x><figcaption>{CLAIM}</figcaption></figure>"), Place.CAPTION),
    "table caption": (page(body=f"<table><caption>{CLAIM}</caption><td>1</table>"), Place.CAPTION),
    "button": (page(body=f"<button>{CLAIM}</button>"), Place.BUTTON),
    "input": (page(body=f'<form><input type=submit value="{CLAIM}"></form>'), Place.BUTTON),
    "link as button": (page(body=f'<a class="big btn-primary" href=/x>{CLAIM}</a>'), Place.BUTTON),
    "table": (page(body=f"<table><tr><th>Herb<td>{CLAIM}</table>"), Place.BODY),
    "details": (page(body=f"<details><summary>More</summary><p>{CLAIM}</p></details>"), Place.DETAILS),
    "accordion": (
        page(body=f'<h3><button aria-controls="a1">More</button></h3><div id="a1" hidden><p>{CLAIM}</p></div>'),
        Place.DETAILS,
    ),
    "product data": (data(**{"@type": "Product", "name": "Pill", "description": f"<p>{CLAIM}</p>"}), Place.DATA),
    "product name in data": (data(**{"@type": "Product", "name": "Garlic cures cancer pills"}), Place.PRODUCT),
    "questions": (
        data(
            **{
                "@graph": [
                    {
                        "@type": ["FAQPage"],
                        "mainEntity": [
                            {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": CLAIM}}
                        ],
                    }
                ]
            }
        ),
        Place.DATA,
    ),
    "review": (
        data(**{"@type": "Product", "name": "Pill", "review": [{"@type": "Review", "reviewBody": CLAIM}]}),
        Place.DATA,
    ),
    "address": (page('<link rel="canonical" href="https://shop.invalid/p/garlic-cures-cancer.html">'), Place.URL),
    "product name": (
        page(
            body='<div itemscope itemtype="https://schema.org/Product"><h2 itemprop=name>Garlic cures cancer</h2></div>'
        ),
        Place.PRODUCT,
    ),
}


def found(article: Article, nlp):
    from claimcheck.pipeline.run import documents

    [document] = documents([article], nlp)
    return document.claims


@pytest.mark.parametrize("name", PAGES)
def test_a_claim_is_found_once_and_where_it_stands(name, nlp):
    text, place = PAGES[name]
    article = read_html(text, "x.html")
    [claim] = [claim for claim in found(article, nlp) if "cancer" in claim.quote]
    assert claim.place is place
    assert article.text[claim.start : claim.end] == claim.quote


def test_the_address_that_was_asked_is_copy_too(nlp):
    article = read_html(page(), "https://shop.invalid/garlic-cures-cancer")
    [claim] = found(article, nlp)
    assert (claim.place, claim.quote) == (Place.URL, "cures cancer")


def test_what_stands_in_many_places_is_found_once(nlp):
    product = json.dumps({"@type": "Product", "name": "Garlic", "description": CLAIM})
    everywhere = page(
        f"<title>Garlic cures cancer</title><meta name=description content='{CLAIM}'>"
        f"<meta property='og:description' content='Garlic cures…'>"
        f"<link rel=canonical href='/garlic-cures-cancer'>"
        f'<script type="application/ld+json">{product}</script>',
        f"<p>{CLAIM}</p><img alt='{CLAIM}'>",
    )
    [claim] = found(read_html(everywhere, "x"), nlp)
    assert claim.place is Place.BODY


def test_the_products_name_is_known_by_the_data():
    text = data(**{"@type": "Product", "name": "Our Shop"})
    [block] = [block for block in read_html(text, "x").blocks if block.place is Place.PRODUCT]
    assert block.node == "/*/*[2]/*[1]/*[1]"


@pytest.mark.parametrize(
    "inside",
    [
        f"<nav>{CLAIM}</nav>",
        f"<div role=navigation>{CLAIM}</div>",
        f'<div class="cookie-banner">{CLAIM}</div>',
        f"<div id=onetrust-consent-sdk>{CLAIM}</div>",
        f"<script>{CLAIM}</script>",
        f"<style>{CLAIM}</style>",
        f"<div hidden>{CLAIM}</div>",
    ],
)
def test_navigation_banners_and_scripts_are_no_copy(inside):
    assert "cancer" not in read_html(page(body=inside), "x").text


@pytest.mark.parametrize("bad", ["{", "[" * 100_000, '{"@type": "Product", "description": 3}', "null", '{"@type": {}}'])
def test_data_that_is_broken_costs_nothing(bad):
    article = read_html(page(f'<script type="application/ld+json">{bad}</script>'), "x")
    assert article.text.startswith("Our shop")


def test_what_was_left_out_is_noted():
    article = read_html(page(body="<nav>Home Shop</nav><iframe src='https://video.invalid/1'></iframe>"), "x")
    assert article.notes == (
        "Left out as navigation, banners and footers: 2 words.",
        "Not read: 1 frame with other pages (https://video.invalid/1).",
    )


def test_frames_are_noted():
    article = read_html("<frameset><frame src=a.html><frame src=b.html></frameset>", "x")
    assert article.notes == ("Not read: 2 frames with other pages (a.html).",)


def test_a_page_of_pictures_is_not_passed_off_as_clean():
    article = read_html("<h1>Our new tea</h1><img src=1.jpg><img src=2.jpg alt=''>", "x")
    assert article.notes == ("Not read: what stands in 2 pictures without a description.",)
