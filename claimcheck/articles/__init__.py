"""Where text comes from: bytes in, :class:`~claimcheck.records.Article` out."""

from claimcheck.articles.files import expand, read, read_all, read_data, read_plain, unread

__all__ = ["expand", "read", "read_all", "read_data", "read_plain", "unread"]
