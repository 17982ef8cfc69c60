from __future__ import annotations

import pytest

from claimcheck.articles.markdown import read_markdown
from claimcheck.terms import BlockKind


def test_markup_is_taken_away_and_blocks_are_told():
    text = "# Garlic\n\nIt **cures** [colds](http://x.invalid).\n\n- Helps\n  *sleep*\n\n|a|\n|-|\n|b|\n"
    article = read_markdown(text, "x.md")
    assert article.text == "Garlic\nIt cures colds.\nHelps sleep\na\nb"
    assert [block.kind for block in article.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.TABLE_CELL,
        BlockKind.TABLE_CELL,
    ]


def test_hard_wrapped_lines_are_one_block():
    assert read_markdown("Garlic\ncures\ncolds.", "x").text == "Garlic cures colds."


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_is_left_out(end):
    text = end.join(["---", "title: Miracle cure", "---", "Garlic.", "", "---", "", "Ginger."])
    assert read_markdown(text, "x").text == "Garlic.\nGinger."


def test_a_rule_at_the_start_is_no_front_matter():
    assert read_markdown("---\n\nGarlic cures colds.", "x").text == "Garlic cures colds."


def test_scripts_in_raw_html_are_left_out():
    assert read_markdown("Garlic <script>cure()</script>cures.", "x").text == "Garlic cures."


def test_deep_quotes_are_not_lost():
    assert read_markdown("> " * 40 + "Garlic cures colds.", "x").text == "Garlic cures colds."
