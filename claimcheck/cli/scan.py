"""``claimcheck scan``: the main job."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from claimcheck.cli.options import pipeline_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.records import Article, Document, Report, Unread

FORMATS = ("terminal", "json", "html")
NEVER = "never"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--format", "style", type=click.Choice(FORMATS), default="terminal", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, writable=True), help="Write to a file instead.")
@click.option(
    "--fail-on",
    type=click.Choice(("overstated", "unsupported", NEVER)),
    default="overstated",
    show_default=True,
    help="Exit 1 where a claim is judged so or worse.",
)
@pipeline_option
def scan(sources: tuple[str, ...], style: str, output: str | None, fail_on: str, pipeline: str) -> None:
    """Judge the health claims in files, folders, an http(s) address, or - for standard input.

    Text, Markdown and HTML are read.
    """
    from claimcheck.articles import read_all
    from claimcheck.pipeline.run import load
    from claimcheck.pipeline.run import scan as judge

    if output:
        _check(output)
    nlp = load(pipeline)
    with _progress() as (count, advance):
        report = judge(count(read_all(sources)), nlp, advance)
    _write(render(report, style, to_file=output is not None), output)
    sys.exit(exit_code(report, fail_on))


def render(report: Report, style: str, *, to_file: bool) -> str:
    """The report in one of :data:`FORMATS`."""
    if style == "json":
        from claimcheck.report.as_json import render as as_json

        return as_json(report)
    if style == "html":
        from claimcheck.report.as_html import render as as_html

        return as_html(report)
    import os
    from shutil import get_terminal_size

    from claimcheck.report.as_terminal import render as as_terminal

    color = sys.stdout.isatty() and not to_file and "NO_COLOR" not in os.environ
    return as_terminal(report, min(get_terminal_size((80, 24)).columns, 120), color)


def exit_code(report: Report, fail_on: str) -> int:
    """0, 1 or 3, as the help of the command says."""
    from claimcheck.terms import Verdict

    if report.unread:
        return 3
    if fail_on == NEVER:
        return 0
    worst = max((c.verdict.rank for d in report.documents for c in d.claims), default=-1)
    return int(worst >= Verdict(fail_on).rank)


def _check(output: str) -> None:
    """Say before the work, not after it, that there is nowhere to put it."""
    from pathlib import Path

    if not Path(output).resolve().parent.is_dir():
        raise UsageError(f"{output}: there is no folder {str(Path(output).parent)!r}. Make it first.")


def _write(text: str, output: str | None) -> None:
    if output:
        from pathlib import Path

        try:
            Path(output).write_text(text, encoding="utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"{output}: could not be written ({error.strerror}).") from error
    else:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


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
