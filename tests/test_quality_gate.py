"""No pipeline falls below its floors unless a person has said so, in words."""

from pathlib import Path

import pytest

from claimcheck.corpus import load_pages
from claimcheck.errors import DataError, UsageError
from claimcheck.pipeline.evaluate import counts, figures, judged
from claimcheck.pipeline.floors import FILE, PINNED, TOLERANCE, data_hash, falls, pin, read_floors
from claimcheck.pipeline.run import load

ROOT = Path(__file__).parents[1]
FLOORS = read_floors(ROOT / "models" / FILE)
PAGES = ROOT / "data" / "corpus" / "validation.jsonl"
HOW = 'If that is meant, say why: claimcheck evaluate --pipeline {} --pin "WHY"'


@pytest.mark.parametrize("pipeline", FLOORS)
def test_no_score_is_below_its_floor(pipeline):
    pinned = FLOORS[pipeline]
    assert pinned["data"] == data_hash(PAGES), f"floors are for other pages. {HOW.format(pipeline)}"
    nlp = load(ROOT / "models" / pipeline)
    table = counts(judged(nlp, load_pages(PAGES.parent, "validation")))
    scores = figures({name: rows.sum(axis=0) for name, rows in table.items()})
    fallen = [f"{f.name} {f.score:.4f} < {f.floor}" for f in falls(scores, pinned["floors"])]
    assert fallen == [], HOW.format(pipeline)


def test_every_pipeline_that_is_shipped_has_floors():
    shipped = {path.parent.name for path in (ROOT / "models").glob("*/config.cfg")}
    assert set(FLOORS) == shipped
    for pinned in FLOORS.values():
        assert set(pinned["floors"]) == set(PINNED)
        assert pinned["why"]


def made(**scores):
    return {**dict.fromkeys(PINNED, 0.5), **scores}


def test_pinning_takes_the_score_less_the_tolerance(tmp_path):
    assert pin(tmp_path / FILE, "one", made(macro4=0.7), "abc", "first") == []
    assert pin(tmp_path / FILE, "other", made(macro4=None), "abc", "first") == []
    known = read_floors(tmp_path / FILE)
    assert known["one"]["floors"]["macro4"] == pytest.approx(0.7 - TOLERANCE)
    assert known["other"]["floors"]["macro4"] == 0
    assert (known["one"]["data"], known["one"]["why"], known["one"]["lowered"]) == ("abc", "first", {})


def test_what_comes_down_is_told_and_kept(tmp_path):
    pin(tmp_path / FILE, "one", made(macro4=0.7), "abc", "first")
    fallen = pin(tmp_path / FILE, "one", made(macro4=0.6, claim_f1=0.9), "abc", "a reason")
    assert [(fall.name, fall.floor, fall.score) for fall in fallen] == [("macro4", 0.695, 0.595)]
    assert read_floors(tmp_path / FILE)["one"]["lowered"] == {"macro4": [0.695, 0.595]}


def test_pinning_needs_words(tmp_path):
    with pytest.raises(UsageError, match="needs a reason in words"):
        pin(tmp_path / FILE, "one", made(), "abc", "  ")
    assert not (tmp_path / FILE).exists()


def test_a_score_below_its_floor_is_a_fall():
    assert [fall.name for fall in falls({"a": 0.4, "b": 0.5, "c": None}, {"a": 0.5, "b": 0.5, "c": 0.1})] == ["a", "c"]


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_file_of_floors_that_is_none(tmp_path, text):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="from the repository"):
        read_floors(tmp_path / FILE)
