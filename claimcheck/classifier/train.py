"""Fits the linear models with scikit-learn, and calibrates them by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from claimcheck.classifier.linear import LinearModel

if TYPE_CHECKING:
    from claimcheck.pipeline.reading import Bag

_FOLDS = 5


def _same(features: Any) -> Any:
    return features


def vectorizers() -> tuple[Any, Any]:
    """The two halves of a bag as scikit-learn vectorizers, not yet fitted."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    text = TfidfVectorizer(analyzer=_same, min_df=2, sublinear_tf=True, dtype=np.float64)
    cues = CountVectorizer(analyzer=_same, min_df=2, binary=True, dtype=np.float64)
    return text, cues


def fit(
    bags: Sequence[Bag],
    labels: Sequence[str],
    groups: Sequence[str],
    classes: Sequence[str],
    *,
    text_scale: float,
    cue_scale: float,
    weights: Sequence[float] | None = None,
) -> LinearModel:
    """Fit one model.

    Args:
        bags: Features of each item.
        labels: Its class.
        groups: Its page; calibration never tests on a page it trained on.
        classes: All classes, in the order the probabilities shall have.
        text_scale: Length of the text half, which TF-IDF makes 1.
        cue_scale: Value of a cue that holds.
        weights: How much each item counts; all the same where None.

    Returns:
        The fitted model, calibrated by one temperature (Guo et al. 2017, ICML) found on
        predictions for pages left out.
    """
    from threadpoolctl import threadpool_limits

    text, cues = vectorizers()
    matrix = _matrix(text, cues, bags, text_scale, cue_scale)
    order = np.array([list(classes).index(label) for label in labels])
    loud = None if weights is None else np.asarray(weights, dtype=float)
    left_out = _left_out(matrix, order, groups, len(classes), loud)
    with threadpool_limits(1):
        head = _head().fit(matrix, order, loud)
    coefficients, intercept = _weights(head)
    return LinearModel(
        tuple(classes),
        _columns(text, 0),
        _columns(cues, len(text.vocabulary_)),
        text.idf_.astype(np.float32),
        coefficients.T.astype(np.float32),
        intercept.astype(np.float32),
        _temperature(left_out, order),
        text_scale,
        cue_scale,
    )


def left_out_logits(
    bags: Sequence[Bag],
    order: np.ndarray,
    groups: Sequence[str],
    classes: int,
    text_scale: float,
    cue_scale: float,
) -> np.ndarray:
    """What models say of each item that were fitted without its group; arguments as in :func:`fit`."""
    text, cues = vectorizers()
    return _left_out(_matrix(text, cues, bags, text_scale, cue_scale), order, groups, classes, None)


def _matrix(text: Any, cues: Any, bags: Sequence[Bag], text_scale: float, cue_scale: float) -> Any:
    from scipy.sparse import hstack

    halves = (
        text_scale * text.fit_transform([b.text for b in bags]),
        cue_scale * cues.fit_transform([b.cues for b in bags]),
    )
    return hstack(halves).tocsr()


def _left_out(
    matrix: Any, order: np.ndarray, groups: Sequence[str], classes: int, weights: np.ndarray | None
) -> np.ndarray:
    from sklearn.model_selection import GroupKFold
    from threadpoolctl import threadpool_limits

    logits = np.zeros((len(order), classes))
    # One thread: the same sums in the same order everywhere, and on matrices this sparse it is faster.
    with threadpool_limits(1):
        for train, test in GroupKFold(_FOLDS).split(matrix, order, groups):
            head = _head().fit(matrix[train], order[train], None if weights is None else weights[train])
            logits[np.ix_(test, head.classes_)] = _logits(head, matrix[test])
    return logits


def _columns(vectorizer: Any, first: int) -> dict[str, int]:
    """Column of each feature, counted from ``first``, in the order of the columns."""
    return {name: first + column for column, name in enumerate(vectorizer.get_feature_names_out())}


def _head() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(max_iter=1000)


def _weights(head: Any) -> tuple[np.ndarray, np.ndarray]:
    """One row a class, also where scikit-learn keeps a single row for two classes."""
    if len(head.classes_) == 2:
        return np.vstack([-head.coef_ / 2, head.coef_ / 2]), np.r_[-head.intercept_ / 2, head.intercept_ / 2]
    return head.coef_, head.intercept_


def _logits(head: Any, matrix: Any) -> np.ndarray:
    weights, intercept = _weights(head)
    return np.asarray(matrix @ weights.T + intercept)


def _temperature(logits: np.ndarray, order: np.ndarray) -> float:
    """The factor on the logits under which the labels are likeliest."""
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax

    rows = np.arange(len(order))

    def loss(factor: float) -> float:
        return float(-log_softmax(factor * logits, axis=1)[rows, order].mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)
