from __future__ import annotations

import pytest

from claimcheck.articles import read
from claimcheck.articles.language import guess_language

GERMAN = (
    "Unser Knoblauch stärkt die Abwehrkräfte und schützt das Herz, weil er ganz natürlich ist und weil "
    "er aus der besten Gegend kommt, die wir kennen. Bestellen Sie noch heute und fühlen Sie sich wohl."
)
FRENCH = (
    "L'ail renforce les défenses naturelles et protège le cœur, parce que nos produits viennent des "
    "meilleures régions de France et que nous les choisissons avec soin pour vous."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Our garlic is good for the heart, and it is the best that you can have in your kitchen.", "en"),
        (GERMAN, "de"),
        (FRENCH, "fr"),
    ],
)
def test_languages_are_told_apart(text, language):
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "Knoblauch heilt Krebs.", "12 34 56 78 90 " * 10, "!!! ??? ..." * 20])
def test_too_little_to_guess_from_counts_as_english(text):
    assert guess_language(text) == "en"


def test_a_list_of_english_words_is_english():
    text = "Boosts immunity\nFights colds\nSupports healthy digestion\nRestful sleep\nGlowing skin"
    assert guess_language(text) == "en"


def test_what_is_not_english_is_noted(tmp_path):
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    article = read(str(tmp_path / "de.txt"))
    assert article.language == "de"
    assert article.notes == ("Not English (looks like 'de'); not judged.",)
