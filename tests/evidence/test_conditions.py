import pytest

from claimcheck.evidence.conditions import beyond, people


def test_people_are_found_in_everyday_words():
    assert people("Gentle enough for babies and expectant mums") == {"children", "pregnancy"}
    assert people("Seniors over 70 and their dogs") == {"older", "animals"}
    assert people("Eases childbirth and mentions nobody") == frozenset()


@pytest.mark.parametrize(
    ("text", "holds_for", "stretched"),
    [
        ("Helps children sleep", "older adults, short term", True),
        ("Helps older adults sleep", "older adults, short term", False),
        ("Helps you sleep", "older adults, short term", False),
        ("Helps children sleep", "short term", False),
        ("1.5 g of beta-glucan a day", "3 g a day", True),
        ("1,500 mg a day", "3 g a day", True),
        ("3000 mg a day", "3 g a day", False),
        ("2 to 4 grams a day", "3 g a day", False),
        ("400 IU a day", "10 µg a day", False),
        ("two capsules a day", "3 g a day", False),
    ],
)
def test_other_people_or_a_lower_dose_stretch_an_entry(text, holds_for, stretched):
    assert beyond(text, holds_for) is stretched
