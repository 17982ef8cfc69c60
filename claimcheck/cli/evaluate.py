"""``claimcheck evaluate``: how good a pipeline is on labelled pages."""

from __future__ import annotations

import click

from claimcheck.cli.options import data_option, pipeline_option


@click.command()
@data_option
@click.option("--split", type=click.Choice(("train", "validation", "test")), default="validation", show_default=True)
@click.option("--format", "style", type=click.Choice(("text", "json")), default="text", show_default=True)
@pipeline_option
def evaluate(data: str, split: str, style: str, pipeline: str) -> None:
    """Judge the labelled pages of a split and score every step."""
    from pathlib import Path

    from claimcheck.corpus import load_pages
    from claimcheck.pipeline.evaluate import evaluate as measure
    from claimcheck.pipeline.run import load

    scores = measure(load(pipeline), load_pages(Path(data) / "corpus", split))
    if style == "json":
        import json

        click.echo(json.dumps(scores, indent=2))
        return
    for name, value in scores.items():
        click.echo(f"{name:28} {value:.3f}" if isinstance(value, float) else f"{name:28} {value}")
