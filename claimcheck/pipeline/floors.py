"""The gate: scores below which no pipeline may fall unless a person says so, in words.

``models/floors.json`` keeps the floors of each pipeline beside the pipelines themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.errors import DataError, UsageError
from claimcheck.terms import ClaimKind, Verdict

FILE = "floors.json"
# Another machine's arithmetic and a claim or two may come out otherwise.
TOLERANCE = 0.005
# The claims that do the most harm when they are missed come first; of endorsements there are too few to pin.
PINNED = (
    f"found_{ClaimKind.DISEASE}",
    f"found_{ClaimKind.HARM}",
    f"found_{ClaimKind.SAFETY}",
    f"found_{ClaimKind.FUNCTION}",
    f"found_{ClaimKind.MECHANISM}",
    "claim_recall",
    "macro4",
    "claim_f1",
    "flag_f1",
    "verdict_macro3",
    "f1_none",
    *(f"f1_{verdict}" for verdict in Verdict),
    "span_f1",
    "kind_accuracy",
    "strength_accuracy",
    "grade_accuracy",
    "verdict_accuracy",
)


@dataclass(frozen=True, slots=True)
class Fall:
    """A score and the floor that it is below."""

    name: str
    score: float
    floor: float


def data_hash(file: Path) -> str:
    """What names the pages that the scores were measured on."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def read_floors(path: Path) -> dict[str, Any]:
    """What is pinned for each pipeline; nothing where there is no file yet.

    Raises:
        DataError: the file is no JSON object.
    """
    if not path.is_file():
        return {}
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(path, 0, f"is no JSON ({error}). Take it from the repository again.") from error
    if not isinstance(known, dict):
        raise DataError(path, 0, "is no JSON object. Take it from the repository again.")
    return known


def falls(scores: Mapping[str, float | None], floors: Mapping[str, float]) -> Iterator[Fall]:
    """The scores that are below their floor; one that could not be counted is at 0."""
    for name, floor in floors.items():
        score = scores.get(name) or 0.0
        if score < floor:
            yield Fall(name, score, floor)


def pin(path: Path, pipeline: str, scores: Mapping[str, float | None], data: str, why: str) -> list[Fall]:
    """Pin the floors of a pipeline at what it scores now, less :data:`TOLERANCE`.

    Args:
        path: ``floors.json``; other pipelines in it stay as they are.
        pipeline: Its name.
        scores: On the validation split.
        data: The hash of that split.
        why: What changed, for whoever reads the file later.

    Returns:
        The floors that came down.

    Raises:
        UsageError: ``why`` says nothing.
    """
    if not why.strip():
        raise UsageError('--pin needs a reason in words, such as --pin "the corpus grew by 40 pages".')
    known = read_floors(path)
    floors = {name: max(0.0, round((scores[name] or 0.0) - TOLERANCE, 4)) for name in PINNED}
    fallen = list(falls(floors, known.get(pipeline, {}).get("floors", {})))
    known[pipeline] = {
        "split": "validation",
        "data": data,
        "tolerance": TOLERANCE,
        "why": why.strip(),
        "lowered": {fall.name: [fall.floor, fall.score] for fall in fallen},
        "floors": floors,
    }
    path.write_text(json.dumps(dict(sorted(known.items())), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return fallen
