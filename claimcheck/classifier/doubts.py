"""Likely label errors, by cleanlab (Northcutt, Jiang & Chuang 2021, JAIR 70: confident learning)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from claimcheck.classifier.train import left_out_logits

if TYPE_CHECKING:
    from claimcheck.pipeline.reading import Bag


def doubtful(
    bags: Sequence[Bag],
    labels: Sequence[str],
    groups: Sequence[str],
    classes: Sequence[str],
    *,
    text_scale: float,
    cue_scale: float,
) -> list[tuple[int, float]]:
    """Items whose label is likely wrong.

    Args:
        bags: Features of each item.
        labels: Its class.
        groups: Its page; a model never judges a page it was trained on.
        classes: All classes.
        text_scale: As in :func:`claimcheck.classifier.train.fit`.
        cue_scale: As there.

    Returns:
        Number of the item and the probability of its label, the least likely first.
    """
    from cleanlab.filter import find_label_issues
    from scipy.special import softmax

    order = np.array([list(classes).index(label) for label in labels])
    logits = left_out_logits(bags, order, groups, len(classes), text_scale, cue_scale)
    probabilities = softmax(logits, axis=1)
    found = find_label_issues(order, probabilities, return_indices_ranked_by="self_confidence", n_jobs=1)
    return [(int(index), float(probabilities[index, order[index]])) for index in found]
