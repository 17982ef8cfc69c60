"""Documents out of WARC, JSON lines and Parquet; what cannot be read comes as a problem, not as an error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import fsspec
from datatrove.pipeline.base import PipelineStep

from claimcheck.bulk.plan import Plan

_HTML = ("text/html", "application/xhtml")
_ROWS = 256


@dataclass(frozen=True, slots=True)
class Item:
    """A document as it was found: its name, its bytes, what to take it for, and why it could not be read."""

    id: str
    data: bytes = b""
    suffix: str = ""
    problem: str = ""


class Pages(PipelineStep):  # type: ignore[misc]  # datatrove is not typed
    """Reads the shard of a task: one file of the plan."""

    type, name = "READER", "pages"

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def run(self, data: Any = None, rank: int = 0, world_size: int = 1) -> Iterator[Item]:
        """The documents of one file.

        Raises:
            OSError: the file cannot be opened or read on; the shard is then not done.
        """
        address, _ = self.plan.files[rank]
        opened, items = _way(address)
        with opened as file:
            yield from items(file, address, self.plan)


def _way(address: str) -> tuple[Any, Callable[[IO[bytes], str, Plan], Iterator[Item]]]:
    if address.endswith((".warc", ".warc.gz")):  # warcio unpacks member by member
        return fsspec.open(address, "rb"), warc_items
    if address.endswith(".parquet"):
        return fsspec.open(address, "rb"), parquet_items
    return fsspec.open(address, "rb", compression="infer"), json_items


def json_items(file: IO[bytes], address: str, plan: Plan) -> Iterator[Item]:
    """One document a line."""
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        place = f"{address}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Item(place, problem=f"is no JSON ({error}).")
            continue
        yield _row_item(row, place, plan)


def parquet_items(file: IO[bytes], address: str, plan: Plan) -> Iterator[Item]:
    """One document a row."""
    import pyarrow.parquet as pq

    table = pq.ParquetFile(file)
    known = [name for name in (plan.text_field, plan.id_field) if name in table.schema_arrow.names]
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS, columns=known):
        for row in batch.to_pylist():
            number += 1
            yield _row_item(row, f"{address}:{number}", plan)


def _row_item(row: Any, place: str, plan: Plan) -> Item:
    if not isinstance(row, Mapping):
        return Item(place, problem="is no object.")
    name = str(row.get(plan.id_field) or place)
    text = row.get(plan.text_field)
    if not isinstance(text, str):
        return Item(name, problem=f"has no text in {plan.text_field!r} ({place}).")
    return Item(name, text.encode("utf-8", "replace"))


def warc_items(file: IO[bytes], address: str, plan: Plan) -> Iterator[Item]:
    """One document a response with HTML or plain text, or a conversion record; others are passed over."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(file), 1):
            kind = _content_type(record)
            if record.rec_type not in ("response", "conversion") or not kind.startswith((*_HTML, "text/plain")):
                continue
            name = record.rec_headers.get_header("WARC-Target-URI") or f"{address}:{number}"
            # Past the limit in characters nothing needs to be kept: no character is shorter than a byte.
            data = record.content_stream().read(4 * plan.max_characters + 1)
            yield Item(str(name), data, ".html" if kind.startswith(_HTML) else "")
    except (ArchiveLoadFailed, EOFError) as error:
        yield Item(f"{address}:{number + 1}", problem=f"breaks the archive off ({error}).")


def _content_type(record: Any) -> str:
    """What a record says that it holds; only answers of success hold a page."""
    if record.rec_type == "conversion":
        return str(record.rec_headers.get_header("Content-Type") or "")
    if record.http_headers is None or not str(record.http_headers.get_statuscode()).startswith("2"):
        return ""
    return str(record.http_headers.get_header("Content-Type") or "").lower()
