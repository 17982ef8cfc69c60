"""Many documents in one file: JSON lines and CSV, one document a row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from claimcheck.articles.decode import marked
from claimcheck.errors import ArticleError

JSON_LINES = (".jsonl", ".ndjson")
CSV = (".csv", ".tsv")
_SAMPLE = 65_536
_DELIMITERS = ",;\t|"


def rows(path: str, field: str, limit: int) -> Iterator[tuple[str, str | ArticleError]]:
    """The texts of a file of rows, as a stream.

    Args:
        path: A file whose ending is one of :data:`JSON_LINES` or :data:`CSV`.
        field: The field or column with the text.
        limit: Characters in a row; a longer one is an error of its own.

    Yields:
        The row's name (the file with its line, or with its row as a spreadsheet counts), and its text or why it
        cannot be read.

    Raises:
        ArticleError: the file cannot be read, or a CSV has no such column.
    """
    reader = _csv_rows if path.lower().endswith(CSV) else _json_rows
    try:
        with Path(path).open(encoding=_encoding(path), errors="replace", newline="") as file:
            yield from reader(file, path, field, limit)
    except OSError as error:
        raise ArticleError(path, f"could not be read ({error.strerror or error}).") from error


def _encoding(path: str) -> str:
    with Path(path).open("rb") as file:
        sample = file.read(_SAMPLE)
    if named := marked(sample):
        return named
    try:
        # Without what may be the first half of a character.
        sample[: sample.rfind(b"\n") + 1 or len(sample)].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _json_rows(file: IO[str], path: str, field: str, limit: int) -> Iterator[tuple[str, str | ArticleError]]:
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        name = f"{path}:{number}"
        if len(line) > limit:
            while line and not line.endswith("\n"):
                line = file.readline(limit + 1)
            yield name, ArticleError(name, f"is longer than {limit:,} characters.", "Split it.")
        elif line.strip():
            yield name, _json_text(line, name, field)


def _json_text(line: str, name: str, field: str) -> str | ArticleError:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError):
        return ArticleError(name, "is no JSON.", "Write one JSON object a line.")
    return _text(row, name, field) if isinstance(row, dict) else ArticleError(name, "is no JSON object.")


def _csv_rows(file: IO[str], path: str, field: str, limit: int) -> Iterator[tuple[str, str | ArticleError]]:
    csv.field_size_limit(limit)
    head = file.readline(_SAMPLE)
    file.seek(0)
    table = csv.DictReader(file, delimiter=max(_DELIMITERS, key=head.count))
    try:
        columns = list(table.fieldnames or ())
    except csv.Error as error:
        raise ArticleError(path, f"is no CSV that can be read ({error}).") from error
    if field not in columns:
        raise ArticleError(
            path, f"has no column {field!r}.", f"Use --text-field with one of: {', '.join(columns[:20])}."
        )
    number = 1
    while True:
        number += 1
        name = f"{path}:{number}"
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            yield name, ArticleError(name, f"is no CSV row that can be read ({error}).")
            continue
        yield name, _text(row, name, field)


def _text(row: dict[str, Any], name: str, field: str) -> str | ArticleError:
    text = row.get(field)
    if isinstance(text, str):
        return text
    fields = ", ".join(map(str, list(row)[:20]))
    return ArticleError(name, f"has no text in {field!r}.", f"Use --text-field with one of: {fields}.")
