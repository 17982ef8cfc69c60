"""``claimcheck models``: which pipeline is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

models_option = click.option(
    "--models",
    "place",
    type=click.Path(exists=True, file_okay=False),
    default=None,
    help="Folder of pipelines; by default the one that the pipeline in use is in.",
)


def models_folder(place: str | None) -> Path:
    """The folder of pipelines."""
    from pathlib import Path

    from claimcheck.pipeline.run import folder

    return Path(place) if place else folder().parent


@click.group()
def models() -> None:
    """The built pipelines, and which of them is in use."""


@models.command("list")
@models_option
def list_(place: str | None) -> None:
    """Show every pipeline, the one in use marked by a star."""
    from claimcheck.pipeline.in_use import listed

    for name, used, meta in listed(models_folder(place)):
        data = " ".join(f"{key} {value}" for key, value in meta.get("claimcheck", {}).items())
        click.echo(f"{'*' if used else ' '} {name}  {data}")


@models.command()
@click.argument("name")
@models_option
def use(name: str, place: str | None) -> None:
    """Put the pipeline NAME in use."""
    from claimcheck.pipeline.in_use import use as put

    put(models_folder(place), name)
    click.echo(f"in use: {name}")


@models.command()
@models_option
def rollback(place: str | None) -> None:
    """Put the pipeline in use that was so before, byte for byte."""
    from claimcheck.pipeline.in_use import rollback as back

    click.echo(f"in use: {back(models_folder(place))}")
