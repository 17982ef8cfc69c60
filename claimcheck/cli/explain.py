"""``claimcheck explain``: every step of one judgement."""

from __future__ import annotations

import click

from claimcheck.cli.options import pipeline_option


@click.command()
@click.argument("text")
@pipeline_option
def explain(text: str, pipeline: str) -> None:
    """Show every step of the judgement of TEXT."""
    from claimcheck.pipeline.run import load
    from claimcheck.pipeline.trace import trace

    for line in trace(load(pipeline), text):
        click.echo(line)
