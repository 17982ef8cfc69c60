"""``claimcheck retrain``: from decisions to a better pipeline, with the proof."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from claimcheck.cli.models import models_folder, models_option
from claimcheck.cli.options import data_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.review.decisions import Decision, Sheet
    from claimcheck.review.retrain import Outcome


@click.command()
@click.argument("name")
@click.option("--store", default="", help="Database of the reviewers, as `claimcheck review serve` takes it.")
@click.option("--decisions", type=click.Path(exists=True, dir_okay=False), help="File of `claimcheck review export`.")
@click.option("--promote", is_flag=True, help="Put the new pipeline in use where the gate lets it pass.")
@click.option("--format", "style", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--most", default=20, show_default=True, help="How many flips and doubts to show as text.")
@data_option
@models_option
def retrain(
    name: str, store: str, decisions: str | None, promote: bool, style: str, most: int, data: str, place: str | None
) -> None:
    """Build the pipeline NAME from the corpus and the reviewers' decisions, and compare it with the one in use.

    The comparison is on the sealed test pages, the challenge set and the reviewers' random twentieth, none of which
    teaches anything. Exit code 1 where the new pipeline is worse in a class beyond its interval; it is not
    promoted then. Its folder keeps the decisions, so that `--decisions` builds the same bytes again.
    """
    from pathlib import Path

    from claimcheck.extras import need

    need("review", "cleanlab")
    from claimcheck.pipeline.in_use import in_use, use
    from claimcheck.review.retrain import retrain as build

    folder = models_folder(place)
    if Path(name).name != name:
        raise UsageError(f"{name!r} is no name of a pipeline. It becomes a folder in {folder}.")
    sheets, made = _read(store, decisions)
    outcome = build(Path(data), folder / in_use(folder), folder / name, sheets, made)
    if style == "json":
        import json

        click.echo(json.dumps(outcome.to_dict(), indent=2, ensure_ascii=False))
    else:
        for line in _shown(outcome, most):
            click.echo(line)
    if promote and not outcome.refusals:
        use(folder, name)
        click.echo(f"in use: {name}", err=True)
    sys.exit(int(bool(outcome.refusals)))


def _read(store: str, decisions: str | None) -> tuple[list[Sheet], list[Decision]]:
    if bool(store) == bool(decisions):
        raise UsageError("give the decisions by --store or by --decisions, one of them.")
    if decisions:
        from pathlib import Path

        from claimcheck.review.decisions import read

        return read(Path(decisions))
    from claimcheck.review.desk import everything
    from claimcheck.store.review import ReviewStore

    return everything(ReviewStore(store))


def _shown(outcome: Outcome, most: int) -> Iterator[str]:
    yield f"{'set':18} {'slice':18} {'class':12} {'n':>5}  in use   new    difference (95 %)"
    for line in outcome.lines:
        mark = "  WORSE" if line in outcome.refusals else ""
        figures = f"{line.old:.3f}  {line.new:.3f}  {line.new - line.old:+.3f} ({line.low:+.3f} to {line.high:+.3f})"
        yield f"{line.of:18} {line.slice:18} {line.label:12} {line.count:5}  {figures}{mark}"
    yield f"corrections learned: {outcome.learned} of {outcome.corrections}"
    yield from _part("stored verdicts that would flip", outcome.turns, most)
    yield from _part("labelled claims that many decide against", outcome.contested, most)
    yield from _part("labels to look at again", outcome.doubts, most)
    if outcome.refusals:
        classes = ", ".join(f"{line.label} on {line.of}" for line in outcome.refusals)
        yield f"refused: worse beyond the interval in {classes}"
    else:
        yield "passed: worse in no class beyond its interval"


def _part(title: str, items: list, most: int) -> Iterator[str]:  # type: ignore[type-arg]
    yield f"{title}: {len(items)}"
    for item in items[:most]:
        yield "  " + (
            item
            if isinstance(item, str)
            else "  ".join(f"{part:.2f}" if isinstance(part, float) else part for part in item)
        )
    if len(items) > most:
        yield f"  and {len(items) - most} more; --format json has them all"
