from __future__ import annotations

import pytest

from claimcheck.corpus.check import check
from claimcheck.corpus.rows import read_rows
from claimcheck.corpus.wording import alike, distinct_bigrams, frame
from claimcheck.errors import DataError
from claimcheck.verdict import labelled
from tests.corpus.made import claim, row, small, write

LONG = "A warm bath with lavender oil calms the nerves after a long day at sea"


@pytest.fixture
def problems(tmp_path):
    """What is wrong with some splits, by the first words of the rule."""

    def problems(rows):
        found = check(read_rows(write(tmp_path, rows) / "corpus"), labelled)
        return {rule: [str(problem) for problem in told] for rule, told in found.items() if told}

    return problems


def only(found):
    """The one problem of the one rule broken, with the rule."""
    [(rule, [problem])] = found.items()
    return rule, problem


def test_the_small_corpus_keeps_every_rule(problems):
    assert problems(small()) == {}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"label": "true"}, "label is 'true'. Use one of: none, supported, overstated, unsupported."),
        ({"genre": "poem"}, "genre is 'poem'. Use one of:"),
        ({"stance": "sings"}, "stance is 'sings'."),
        ({"block": "footer"}, "block is 'footer'."),
        ({"unsure": "no"}, "unsure is 'no'. Give a bool."),
        ({"joins": 1}, "joins is 1. Give a bool."),
        ({"colour": "red"}, "colour is no field."),
        ({"topic": " "}, "topic is empty."),
        ({"text": "two\nlines"}, "text has white space around it or a line break in it."),
        ({"claims": ["words"]}, "claim 1: is no object."),
    ],
)
def test_a_row_that_breaks_the_schema(problems, changes, told):
    rows = small()
    rows["test"][1] |= changes
    rule, problem = only(problems(rows))
    assert rule == "every row follows the schema"
    assert told in problem
    assert "test.jsonl:2: page c-1: " in problem


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "cure"}, "kind is 'cure'."),
        ({"strength": "firm"}, "strength is 'firm'."),
        ({"grade": "E"}, "grade is 'E'. Use one of: A, B, C, D."),
        ({"refinement": "odd"}, "refinement is 'odd'. Use one of: report, scope, serious, proof."),
        ({"verdict": "none"}, "verdict is 'none'."),
        ({"flags": ["loud"]}, "flags hold 'loud'."),
        ({"start": True}, "start is True. Give a int."),
        ({"effect": ""}, "effect is empty."),
    ],
)
def test_a_claim_that_breaks_the_schema(problems, changes, told):
    rows = small()
    rows["train"][1]["claims"][0] |= changes
    rule, problem = only(problems(rows))
    assert rule == "every row follows the schema"
    assert f"claim 1: {told}" in problem


def test_a_missing_field(problems):
    rows = small()
    del rows["train"][1]["claims"][0]["grade"], rows["test"][0]["joins"]
    told = "\n".join(problems(rows)["every row follows the schema"])
    assert "claim 1: grade is missing." in told
    assert "joins is missing." in told


def test_claims_outside_their_sentence_or_over_each_other(problems):
    rows = small()
    text = rows["test"][1]["text"]
    rows["test"][1] |= {
        "claims": [claim(text, "opens at seven"), claim(text, "seven and"), claim(text, "free.", end=99)],
        "label": "supported",
    }
    told = problems(rows)["claims lie inside their sentence and do not overlap"]
    assert "claim 2: 20-29 begins before the end of the claim before it (25)." in told[0]
    assert "claim 3: 41-99 is no span of a sentence of 46 characters." in told[1]


def test_a_label_that_is_not_the_worst_verdict(problems):
    rows = small()
    rows["validation"][1]["label"] = "overstated"
    assert "label is overstated, the worst verdict in it unsupported." in only(problems(rows))[1]


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"grade": "A", "strength": "strong"}, "overstated"),
        ({"grade": "C", "strength": "plain"}, "unsupported"),
        ({"refinement": "scope"}, "overstated"),
        ({"refinement": "serious"}, "unsupported"),
        ({"refinement": "proof"}, "unsupported"),
        ({"grade": "C", "refinement": "report", "verdict": "unsupported"}, "supported"),
    ],
)
def test_a_verdict_that_does_not_follow(problems, changes, due):
    rows = small()
    made = claim(rows["test"][1]["text"], "tea", **changes)
    rows["test"][1] |= {"claims": [made], "label": made["verdict"]}
    rule, problem = only(problems(rows))
    assert rule.startswith("verdicts follow")
    assert f"gives {due}." in problem


