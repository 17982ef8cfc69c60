from pathlib import Path

import pytest

from claimcheck.errors import DataError, UsageError
from claimcheck.rules import load_rules

GOOD = """\
pack: test
authority: A test authority
rules:
  - id: TT1
    name: cure-word
    severity: error
    jurisdictions: [us]
    kinds: [disease]
    match: ["cure"]
    message: It cures nothing.
    why: Because.
    cite: Some Act s. 1
    as_of: 2026-11
    better: Nothing.
    flag: ["It cures.", "A cure."]
    pass: ["Cured ham? No.", "Nothing."]
"""


def load(tmp_path: Path, text: str):
    (tmp_path / "test.yaml").write_text(text, encoding="utf-8")
    return load_rules(tmp_path, frozenset({"disease"}))


def test_a_good_pack_is_read(tmp_path):
    rules, patterns = load(tmp_path, GOOD)
    assert rules.get("tt1").name == "cure-word"
    assert rules.get("cure-word").jurisdictions == ("us",)
    assert len(patterns["TT1"]["match"]) == 1


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("severity: error", "severity: high", "severity 'high'. Use one of: error, warning, note"),
        ("cite: Some Act s. 1", "cite: ''", "lacks cite"),
        ("better: Nothing.", "bettter: Nothing.", "lacks better"),
        ('match: ["cure"]', 'match: ["{malady}"]', "unknown slot {malady}"),
        ('match: ["cure"]', "match: []", "neither match nor claim"),
        ('match: ["cure"]', "claim: {strenght: [strong]}", "claim.strenght"),
        ('"A cure."', "", "fewer than two sentences to flag"),
        ("jurisdictions: [us]", "jurisdictions: [xx]", "jurisdictions 'xx'"),
    ],
)
def test_a_bad_rule_is_named_with_file_and_line(tmp_path, old, new, complaint):
    with pytest.raises(DataError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert complaint in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 'test.yaml'}:4: ")


def test_a_rule_given_twice_is_an_error(tmp_path):
    with pytest.raises(DataError, match="stands twice"):
        load(tmp_path, GOOD + GOOD.partition("rules:\n")[2])


def test_an_unknown_rule_names_the_nearest(tmp_path):
    rules, _ = load(tmp_path, GOOD)
    with pytest.raises(UsageError, match="Did you mean TT1"):
        rules.get("TT2")
