"""``claimcheck scan``: the main job."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from claimcheck.cli.options import pipeline_option
from claimcheck.cli.outputs import output_options, outputs
from claimcheck.cli.settled import settling, settling_options

if TYPE_CHECKING:
    from claimcheck.records import Article, Document, Report, Unread

NEVER = "never"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@output_options
@click.option(
    "--fail-on",
    type=click.Choice(("overstated", "unsupported", NEVER)),
    help="Exit 1 where a claim is judged so or worse.  [default: overstated]",
)
@click.option(
    "--text-field", default="text", show_default=True, help="Field of JSON lines, or column of a CSV, to read."
)
@click.option("--watch", is_flag=True, help="Judge again whenever a source changes, until Ctrl-C.")
@click.option(
    "--review-below",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Mark claims whose verdict is less sure than P for review: high for a moderator who acts on the others "
    "unseen, 0 to mark none; as the pipeline says by default.",
)
@settling_options
@pipeline_option
def scan(
    sources: tuple[str, ...], text_field: str, watch: bool, review_below: float | None, pipeline: str, **given: Any
) -> None:
    """Judge the health claims in files, folders, an http(s) address, or - for standard input.

    Text, Markdown, HTML, PDF, DOCX and e-mail are read; JSON lines, CSV and web archives (WARC) hold many documents.
    """
    from claimcheck.articles import read_all
    from claimcheck.cli.watch import check, keep_judging
    from claimcheck.pipeline.run import load
    from claimcheck.pipeline.run import scan as judge

    settled = settling(given)
    wanted = outputs(**given)
    if watch:
        check(sources)
    nlp = load(pipeline)
    settled.prepare(nlp)

    def once() -> int:
        with _progress() as (count, advance):
            report = judge(count(read_all(sources, text_field)), nlp, advance, review_below)
        report = settled.settle(report, nlp)
        wanted.write(report)
        return exit_code(report, settled.fail_on)

    sys.exit(keep_judging(sources, wanted.paths(), once) if watch else once())


def exit_code(report: Report, fail_on: str) -> int:
    """0, 1 or 3, as the help of the command says; what is suppressed does not count."""
    from claimcheck.terms import Verdict

    if report.unread:
        return 3
    if fail_on == NEVER:
        return 0
    worst = max((c.verdict.rank for d in report.documents for c in d.claims if not c.suppressed), default=-1)
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
