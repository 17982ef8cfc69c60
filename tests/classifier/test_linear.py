import numpy as np
import pytest
from scipy.sparse import hstack
from sklearn.linear_model import LogisticRegression

from claimcheck.classifier.linear import LinearModel
from claimcheck.classifier.train import fit, vectorizers
from claimcheck.pipeline.reading import Bag

SCALES = {"text_scale": 2.0, "cue_scale": 0.5}
WORDS = ["may", "help", "cure", "support", "proven", "risk", "study", "contains", "grows", "ship"]


@pytest.fixture(scope="module")
def data():
    draw = np.random.default_rng(0)
    bags, labels, groups = [], [], []
    for number in range(240):
        label = ["hedged", "plain", "strong"][number % 3]
        words = [*draw.choice(WORDS, 6), *([label] * int(draw.integers(0, 3)))]
        bags.append(Bag([f"w={word}" for word in words], [f"cue={draw.integers(0, 4)}", f"is={label[0]}"]))
        labels.append(label)
        groups.append(f"page-{number % 12}")
    return bags, labels, groups


@pytest.mark.parametrize("classes", [["hedged", "plain", "strong"], ["other", "strong"]])
def test_numpy_agrees_with_scikit_learn(data, classes):
    bags, labels, groups = data
    if len(classes) == 2:
        labels = [label if label == "strong" else "other" for label in labels]
    model = fit(bags, labels, groups, classes, **SCALES)
    text, cues = vectorizers()
    matrix = hstack([2 * text.fit_transform([b.text for b in bags]), 0.5 * cues.fit_transform([b.cues for b in bags])])
    head = LogisticRegression(max_iter=1000).fit(matrix.tocsr(), labels)
    scores = head.decision_function(matrix) * model.temperature
    if len(classes) == 2:
        wanted = 1 / (1 + np.exp(-scores))
        found = model.predict_proba(bags)[:, 1]
    else:
        wanted = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        found = model.predict_proba(bags)
    np.testing.assert_allclose(found, wanted, atol=1e-3)


def test_a_model_learns_what_is_there_to_learn(data):
    bags, labels, groups = data
    model = fit(bags, labels, groups, ["hedged", "plain", "strong"], **SCALES)
    said = [model.classes[n] for n in model.predict_proba(bags).argmax(axis=1)]
    assert np.mean([s == label for s, label in zip(said, labels, strict=True)]) > 0.9


def test_a_stored_model_says_the_same_and_holds_no_code(data, tmp_path):
    bags, labels, groups = data
    model = fit(bags, labels, groups, ["hedged", "plain", "strong"], **SCALES)
    model.to_disk(tmp_path / "strength")
    again = LinearModel.from_disk(tmp_path / "strength")
    np.testing.assert_allclose(again.predict_proba(bags), model.predict_proba(bags), atol=1e-3)
    again.to_disk(tmp_path / "second")
    for suffix in (".npz", ".json"):
        assert (tmp_path / f"second{suffix}").read_bytes() == (tmp_path / f"strength{suffix}").read_bytes()


def test_unknown_features_leave_the_prior(data):
    bags, labels, groups = data
    model = fit(bags, labels, groups, ["hedged", "plain", "strong"], **SCALES)
    probabilities = model.predict_proba([Bag(["w=never-seen"], [])])
    assert probabilities.sum() == pytest.approx(1)
