"""Agreement of two labellers, by scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence


def cohen_kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Cohen's kappa of two lists of labels (Cohen 1960, Educational and Psychological Measurement 20)."""
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(list(one), list(other)))
