from __future__ import annotations

import pytest

from claimcheck.articles.text import text_blocks
from claimcheck.terms import BlockKind


def blocks(text):
    return [(text[block.start : block.end], block.kind) for block in text_blocks(text)]


def test_a_line_is_a_block_of_its_own():
    assert blocks("It cures colds.\nIt helps sleep.") == [
        ("It cures colds.", BlockKind.PARAGRAPH),
        ("It helps sleep.", BlockKind.PARAGRAPH),
    ]


def test_hard_wrapped_lines_are_one_paragraph():
    first = "Our garlic capsules are made from the freshest bulbs that we"
    assert blocks(f"{first}\ncould find anywhere.\n") == [(f"{first}\ncould find anywhere.", BlockKind.PARAGRAPH)]


def test_hard_wrapped_lines_with_windows_line_ends_are_one_paragraph():
    first = "Our garlic capsules are made from the freshest bulbs that we"
    assert len(text_blocks(f"{first}\r\ncould find anywhere.\r\n")) == 1


def test_an_empty_line_parts_wrapped_paragraphs():
    first = "Our garlic capsules are made from the freshest bulbs that we"
    assert len(text_blocks(f"{first}\n\ncould find anywhere.")) == 2


def test_a_long_line_that_ends_its_sentence_is_not_joined_to_a_new_sentence():
    first = "Our garlic capsules are made from the freshest bulbs there are."
    assert len(text_blocks(f"{first}\nBuy them today.")) == 2


def test_a_short_line_without_a_full_stop_is_a_heading():
    assert blocks("Why garlic\nIt is good.")[0] == ("Why garlic", BlockKind.HEADING)


def test_hashes_are_left_out_of_a_heading():
    assert blocks("## Why garlic? Because!") == [("Why garlic? Because!", BlockKind.HEADING)]


@pytest.mark.parametrize("mark", ["-", "*", "•", "✓", "✔\ufe0f", "1.", "(2)", "12)"])
def test_bullets_are_left_out_of_list_items(mark):
    assert blocks(f"{mark} Cures colds\n{mark} Helps sleep") == [
        ("Cures colds", BlockKind.LIST_ITEM),
        ("Helps sleep", BlockKind.LIST_ITEM),
    ]


@pytest.mark.parametrize("mark", ["-", "#", "1.", "•"])
def test_a_mark_that_stands_alone_does_not_swallow_the_next_line(mark):
    assert [text for text, _ in blocks(f"{mark}\nGarlic cures colds.")] == [mark, "Garlic cures colds."]


def test_a_number_that_begins_a_sentence_is_no_bullet():
    assert blocks("2.5 grams of garlic a day.")[0] == ("2.5 grams of garlic a day.", BlockKind.PARAGRAPH)


@pytest.mark.parametrize("text", ["", " \n\t\r\n \u2028 \x85 "])
def test_nothing_holds_no_block(text):
    assert text_blocks(text) == ()
