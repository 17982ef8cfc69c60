from __future__ import annotations

import re
from dataclasses import replace

import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

import claimcheck
from claimcheck.articles.html import page_tree, read_html
from claimcheck.records import Document
from claimcheck.report.annotated import file_name, mark, render
from claimcheck.terms import Place
from tests.report.made import claim

PAGE = """<!doctype html><html><head><title>Garlic cures cancer</title><style>p { color: red }</style>
<link rel="stylesheet" href="http://evil.example/x.css"><script>alert(1)</script></head>
<body onload="alert(2)" background="http://evil.example/a.png">
<h1>Garlic</h1><p style="color: red; background: url(http://evil.example/b.png); position: fixed">Garlic
 <b>really</b> <i>cures</i> <a href="javascript:alert(3)">cancer</a> &amp; helps.<br>Ginger cures colds.</p>
<img src="http://evil.example/c.png" srcset="x 2x" alt="Garlic heals" onerror="alert(4)">
<svg onload="alert(5)"><text>x</text></svg><iframe src="http://evil.example/d"></iframe>
<form action="http://evil.example/e"><input value="x"><button>Garlic cures all</button></form>
<mark class="cc-supported" title="supported: x">Garlic is fine.</mark><p>Garlic cures cancer</p></body></html>"""
MARKS = re.compile(r"</?mark[^>]*>")


def document(page, *quotes):
    """A page with a claim at each of the quotes, the first time it stands behind the one before."""
    article = read_html(page, "x.html")
    claims, place = [], 0
    for number, quote in enumerate(quotes):
        place = article.text.index(quote, place)
        claims.append(claim(quote, quote, id=str(number), start=place, end=place + len(quote), sentence=(place, place)))
        place += len(quote)
    return Document(article, tuple(claims))


def marked(body):
    return [mark.text_content() for mark in html.fragment_fromstring(body, create_parent="div").iter("mark")]


def test_claims_are_marked_in_place_across_tags_and_lines():
    body, left = mark(document(PAGE, "really cures cancer & helps", "Ginger cures colds", "cures all"))
    assert marked(body) == ["really", "cures", "cancer", "& helps", "Ginger cures colds", "cures all"]
    assert left == []


def test_what_is_no_visible_copy_is_listed_on_top():
    made = document("<title>Garlic cures cancer</title><p>Ginger cures colds, they say.", "cures cancer", "cures colds")
    made = replace(made, claims=(replace(made.claims[0], place=Place.TITLE), made.claims[1]))
    body, left = mark(made)
    assert marked(body) == ["cures colds"]
    assert [claim.quote for claim in left] == ["cures cancer"]
    page = html.document_fromstring(render(made))
    assert "“cures cancer” (page title)" in page.find_class("cc-bar")[0].text_content()


def test_nothing_runs_and_nothing_is_loaded():
    page = html.document_fromstring(render(document(PAGE, "Ginger cures colds")))
    for element in page.iter():
        assert element.tag not in ("script", "link", "iframe", "form", "input", "svg", "object", "embed", "base")
        assert not {"src", "srcset", "href", "action", "background", "srcdoc"} & set(element.keys())
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118
        assert not re.search(r"url|position|expression", element.get("style", ""))
    assert len(page.xpath("//style")) == 1
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_a_vendor_cannot_plant_a_mark():
    body, _ = mark(document(PAGE, "Ginger cures colds"))
    assert marked(body) == ["Ginger cures colds"]
    assert "Garlic is fine." in body


def test_a_fold_with_a_claim_is_open():
    page = """<details><summary>More</summary><p>Garlic cures colds.</details>
    <button aria-controls=x>Open</button><div id=x style="display: none; color: red" hidden>Ginger cures colds.</div>"""
    body, left = mark(document(page, "cures colds", "Ginger cures"))
    tree = html.fragment_fromstring(body, create_parent="div")
    assert (marked(body), left) == (["cures colds", "Ginger cures"], [])
    assert tree.find("details").get("open") is not None
    assert not tree.xpath("//div[@hidden or @style]")


def test_the_same_words_twice_are_marked_where_they_stand():
    page = "<p>Garlic cures cancer today.</p><p>Ginger.</p><p>Garlic cures cancer tomorrow.</p>"
    body, left = mark(document(page, "tomorrow"))
    assert "cures cancer <mark" in body
    assert left == []


WORDS = st.text("ab &<>é✅\u200b\xa0\n", min_size=1, max_size=15).map(lambda text: text.replace("<", "&lt;"))
TAGS = st.sampled_from("p div b i span li td h2 a em mark table ul details button".split())
NODES = st.recursive(
    WORDS,
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    max_leaves=12,
)
PAGES = st.lists(NODES, min_size=1, max_size=4).map("".join)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(NODES, min_size=1, max_size=4).map("".join), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)))
)
def test_with_the_marks_taken_out_any_page_is_left_as_it_was(page, spans):
    article = read_html(f"<body>{page}</body>", "x.html")
    text = article.text
    claims = tuple(
        replace(claim("x", "x"), id=str(number), quote=text[at : at + size], start=at, end=min(at + size, len(text)))
        for number, (at, size) in enumerate(sorted(spans))
        if at < len(text)
    )
    body, left = mark(Document(article, claims))
    plain, _ = mark(Document(article))
    # In a table a browser puts text before the table, and not every blank with it.
    assert "".join(MARKS.sub("", body).replace(' open=""', "").split()) == "".join(plain.split())
    if len(claims) == 1 and not left:
        shown = "".join("".join(marked(body)).split())
        first = next(block for block in article.blocks if claims[0].start < block.end)
        assert shown == "".join(text[claims[0].start : min(claims[0].end, first.end)].split())


def test_the_text_of_the_page_is_the_text_that_was_sanitised():
    body, _ = mark(document(PAGE, "Ginger cures colds"))
    tree = page_tree(PAGE, "x")
    for element in tree.xpath("//script | //style | //svg | //iframe"):
        element.drop_tree()
    wanted = " ".join(tree.find("body").text_content().split())
    assert " ".join(html.fragment_fromstring(body, create_parent="div").text_content().split()) == wanted


def test_a_page_judged_by_the_pipeline_is_marked(nlp):
    made = claimcheck.scan([read_html(PAGE, "x.html")], nlp).documents[0]
    body, left = mark(made)
    assert "cures" in marked(body)
    assert {c.id for c in left} < {c.id for c in made.claims}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://shop.example/a/b?c=d", "007-https-shop-example-a-b-c-d.html"),
        ("../../etc/passwd", "007-etc-passwd.html"),
        ("-", "007-page.html"),
        ("x" * 300, f"007-{'x' * 80}.html"),
    ],
)
def test_a_name_stays_in_its_folder(source, name):
    assert file_name(7, Document(read_html("<p>x", source))) == name


def test_the_sanitiser_is_the_one_that_is_tested():
    assert nh3.clean("<script>x</script>") == ""
