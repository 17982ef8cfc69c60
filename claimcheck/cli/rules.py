"""``claimcheck rules``: what the packs say, and tools for those who write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimcheck.cli.options import pipeline_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language

    from claimcheck.rules import Rule, RuleSet


@click.group()
def rules() -> None:
    """The rules a pipeline carries."""


@rules.command("list")
@click.option("--format", "style", type=click.Choice(("text", "json")), default="text", show_default=True)
@pipeline_option
def list_rules(style: str, pipeline: str) -> None:
    """One line a rule, the id first."""
    every = _rules(pipeline).rules.values()
    if style == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps([asdict(rule) for rule in every], ensure_ascii=False, indent=2))
        return
    for rule in every:
        where = ",".join((*rule.jurisdictions, *rule.platforms))
        click.echo(f"{rule.id:8} {rule.severity:8} {where:15} {rule.name}")


@rules.command()
@click.argument("rule_id", metavar="ID")
@pipeline_option
def show(rule_id: str, pipeline: str) -> None:
    """A rule in full, by id or name."""
    rule = _rules(pipeline).get(rule_id)
    where = ", ".join((*rule.jurisdictions, *rule.platforms))
    click.echo(f"{rule.id}  {rule.name}  ({rule.severity}, {where}; {rule.authority})\n")
    for title, text in (
        ("Message", rule.message),
        ("Why", rule.why),
        ("Better", rule.better),
        ("Citation", f"{rule.cite} (as of {rule.as_of})"),
    ):
        click.echo(f"{title}: {text}")
    for title, lines in (
        ("Once called", rule.aliases),
        ("Matches", rule.match),
        ("Unless", rule.unless),
        ("Conditions", _conditions(rule.claim)),
        ("Not where", _conditions(rule.lifted)),
        ("Page", _page(rule)),
        ("Flags", rule.flag),
        ("Passes", rule.passes),
    ):
        if lines:
            click.echo("\n".join([f"\n{title}:", *(f"  {line}" for line in lines)]))


@rules.command()
@click.argument("pack", required=False)
@click.option(
    "--pipeline",
    default="en_claims_sm",
    show_default=True,
    help="Name or folder of the pipeline; the encoder of en_claims_md holds some bare titles for no claim.",
)
def test(pack: str | None, pipeline: str) -> None:
    """Run the examples of all rules, or of PACK: a pack's name, a rule's id, or a file.

    A failure shows how far each pattern came, and what lifted the rule.
    """
    from claimcheck.pipeline.examples import examples, failures, trace

    nlp, asked = _asked(pack, pipeline)
    every = list(examples(asked))
    failed = list(failures(nlp, every))
    for example in failed:
        wanted = "should flag" if example.wanted else "should pass"
        click.echo(f"{example.rule.id} {wanted}: {example.text!r}")
        for line in trace(nlp, example):
            click.echo(f"    {line}")
    click.echo(f"{len(asked)} rules, {len(every)} examples, {len(failed)} wrong")
    if failed:
        raise SystemExit(1)


@rules.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def new(path: Path) -> None:
    """Write a pack of one rule to PATH, to be filled in."""
    from claimcheck.rules.docs import template

    if path.exists():
        raise UsageError(f"{path}: is there already. Name a new file.")
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {str(path.parent)!r}. Make it first.")
    path.write_text(template(path.stem, f"{path.stem.replace('-', '').upper()[:4]}001"), encoding="utf-8")
    click.echo(f"wrote {path}. Fill it in, then run: claimcheck rules test {path}")


@rules.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH...")
@pipeline_option
def coverage(sources: tuple[str, ...], pipeline: str) -> None:
    """How often each rule is met on pages, with a first place; those never met come last."""
    from claimcheck.articles import read_all
    from claimcheck.pipeline.run import load, scan
    from claimcheck.report.coverage import coverage as count

    nlp = load(pipeline)
    report = scan(read_all(sources), nlp)
    matcher: Any = nlp.get_pipe("rule_matcher")
    for line in count(report, matcher.rules.rules):
        click.echo(line)


@rules.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Rules that differ between two pipelines or folders of packs."""
    from claimcheck.rules.compare import differences

    for line in differences(_any_rules(old), _any_rules(new)):
        click.echo(line)


@rules.command()
@click.option(
    "--output",
    default="docs/rules.md",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write.",
)
@pipeline_option
def docs(output: Path, pipeline: str) -> None:
    """Write the reference of all rules."""
    from claimcheck.rules.docs import reference

    output.write_text(reference(_rules(pipeline).rules.values()), encoding="utf-8")
    click.echo(f"wrote {output}")


def _conditions(conditions: Any) -> list[str]:
    return [f"{key}: {', '.join(values)}" for key, values in conditions.items()]


def _page(rule: Rule) -> list[str]:
    page = rule.page
    asked = (
        ("in", ", ".join(page.places)),
        ("beside", "a way to buy" if page.buys else ""),
        ("without", "; ".join(page.lacks)),
        ("with a claim of", "; ".join(_conditions(page.claims))),
        ("harms untold", page.harms),
    )
    return [f"{name} {text}" for name, text in asked if text]


def _asked(pack: str | None, pipeline: str) -> tuple[Language, list[Rule]]:
    """A pipeline, and the rules that were asked for."""
    from claimcheck.pipeline.packs import add_packs
    from claimcheck.pipeline.run import load

    nlp = load(pipeline)
    matcher: Any = nlp.get_pipe("rule_matcher")
    known = matcher.rules.rules
    if pack and Path(pack).exists():
        before = set(known)
        add_packs(nlp, [Path(pack)])
        return nlp, [rule for key, rule in matcher.rules.rules.items() if key not in before]
    if not pack:
        return nlp, list(known.values())
    return nlp, [rule for rule in known.values() if rule.pack == pack] or [matcher.rules.get(pack)]


def _any_rules(place: str) -> RuleSet:
    """The rules of a pipeline, or of a file or folder of packs."""
    from claimcheck.pipeline.run import folder
    from claimcheck.rules.load import read_packs

    path = Path(place)
    packs = path.is_file() or (path.is_dir() and not (path / "config.cfg").is_file())
    return read_packs(path) if packs else _rules(str(folder(place)))


def _rules(pipeline: str) -> RuleSet:
    import srsly

    from claimcheck.pipeline.run import folder
    from claimcheck.rules import RuleSet

    return RuleSet.from_dict(srsly.read_json(folder(pipeline) / "rule_matcher" / "rules.json")["rules"])
