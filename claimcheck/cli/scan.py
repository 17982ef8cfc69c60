"""``claimcheck scan``: the main job."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from claimcheck.cli.options import pipeline_option
from claimcheck.cli.outputs import output_options, outputs

if TYPE_CHECKING:
    from claimcheck.records import Article, Document, Report, Unread

NEVER = "never"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@output_options
@click.option(
    "--fail-on",
    type=click.Choice(("overstated", "unsupported", NEVER)),
    default="overstated",
    show_default=True,
    help="Exit 1 where a claim is judged so or worse.",
)
@click.option(
    "--review-below",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Mark claims whose verdict is less sure than P for review: high for a moderator who acts on the others "
    "unseen, 0 to mark none; as the pipeline says by default.",
)
@pipeline_option
def scan(sources: tuple[str, ...], fail_on: str, review_below: float | None, pipeline: str, **output: Any) -> None:
    """Judge the health claims in files, folders, an http(s) address, or - for standard input.

    Text, Markdown and HTML are read.
    """
    from claimcheck.articles import read_all
    from claimcheck.pipeline.run import load
    from claimcheck.pipeline.run import scan as judge

    wanted = outputs(**output)
    nlp = load(pipeline)
    with _progress() as (count, advance):
        report = judge(count(read_all(sources)), nlp, advance, review_below)
    wanted.write(report)
    sys.exit(exit_code(report, fail_on))


def exit_code(report: Report, fail_on: str) -> int:
    """0, 1 or 3, as the help of the command says."""
    from claimcheck.terms import Verdict

    if report.unread:
        return 3
    if fail_on == NEVER:
        return 0
    worst = max((c.verdict.rank for d in report.documents for c in d.claims), default=-1)
    return int(worst >= Verdict(fail_on).rank)


@contextmanager
def _progress() -> Iterator[tuple]:  # type: ignore[type-arg]
    """A counter on standard error, on a terminal only."""
    if not sys.stderr.isatty():
        yield (lambda stream: stream), (lambda _: None)
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.completed} of {task.total} documents judged"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=0)
        seen = 0

        def count(stream: Iterable[Article | Unread]) -> Iterator[Article | Unread]:
            nonlocal seen
            for item in stream:
                seen += 1
                bar.update(task, total=seen)
                yield item

        def advance(document: Document) -> None:
            bar.advance(task)

        yield count, advance
