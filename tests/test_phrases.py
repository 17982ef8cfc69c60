from hypothesis import given
from hypothesis import strategies as st

from claimcheck.phrases import PhraseIndex, longest, phrase_units, units


def find(index, text):
    words = [unit for word in text.split() for unit in units(word)]
    return longest(index.all(words, [""] * len(words)))


def test_hyphen_is_a_space_and_inflections_fall_together():
    assert units("Side-effects") == units("side") + units("effect")
    assert units("relieving") == units("relieves")


def test_punctuation_has_no_units():
    assert units("…") == ()


def test_the_longest_phrase_wins():
    index = PhraseIndex([("joint pain", "joint"), ("pain", "pain")])
    assert find(index, "less joint pain and other pain") == [(1, 3, "joint"), (5, 6, "pain")]


def test_a_gap_takes_one_to_three_words():
    index = PhraseIndex([("drop _ dress size", "weight")])
    assert find(index, "drop a dress size") == [(0, 4, "weight")]
    assert find(index, "drop two whole long dress size") == [(0, 6, "weight")]
    assert find(index, "drop dress size") == []


def test_an_acronym_is_found_in_capitals_only():
    index = PhraseIndex([("MS", "sclerosis")])
    assert list(index.all(["ms"], ["MS"])) == [(0, 1, "sclerosis")]
    assert list(index.all(["ms"], [""])) == []


def test_contractions_part_as_the_tokenizer_parts_them(nlp):
    for phrase in ("can't sleep", "isn't safe", "cannot hurt"):
        tokens = [unit for token in nlp.make_doc(phrase) for unit in units(token.text)]
        assert tuple(tokens) == phrase_units(phrase)


def test_an_index_survives_plain_data():
    index = PhraseIndex([("joint pain", "joint"), ("drop _ size", "weight")])
    assert PhraseIndex.from_dict(index.to_dict()).to_dict() == index.to_dict()


@given(st.lists(st.sampled_from(["pain", "joint", "back", "and"]), max_size=12))
def test_longest_matches_never_overlap(words):
    index = PhraseIndex([("joint pain", "a"), ("back pain", "b"), ("pain", "c"), ("pain and back", "d")])
    ends = 0
    for start, end, _ in find(index, " ".join(words)):
        assert start >= ends
        ends = end
