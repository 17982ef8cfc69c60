"""A linear model as arrays and text: small, quick to load, and safe to load from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import srsly

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """

    classes: tuple[str, ...]
    text: dict[str, int]
    cues: dict[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]
    temperature: float = 1.0
    cue_scale: float = 1.0
    _size: int = field(default=0, repr=False)

    def logits(self, bags: Sequence[tuple[Sequence[str], Sequence[str]]]) -> NDArray[np.float32]:
        """Scores before calibration.

        Args:
            bags: Text features and cue features of each item.

        Returns:
            Array of shape (items, classes).
        """
        scores = np.empty((len(bags), len(self.classes)), dtype=np.float32)
        scores[:] = self.intercept
        for row, (text, cues) in enumerate(bags):
            columns, values = self._tfidf(text)
            if len(columns):
                scores[row] += values @ self.weights[columns]
            known = [column for name in cues if (column := self.cues.get(name)) is not None]
            if known:
                scores[row] += self.cue_scale * self.weights[known].sum(axis=0)
        return scores

    def _tfidf(self, text: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Sublinear TF-IDF of unit length, as scikit-learn's TfidfVectorizer has it."""
        get = self.text.get
        known = [column for name in text if (column := get(name)) is not None]
        columns, counts = np.unique(np.array(known, dtype=np.int64), return_counts=True)
        values = ((1 + np.log(counts)) * self.idf[columns]).astype(np.float32)
        norm = np.sqrt(values @ values)
        return columns, values / norm if norm else values

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
            known["cue_scale"],
        )
