"""Where text comes from: bytes in, :class:`~claimcheck.records.Article` out."""

from claimcheck.articles.files import expand, read, read_all

__all__ = ["expand", "read", "read_all"]
