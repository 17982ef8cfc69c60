"""The command ``claimcheck``."""

from __future__ import annotations

from typing import Any

import click

from claimcheck import __version__
from claimcheck.cli.audit import audit
from claimcheck.cli.corpus import corpus
from claimcheck.cli.evaluate import evaluate
from claimcheck.cli.evidence import evidence
from claimcheck.cli.explain import explain
from claimcheck.cli.rules import rules
from claimcheck.cli.scan import scan
from claimcheck.cli.serve import serve
from claimcheck.cli.train import train
from claimcheck.errors import ClaimcheckError

EXIT_USAGE = 2


class _Group(click.Group):
    """Shows our own errors as a line, not as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ClaimcheckError as error:
            click.echo(f"claimcheck: {error}", err=True)
            ctx.exit(EXIT_USAGE)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def cli() -> None:
    """Find every health claim in a text and judge it by the evidence.

    Exit codes: 0 nothing at or above --fail-on, 1 claims at or above it, 2 wrong use or configuration, 3 a
    document could not be read (the report is still written).
    """


for command in (scan, audit, explain, evaluate, train, rules, evidence, corpus, serve):
    cli.add_command(command)
