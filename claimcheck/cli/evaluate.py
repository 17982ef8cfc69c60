"""``claimcheck evaluate``: how good a pipeline is on labelled pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimcheck.cli.options import data_option, pipeline_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.corpus import Page

DATASETS = ("challenge", "li2021", "eurekalert", "insciout", "healthsea", "trec_misinfo", "negex", "bioscope")
_PINS_ON = "validation"


@click.command()
@data_option
@click.option("--split", type=click.Choice(("train", "validation", "test")), default=_PINS_ON, show_default=True)
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
@click.option(
    "--picture", type=click.Path(dir_okay=False), metavar="FILE", help="Draw the account as .svg, .png or .pdf too."
)
@click.option(
    "--pin", "why", metavar="WHY", help="Pin the scores as floors in models/floors.json, and say why; needs the words."
)
@pipeline_option
def evaluate(
    data: str,
    split: str,
    pages: str | None,
    on: tuple[str, str] | None,
    style: str,
    picture: str | None,
    why: str | None,
    pipeline: str,
) -> None:
    """Judge labelled pages and score every step.

    The pages are those of a split of the corpus, or a folder of JSON files; two baselines are fitted on the training
    split in the same run. On a public data set claimcheck is scored as it is, as far as what it finds stands for the
    labels there.
    """
    if pages and on:
        raise UsageError("--pages and --on exclude each other. Give one of them.")
    if why is not None and (pages or on or split != _PINS_ON):
        raise UsageError(f"--pin is for the {_PINS_ON} split. Leave --pages, --on and --split away.")
    if picture and on:
        raise UsageError("--picture is for labelled pages, not for --on. Leave one of them away.")
    if on:
        _show_public(on, style, pipeline)
        return
    account = _assess(data, split, pages, pipeline)
    if picture:
        from claimcheck.report.picture import draw

        draw(account, Path(picture))
    click.echo(_rendered(account, style), nl=False)
    if why is not None:
        _pin(account, Path(data), pipeline, why)


def _assess(data: str, split: str, folder: str | None, pipeline: str) -> dict[str, Any]:
    from claimcheck.corpus import load_pages
    from claimcheck.pipeline.assess import assess
    from claimcheck.pipeline.run import load

    return assess(load(pipeline), _pages(data, split, folder), load_pages(Path(data) / "corpus", "train"))


def _pages(data: str, split: str, folder: str | None) -> list[Page]:
    if folder:
        from claimcheck.articles.text import text_blocks
        from claimcheck.corpus.page_files import load_page_files

        return load_page_files(Path(folder), text_blocks)
    from claimcheck.corpus import load_pages

    return load_pages(Path(data) / "corpus", split)


def _rendered(account: dict[str, Any], style: str) -> str:
    if style == "json":
        import json

        return json.dumps(account, indent=2) + "\n"
    from claimcheck.report.scores import render

    return render(account)


def _pin(account: dict[str, Any], data: Path, pipeline: str, why: str) -> None:
    """Write the floors beside the pipeline and tell which came down, on standard error."""
    from claimcheck.pipeline.floors import FILE, data_hash, pin
    from claimcheck.pipeline.run import folder

    place = folder(pipeline)
    scores = {name: score["value"] for name, score in account["scores"].items()}
    pages = data_hash(data / "corpus" / f"{_PINS_ON}.jsonl")
    for fall in pin(place.parent / FILE, place.name, scores, pages, why):
        click.echo(f"lowered {fall.name} from {fall.floor} to {fall.score}", err=True)


def _show_public(on: tuple[str, str], style: str, pipeline: str) -> None:
    from claimcheck.pipeline.public import score
    from claimcheck.pipeline.run import load

    scores = score(load(pipeline), on[0], Path(on[1]))
    if style == "json":
        import json

        click.echo(json.dumps(scores, indent=2))
        return
    for name, value in scores.items():
        click.echo(f"{name:28} {value:.3f}" if isinstance(value, float) else f"{name:28} {value}")
