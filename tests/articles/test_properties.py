from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimcheck.articles.html import read_html
from claimcheck.articles.markdown import read_markdown
from claimcheck.articles.text import text_blocks

# Any text, and text of the pieces that decide about blocks.
PIECES = ["\n", "\r\n", "\r", "\n\n", " ", "\t", "-", "- ", "# ", "###", "1. ", "(2) ", "• ", "End. "]
TEXTS = st.text() | st.lists(st.sampled_from([*PIECES, "x" * 60, "\u2028", "\x1c", "\xa0"])).map("".join)
TAGS = ["<p>", "</p>", "<li>", "<b>", "</b>", "<br>", "<td>", "<!--", "-->", "a ", "b", "\n", "&amp;"]
PAGES = TEXTS | st.lists(st.sampled_from(TAGS)).map("".join)
MARKS = "-*+•·●▪◦‣\u2013—✓✔✅☑➤►»→\ufe0f#().0123456789"


def in_order_and_trimmed(text, blocks):
    place = 0
    for block in blocks:
        assert place <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        place = block.end


@given(TEXTS)
@example("-\nGarlic cures colds.")
@example("#\nGarlic")
@example("1.\n\n\nGarlic")
def test_blocks_of_any_text_are_in_order_inside_and_trimmed(text):
    in_order_and_trimmed(text, text_blocks(text))


@given(TEXTS)
def test_blocks_of_any_text_leave_out_marks_and_white_space_only(text):
    place, left_out = 0, []
    for block in text_blocks(text):
        left_out.append(text[place : block.start])
        place = block.end
    left_out.append(text[place:])
    for gap in left_out:
        # At most one mark stands before a block, such as "-", "(12)" or "######".
        marks = gap.split()
        assert len(marks) <= 1
        assert all(set(mark) <= set(MARKS) and len(mark) <= 6 for mark in marks)


@pytest.mark.parametrize("read", [read_html, read_markdown])
@given(text=PAGES)
def test_blocks_of_any_page_are_its_lines(read, text):
    article = read(text, "x")
    in_order_and_trimmed(article.text, article.blocks)
    assert "\n".join(article.text[block.start : block.end] for block in article.blocks) == article.text


@given(st.binary())
def test_any_bytes_are_read_as_a_page(data):
    article = read_html(data, "x")
    in_order_and_trimmed(article.text, article.blocks)
    article.text.encode()  # nothing that no file could hold
