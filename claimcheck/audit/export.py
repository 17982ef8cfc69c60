"""An audit for other programs: every claim at every place, or the pages themselves."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from claimcheck.audit.render import table
from claimcheck.errors import UsageError
from claimcheck.store import Store
from claimcheck.store.results import audit_info, places, raw_pages

_COLUMNS = (
    "url",
    "start",
    "fingerprint",
    "family",
    "quote",
    "sentence",
    "kind",
    "subject",
    "effect",
    "strength",
    "verdict",
)


def export(store: Store, audit_id: int | None, path: Path) -> int:
    """Write an audit in the format of the file's ending: ``.jsonl``, ``.csv`` or ``.warc.gz``.

    Returns:
        How many lines or pages were written.

    Raises:
        UsageError: no such audit or format, nothing was kept raw, or the file cannot be written.
    """
    formats: dict[str, Callable[[Store, int, Path], int]] = {".jsonl": _jsonl, ".csv": _csv, ".warc.gz": _warc}
    writer = next((write for ending, write in formats.items() if path.name.lower().endswith(ending)), None)
    if writer is None:
        raise UsageError(f"{path}: no format has this ending. Use one of: {', '.join(formats)}.")
    with store.reading() as session:
        number = audit_info(session, audit_id).id
    try:
        return writer(store, number, path)
    except OSError as error:
        raise UsageError(f"{path}: could not be written ({error.strerror}).") from error


def _jsonl(store: Store, audit_id: int, path: Path) -> int:
    written = 0
    with store.reading() as session, path.open("w", encoding="utf-8") as file:
        info = audit_info(session, audit_id)
        for place in places(session, audit_id, info.judge_id):
            line = {"url": place.url, "family": place.family, "sentence_text": place.sentence, **place.data}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            written += 1
    return written


def _csv(store: Store, audit_id: int, path: Path) -> int:
    with store.reading() as session:
        info = audit_info(session, audit_id)
        rows = [{name: getattr(place, name) for name in _COLUMNS} for place in places(session, audit_id, info.judge_id)]
    path.write_text(table(list(_COLUMNS), rows), encoding="utf-8", newline="")
    return len(rows)


def _warc(store: Store, audit_id: int, path: Path) -> int:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    written = 0
    with store.reading() as session, path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, kind, fetched, raw in raw_pages(session, audit_id):
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind or "text/html")], protocol="HTTP/1.1")
            named = {"WARC-Date": fetched.strftime("%Y-%m-%dT%H:%M:%SZ")}
            body = BytesIO(zlib.decompress(raw))
            record = writer.create_warc_record(url, "response", body, http_headers=headers, warc_headers_dict=named)
            writer.write_record(record)
            written += 1
    if not written:
        path.unlink()
        raise UsageError(f"audit {audit_id} kept no raw page. Run it with --keep-raw.")
    return written
