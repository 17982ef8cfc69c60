from __future__ import annotations

import json

import pytest

from claimcheck.cli.evaluate import DATASETS
from claimcheck.corpus.pages import GoldClaim
from claimcheck.pipeline.evaluate import _met
from claimcheck.pipeline.public import SCORERS
from claimcheck.terms import ClaimKind, Grade, Strength, Verdict
from tests.corpus import public_files
from tests.report.made import claim

METRICS = {
    "li2021": ("macro_f1", 1.0),
    "eurekalert": ("macro_f1", 1.0),
    "insciout": ("f1_exaggerates", 1.0),
    "healthsea": ("macro_f1", 1.0),
    "trec_misinfo": ("accuracy_if_answered", 1.0),
    "negex": ("f1_negated", 2 / 3),
    "bioscope": ("f1_hedged", 1.0),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return public_files.write(tmp_path_factory.mktemp("public"))


def test_the_choices_are_those_of_the_room():
    assert tuple(SCORERS) == DATASETS


@pytest.mark.parametrize("name", [name for name in DATASETS if name != "challenge"])
def test_on_a_public_data_set(run, folder, name):
    result = run("evaluate", "--on", name, folder / name, "--format", "json")
    assert result.exit_code == 0
    scores = json.loads(result.stdout)
    metric, value = METRICS[name]
    assert scores[metric] == pytest.approx(value), scores
    assert all(0 <= number <= 1 for key, number in scores.items() if key != "examples")


def test_what_trec_does_not_answer_counts_as_wrong(run, folder):
    scores = json.loads(run("evaluate", "--on", "trec_misinfo", folder / "trec_misinfo", "--format", "json").stdout)
    assert scores["examples"] == 3
    assert scores["coverage"] == scores["accuracy"] == pytest.approx(2 / 3)


def test_text_form(run, folder):
    shown = run("evaluate", "--on", "negex", folder / "negex").stdout
    assert shown.splitlines() == ["examples                     3", "f1_negated                   0.667"]


def test_a_folder_of_pages(run, tmp_path):
    text = "Garlic cures cancer.\nOur shop opens at nine.\nPolka singing turns hair blue."
    first = text.index("Our")
    spans = [(0, first - 1, "unsupported"), (first, text.index("Polka") - 1, "none"), (text.index("Polka"), len(text))]
    known = {"kind": "disease", "strength": "strong", "grade": "C", "subject": "garlic", "effect": "cancer"}
    sentences = [
        {"start": start, "end": end, "label": label[0] if label else "unsupported", "unsure": False, **known}
        for start, end, *label in spans
    ]
    page = {"id": "p", "genre": "marketing", "topic": "garlic", "text": text, "sentences": sentences}
    (tmp_path / "p.json").write_text(json.dumps(page), encoding="utf-8")
    scores = json.loads(run("evaluate", "--pages", tmp_path, "--format", "json").stdout)
    assert (scores["pages"], scores["sentences"]) == (1, 3)
    assert scores["f1_unsupported"] > 0
    assert scores["linked_of_all"] == 0.5


def test_one_thing_at_a_time(run, folder, tmp_path):
    result = run("evaluate", "--pages", tmp_path, "--on", "negex", folder / "negex")
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_a_folder_without_the_data_set(run, tmp_path):
    result = run("evaluate", "--on", "insciout", tmp_path)
    assert result.exit_code == 2
    assert "no such file. Name the file of the data set" in result.stderr


def gold(start, end):
    return GoldClaim(
        start, end, ClaimKind.DISEASE, (), Strength.PLAIN, Grade.C, "", "", "", Verdict.UNSUPPORTED, unsure=False
    )


def found(start, end, verdict):
    from dataclasses import replace

    return replace(claim(), start=start, end=end, verdict=verdict)


def test_of_several_claims_held_whole_the_worst_is_compared():
    mild, worst = found(0, 9, Verdict.SUPPORTED), found(10, 14, Verdict.UNSUPPORTED)
    label = gold(0, 20)
    assert _met([label], [mild, worst]) == [(label, worst)]


def test_of_claims_not_held_whole_the_longest_is_compared():
    long, worse = found(0, 9, Verdict.SUPPORTED), found(9, 14, Verdict.UNSUPPORTED)
    label = gold(0, 12)
    assert _met([label], [long, worse]) == [(label, long)]
    assert _met([gold(20, 30)], [long, worse]) == []


def test_the_challenge_set_is_scored_by_capability(run, tmp_path):
    import json

    rows = [
        {"capability": "negation", "text": "Garlic cures cancer.", "label": "unsupported"},
        {"capability": "non_claim", "text": "Ships from Leeds within two days.", "label": "none"},
        {"capability": "non_claim", "text": "Ships from York within two days.", "label": "supported"},
    ]
    file = tmp_path / "challenge.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    scores = json.loads(run("evaluate", "--on", "challenge", tmp_path, "--format", "json").stdout)
    assert scores["sentences"] == 3
    assert scores["negation"] == 1.0
    assert scores["non_claim"] == 0.5
