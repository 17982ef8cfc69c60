"""Walking the sitemaps of a host, one by one."""

from __future__ import annotations

import gzip
import io
from typing import Any

# A sitemap holds 50,000 addresses at most, an index 50,000 sitemaps; a site of our size has far fewer.
_MAX_SITEMAPS = 1_000
_MAX_BYTES = 50_000_000


class Sitemaps:
    """The sitemaps still to ask for, and the pages that the others named.

    Args:
        host: Whose they are.
        done: What the audit notes once all are read.
        urls: Where to begin.
    """

    def __init__(self, host: str, done: str, urls: list[str]) -> None:
        self.host, self.done = host, done
        self._queue, self._seen = list(dict.fromkeys(urls)), set(urls)
        self.pages: list[str] = []
        self.read = 0

    def next(self) -> str | None:
        """The next address to ask for."""
        return self._queue.pop(0) if self._queue else None

    def add(self, url: str) -> None:
        """One more sitemap of this host."""
        from claimcheck.audit.addresses import site_of

        if url not in self._seen and len(self._seen) < _MAX_SITEMAPS and site_of(url) == site_of(f"//{self.host}"):
            self._seen.add(url)
            self._queue.append(url)

    def take(self, body: bytes) -> None:
        """Read a sitemap or an index, plain or compressed."""
        from scrapy.utils.sitemap import Sitemap

        try:
            found = Sitemap(_plain(body))
            entries: list[dict[str, Any]] = list(found)
        except (OSError, EOFError, ValueError, SyntaxError):
            return
        if found.type not in ("urlset", "sitemapindex"):
            return
        self.read += 1
        for entry in entries:
            if found.type == "sitemapindex":
                self.add(entry["loc"])
            else:
                self.pages.append(entry["loc"])


def _plain(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
        return file.read(_MAX_BYTES)
