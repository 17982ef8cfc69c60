"""The step that judges: batch by batch, and one by one where a batch fails, so that a document costs only itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from datatrove.pipeline.base import PipelineStep

from claimcheck.articles import read_data
from claimcheck.bulk.limit import TimeLimitError, time_limit
from claimcheck.bulk.pages import Item
from claimcheck.bulk.plan import Plan
from claimcheck.bulk.table import Shard
from claimcheck.errors import ArticleError
from claimcheck.pipeline.run import documents, load
from claimcheck.records import Article, Document

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH = 32


@cache
def loaded(pipeline: str) -> Language:
    """The pipeline, loaded once a process however many shards it judges."""
    return load(pipeline)


class Judge(PipelineStep):  # type: ignore[misc]  # datatrove is not typed
    """Judges the documents of a shard and writes them; counts them as ``documents``, ``judged`` and so on."""

    type, name = "JUDGE", "claimcheck"

    def __init__(self, plan: Plan, output: str) -> None:
        super().__init__()
        self.plan, self.output = plan, output

    def run(self, data: Iterable[Item], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Judge and write everything; gives nothing on."""
        nlp = loaded(self.plan.pipeline)
        left = iter(data)
        with Shard(self.output, rank, self.plan.tool) as shard:
            while batch := list(islice(left, _BATCH)):
                self._batch(nlp, batch, shard)
        yield from ()

    def _batch(self, nlp: Language, batch: Sequence[Item], shard: Shard) -> None:
        articles = [article for item in batch if (article := self._read(item, shard))]
        with nlp.memory_zone():
            for outcome in self._judged(nlp, articles):
                if isinstance(outcome, Document):
                    shard.judged(outcome)
                    self._count(outcome)
                else:
                    self._quarantine(shard, *outcome)

    def _read(self, item: Item, shard: Shard) -> Article | None:
        self.stat_update("documents")
        problem = item.problem
        try:
            if not problem:
                with time_limit(self.plan.max_seconds):
                    article = read_data(item.data, item.id, item.suffix)
                if len(article.text) <= self.plan.max_characters:
                    return article
                problem = f"is too long ({len(article.text):,} characters; the limit is {self.plan.max_characters:,})."
        except ArticleError as error:
            problem = str(error).removeprefix(f"{item.id}: ")
        except Exception as error:  # noqa: BLE001  # whatever a page does to its parser costs this page alone
            problem = _told(error)
        self._quarantine(shard, item.id, problem)
        return None

    def _judged(self, nlp: Language, articles: Sequence[Article]) -> Iterator[Document | tuple[str, str]]:
        """The judged documents in order; for one that fails its name and what is wrong."""
        try:
            with time_limit(self.plan.max_seconds):
                yield from list(documents(articles, nlp))
        except Exception as error:  # noqa: BLE001  # whatever a page does to the pipeline costs this page alone
            if len(articles) == 1:
                yield articles[0].source, _told(error)
                return
            for article in articles:
                yield from self._judged(nlp, [article])

    def _quarantine(self, shard: Shard, name: str, problem: str) -> None:
        shard.quarantined(name, problem)
        self.stat_update("quarantined")

    def _count(self, document: Document) -> None:
        self.stat_update("judged" if document.article.language == "en" else "other_language")
        for claim in document.claims:
            self.stat_update(str(claim.verdict))


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, TimeLimitError) else f"{type(error).__name__}: {error}"
