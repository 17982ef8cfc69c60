from pathlib import Path

import pytest

from claimcheck.errors import DataError, UsageError
from claimcheck.rules import Names, load_rules

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
    return load_rules(tmp_path, Names(frozenset({"disease"}), frozenset({"turmeric"})))


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
        ('match: ["cure"]', "claim: {strenght: [strong]}", "Did you mean strength?"),
        ('"A cure."', "", "fewer than two sentences to flag"),
        ("jurisdictions: [us]", "jurisdictions: [xx]", "jurisdictions 'xx'"),
        ("jurisdictions: [us]", "jurisdictions: []", "neither jurisdictions nor platforms"),
        ("jurisdictions: [us]", "platforms: [amazn]", "platforms 'amazn'. Use one of: amazon, google-ads"),
        ('match: ["cure"]', "claim: {subject: [tumeric]}", "claim has subject 'tumeric'. Use one of: turmeric"),
        ('match: ["cure"]', "claim: {kind: disease}", "must be a list, such as [disease]"),
        ('match: ["cure"]', "page: {buys: true}", "Add `scope: page`"),
        ("kinds: [disease]", "scope: page\n    page: {placs: [title]}", "Did you mean places?"),
        ("kinds: [disease]", "scope: page\n    page: {buys: true}", "Give the pack a slot `buys`"),
        ("kinds: [disease]", "kinds: [disease]\n    unles: [x]", "Did you mean unless?"),
    ],
)
def test_a_bad_rule_is_named_with_file_and_line(tmp_path, old, new, complaint):
    with pytest.raises(DataError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert complaint in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 'test.yaml'}:4: ")


def test_a_pack_seeds_only_where_it_says_so(tmp_path):
    assert not load(tmp_path, GOOD)[0].get("TT1").seeds
    assert load(tmp_path, GOOD.replace("rules:", "seeds: true\nrules:"))[0].get("TT1").seeds


def test_an_old_name_finds_its_rule_and_may_not_be_given_again(tmp_path):
    named = GOOD.replace("    severity", "    aliases: [heal-word]\n    severity")
    assert load(tmp_path, named)[0].get("heal-word").id == "TT1"
    other = GOOD.partition("rules:\n")[2].replace("TT1", "TT2").replace("cure-word", "heal-word")
    with pytest.raises(DataError, match="heal-word is taken"):
        load(tmp_path, named + other)


def test_a_rule_given_twice_is_an_error(tmp_path):
    with pytest.raises(DataError, match="stands twice"):
        load(tmp_path, GOOD + GOOD.partition("rules:\n")[2])


def test_an_unknown_rule_names_the_nearest(tmp_path):
    rules, _ = load(tmp_path, GOOD)
    with pytest.raises(UsageError, match="Did you mean TT1"):
        rules.get("TT2")
