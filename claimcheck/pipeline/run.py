"""The pipeline at work: load it, and scan articles with it."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.articles.folding import Folded, fold
from claimcheck.errors import PipelineError
from claimcheck.pipeline.in_use import DEFAULT, in_use
from claimcheck.pipeline.page import Judged, hashtags, page_findings
from claimcheck.pipeline.reading import BLOCKS, PAGE
from claimcheck.pipeline.unfold import unfolded
from claimcheck.records import Article, Claim, Document, Finding, Report, Unread
from claimcheck.terms import Place

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from claimcheck.evidence import EvidenceBase


def folder(pipeline: str | Path = DEFAULT) -> Path:
    """Where a pipeline stands: a folder, or a name that the package or its checkout carries.

    The default name stands for the pipeline that ``claimcheck models`` put in use.

    Raises:
        PipelineError: there is none.
    """
    package = Path(str(files("claimcheck")))
    homes = (package / "models", package.parent / "models")
    tried = [Path(pipeline), *(home / (in_use(home) if pipeline == DEFAULT else str(pipeline)) for home in homes)]
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


def documents(articles: Iterable[Article], nlp: Language, review_below: float | None = None) -> Iterator[Document]:
    """Judge a stream of articles, in order; what is not English comes back unjudged.

    Args:
        articles: As they are read.
        nlp: As :func:`load` gives it.
        review_below: Mark claims for review that are less sure than this; None leaves the pipeline's own line.
    """
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
        told = (unfolded(claim, folded, article.text) if folded else claim for claim in doc._.claims)
        claims = tuple(_settled(claim, article, review_below) for claim in told)
        yield Document(article, claims, of_page(article, claims, doc, nlp, folded) if doc.text else ())


def of_page(
    article: Article, claims: tuple[Claim, ...], doc: Doc, nlp: Language, folded: Folded | None = None
) -> tuple[Finding, ...]:
    """The findings about a judged page as a whole.

    Args:
        article: The page.
        claims: Its claims.
        doc: Its Doc, from ``nlp``.
        nlp: As :func:`load` gives it.
        folded: How the text of the Doc came from the article's, None where it is the same.
    """
    if "rule_matcher" not in nlp.pipe_names:
        return ()
    rules: Any = nlp.get_pipe("rule_matcher")
    base: EvidenceBase = nlp.get_pipe("evidence_linker").base  # type: ignore[attr-defined]
    if not rules.page_rules:
        return ()
    judged = Judged(article, claims, _met(doc, folded), _tagged(article.text, nlp))
    return page_findings(rules.page_rules, judged, base)


def _tagged(text: str, nlp: Language) -> dict[str, dict[str, list[list[int]]]]:
    """What the page rules find in the hashtags, each read as a line of its own."""
    met: dict[str, dict[str, list[list[int]]]] = {}
    for start, end, words in hashtags(text):
        doc = nlp.make_doc(words)
        for name in nlp.pipe_names[: nlp.pipe_names.index("rule_matcher") + 1]:
            doc = nlp.get_pipe(name)(doc)
        for rule in doc.user_data.get(PAGE, {}):
            met.setdefault(rule, {}).setdefault("match", []).append([start, end])
    return met


def _met(doc: Doc, folded: Folded | None) -> Any:
    """Where the page rules are met, in characters of the article."""
    met = doc.user_data.get(PAGE, {})
    if folded is None:
        return met
    return {
        rule: {role: [list(folded.back(*place)) for place in places] for role, places in roles.items()}
        for rule, roles in met.items()
    }


def _blocks(article: Article, folded: Folded | None) -> list[list[int | str]]:
    if folded is None:
        return [[b.start, b.end, str(b.kind)] for b in article.blocks]
    moved = ((folded.forth(b.start), folded.forth(b.end), str(b.kind)) for b in article.blocks)
    return [[start, end, kind] for start, end, kind in moved if start < end]


def _settled(claim: Claim, article: Article, review_below: float | None) -> Claim:
    """With its place on the page, and marked for review by the line that was asked for."""
    doubted = claim.needs_review if review_below is None else claim.confidence < review_below
    return replace(claim, place=_place(article, claim.start), needs_review=doubted)


def _place(article: Article, offset: int) -> Place:
    number = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    return article.blocks[number].place if number >= 0 else Place.BODY


def scan(
    articles: Iterable[Article | Unread],
    nlp: Language,
    progress: Callable[[Document], None] = lambda _: None,
    review_below: float | None = None,
) -> Report:
    """Judge articles and make the report.

    Args:
        articles: As :func:`claimcheck.articles.read_all` gives them.
        nlp: As :func:`load` gives it.
        progress: Called after each document.
        review_below: As for :func:`documents`.

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
    for document in documents(readable(), nlp, review_below):
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
