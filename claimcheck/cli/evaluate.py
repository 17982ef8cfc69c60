"""``claimcheck evaluate``: how good a pipeline is on labelled pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from claimcheck.cli.options import data_option, pipeline_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.corpus import Page

DATASETS = ("challenge", "li2021", "eurekalert", "insciout", "healthsea", "trec_misinfo", "negex", "bioscope")


@click.command()
@data_option
@click.option("--split", type=click.Choice(("train", "validation", "test")), default="validation", show_default=True)
@click.option(
    "--pages",
    type=click.Path(exists=True, file_okay=False),
    help="Folder of labelled pages, one JSON file each, instead of a split.",
)
@click.option(
    "--on",
    type=(click.Choice(DATASETS), click.Path(exists=True)),
    default=None,
    metavar="NAME PATH",
    help=f"The challenge or a public set, and its file or folder; NAME is one of {', '.join(DATASETS)}.",
)
@click.option("--format", "style", type=click.Choice(("text", "json")), default="text", show_default=True)
@pipeline_option
def evaluate(data: str, split: str, pages: str | None, on: tuple[str, str] | None, style: str, pipeline: str) -> None:
    """Judge labelled pages and score every step.

    The pages are those of a split of the corpus, or a folder of JSON files. On a public data set claimcheck is
    scored as it is, as far as what it finds stands for the labels there.
    """
    from claimcheck.pipeline.run import load

    if pages and on:
        raise UsageError("--pages and --on exclude each other. Give one of them.")
    scores: dict[str, float | int]
    if on:
        from pathlib import Path

        from claimcheck.pipeline.public import score

        scores = score(load(pipeline), on[0], Path(on[1]))
    else:
        from claimcheck.pipeline.evaluate import evaluate as measure

        scores = measure(load(pipeline), _pages(data, split, pages))
    if style == "json":
        import json

        click.echo(json.dumps(scores, indent=2))
        return
    for name, value in scores.items():
        click.echo(f"{name:28} {value:.3f}" if isinstance(value, float) else f"{name:28} {value}")


def _pages(data: str, split: str, folder: str | None) -> list[Page]:
    from pathlib import Path

    if folder:
        from claimcheck.articles.text import text_blocks
        from claimcheck.corpus.page_files import load_page_files

        return load_page_files(Path(folder), text_blocks)
    from claimcheck.corpus import load_pages

    return load_pages(Path(data) / "corpus", split)
