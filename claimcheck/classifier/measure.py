"""Figures of quality, each counted page by page, so that pages can be drawn anew for an interval."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = Mapping[str, Array]
Figures = Callable[[Counts], dict[str, Array]]

BINS = 10
_DRAWS = 1000
_SHARES = tuple(round(1 - 0.05 * step, 2) for step in range(19))


def f1(gold: Sequence[str], said: Sequence[str], positive: set[str]) -> float:
    """F1 of ``said in positive`` against ``gold in positive``; 0 where neither occurs."""
    hit = sum(g in positive and s in positive for g, s in zip(gold, said, strict=True))
    total = sum(g in positive for g in gold) + sum(s in positive for s in said)
    return 2 * hit / total if total else 0.0


def spread(counts: Counts, figures: Figures) -> dict[str, dict[str, float | None]]:
    """Figures with the range in which nineteen of twenty lie when the pages are drawn anew.

    Args:
        counts: Arrays with one row a page.
        figures: From counts summed over the pages to figures; takes counts with more axes before as well.

    Returns:
        ``value``, ``low`` and ``high`` of each figure, None where there is nothing to count.
    """
    pages = len(next(iter(counts.values())))
    drawn = np.random.default_rng(0).multinomial(pages, [1 / pages] * pages, size=_DRAWS).astype(float)
    whole = figures({name: table.sum(axis=0) for name, table in counts.items()})
    draws = figures({name: np.tensordot(drawn, table, axes=1) for name, table in counts.items()})
    return {name: _range(float(value), draws[name]) for name, value in whole.items()}


def _range(value: float, draws: Array) -> dict[str, float | None]:
    if np.isnan(value):
        return {"value": None, "low": None, "high": None}
    low, high = np.nanpercentile(draws, (2.5, 97.5))
    return {"value": value, "low": float(low), "high": float(high)}


def share(part: Array, whole: Array) -> Array:
    """Part by whole, not a number where the whole is 0."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    shares: Array = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)
    return shares


def balanced(hit: Array, gold: Array, said: Array) -> Array:
    """F1 from counts; 0 where neither occurs."""
    return np.nan_to_num(share(2 * hit, gold + said))


def class_f1(confusion: Array) -> Array:
    """F1 of each class of a confusion table, labelled by row and said by column."""
    hits = np.diagonal(confusion, axis1=-2, axis2=-1)
    return balanced(hits, confusion.sum(-1), confusion.sum(-2))


def accuracy(confusion: Array) -> Array:
    """Share on the diagonal of a confusion table."""
    return share(np.trace(confusion, axis1=-2, axis2=-1), confusion.sum((-2, -1)))


def sentence_figures(table: Array, labels: Sequence[str]) -> dict[str, Array]:
    """What is said of sentences.

    Args:
        table: Confusion of the labels; no claim comes first, then the verdicts, the worst last.
        labels: Their names.

    Returns:
        ``macro4`` (mean F1 of the labels); ``claim_f1`` (a claim or none) and ``flag_f1`` (overstated or worse), each
        with precision and recall; ``verdict_macro3`` (mean F1 of the verdicts where both say claim); and the F1,
        precision and recall of each label.
    """
    each = class_f1(table)
    hits = np.diagonal(table, axis1=-2, axis2=-1)
    return {
        "macro4": each.mean(-1),
        **dict(_from(table, 1, "claim")),
        **dict(_from(table, 2, "flag")),
        "verdict_macro3": class_f1(table[..., 1:, 1:]).mean(-1),
        **{f"f1_{label}": each[..., n] for n, label in enumerate(labels)},
        **{f"precision_{label}": share(hits[..., n], table[..., :, n].sum(-1)) for n, label in enumerate(labels)},
        **{f"recall_{label}": share(hits[..., n], table[..., n, :].sum(-1)) for n, label in enumerate(labels)},
    }


def _from(table: Array, first: int, name: str) -> Iterator[tuple[str, Array]]:
    """Figures of the labels from ``first`` on taken as one."""
    hit = table[..., first:, first:].sum((-2, -1))
    gold, said = table[..., first:, :].sum((-2, -1)), table[..., :, first:].sum((-2, -1))
    yield f"{name}_f1", balanced(hit, gold, said)
    yield f"{name}_precision", share(hit, said)
    yield f"{name}_recall", share(hit, gold)


def binned(sure: Array, right: Array) -> Array:
    """Number, summed confidence and summed right of each of :data:`BINS` equal bins."""
    table = np.zeros((BINS, 3))
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    np.add.at(table, places, np.column_stack([np.ones(len(sure)), sure, right]))
    return table


def calibration_error(bins: Array) -> Array:
    """Mean gap between confidence and accuracy over the bins, weighed by their size (Guo et al. 2017)."""
    return share(np.abs(bins[..., 1] - bins[..., 2]).sum(-1), bins[..., 0].sum(-1))


def coverage(sure: Array, right: Array) -> list[dict[str, float]]:
    """Accuracy when only the surest are kept.

    Returns:
        For each share kept, from all down to a tenth, the accuracy and the least confidence kept.
    """
    order = np.argsort(-sure, kind="stable")
    running = np.cumsum(right[order])
    kept = [(part, max(1, round(part * len(sure)))) for part in _SHARES] if len(sure) else []
    return [
        {"share": part, "accuracy": float(running[size - 1] / size), "confidence": float(sure[order[size - 1]])}
        for part, size in kept
    ]


def plain(value: Any) -> Any:
    """Arrays as nested lists of whole numbers, for tables of counts."""
    return np.asarray(value).astype(int).tolist()
