"""Pages that are at hand: a folder, or a WARC archive."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from claimcheck.articles.files import read, read_data
from claimcheck.audit.addresses import canonical
from claimcheck.audit.keeper import Fetched, Keeper
from claimcheck.audit.plan import Plan
from claimcheck.audit.progress import Progress
from claimcheck.errors import ArticleError, UsageError
from claimcheck.records import Article
from claimcheck.store.tables import State, Visit

_TELL_SECONDS = 1.0
_READABLE = ("text/html", "text/plain", "text/markdown", "application/xhtml")


def walk(keeper: Keeper, plan: Plan, tell: Callable[[Progress], None]) -> str:
    """Judge every page of a folder or an archive that the frontier has not seen the end of.

    Returns:
        The budget that was spent, empty where none was.
    """
    started, before, told = time.monotonic(), keeper.asked(), 0.0
    for visit, load in _files(keeper) if plan.kind == "folder" else _records(keeper, plan.source):
        spent = _spent(keeper, started)
        if spent:
            return spent
        try:
            keeper.keep(visit, Fetched(load()))
        except ArticleError as error:
            state = State.EMPTY if error.problem == "holds no text." else State.FAILED
            keeper.end(visit, state, error.problem.rstrip("."))
        if time.monotonic() - told > _TELL_SECONDS:
            told = time.monotonic()
            tell(Progress(keeper.counts(), keeper.asked() - before, told - started))
    return ""


def _spent(keeper: Keeper, started: float) -> str:
    minutes, pages = keeper.options.max_minutes, keeper.options.max_pages
    if minutes is not None and time.monotonic() - started > minutes * 60:
        return f"beyond --max-minutes {minutes:g}"
    return f"beyond --max-pages {pages}" if pages is not None and keeper.asked() >= pages else ""


def _files(keeper: Keeper) -> Iterator[tuple[Visit, Callable[[], Article]]]:
    found = keeper.next()
    while found is not None:
        path = found[0].page.url
        yield found[0], partial(read, path)
        found = keeper.next()


def _records(keeper: Keeper, source: str) -> Iterator[tuple[Visit, Callable[[], Article]]]:
    """Answers of servers that brought text; each address once."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with Path(source).open("rb") as file:
        if not _is_archive(file):
            raise UsageError(f"{source}: is no WARC archive.")
        try:
            for record in ArchiveIterator(file):
                url = canonical(record.rec_headers.get_header("WARC-Target-URI") or "")
                if record.rec_type != "response" or url is None or record.http_headers is None:
                    continue
                kind = (record.http_headers.get_header("Content-Type") or "text/html").lower()
                if record.http_headers.get_statuscode() != "200" or not kind.startswith(_READABLE):
                    continue
                visit = keeper.one(url)
                if visit is not None:
                    body, suffix = record.content_stream().read(), ".html" if "html" in kind else ""
                    yield visit, partial(read_data, body, url, suffix)
        except ArchiveLoadFailed as error:
            raise UsageError(f"{source}: is a broken WARC archive ({error}).") from error


def _is_archive(file: BinaryIO) -> bool:
    """Whether a file begins as an archive does; warcio takes any text for one."""
    head = file.read(65_536)  # a compressed record gives its first letters late
    file.seek(0)
    plain = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(head) if head.startswith(b"\x1f\x8b") else head
    return plain.startswith(b"WARC/")
