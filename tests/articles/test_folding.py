from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimcheck.articles.folding import fold

WORDS = frozenset("cures cure cancer diabetes garlic heals stress immunity adhd iron".split())


def known(word):
    return word.lower() in WORDS


TRICKS = {
    "zero-width space": ("c\u200banc\u200ber", "cancer"),
    "zero-width joiner": ("can\u200dcer", "cancer"),
    "soft hyphen": ("can\u00adcer", "cancer"),
    "word joiner and marks of direction": ("ca\u2060n\u200ecer", "cancer"),
    "strokes": ("c\u0336a\u0336n\u0336c\u0336e\u0336r\u0336", "cancer"),
    "Cyrillic": ("саncer", "cancer"),
    "Greek": ("cαncεr", "cancer"),
    "small capitals": ("ᴄᴀncᴇr", "cancer"),
    "full width": ("ｃａｎｃｅｒ", "cancer"),
    "mathematical": ("𝐜𝐚𝐧𝐜𝐞𝐫", "cancer"),
    "circled": ("ⓒⓐⓝⓒⓔⓡ", "cancer"),
    "squared": ("🅲🅰🅽🅲🅴🆁", "CANCER"),
    "full stops": ("c.a.n.c.e.r", "cancer"),
    "hyphens": ("c-a-n-c-e-r", "cancer"),
    "stars": ("c*a*n*c*e*r", "cancer"),
    "blanks": ("c a n c e r", "cancer"),
    "stops and blanks": ("c . a . n . c . e . r", "cancer"),
    "figures": ("d1abe7es", "diabetes"),
    "signs": ("c@ncer", "cancer"),
    "a star for a vowel": ("c*ncer", "cancer"),
    "a figure first": ("1ron", "iron"),
    "two tricks at once": ("с.а.n.c.e.r", "cancer"),
    "emoji": ("🦀", "cancer"),
}


@pytest.mark.parametrize("name", TRICKS)
def test_every_trick_is_folded_and_leads_back(name):
    trick, plain = TRICKS[name]
    text = f"Garlic cures {trick} today."
    folded = fold(text, known)
    assert folded.text == f"Garlic cures {plain} today."
    [found] = folded.disguises
    assert text[found.start : found.end].strip("\u0336") == trick.strip("\u0336")
    assert found.read_as == plain
    start = folded.text.index(plain)
    assert folded.back(start, start + len(plain)) == (found.start, found.end)


def test_spaced_words_are_told_apart():
    text = "G A R L I C C U R E S C A N C E R"
    folded = fold(text, known)
    assert folded.text == "GARLIC CURES CANCER"
    assert [text[d.start : d.end] for d in folded.disguises] == ["G A R L I C", "C U R E S", "C A N C E R"]


@pytest.mark.parametrize("tag", ["#GarlicCuresCancer", "#garliccurescancer"])
def test_a_hashtag_is_words_and_hides_nothing(tag):
    folded = fold(f"Try {tag} now", known)
    assert folded.text.casefold() == "try #garlic cures cancer now"
    assert folded.disguises == ()


def test_an_emoji_that_does_something_is_its_word():
    assert fold("🧄 cures cancer", known).text == "garlic cures cancer"


@pytest.mark.parametrize(
    "text",
    [
        "Plain words of any sort, and 100 mg of them.",
        "U.S.A. and U.K., e.g. at 9 a.m., i.e. not p.m.",
        "B12, B-12, CO2, H2O, omega-3, vitamin D3, K2, CoQ10, Q10, 5-HTP, GLP-1, p53, covid19, mp3",
        "100mg, 10x, 30day, 24hour, 3rd, 1st, 4pack, $5off, 5g",
        "Vitamins A B C D E and K",
        "TNF-α, α-lipoic acid, β-glucan, 5 μg, 37 °C, ½ cup, CO₂, m², ™, №",
        "https://shop.invalid/c4ncer/d1abetes?x=c@ncer www.c4ncer.com me@c4ncer.com",
        "let c4ncer_x = {c4ncer}",
        "*cures* **cancer** _garlic_ !cures",
        "Рак лечит чеснок, и это правда.",
        "Great for you 🧠💪 Sleep 😴",
        "café açaí naïve El Niño",
        "a\u200cb in می\u200cخواهم",
        "#garlic #cancer #1 #ff0000",
    ],
)
def test_what_is_no_disguise_stays_as_it_is(text):
    folded = fold(text, known)
    assert folded is None or (folded.text == text.replace("\u200c", "", 1) and not folded.disguises)


def test_a_dotted_acronym_is_read_and_hides_nothing():
    folded = fold("For A.D.H.D. and more", known)
    assert (folded.text, folded.disguises) == ("For ADHD. and more", ())


def test_ligatures_of_a_printed_text_are_letters_and_hide_nothing():
    folded = fold("The ﬁrst eﬀect", known)
    assert (folded.text, folded.disguises) == ("The first effect", ())


def test_without_a_lexicon_no_words_are_put_together():
    assert fold("c.a.n.c.e.r d1abetes #GarlicCures") is None
    assert fold("can\u200bcer").text == "cancer"


def test_what_no_encoding_can_write_is_read_as_unknown():
    assert fold("\ud83e cures").text == "\ufffd cures"


def test_a_giant_word_is_parted_for_the_tokenizer_and_leads_back():
    text = "&" * 1_000
    folded = fold(text, known)
    assert max(map(len, folded.text.split())) == 300
    assert folded.back(0, len(folded.text)) == (0, 1_000)
    assert fold("x" * 300 + " " + "y" * 300, known) is None


PIECES = [
    *(trick for trick, _ in TRICKS.values()),
    " ",
    "\n",
    ". ",
    "cures",
    "🧄",
    "#GarlicCures",
    "\u200b",
    "ﬁ",
    "x",
    "1",
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


@given(TEXTS, st.data())
@example("\u200bc.a.n.c.e.r\u200b", None)
def test_offsets_of_any_text_lead_into_the_original_and_back(text, data):
    folded = fold(text, known)
    if folded is None:
        return
    size = len(folded.text)
    start = data.draw(st.integers(0, size)) if data else 0
    end = data.draw(st.integers(start, size)) if data else size
    if start == end:
        return
    first, last = folded.back(start, end)
    assert 0 <= first <= last <= len(text)
    if start:
        # What stands before it comes from before it.
        assert folded.back(start - 1, start)[0] <= first
    places = [folded.forth(offset) for offset in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] == size
    for found in folded.disguises:
        assert 0 <= found.start < found.end <= len(text)


@given(st.text(st.characters(max_codepoint=127), max_size=200))
def test_plain_text_without_disguise_costs_no_map(text):
    assert fold(text) is None
