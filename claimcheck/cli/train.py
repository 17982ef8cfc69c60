"""``claimcheck train``: from ``data/`` to ``models/``."""

from __future__ import annotations

import click

from claimcheck.cli.options import data_option


@click.command()
@data_option
@click.option("--output", default="models/en_claims_sm", show_default=True, help="Folder of the pipeline; replaced.")
def train(data: str, output: str) -> None:
    """Build the pipeline from the data folder; the same data give the same bytes."""
    from pathlib import Path

    from claimcheck.pipeline.build import build

    build(Path(data), Path(output))
    click.echo(f"built {output}")
