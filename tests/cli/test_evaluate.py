from __future__ import annotations

import json

import pytest

from claimcheck.cli.evaluate import DATASETS
from claimcheck.corpus.pages import GoldClaim, GoldSentence, Page
from claimcheck.pipeline.evaluate import _judged, _met, counts
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


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    text = "Garlic cures cancer.\nOur shop opens at nine.\nPolka singing turns hair blue."
    first = text.index("Our")
    spans = [(0, first - 1, "unsupported"), (first, text.index("Polka") - 1, "none"), (text.index("Polka"), len(text))]
    known = {"kind": "disease", "strength": "strong", "grade": "C", "subject": "garlic", "effect": "cancer"}
    sentences = [
        {"start": start, "end": end, "label": label[0] if label else "unsupported", "unsure": False, **known}
        for start, end, *label in spans
    ]
    page = {"id": "p", "genre": "marketing", "topic": "garlic", "text": text, "sentences": sentences}
    (folder / "p.json").write_text(json.dumps(page), encoding="utf-8")
    return folder


@pytest.fixture
def little_training(monkeypatch):
    """The baselines learn from two pages, which is enough to run them."""
    from claimcheck import corpus

    load = corpus.load_pages
    monkeypatch.setattr(corpus, "load_pages", lambda folder, _: load(folder, "validation")[:2])


@pytest.mark.usefixtures("little_training")
def test_a_folder_of_pages(run, pages):
    account = json.loads(run("evaluate", "--pages", pages, "--format", "json").stdout)
    assert (account["pages"], account["sentences"], account["claims"]) == (1, 3, 2)
    assert account["scores"]["f1_unsupported"]["value"] > 0
    assert account["scores"]["linked_of_all"]["value"] == 0.5
    assert set(account["baselines"]) == {"keywords", "words"}
    assert list(account["slices"]) == ["genre", "kind", "subject"]
    assert account["slices"]["genre"]["marketing"]["pages"] == 1


@pytest.mark.usefixtures("little_training")
def test_the_account_as_text_and_picture(run, pages, tmp_path):
    pytest.importorskip("matplotlib", reason="needs the extra plots")
    shown = run("evaluate", "--pages", pages, "--picture", tmp_path / "p.svg").stdout
    assert shown.startswith("1 pages, 3 sentences, 2 labelled claims, ")
    for title in ("macro4", "label: labelled, found as", "confidence", "share kept", "genre", "kind", "subject"):
        assert f"\n{title}" in shown
    run("evaluate", "--pages", pages, "--picture", tmp_path / "q.svg")
    drawn = (tmp_path / "p.svg").read_bytes()
    assert drawn.startswith(b"<?xml")
    assert b"share kept" in drawn
    assert drawn == (tmp_path / "q.svg").read_bytes()


@pytest.mark.usefixtures("little_training")
@pytest.mark.parametrize(("name", "problem"), [("p.gif", "ends in .svg"), ("no/p.svg", "there is no folder")])
def test_a_picture_that_cannot_be_drawn(run, pages, tmp_path, name, problem):
    result = run("evaluate", "--pages", pages, "--picture", tmp_path / name)
    assert result.exit_code == 2
    assert problem in result.stderr


@pytest.mark.parametrize("others", [("--split", "test"), ("--pages", "tests"), ("--on", "challenge", "tests")])
def test_floors_are_pinned_on_the_validation_split_only(run, others):
    result = run("evaluate", "--pin", "because", *others)
    assert result.exit_code == 2
    assert "--pin is for the validation split" in result.stderr


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


def test_a_span_is_found_where_half_of_it_is_shared():
    page = Page(
        "p", "g", "t", "sells", "", (), (GoldSentence(0, 50, "unsupported", False, (gold(0, 10), gold(20, 30))),)
    )
    said = (found(0, 6, Verdict.SUPPORTED), found(20, 45, Verdict.SUPPORTED), found(1, 9, Verdict.SUPPORTED))
    assert counts([_judged(page, said)])["span"].tolist() == [[1.0, 2.0, 3.0]]


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
