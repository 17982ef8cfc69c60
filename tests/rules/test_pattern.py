import pytest

from claimcheck.phrases import units
from claimcheck.rules.pattern import needs, parse, search, starts

SLOTS = frozenset({"disease", "treat"})


def find(pattern, text, slots=None):
    words = text.split()
    flat = [unit for word in words for unit in units(word)]
    return search(parse(pattern, {}, SLOTS), flat, [w.lower() for w in words], slots or {}, 0, len(flat))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("cure", "it cures all", (1, 2)),
        ("=cure", "it cures all", None),
        ("=cures", "it Cures all", (1, 2)),
        ("(safe|free of risk) for", "truly free of risk for you", (1, 5)),
        ("no side? effects", "no effects", (0, 2)),
        ("no (bad)? effects", "no bad effects", (0, 3)),
        ("stop ... pills", "stop all of your little pills", (0, 6)),
        ("stop ..2 pills", "stop all of your little pills", None),
    ],
)
def test_the_language(pattern, text, found):
    assert find(pattern, text) == found


def test_a_slot_takes_the_places_it_is_given():
    slots = {"treat": {1: [2]}, "disease": {3: [4, 5]}}
    assert find("{treat} ..1 {disease}", "it heals the bad knee now", slots) == (1, 4)


@pytest.mark.parametrize("pattern", ["...", "word?", "{malady} word", "(a||b)", "(open"])
def test_what_cannot_be_read_is_refused(pattern):
    with pytest.raises(ValueError, match=r"pattern|slot|choice|cannot"):
        parse(pattern, {}, SLOTS)


def test_own_slots_are_words():
    pattern = parse("{weapon} pain", {"weapon": ["hammer", "big drum"]}, SLOTS)
    assert search(pattern, ["big", "drum", "pain"], ["big", "drum", "pain"], {}, 0, 3) == (0, 3)


def test_what_a_match_begins_with_and_needs():
    assert starts(parse("cure ... {disease}", {}, SLOTS)) == {"cure"}
    assert starts(parse("may? cure", {}, SLOTS)) is None
    assert needs(parse("{treat} ... {disease} overnight?", {}, SLOTS)) == [{"{treat}"}, {"{disease}"}]
