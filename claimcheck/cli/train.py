"""``claimcheck train``: from ``data/`` to ``models/``."""

from __future__ import annotations

import click

from claimcheck.cli.options import data_option


@click.command()
@data_option
@click.option("--output", default="models", show_default=True, help="Folder of the pipelines; they are replaced.")
@click.option("--encoder", is_flag=True, help="Fine-tune the sentence encoder first (slow; extra: encoder).")
def train(data: str, output: str, encoder: bool) -> None:
    """Build the pipelines from the data folder.

    The same data give the same bytes. The encoder of en_claims_md stays as it is, unless --encoder trains it.
    """
    from pathlib import Path

    from claimcheck.pipeline.build import build_both, finetune_encoder

    if encoder:
        finetune_encoder(Path(data), Path(output), lambda line: click.echo(line, err=True))
    for folder in build_both(Path(data), Path(output)):
        click.echo(f"built {folder}")
