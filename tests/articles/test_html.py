from __future__ import annotations

import pytest

from claimcheck.articles.html import read_html
from claimcheck.errors import ArticleError
from claimcheck.terms import BlockKind


def lines(page):
    return read_html(page, "page.html").text.split("\n")


def test_blocks_are_the_lines_of_the_text():
    article = read_html("<h1>Garlic</h1><p>It cures.</p><ul><li>Colds</ul><table><td>Sleep</table>", "x")
    assert article.text == "Garlic\nIt cures.\nColds\nSleep"
    assert [article.text[block.start : block.end] for block in article.blocks] == article.text.split("\n")
    assert [block.kind for block in article.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.TABLE_CELL,
    ]


def test_inline_tags_do_not_part_words():
    assert lines("<p>Gar<b>lic</b> <a href=x>cures <em>can</em>cer</a>.</p>") == ["Garlic cures cancer."]


def test_a_paragraph_in_a_list_item_is_a_list_item():
    assert read_html("<ul><li><p>Colds</p></li></ul>", "x").blocks[0].kind is BlockKind.LIST_ITEM


def test_text_after_a_heading_is_no_heading():
    article = read_html("<div><h2>Why</h2>Because.</div>", "x")
    assert [block.kind for block in article.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_br_parts_blocks():
    assert lines("<p>Cures colds<br>Helps sleep</p>") == ["Cures colds", "Helps sleep"]


def test_white_space_is_one_blank():
    assert lines("<p> Garlic \n\t &nbsp; cures </p>") == ["Garlic cures"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>cure()</script>",
        "<style>cure {}</style>",
        "<!-- cure -->",
        "<template>cure</template>",
        "<span hidden>cure</span>",
        '<span style="color: red; display: none">cure</span>',
        '<span style="VISIBILITY:hidden">cure</span>',
        "<noscript>cure</noscript>",
    ],
)
def test_what_no_reader_sees_is_left_out_and_what_follows_is_kept(hidden):
    assert lines(f"<p>Garlic {hidden}tastes good.</p>") == ["Garlic tastes good."]


def test_navigation_is_left_out_and_parts_what_stands_around_it():
    assert lines("<div>Garlic<nav>Home</nav>Ginger</div>") == ["Garlic", "Ginger"]


def test_the_title_stands_first_unless_the_copy_says_it():
    article = read_html("<title> All about \n garlic | Shop </title><p>It cures.", "x")
    assert (article.title, article.text) == ("All about garlic | Shop", "All about garlic\nIt cures.")
    assert read_html("<title>Garlic cures!</title><h1>Garlic cures</h1>", "x").text == "Garlic cures"


def test_entities_are_characters():
    assert lines("<p>Good &amp; cheap &lt;3 caf&eacute; &#8220;x&#8221;") == ["Good & cheap <3 café “x”"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_undeclared_encodings_are_found(encoding):
    page = "<p>Café “crème”… c'est naturel, déjà vu, à la carte, naïve résumé, façade.</p>"
    assert lines(page.encode(encoding)) == [page[3:-4]]


@pytest.mark.parametrize("encoding", ["koi8-r", "mac-cyrillic"])
def test_an_encoding_that_lxml_has_no_name_for_is_read_all_the_same(encoding):
    page = "<p>" + "Чеснок лечит рак и помогает всем людям. " * 20
    assert lines(page.encode(encoding))[0].startswith("Чеснок лечит рак")


def test_a_declared_encoding_holds():
    page = '<meta charset="iso-8859-2"><p>Czosnek leczy ból, źle śpię.</p>'
    assert lines(page.encode("iso-8859-2")) == ["Czosnek leczy ból, źle śpię."]


def test_broken_bytes_are_noted():
    article = read_html("<p>Garlic… “good”".encode() + b"\xff</p>", "x")
    assert article.text.startswith("Garlic… “good”")
    assert len(article.notes) == 1
    assert "UTF-8" in article.notes[0]


@pytest.mark.parametrize("page", [b"", b"  \n", b"<!-- only this -->", b"<html></html>", ""])
def test_a_page_without_copy_has_no_text(page):
    assert read_html(page, "x").text == ""


def test_a_thousand_nested_tags_are_read():
    page = "<div>" * 1_000 + "Garlic" + "</div>" * 1_000 + "<p>Ginger"
    assert lines(page) == ["Garlic", "Ginger"]


def test_what_the_parser_would_drop_for_its_depth_is_an_error_not_silence():
    page = "<p>Ginger</p>" + "<div>" * 5_000 + "Garlic" + "</div>" * 5_000
    with pytest.raises(ArticleError, match=r"^deep\.html: .*too deeply"):
        read_html(page, "deep.html")


def test_every_block_knows_the_element_it_stands_in():
    from lxml import html as lxml_html

    page = (
        "<title>T</title><div><!-- x --><?pi y?><p>Garlic <b>cures</b>.<?pi x?>Yes.<p>It<br>"
        "helps.<a:b><i></i>Oddly.</a:b></div><ul><li>Colds"
    )
    article = read_html(page, "x")
    tree = lxml_html.document_fromstring(page, ensure_head_body=True)
    assert len(article.blocks) == 5
    for block in article.blocks:
        [element] = tree.xpath(block.node)
        assert article.text[block.start : block.end] in "".join(element.itertext())
        assert element.tag in ("p", "li", "a:b")
