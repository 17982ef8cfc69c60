"""What a judged document looks like in Parquet, and how a shard of them gets to its place."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Self

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from claimcheck.records import Claim, Document

_TEXTS = pa.list_(pa.string())
_CLAIM = pa.struct(
    {
        **dict.fromkeys(("id", "fingerprint", "quote"), pa.string()),
        **dict.fromkeys(("start", "end"), pa.int32()),
        "kind": pa.string(),
        "flags": _TEXTS,
        **dict.fromkeys(("subject", "effect", "strength", "grade", "verdict"), pa.string()),
        "confidence": pa.float64(),
        "needs_review": pa.bool_(),
        "place": pa.string(),
        "evidence": _TEXTS,
        "rules": _TEXTS,
        "suggestion": pa.string(),
    }
)
SCHEMA = pa.schema(
    {
        **dict.fromkeys(("id", "title", "language", "text"), pa.string()),
        "notes": _TEXTS,
        "claims": pa.list_(_CLAIM),
        "findings": _TEXTS,
    }
)
_GROUP = 512
CARD = """---
configs:
- config_name: default
  data_files: data/*.parquet
---

Judged by claimcheck. One document a row; `start` and `end` of a claim are characters in `text`. Documents that
could not be judged stand in `quarantine/`, one a line, with the reason.
"""


def row(document: Document) -> dict[str, Any]:
    """A judged document by :data:`SCHEMA`."""
    article = document.article
    return {
        "id": article.source,
        "title": article.title,
        "language": article.language,
        "text": article.text,
        "notes": list(article.notes),
        "claims": [_claim(claim) for claim in document.claims],
        "findings": [finding.rule for finding in document.findings],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    plain = claim.to_dict()
    plain["evidence"] = [match.entry.id for match in claim.evidence]
    plain["rules"] = [finding.rule for finding in claim.findings]
    return {field.name: plain[field.name] for field in _CLAIM}


class Shard:
    """The output of one shard, made aside and put in place whole when the block ends without an error.

    Args:
        output: Folder or address of the whole output.
        number: Of the shard.
        tool: What judged; kept in the file.
    """

    def __init__(self, output: str, number: int, tool: dict[str, str]) -> None:
        self.output, self.number, self.tool = output, number, tool
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        self._aside = tempfile.TemporaryDirectory()
        folder = Path(self._aside.name)
        self._judged, self._bad = folder / "judged", folder / "bad"
        schema = SCHEMA.with_metadata({"claimcheck": json.dumps(self.tool, sort_keys=True)})
        self._writer = pq.ParquetWriter(self._judged, schema, compression="zstd")
        self._lines = self._bad.open("w", encoding="utf-8")
        return self

    def judged(self, document: Document) -> None:
        """Keep a judged document."""
        self._rows.append(row(document))
        if len(self._rows) >= _GROUP:
            self._flush()

    def quarantined(self, name: str, problem: str) -> None:
        """Keep what is wrong with a document."""
        self._lines.write(json.dumps({"id": name, "problem": problem}, ensure_ascii=False) + "\n")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        try:
            if kind is None:
                self._flush()
            self._writer.close()
            self._lines.close()
            if kind is None:
                _put(self._bad, f"{self.output}/quarantine/{self.number:05d}.jsonl")
                _put(self._judged, f"{self.output}/data/{self.number:05d}.parquet")
        finally:
            self._aside.cleanup()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._writer.schema))
            self._rows = []


def _put(file: Path, address: str) -> None:
    """Put a file in place at once; an empty one takes away what stood there."""
    fs, path = fsspec.url_to_fs(address)
    if file.stat().st_size == 0:
        if fs.exists(path):
            fs.rm_file(path)
        return
    fs.makedirs(fs._parent(path), exist_ok=True)  # noqa: SLF001  # fsspec has no other word for it
    fs.put_file(str(file), f"{path}.part")
    fs.mv(f"{path}.part", path)
