"""Web archives (WARC): each page that was fetched is a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claimcheck.errors import ArticleError

WARC = (".warc", ".warc.gz")
_OK = 200


class Capture(NamedTuple):
    """One answer of a server, as it was kept."""

    address: str
    kind: str
    data: bytes


def captures(path: str, limit: int) -> Iterator[Capture | ArticleError]:
    """The pages of an archive, as a stream; answers other than 200 and what is no document are passed over.

    Args:
        path: A file.
        limit: Bytes of a page; a larger one is an error of its own.

    Raises:
        ArticleError: the file cannot be read, or breaks off.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource
    try:
        archive = ArchiveIterator(path, record_types=kinds, auto_decode="all", fsspec_args=False)
        for record in archive:
            kind = (record.http_content_type or record.headers.get("Content-Type") or "").lower()
            if (record.http_headers and record.http_headers.status_code != _OK) or not _is_document(kind):
                continue
            address = record.headers.get("WARC-Target-URI") or str(record.record_id)
            data = record.reader.read(limit + 1)
            if len(data) > limit:
                yield ArticleError(address, f"is larger than {limit // 1_000_000} MB.")
            else:
                yield Capture(address, kind, data)
    except (OSError, ValueError, RuntimeError) as error:
        raise ArticleError(
            path, f"could not be read to its end ({getattr(error, 'strerror', None) or error})."
        ) from error


def _is_document(kind: str) -> bool:
    return kind.startswith(("text/html", "text/plain", "application/xhtml", "application/pdf"))
