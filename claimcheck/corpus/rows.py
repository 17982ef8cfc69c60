"""The corpus as it stands in its files: one row a sentence, with the place of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.errors import DataError

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read, whatever it holds, with its split, file and line."""

    split: str
    path: Path
    line: int
    data: dict[str, Any]

    @property
    def page(self) -> str:
        """The id of its page; empty where the row names none."""
        return str(self.data.get("page", ""))

    @property
    def text(self) -> str:
        """The sentence; empty where the row has none."""
        return str(self.data.get("text", ""))


def read_rows(folder: Path, splits: Sequence[str] = SPLITS) -> list[Row]:
    """Read the rows of some splits without checking what they hold.

    Args:
        folder: ``data/corpus``.
        splits: Which of :data:`SPLITS`, in this order.

    Returns:
        Rows in file order.

    Raises:
        DataError: a file is missing, or a line is no JSON object.
    """
    return [
        Row(split, path, line, data)
        for split in splits
        for path in [folder / f"{split}.jsonl"]
        for line, data in read_lines(path)
    ]


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file of JSON lines, each with its line.

    Args:
        path: A file in UTF-8; empty lines are passed over.

    Raises:
        DataError: the file cannot be read, or a line is no JSON object.
    """
    for line, text in enumerate(read_text(path).split("\n"), 1):
        if text.strip():
            data = _parsed(path, line, text)
            if not isinstance(data, dict):
                raise DataError(path, line, "is no JSON object. Write one object a line.")
            yield line, data


def read_json(path: Path) -> Any:
    """What a JSON file holds.

    Raises:
        DataError: the file cannot be read or is no JSON.
    """
    return _parsed(path, 0, read_text(path))


def read_text(path: Path) -> str:
    """A data file in UTF-8.

    Raises:
        DataError: the file cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise DataError(path, 0, f"could not be read ({reason}).") from error


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON lines as the corpus has them."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _parsed(path: Path, line: int, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise DataError(path, line, f"is no JSON ({error}).") from error
