"""From a path, an address or ``-`` to an article."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from claimcheck.articles.decode import decode, marked
from claimcheck.articles.folding import fold
from claimcheck.articles.html import read_html, without_nodes
from claimcheck.articles.language import guess_language
from claimcheck.articles.markdown import read_markdown
from claimcheck.articles.rows import CSV, JSON_LINES, rows
from claimcheck.articles.text import text_blocks
from claimcheck.articles.warc import WARC, Capture, captures
from claimcheck.articles.web import charset, fetch, suffix_of
from claimcheck.errors import ArticleError
from claimcheck.records import Article, Block, Unread

MAX_BYTES = 20_000_000
# spaCy's own limit for one Doc (``nlp.max_length``).
MAX_CHARACTERS = 1_000_000
TEXT_FIELD = "text"
_REMARK = re.compile(rb"<!--\s*claimcheck:\s*ignore\s+(.*?)\s*-->", re.DOTALL)
_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_MAIL = (".eml", ".mhtml", ".mht")


def is_address(source: str) -> bool:
    """Whether the source is fetched rather than opened."""
    return source.startswith(("http://", "https://"))


def expand(sources: Iterable[str]) -> Iterator[str]:
    """Name every document behind the sources.

    A folder stands for all files below it, sorted by path, without hidden ones, or for itself
    where it holds none; a source named twice comes once.

    Args:
        sources: Files, folders, addresses, ``-``.

    Yields:
        Sources that :func:`read` takes.
    """
    seen: set[str] = set()
    for source in sources:
        for name in (_below(Path(source)) or [source]) if _is_folder(source) else [source]:
            if name not in seen:
                seen.add(name)
                yield name


def _is_folder(source: str) -> bool:
    if source in ("", "-") or is_address(source):
        return False
    try:
        return Path(source).is_dir()
    except OSError:  # such as a name that is too long; opening it says so
        return False


def _below(folder: Path) -> list[str]:
    """All files below a folder, sorted, those in hidden places left out; a dangling link is one, to be told of."""

    def hidden(path: Path) -> bool:
        return any(part.startswith(".") for part in path.relative_to(folder).parts)

    files = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    return [str(path) for path in sorted(files) if not hidden(path)]


def read(source: str) -> Article:
    """Read one document.

    Args:
        source: A file (text, Markdown, HTML, PDF, DOCX or e-mail, told by ending and content), an
            ``http(s)`` address, or ``-`` for standard input.

    Returns:
        The article; its language is set, and what is odd stands in its notes.

    Raises:
        ArticleError: missing, unreadable, binary, empty, or too long.
    """
    if is_address(source):
        data, kind = fetch(source)
        return read_data(data, source, suffix_of(kind), charset(kind))
    data = _load(source)
    article = read_data(data, source, Path(source).suffix.lower())
    return replace(article, remarks=_remarks(data))


def _remarks(data: bytes) -> tuple[str, ...]:
    """What the comments of a file say to claimcheck; a page from the net cannot excuse itself."""
    return tuple(found.decode("utf-8", "replace") for found in _REMARK.findall(data)) if b"claimcheck:" in data else ()


def read_data(data: bytes, source: str, suffix: str = "", charset: str = "") -> Article:
    """Read one document that is in hand already.

    Args:
        data: Its bytes.
        source: Named in the article.
        suffix: The ending of its name, ``.html`` or ``.md``, in lower case; else its content tells.
        charset: What the server said of its encoding.

    Raises:
        ArticleError: binary, empty, or too long.
    """
    return _checked(_parse(data, source, suffix, charset))


def read_plain(text: str, source: str) -> Article:
    """The article of a text that is in hand already, read as plain text whatever it looks like.

    Raises:
        ArticleError: binary, empty, or too long.
    """
    return _checked(_plain(text, source))


def _checked(article: Article) -> Article:
    source = article.source
    if not article.text.strip():
        raise ArticleError(source, "holds no text.")
    if len(article.text) > MAX_CHARACTERS:
        raise ArticleError(
            source,
            f"is too long ({len(article.text):,} characters; the limit is {MAX_CHARACTERS:,}).",
            "Split it.",
        )
    return _with_language(article)


def read_all(sources: Iterable[str], text_field: str = TEXT_FIELD) -> Iterator[Article | Unread]:
    """Read many documents, as a stream; one that fails comes as :class:`Unread` and costs no other.

    A file of JSON lines, a CSV or a web archive gives many documents.

    Args:
        sources: As :func:`expand` takes them.
        text_field: The field or column of JSON lines and CSV that holds the text.
    """
    for source in expand(sources):
        try:
            for make in _within(source, text_field):
                yield _tried(make)
        except ArticleError as error:
            yield unread(error)


def _tried(make: Callable[[], Article]) -> Article | Unread:
    try:
        return make()
    except ArticleError as error:
        return unread(error)


def _within(source: str, text_field: str) -> Iterator[Callable[[], Article]]:
    """A way to read each document of a source, one after the other."""
    name = source.lower()
    if is_address(source) or not name.endswith((*JSON_LINES, *CSV, *WARC)) or not Path(source).is_file():
        yield partial(read, source)
    elif name.endswith(WARC):
        for capture in captures(source, MAX_BYTES):
            yield partial(_captured, capture)
    else:
        for row, text in rows(source, text_field, MAX_BYTES):
            yield partial(_row, row, text)


def _captured(capture: Capture | ArticleError) -> Article:
    if isinstance(capture, ArticleError):
        raise capture
    suffix = ".html" if "html" in capture.kind else ""
    return without_nodes(read_data(capture.data, capture.address, suffix, charset(capture.kind)))


def _row(name: str, text: str | ArticleError) -> Article:
    if isinstance(text, ArticleError):
        raise text
    head = text[:1024].lstrip().lower()
    is_page = head.startswith(("<!doctype html", "<html"))
    return _checked(without_nodes(read_html(text, name))) if is_page else read_plain(text, name)


def unread(error: ArticleError) -> Unread:
    """How the report tells of a document that could not be read."""
    return Unread(error.source, str(error).removeprefix(f"{error.source}: "))


def _load(source: str) -> bytes:
    try:
        if source == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ArticleError(source, "no such file or folder.", "Check the path.") from error
    except IsADirectoryError as error:
        raise ArticleError(source, "is a folder without files to read.") from error
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL
        reason = getattr(error, "strerror", None) or error
        raise ArticleError(source, f"could not be read ({reason}).") from error
    if len(data) > MAX_BYTES:
        raise ArticleError(source, f"is larger than {MAX_BYTES // 1_000_000} MB.", "Split it.")
    if not data:
        raise ArticleError(source, "is empty.")
    return data


def _parse(data: bytes, source: str, suffix: str, charset: str = "") -> Article:
    head = data[:1024].lstrip().lower()
    reader = _other_format(data, head, suffix)
    if reader:
        return reader(data, source)
    if (b"\0" in data[:8192] and not marked(data)) or head.startswith(b"{\\rtf"):
        raise _binary(source)
    if suffix in _HTML or head.startswith((b"<!doctype html", b"<html")):
        return read_html(data, source, charset)
    text, note = decode(data)
    notes = (note,) if note else ()
    if suffix in _MARKDOWN and "\0" not in text[:8192]:
        return replace(read_markdown(text, source), notes=notes)
    return replace(_plain(text, source), notes=notes)


def _other_format(data: bytes, head: bytes, suffix: str) -> Callable[[bytes, str], Article] | None:
    """What reads a format that is no text; imported when the first such document comes."""
    if b"%pdf-" in head:
        from claimcheck.articles.pdf import read_pdf

        return read_pdf
    if data.startswith(b"PK\3\4") and (suffix == ".docx" or b"word/" in data):
        from claimcheck.articles.word import read_docx

        return read_docx
    if suffix in _MAIL:
        from claimcheck.articles.mail import read_mail

        return read_mail
    from claimcheck.articles.pictures import is_picture, read_picture

    return read_picture if is_picture(data) else None


def _plain(text: str, source: str) -> Article:
    if "\0" in text[:8192]:
        raise _binary(source)
    blocks = text_blocks(text)
    return Article(source, text, blocks, title=_title(text, blocks))


def _binary(source: str) -> ArticleError:
    advice = "Text, Markdown, HTML, PDF, DOCX and e-mail are read; convert other formats first."
    return ArticleError(source, "is binary.", advice)


def _title(text: str, blocks: tuple[Block, ...]) -> str:
    first = text[blocks[0].start : blocks[0].end] if blocks else ""
    return first if len(first) <= 120 else ""


def _with_language(article: Article) -> Article:
    folded = fold(article.text)
    language = guess_language(folded.text if folded else article.text)
    if language == "en":
        return article
    note = f"Not English (looks like {language!r}); not judged."
    return replace(article, language=language, notes=(*article.notes, note))
