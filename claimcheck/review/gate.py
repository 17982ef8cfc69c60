"""Two pipelines on the same labelled sentences: a table with intervals, and whether the new one may be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claimcheck.terms import Verdict

LABELS = ("none", *map(str, Verdict))
MACRO = "macro"
_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled sentence with what two pipelines say of it; ``unit`` is drawn as a whole (its page)."""

    unit: str
    gold: str
    old: str
    new: str
    slices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """F1 of one class on one set and slice; ``low`` and ``high`` are the 95 % interval of new minus old."""

    of: str
    slice: str
    label: str
    count: int
    old: float
    new: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Whether the new pipeline is worse beyond the interval."""
        return self.high < 0


def table(of: str, judged: Sequence[Judged], least: int = 20) -> list[Line]:
    """Compare on a whole set and on each slice with enough sentences.

    The interval is the paired bootstrap over units (Efron & Tibshirani 1993), 1000 draws from a fixed seed.
    """
    slices = sorted({name for item in judged for name in item.slices})
    found = _lines(of, "all", judged)
    for name in slices:
        inside = [item for item in judged if name in item.slices]
        if len(inside) >= least:
            found += _lines(of, name, inside)
    return found


def refused(lines: Sequence[Line]) -> list[Line]:
    """The classes of whole sets in which the new pipeline is worse beyond the interval; empty lets it pass."""
    return [line for line in lines if line.slice == "all" and line.label != MACRO and line.worse]


def _lines(of: str, name: str, judged: Sequence[Judged]) -> list[Line]:
    if not judged:
        return []
    units = {unit: number for number, unit in enumerate(dict.fromkeys(item.unit for item in judged))}
    counts = np.zeros((len(units), 2, len(LABELS), 3))
    for item in judged:
        gold = LABELS.index(item.gold)
        for which, said in enumerate((item.old, item.new)):
            table_ = counts[units[item.unit], which]
            table_[gold, 1] += 1
            table_[LABELS.index(said), 2] += 1
            table_[gold, 0] += item.gold == said
    draws = np.random.default_rng(0).multinomial(len(units), np.full(len(units), 1 / len(units)), size=_DRAWS)
    whole = _f1(counts.sum(axis=0))
    drawn = _f1(np.tensordot(draws, counts, axes=1))
    low, high = np.percentile(drawn[:, 1] - drawn[:, 0], (2.5, 97.5), axis=0)
    gold_counts = [sum(item.gold == label for item in judged) for label in LABELS]
    shown = [(label, count) for label, count in zip((*LABELS, MACRO), (*gold_counts, len(judged)), strict=True)]
    return [
        Line(of, name, label, count, float(whole[0, i]), float(whole[1, i]), float(low[i]), float(high[i]))
        for i, (label, count) in enumerate(shown)
        if count
    ]


def _f1(counts: np.ndarray) -> np.ndarray:
    """F1 of each class and their mean, from hits, gold and said on the last axis."""
    total = counts[..., 1] + counts[..., 2]
    each = np.divide(2 * counts[..., 0], total, out=np.zeros_like(total), where=total > 0)
    return np.concatenate([each, each.mean(axis=-1, keepdims=True)], axis=-1)