def test_scope_never_leaves_the_table():
    from claimcheck.terms import Grade, Strength, Verdict

    assert labelled(Grade.D, Strength.HEDGED, "scope") is Verdict.UNSUPPORTED


def test_a_page_in_two_places(problems):
    rows = small()
    rows["train"] += [row("d-1", "kelp", "Kelp grows in cold water."), row("a-1", text="We ship within a day.")]
    assert only(problems(rows))[1].startswith(
        str(only(problems(rows))[1].split(":")[0]) + ":4: page a-1: stands in two"
    )


def test_a_page_that_changes_its_genre_or_opens_by_joining(problems):
    rows = small()
    rows["train"][1]["genre"] = "blog_post"
    rows["test"][0]["joins"] = True
    told = problems(rows)["a page stands in one place, and is one page"]
    assert "genre is not that of the page's first sentence." in told[0]
    assert "the first sentence of a page joins nothing." in told[1]


def test_splits_that_share_a_page_or_a_topic(problems):
    rows = small()
    rows["test"] = [row("a-1", "Zinc", "We ship within a day.")]
    told = problems(rows)["splits share no page and no topic"]
    assert "the page 'a-1' is in train too (page a-1)." in told[0]
    assert "the topic 'Zinc' is in validation too (page b-1)." in told[1]


def test_two_pages_with_nearly_the_same_sentence(problems):
    rows = small()
    rows["train"].append(row(text=LONG + "."))
    rows["test"].append(row("c-1", "yoga", LONG.upper() + " or a hike!"))
    rule, problem = only(problems(rows))
    assert rule == "no sentences of two pages share over 60% of their 5-grams"
    assert "test.jsonl:3: page c-1: shares 79% of its 5-grams with 'A warm bath" in problem
    assert "(train.jsonl:3, page a-1)" in problem


def test_one_page_may_repeat_itself():
    assert list(alike([LONG, LONG], ["a", "a"], 0.6)) == []
    assert list(alike([LONG, LONG], ["a", "b"], 0.6)) == [(0, 1, 1.0)]
    assert list(alike(["Can I take it?"] * 2, ["a", "b"], 0.6)) == []
    assert list(alike([LONG, LONG + " and another long night of storms on deck"], ["a", "b"], 0.6)) == []


def test_a_frame_that_is_used_too_often(problems):
    rows = small()
    names = "kelp sage oats figs dill mint".split()
    rows["train"] += [row(text=f"{name.title()} is {name}ish for the {name} of {name}s.") for name in names]
    rule, problem = only(problems(rows))
    assert rule == "no frame of six words or more is used over 5 times"
    assert "the frame '_ is _ for the _ of _' is used 6 times." in problem
    assert "Sentence: 'Mint is" in problem


def test_what_has_no_frame():
    assert frame("Garlic may help with colds.") == ""
    assert frame("Aqua, glycerol, acacia honey, peppermint oil, zinc.") == ""
    assert frame("It doesn’t help with colds or flu.") == "it doesn't _ with _ or _"


def test_a_topic_on_too_many_pages(problems):
    rows = small()
    for number in range(40):
        topic = "kelp" if number < 2 else f"topic {number}"
        rows["train"].append(row(f"d-{number}", topic, f"{number} leaves"))
    assert "the topic 'kelp' is on 2 of 43 pages." in only(problems(rows))[1]


def test_distinct_bigrams():
    assert distinct_bigrams(["Red tea, red tea", "red"]) == pytest.approx(2 / 5)
    assert distinct_bigrams([]) == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"{}\n{", "train.jsonl:2: is no JSON ("), (b"[]", "train.jsonl:1: is no JSON object."), (b"\xff", "not UTF-8")],
)
def test_a_file_that_holds_no_rows(tmp_path, content, told):
    folder = write(tmp_path, small()) / "corpus"
    (folder / "train.jsonl").write_bytes(content)
    with pytest.raises(DataError) as error:
        read_rows(folder)
    assert told in str(error.value)


def test_a_missing_split(tmp_path):
    with pytest.raises(DataError, match=r"train\.jsonl: could not be read \(No such file"):
        read_rows(tmp_path)
