"""``claimcheck review``: people decide, and what they decided travels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from claimcheck.cli.options import data_option, pipeline_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.records import Article

FORMATS = ("jsonl", "prodigy", "labelstudio", "doccano")
ROLES = ("reviewer", "adjudicator", "admin")
SPLITS = ("train", "validation", "test")

store_option = click.option(
    "--store",
    required=True,
    envvar="CLAIMCHECK_STORE",
    help="SQLite file, made where there is none, or address of a PostgreSQL database. Also CLAIMCHECK_STORE.",
)


@click.group()
def review() -> None:
    """Put claims before people, and keep what they decide."""


@review.command("import")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--split", type=click.Choice(SPLITS), help="Pages of the corpus instead of sources.")
@click.option(
    "--double", default=0.1, show_default=True, type=click.FloatRange(0, 1), help="Share that two reviewers decide."
)
@store_option
@data_option
@pipeline_option
def import_(sources: tuple[str, ...], split: str | None, double: float, store: str, data: str, pipeline: str) -> None:
    """Judge sources as `scan` does, and put their claims before the reviewers.

    What is there already is not put there twice.
    """
    from claimcheck.extras import need

    need("review", "sqlalchemy")
    from claimcheck.pipeline.run import documents, load, tool
    from claimcheck.review.desk import put
    from claimcheck.store.review import ReviewStore

    if bool(sources) == bool(split):
        raise UsageError("give sources or --split, one of them.")
    nlp = load(pipeline)
    articles = _corpus(data, split) if split else _readable(sources)
    names = tool(nlp)
    added = put(ReviewStore(store), documents(articles, nlp), names["pipeline"], split or "scan", double)
    click.echo(f"{added} claims to decide", err=True)


@review.command()
@click.argument("output", type=click.Path(dir_okay=False))
@click.option("--to", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@store_option
def export(output: str, form: str, store: str) -> None:
    """Write pages and decisions to OUTPUT: all of them as JSON lines, or what stands as tasks of an annotation tool."""
    from pathlib import Path

    from claimcheck.extras import need

    need("review", "sqlalchemy")
    from claimcheck.corpus.exchange import export_rows
    from claimcheck.review.decisions import write
    from claimcheck.review.desk import everything
    from claimcheck.review.tasks import rows
    from claimcheck.store.review import ReviewStore

    path = Path(output)
    if not path.resolve().parent.is_dir():
        raise UsageError(f"{output}: there is no folder {str(path.parent)!r}. Make it first.")
    sheets, made = everything(ReviewStore(store))
    if form == "jsonl":
        write(path, sheets, made)
    else:
        export_rows(rows(sheets, made), form, path)
    click.echo(f"{len(made)} decisions on {len(sheets)} pages written to {output}", err=True)


@review.command("add-user")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True)
@click.password_option(help="At least 8 characters; asked for where it is not given.")
@store_option
def add_user(name: str, role: str, password: str, store: str) -> None:
    """Make an account NAME."""
    from claimcheck.extras import need

    need("review", "sqlalchemy", "argon2")
    from claimcheck.store.review import ReviewStore

    ReviewStore(store).add_user(name, password, role)
    click.echo(f"{role} {name} can log in", err=True)


@review.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to bind to.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port to bind to.")
@click.option("--no-login", is_flag=True, help="Let in whoever reaches it; only where bound to loopback.")
@store_option
def serve(host: str, port: int, no_login: bool, store: str) -> None:
    """Show the reviewers their pages in a browser."""
    from claimcheck.extras import need

    need("review", "fastapi", "uvicorn", "python_multipart", "sqlalchemy", "argon2", "itsdangerous", "krippendorff")
    from claimcheck.store.review import ReviewStore
    from claimcheck.web.guards import is_loopback
    from claimcheck.web.review_app import make_review_app
    from claimcheck.web.serve import serve as answer

    if no_login and not is_loopback(host):
        raise UsageError(f"--no-login and --host {host} exclude each other. Bind to 127.0.0.1, or make accounts.")
    app = make_review_app(ReviewStore(store), login=not no_login, local=is_loopback(host))
    click.echo(f"listening on http://{host}:{port}", err=True)
    answer(app, host, port)


def _readable(sources: tuple[str, ...]) -> Iterator[Article]:
    from claimcheck.articles import read_all
    from claimcheck.records import Unread

    for item in read_all(sources):
        if isinstance(item, Unread):
            click.echo(f"{item.source}: {item.problem}", err=True)
        else:
            yield item


def _corpus(data: str, split: str) -> Iterator[Article]:
    from pathlib import Path

    from claimcheck.corpus import load_pages
    from claimcheck.records import Article

    for page in load_pages(Path(data) / "corpus", split):
        yield Article(f"{split}/{page.id}", page.text, page.blocks)
