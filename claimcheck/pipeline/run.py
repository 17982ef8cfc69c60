"""The pipeline at work: load it, and scan articles with it."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.articles.folding import Folded, fold
from claimcheck.errors import PipelineError
from claimcheck.pipeline.reading import BLOCKS
from claimcheck.pipeline.unfold import unfolded
from claimcheck.records import Article, Document, Report, Unread
from claimcheck.terms import Place

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT = "en_claims_sm"


def folder(pipeline: str | Path = DEFAULT) -> Path:
    """Where a pipeline stands: a folder, or a name that the package or its checkout carries.

    Raises:
        PipelineError: there is none.
    """
    package = Path(str(files("claimcheck")))
    tried = [Path(pipeline), package / "models" / str(pipeline), package.parent / "models" / str(pipeline)]
    for path in tried:
        if (path / "config.cfg").is_file():
            return path
    places = ", ".join(map(str, tried))
    raise PipelineError(f"no pipeline {str(pipeline)!r} (looked at {places}). Build it by `claimcheck train`.")


def load(pipeline: str | Path = DEFAULT) -> Language:
    """Load a built pipeline.

    Args:
        pipeline: Its name or folder.

    Returns:
        An ``nlp`` that gives ``doc._.claims``.

    Raises:
        PipelineError: missing, incomplete, or built by another version of claimcheck.
    """
    from claimcheck.pipeline.light import import_spacy

    spacy = import_spacy()
    path = folder(pipeline)
    # Nothing that loading makes is garbage, and looking for it takes a tenth of a cold start.
    collecting = gc.isenabled()
    gc.disable()
    try:
        nlp: Language = spacy.load(path)
    except (OSError, KeyError, ValueError) as error:
        raise PipelineError(f"{path}: could not be loaded ({error}). Build it anew by `claimcheck train`.") from error
    finally:
        if collecting:
            gc.enable()
    return nlp


def documents(articles: Iterable[Article], nlp: Language) -> Iterator[Document]:
    """Judge a stream of articles, in order; what is not English comes back unjudged."""
    # nlp.pipe reads ahead by a batch; the articles wait here for their Docs.
    waiting: list[tuple[Article, Folded | None]] = []
    knows = nlp.get_pipe("terms").knows if nlp.has_pipe("terms") else None  # type: ignore[attr-defined]

    def docs() -> Iterator[Doc]:
        for article in articles:
            text = article.text if article.language == "en" else ""
            folded = fold(text, knows)
            waiting.append((article, folded))
            doc = nlp.make_doc(folded.text if folded else text)
            doc.user_data[BLOCKS] = _blocks(article, folded) if text else []
            yield doc

    for doc in nlp.pipe(docs(), batch_size=8):
        article, folded = waiting.pop(0)
        claims = (unfolded(claim, folded, article.text) if folded else claim for claim in doc._.claims)
        yield Document(article, tuple(replace(claim, place=_place(article, claim.start)) for claim in claims))


def _blocks(article: Article, folded: Folded | None) -> list[list[int | str]]:
    if folded is None:
        return [[b.start, b.end, str(b.kind)] for b in article.blocks]
    moved = ((folded.forth(b.start), folded.forth(b.end), str(b.kind)) for b in article.blocks)
    return [[start, end, kind] for start, end, kind in moved if start < end]


def _place(article: Article, offset: int) -> Place:
    number = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    return article.blocks[number].place if number >= 0 else Place.BODY


def scan(
    articles: Iterable[Article | Unread],
    nlp: Language,
    progress: Callable[[Document], None] = lambda _: None,
) -> Report:
    """Judge articles and make the report.

    Args:
        articles: As :func:`claimcheck.articles.read_all` gives them.
        nlp: As :func:`load` gives it.
        progress: Called after each document.

    Returns:
        The report, documents in the order of the articles.
    """
    unread: list[Unread] = []

    def readable() -> Iterator[Article]:
        for item in articles:
            if isinstance(item, Unread):
                unread.append(item)
            else:
                yield item

    judged = []
    for document in documents(readable(), nlp):
        judged.append(document)
        progress(document)
    return Report(tool(nlp), tuple(judged), tuple(unread))


def tool(nlp: Language) -> dict[str, str]:
    """What judged: versions and data hashes, so that a report can be repeated."""
    from claimcheck import __version__

    meta = nlp.meta
    return {
        "name": "claimcheck",
        "version": __version__,
        "pipeline": f"{meta['lang']}_{meta['name']}",
        **{key: str(value) for key, value in meta.get("claimcheck", {}).items()},
    }
