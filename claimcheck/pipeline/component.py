"""The skeleton all components share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import srsly
from spacy.tokens import Doc
from spacy.util import minibatch


class Component:
    """A component that annotates one Doc at a time and has nothing to store.

    Subclasses give ``__call__``, or ``annotate`` for batches.
    """

    batch_size = 32

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        self.annotate([doc])
        return doc

    def annotate(self, docs: list[Doc]) -> None:
        """Annotate a batch in place."""
        for doc in docs:
            self(doc)

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = batch_size) -> Iterator[Doc]:
        """Annotate a stream, batch by batch."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            self.annotate(docs)
            yield from docs

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Nothing to store."""

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> Component:
        """Nothing was stored."""
        return self


class TableComponent(Component):
    """A component whose knowledge is one JSON file, made from ``data/`` by the build and kept in the pipeline."""

    file = "table.json"
    table: Any = None

    def load(self, table: Any) -> None:
        """Keep the table and whatever is derived from it."""
        self.table = table

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Write the table; the same table always gives the same bytes."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        srsly.write_json(path / self.file, self.table, indent=0)

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> TableComponent:
        """Read the table.

        Raises:
            FileNotFoundError: the pipeline folder is incomplete.
        """
        self.load(srsly.read_json(Path(path) / self.file))
        return self

    def to_bytes(self, exclude: tuple[str, ...] = ()) -> bytes:
        """The table as msgpack."""
        return bytes(srsly.msgpack_dumps(self.table))

    def from_bytes(self, data: bytes, exclude: tuple[str, ...] = ()) -> TableComponent:
        """The inverse of :meth:`to_bytes`."""
        self.load(srsly.msgpack_loads(data))
        return self
