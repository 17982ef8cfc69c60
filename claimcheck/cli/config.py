"""``claimcheck config``: what a project has set."""

from __future__ import annotations

import click


@click.group()
def config() -> None:
    """The settings that hold here."""


@config.command()
def show() -> None:
    """Each setting with where it came from."""
    from pathlib import Path

    from claimcheck.config import settings

    for key, (value, origin) in settings(Path.cwd(), {}).items():
        shown = ",".join(value) if isinstance(value, tuple) else value
        click.echo(f"{key:14} {shown or '-':30} {origin}")
