"""E-mail: the subject and the text, HTML where there is some; attachments are named as unread."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from claimcheck.articles.html import read_html, without_nodes
from claimcheck.articles.lines import count, squeezed
from claimcheck.articles.text import text_blocks
from claimcheck.errors import ArticleError
from claimcheck.records import Article, Block
from claimcheck.terms import BlockKind, Place


def read_mail(data: bytes, source: str) -> Article:
    """Read a message as it is stored in an ``.eml`` or ``.mhtml`` file.

    Raises:
        ArticleError: it is broken, or has no text.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        subject = squeezed(str(message["subject"] or ""))
        body = message.get_body(("html", "plain"))
        article = Article(source, "") if body is None else _body(cast("EmailMessage", body), source)
        attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    except ArticleError:
        raise
    except Exception as error:  # the parser meets a broken message with whatever breaks first
        raise ArticleError(source, f"is no e-mail that can be read ({type(error).__name__}).") from error
    notes = article.notes
    if attached:
        notes = (*notes, f"Not read: {count(len(attached), 'attachment')} ({', '.join(attached[:3])}).")
    return _under(subject, replace(article, title=subject or article.title, notes=notes))


def _body(part: EmailMessage, source: str) -> Article:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "")
    if part.get_content_subtype() == "html":
        return without_nodes(read_html(data, source, charset))
    try:
        text = data.decode(charset or "utf-8", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return Article(source, text, text_blocks(text))


def _under(subject: str, article: Article) -> Article:
    """The article with its subject above."""
    head = f"{subject}\n" if subject and subject.casefold() not in article.text.casefold() else ""
    moved = (replace(block, start=block.start + len(head), end=block.end + len(head)) for block in article.blocks)
    first = [Block(0, len(subject), BlockKind.HEADING, Place.TITLE)] if head else []
    return replace(article, text=head + article.text, blocks=(*first, *moved))
