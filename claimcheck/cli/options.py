"""Options that several commands share."""

from __future__ import annotations

import click

pipeline_option = click.option(
    "--pipeline",
    default="en_claims_md",
    show_default=True,
    help="Name or folder of the pipeline that judges.",
)
data_option = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False),
    default="data",
    show_default=True,
    help="Folder with lexicon, evidence, rules and corpus.",
)
