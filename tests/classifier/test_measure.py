import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_score

from claimcheck.classifier.baselines import by_keywords, by_words
from claimcheck.classifier.measure import binned, calibration_error, class_f1, coverage, f1, sentence_figures, spread

LABELS = ["none", "supported", "overstated", "unsupported"]


@pytest.fixture
def pairs():
    rng = np.random.default_rng(3)
    return rng.integers(0, 4, 200), rng.integers(0, 4, 200)


def table(gold, said):
    confusion = np.zeros((4, 4))
    np.add.at(confusion, (gold, said), 1)
    return confusion


def test_figures_are_those_of_scikit_learn(pairs):
    gold, said = pairs
    found = sentence_figures(table(gold, said), LABELS)
    assert found["macro4"] == pytest.approx(f1_score(gold, said, average="macro"))
    assert found["claim_f1"] == pytest.approx(f1_score(gold > 0, said > 0))
    assert found["flag_precision"] == pytest.approx(precision_score(gold > 1, said > 1))
    both = (gold > 0) & (said > 0)
    assert found["verdict_macro3"] == pytest.approx(f1_score(gold[both], said[both], average="macro"))
    words = [[LABELS[n] for n in side] for side in pairs]
    assert found["f1_overstated"] == pytest.approx(f1(*words, {"overstated"}))


def test_an_interval_holds_the_value_and_is_the_same_every_time():
    rows = np.stack([table(*np.random.default_rng(n).integers(0, 4, (2, 30))) for n in range(20)])
    once = spread({"label": rows}, lambda c: sentence_figures(c["label"], LABELS))
    assert once == spread({"label": rows}, lambda c: sentence_figures(c["label"], LABELS))
    assert once["macro4"]["low"] < once["macro4"]["value"] < once["macro4"]["high"]


def test_a_figure_of_nothing_is_none():
    empty = spread({"label": np.zeros((2, 4, 4))}, lambda c: sentence_figures(c["label"], LABELS))
    assert empty["recall_none"] == {"value": None, "low": None, "high": None}
    assert class_f1(np.zeros((3, 3))).tolist() == [0, 0, 0]


def test_calibration_error_is_the_gap_weighed_by_size():
    sure, right = np.array([0.95, 0.95, 0.55, 1.0]), np.array([1.0, 0.0, 1.0, 1.0])
    assert calibration_error(binned(sure, right)) == pytest.approx((abs(2.9 - 2) + abs(0.55 - 1)) / 4)


def test_coverage_keeps_the_surest():
    points = coverage(np.array([0.9, 0.5, 0.8, 0.7]), np.array([1.0, 0.0, 1.0, 0.0]))
    assert points[0] == {"share": 1.0, "accuracy": 0.5, "confidence": 0.5}
    assert [point["accuracy"] for point in points if point["share"] == 0.5] == [1.0]
    assert coverage(np.array([]), np.array([])) == []


def test_keywords_take_the_worst_word():
    texts = ["It cures and soothes.", "It soothes, and may help.", "A trial ran.", "Curettage in Curitiba."]
    assert by_keywords(texts) == ["unsupported", "overstated", "supported", "none"]


def test_words_are_learned():
    train = ["red ball"] * 4 + ["blue cube"] * 4
    assert by_words(["a red ball", "one blue cube"], train, ["none"] * 4 + ["supported"] * 4) == ["none", "supported"]
