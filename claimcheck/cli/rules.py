"""``claimcheck rules``: what the packs say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from claimcheck.cli.options import pipeline_option

if TYPE_CHECKING:
    from claimcheck.rules import RuleSet


@click.group()
def rules() -> None:
    """The rules a pipeline carries."""


@rules.command("list")
@pipeline_option
def list_rules(pipeline: str) -> None:
    """One line a rule, the id first."""
    for rule in _rules(pipeline).rules.values():
        click.echo(f"{rule.id:8} {rule.severity:8} {','.join(rule.jurisdictions):15} {rule.name}")


@rules.command()
@click.argument("rule_id", metavar="ID")
@pipeline_option
def show(rule_id: str, pipeline: str) -> None:
    """A rule in full, by id or name."""
    rule = _rules(pipeline).get(rule_id)
    click.echo(f"{rule.id}  {rule.name}  ({rule.severity}, {', '.join(rule.jurisdictions)}; {rule.authority})\n")
    for title, text in (
        ("Message", rule.message),
        ("Why", rule.why),
        ("Better", rule.better),
        ("Citation", f"{rule.cite} (as of {rule.as_of})"),
    ):
        click.echo(f"{title}: {text}")
    for title, lines in (
        ("Matches", rule.match),
        ("Unless", rule.unless),
        ("Conditions", [f"{key}: {', '.join(values)}" for key, values in rule.claim.items()]),
        ("Flags", rule.flag),
        ("Passes", rule.passes),
    ):
        if lines:
            click.echo("\n".join([f"\n{title}:", *(f"  {line}" for line in lines)]))


def _rules(pipeline: str) -> RuleSet:
    import srsly

    from claimcheck.pipeline.run import folder
    from claimcheck.rules import RuleSet

    return RuleSet.from_dict(srsly.read_json(folder(pipeline) / "rule_matcher" / "rules.json")["rules"])
