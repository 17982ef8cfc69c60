"""What a client sends to be judged, and how it becomes articles."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from claimcheck.articles import read_data, read_plain, unread
from claimcheck.errors import ArticleError
from claimcheck.records import Article, Unread

_SOURCE = Field(max_length=2000, description="Named in the report, such as the address the text will have.")


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Text(_Sent):
    """Plain text; the offsets of the report point into it, in characters."""

    text: str
    source: Annotated[str, _SOURCE] = "text"


class Html(_Sent):
    """A page or a piece of one; its visible copy is judged."""

    html: str
    source: Annotated[str, _SOURCE] = "html"


class Batch(_Sent):
    """Several documents, judged into one report in this order."""

    documents: Annotated[list[Text | Html], Field(min_length=1, max_length=100)]


def read_sent(sent: Text | Html) -> Article | Unread:
    """The article that was sent; what cannot be read says why."""
    if isinstance(sent, Html):
        return read_upload(sent.html.encode(), sent.source, ".html")
    try:
        return read_plain(sent.text, sent.source)
    except ArticleError as error:
        return unread(error)


def read_upload(data: bytes, source: str, suffix: str) -> Article | Unread:
    """The article in a file; what cannot be read says why."""
    try:
        return read_data(data, source, suffix)
    except ArticleError as error:
        return unread(error)
