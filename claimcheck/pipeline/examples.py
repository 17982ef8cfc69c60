"""The examples of the rules at work: which are met, and how far a pattern came where one is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from claimcheck.pipeline.reading import reading
from claimcheck.records import Article, Document
from claimcheck.rules import Rule
from claimcheck.terms import Scope

if TYPE_CHECKING:
    from spacy.language import Language

_PAGE_START = ("<html", "<!doctype")


class Example(NamedTuple):
    """A sentence or page of a rule, and whether the rule must flag it."""

    rule: Rule
    text: str
    wanted: bool


def examples(rules: Iterable[Rule]) -> Iterator[Example]:
    """All examples, those to flag before those to pass."""
    for rule in rules:
        for wanted, texts in ((True, rule.flag), (False, rule.passes)):
            for text in texts:
                yield Example(rule, text, wanted)


def read_example(text: str) -> Article:
    """An example as an article: HTML where it begins so, else plain text."""
    from claimcheck.articles.html import read_html
    from claimcheck.articles.text import text_blocks

    if text.lstrip().lower().startswith(_PAGE_START):
        return read_html(text, "example")
    blocks = text_blocks(text)
    title = text[blocks[0].start : blocks[0].end] if len(blocks) > 1 else ""
    return Article("example", text, blocks, title=title)


def failures(nlp: Language, asked: Iterable[Example]) -> Iterator[Example]:
    """The examples that do not come out as wanted, in order."""
    from claimcheck.pipeline.run import documents

    every = list(asked)
    for example, document in zip(every, documents((read_example(e.text) for e in every), nlp), strict=True):
        if (example.rule.id in ids_of(document)) is not example.wanted:
            yield example


def ids_of(document: Document) -> set[str]:
    """The rules that a document meets, by its claims or as a page."""
    return {f.rule for f in document.findings} | {f.rule for claim in document.claims for f in claim.findings}


def trace(nlp: Language, example: Example) -> Iterator[str]:
    """Why an example came out as it did: what each pattern found, and what lifted the rule."""
    from claimcheck.pipeline.run import documents

    article = read_example(example.text)
    [document] = documents([article], nlp)
    doc = nlp.make_doc(article.text)
    doc.user_data["claimcheck.blocks"] = [[b.start, b.end, str(b.kind)] for b in article.blocks]
    for name in nlp.pipe_names[: nlp.pipe_names.index("rule_matcher") + 1]:
        doc = nlp.get_pipe(name)(doc)
    matcher: Any = nlp.get_pipe("rule_matcher")
    for sentence in reading(doc).sentences:
        yield from matcher.tell(reading(doc), sentence, example.rule)
    for claim in document.claims:
        yield f"claim {claim.quote!r}: {claim.kind}, {claim.strength}, {claim.verdict}{_flags(claim.flags)}"
    if not document.claims and example.rule.scope is Scope.CLAIM:
        yield "no claim was found, so that no rule can hang on one"


def _flags(flags: Iterable[str]) -> str:
    return "".join(f" [{flag}]" for flag in flags)
