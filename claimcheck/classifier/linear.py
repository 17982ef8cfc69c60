"""A linear model as arrays and text: small, quick to load, and safe to load from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import srsly

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Weights are rounded so that the last bits of another machine's arithmetic do not change the file.
DECIMALS = 4


@dataclass(slots=True)
class LinearModel:
    """Multinomial logistic regression over bags of named features.

    Attributes:
        classes: Their names, in the order of the probabilities.
        text: Column of each text feature.
        cues: Column of each cue feature.
        idf: Inverse document frequency of each text column.
        weights: One row a column (text first), one column a class.
        intercept: One a class.
        temperature: What the logits are multiplied by before the softmax.
        text_scale: Length of the text half, which TF-IDF makes 1.
        cue_scale: Value of a cue that holds.
    """

    classes: tuple[str, ...]
    text: dict[str, int]
    cues: dict[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]
    temperature: float = 1.0
    text_scale: float = 1.0
    cue_scale: float = 1.0

    def logits(self, bags: Sequence[tuple[Sequence[str], Sequence[str]]]) -> NDArray[np.float32]:
        """Scores before calibration.

        Args:
            bags: Text features and cue features of each item.

        Returns:
            Array of shape (items, classes).
        """
        scores = np.tile(self.intercept, (len(bags), 1))
        if not bags:
            return scores
        columns, counts, ends = _counted(self.text, [text for text, _ in bags])
        values = ((1 + np.log(counts)) * self.idf[columns]).astype(np.float32)
        norms = np.sqrt(_row_sums(values[:, None] ** 2, ends)[:, 0])
        sums = _row_sums(values[:, None] * self.weights[columns], ends)
        scores += self.text_scale * sums / np.where(norms, norms, 1)[:, None]
        columns, _, ends = _counted(self.cues, [cues for _, cues in bags])
        scores += self.cue_scale * _row_sums(self.weights[columns], ends)
        return scores

    def predict_proba(self, bags: Sequence[tuple[Sequence[str], Sequence[str]]]) -> NDArray[np.float32]:
        """Calibrated probabilities, shape (items, classes); rows sum to 1."""
        scores = self.logits(bags) * self.temperature
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def to_disk(self, path: Path) -> None:
        """Write ``<path>.npz`` and ``<path>.json``; no code travels in them."""
        np.savez(
            path.with_suffix(".npz"),
            idf=np.round(self.idf, DECIMALS),
            weights=np.round(self.weights, DECIMALS),
            intercept=np.round(self.intercept, DECIMALS),
        )
        known = {
            "classes": list(self.classes),
            "temperature": round(self.temperature, DECIMALS),
            "text_scale": self.text_scale,
            "cue_scale": self.cue_scale,
            "text": list(self.text),
            "cues": list(self.cues),
        }
        srsly.write_json(path.with_suffix(".json"), known, indent=0)

    @classmethod
    def from_disk(cls, path: Path) -> Self:
        """Read what :meth:`to_disk` wrote.

        Raises:
            FileNotFoundError: one of the two files is missing.
        """
        known = srsly.read_json(path.with_suffix(".json"))
        arrays = np.load(path.with_suffix(".npz"), allow_pickle=False)
        text = {name: column for column, name in enumerate(known["text"])}
        cues = {name: column for column, name in enumerate(known["cues"], len(text))}
        return cls(
            tuple(known["classes"]),
            text,
            cues,
            arrays["idf"],
            arrays["weights"],
            arrays["intercept"],
            known["temperature"],
            known["text_scale"],
            known["cue_scale"],
        )


def _counted(
    known: dict[str, int], bags: Sequence[Sequence[str]]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """Columns and counts of the known features of all bags in a row, and where each bag ends."""
    columns: list[int] = []
    counts: list[int] = []
    ends: list[int] = []
    get = known.get
    for bag in bags:
        found: dict[int, int] = {}
        for name in bag:
            column = get(name)
            if column is not None:
                found[column] = found.get(column, 0) + 1
        columns.extend(found)
        counts.extend(found.values())
        ends.append(len(columns))
    return np.array(columns, dtype=np.int64), np.array(counts, dtype=np.float32), np.array(ends, dtype=np.int64)


def _row_sums(values: NDArray[np.float32], ends: NDArray[np.int64]) -> NDArray[np.float32]:
    """Sums of the rows between the ends; an empty stretch sums to 0."""
    total = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0, dtype=np.float64)])
    starts = np.r_[0, ends[:-1]]
    return (total[ends] - total[starts]).astype(np.float32)
