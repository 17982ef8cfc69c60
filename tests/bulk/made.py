"""Input for bulk, made anew for each test, and what is compared of the output."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

PAGES = [
    "Garlic cures cancer. Our shop opens at nine.",
    "Ginger may ease nausea.\nIt is grown in India and Peru, and it is sold fresh or dried.",
    "Vitamin D contributes to the maintenance of normal bones.",
    "Kratom has no side effects, relieves pain and lifts your mood.",
]


def jsonl(path: Path, count: int, texts: list[str] = PAGES) -> Path:
    rows = [{"id": f"{path.stem}-{n}", "text": texts[n % len(texts)]} for n in range(count)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def warc(path: Path) -> Path:
    """Two pages among what is none; packed member by member where the name says so."""
    records = [
        _record("http://a.test/", b"<html><body><p>Garlic cures cancer and lowers blood pressure.</p></body></html>"),
        _record("http://a.test/gone", b"<p>Garlic cures cancer.</p>", status="404 Not Found"),
        _record("http://a.test/i.png", b"\x89PNG", kind="image/png"),
        _record("http://a.test/t", b"Ginger may ease nausea on long journeys by sea.", kind="text/plain"),
    ]
    path.write_bytes(b"".join(gzip.compress(record) if path.suffix == ".gz" else record for record in records))
    return path


def _record(address: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, address)}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def broken_json(path: Path) -> Path:
    rows = ["{", "[1]", '{"id": "no-text"}', '{"id": "empty", "text": " "}', json.dumps({"id": "ok", "text": PAGES[0]})]
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    return path


def outcome(output: Path) -> dict[str, bytes]:
    """The bytes that must not depend on what happened on the way."""
    return {
        str(path.relative_to(output)): path.read_bytes()
        for folder in ("data", "quarantine")
        for path in sorted((output / folder).glob("*"))
    }
