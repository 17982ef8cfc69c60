"""``claimcheck audit``: a whole site, again and again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from claimcheck.cli.options import pipeline_option

if TYPE_CHECKING:
    from claimcheck.audit.progress import Progress
    from claimcheck.store import Store

_QUIET_SECONDS = 30.0

store_option = click.option(
    "--store",
    "where",
    metavar="FILE_OR_URL",
    help="A SQLite file or a postgresql:// URL.  [default: audits.db in your data folder]",
)


number_argument = click.argument("number", type=int, required=False, metavar="[AUDIT]")


@click.group()
def audit() -> None:
    """Walk a site politely, judge and keep its pages, and say what changed since last time."""


@audit.command()
@click.argument("source", metavar="SITE|SITEMAP|FILE|FOLDER|ARCHIVE")
@click.option("--max-pages", type=click.IntRange(1), help="Ask for this many pages at most.")
@click.option("--max-depth", type=click.IntRange(0), help="Follow this many links from the start at most.")
@click.option("--max-minutes", type=click.FloatRange(0, min_open=True), help="Stop after this time.")
@click.option("--delay", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds between two requests.")
@click.option("--contact", default="", help="Your address or site, told to the servers in the user agent.")
@click.option("--allow-private", is_flag=True, help="Ask addresses of inner networks too.")
@click.option("--keep-raw", is_flag=True, help="Keep the pages themselves beside their text.")
@store_option
@pipeline_option
def run(source: str, where: str | None, pipeline: str, **chosen: Any) -> None:
    """Audit a site, a sitemap, a text file of addresses, a folder or a .warc.gz archive.

    robots.txt is obeyed, one page of a host is asked for at a time, and what did not change since the last audit is
    neither fetched nor judged again. An audit that was stopped, in whatever way, is gone on with by the same command.

    Exit codes: 0 the audit is whole, 2 wrong use, 3 it was stopped.
    """
    with _open(where) as store:
        from claimcheck.audit.findings import add_up
        from claimcheck.audit.options import Options
        from claimcheck.audit.run import run as audit_run
        from claimcheck.audit.summary import lines
        from claimcheck.pipeline.run import load

        with _teller() as tell:
            done = audit_run(source, store, Options(**chosen), load(pipeline), tell)
        _show(lines(add_up(store, done.audit_id), 0))
    if done.resumed:
        click.echo("an earlier run was stopped; this one went on from there", err=True)
    if not done.finished:
        click.echo("stopped; the same command goes on from here", err=True)
        sys.exit(3)


@audit.command("list")
@store_option
def list_audits(where: str | None) -> None:
    """All audits in the store, the oldest first."""
    with _open(where) as store:
        from claimcheck.store.results import audits

        with store.reading() as session:
            for info in audits(session):
                state = "whole" if info.finished else "not finished"
                click.echo(f"{info.id:4}  {info.started:%Y-%m-%d %H:%M}  {state:12}  {info.site}")


@audit.command()
@number_argument
@click.option("--top", type=click.IntRange(0), default=10, show_default=True, help="How many lines of each list.")
@store_option
def show(number: int | None, top: int, where: str | None) -> None:
    """An audit in short, by default the last: coverage, verdicts, worst pages and claims."""
    with _open(where) as store:
        from claimcheck.audit.findings import add_up
        from claimcheck.audit.summary import lines

        _show(lines(add_up(store, number), top))


@audit.command()
@number_argument
@click.option(
    "-o", "--output", "outputs", multiple=True, required=True, help="A .html, .csv or .json file; repeatable."
)
@store_option
def report(number: int | None, outputs: tuple[str, ...], where: str | None) -> None:
    """Write an audit, by default the last, as a page with charts, a table or JSON.

    Worst claims and pages first; counts by kind, subject and market; what was not covered, and why.
    """
    from pathlib import Path

    with _open(where) as store:
        from claimcheck.audit.findings import add_up
        from claimcheck.audit.render import write

        found = add_up(store, number)
        for output in outputs:
            write(found, Path(output))


@audit.command()
@click.argument("numbers", nargs=-1, type=int, metavar="[A B]")
@click.option("--format", "style", type=click.Choice(("terminal", "json")), default="terminal", show_default=True)
@click.option(
    "--fail-on-new",
    type=click.Choice(("overstated", "unsupported")),
    help="Exit 1 where a new or stronger claim is judged so or worse.",
)
@store_option
def diff(numbers: tuple[int, ...], style: str, fail_on_new: str | None, where: str | None) -> None:
    """What changed between two audits of a site, by default its last two.

    Claims are new, made stronger, made softer, reworded, judged otherwise, moved or gone. A page that could not be seen
    this time is told so; its claims do not count as gone.
    """
    if len(numbers) not in (0, 2):
        raise click.UsageError("Name two audits, or none for the last two. See `claimcheck audit list`.")
    with _open(where) as store:
        import json

        from claimcheck.audit.diff import compare, lines
        from claimcheck.terms import Verdict

        found = compare(store, numbers)
        _show([json.dumps(found.to_dict(), ensure_ascii=False, indent=2)] if style == "json" else lines(found))
    if fail_on_new and found.worst_new() >= Verdict(fail_on_new).rank:
        sys.exit(1)


@audit.command()
@number_argument
@store_option
@pipeline_option
def rejudge(number: int | None, where: str | None, pipeline: str) -> None:
    """Judge the kept pages of an audit anew, by default of the last, and say what flipped and why.

    Nothing is fetched. The audit is reported by its new judgement from then on; the old one stays in the store.
    """
    with _open(where) as store:
        from claimcheck.audit.rejudge import lines
        from claimcheck.audit.rejudge import rejudge as judge_anew
        from claimcheck.pipeline.run import load

        _show(lines(judge_anew(store, number, load(pipeline))))


@audit.command()
@number_argument
@click.option("-o", "--output", required=True, help="A .jsonl, .csv or .warc.gz file.")
@store_option
def export(number: int | None, output: str, where: str | None) -> None:
    """Write every claim at every place of an audit (.jsonl, .csv), or its pages where they were kept raw (.warc.gz)."""
    from pathlib import Path

    with _open(where) as store:
        from claimcheck.audit.export import export as write

        click.echo(f"{write(store, number, Path(output))} written to {output}", err=True)


def _show(lines: Iterable[str]) -> None:
    """Lines of a site's own words, without what would steer the terminal."""
    for line in lines:
        shown = "".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in line)
        click.echo(shown)


@contextmanager
def _open(where: str | None) -> Iterator[Store]:
    """The store, closed at the end."""
    from claimcheck.extras import need

    need("audit", "sqlalchemy", "alembic", "scrapy", "datasketch", "warcio")
    from claimcheck.store import Store

    store = Store.open(where)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _teller() -> Iterator[Callable[[Progress], None]]:
    """Writes the progress to standard error: over itself on a terminal, now and then elsewhere."""
    import time

    live, last = sys.stderr.isatty(), time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        if live:
            click.echo(f"\r\x1b[2K{progress.line()}", nl=False, err=True)
        elif time.monotonic() - last > _QUIET_SECONDS:
            last = time.monotonic()
            click.echo(progress.line(), err=True)

    yield tell
    if live:
        click.echo("\r\x1b[2K", nl=False, err=True)
