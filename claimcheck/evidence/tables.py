"""CSV tables as people edit them, with the line in every complaint."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from claimcheck.errors import DataError


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with the line each starts on.

    Args:
        path: A CSV file in UTF-8 with a header.
        columns: The header it must have, in order.

    Raises:
        DataError: another header, or a row of another length.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = tuple(next(reader, ()))
        if header != columns:
            raise DataError(path, 1, f"the header is {','.join(header)}. Use {','.join(columns)}.")
        line = reader.line_num
        for cells in reader:
            if len(cells) != len(columns):
                raise DataError(path, line + 1, f"{len(cells)} cells. Give {len(columns)}.")
            yield line + 1, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
            line = reader.line_num


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, parted by semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
