from __future__ import annotations

from claimcheck.articles.html import read_html

STORY = "".join(
    f"<p>This is paragraph number {n} of a long story about garlic, and it goes on for quite some time.</p>"
    for n in range(8)
)


def test_a_footer_and_a_side_bar_are_left_out_of_a_story():
    text = read_html(
        f"<article><h1>Garlic</h1>{STORY}</article>"
        "<aside class=sidebar><p>Zinc cures flu</p></aside><footer><p>Imprint and terms</p></footer>",
        "x",
    ).text
    assert "paragraph number 7" in text
    assert not any(words in text for words in ("Zinc", "Imprint"))


def test_list_items_and_cells_beside_the_story_are_kept():
    text = read_html(f"<article>{STORY}<ul><li>Colds<li>Flu</ul><table><td>Sleep</table></article>", "x").text
    assert text.endswith("Colds\nFlu\nSleep")


def test_a_catalogue_keeps_all_that_is_sold():
    tiles = "".join(
        f"<div class=tile><a href=/{n}><h3>Tea {n}</h3><span>Eases joint pain</span></a><button>Buy</button></div>"
        for n in range(5)
    )
    text = read_html(f"<div class=grid>{tiles}</div><footer>Imprint</footer>", "x").text
    assert text.count("Eases joint pain") == 5


def test_where_the_extractor_keeps_too_little_all_is_kept():
    tiles = "".join(f"<li><a href=/{n}>Tea that eases joint pain {n}</a></li>" for n in range(9))
    assert read_html(f"<div class=menu-page><ul>{tiles}</ul></div>", "x").text.count("joint pain") == 9


def test_words_of_a_name_that_looks_like_furniture_do_not_lose_the_main_part():
    text = read_html(f"<body class='has-sidebar footer-dark'><main class='menu'>{STORY}</main>", "x").text
    assert text.count("paragraph number") == 8
