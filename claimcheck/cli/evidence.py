"""``claimcheck evidence``: what is on file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from claimcheck.cli.options import pipeline_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.evidence import EvidenceBase
    from claimcheck.records import EvidenceEntry


@click.group()
def evidence() -> None:
    """The evidence base a pipeline carries."""


@evidence.command()
@click.argument("words", nargs=-1, required=True)
@pipeline_option
def search(words: tuple[str, ...], pipeline: str) -> None:
    """Entries that hold all the words, in names, notes or conditions."""
    base = _base(pipeline)
    found = base.search(" ".join(words))
    for entry in found:
        click.echo(f"{entry.grade}  {entry.id}  {entry.holds_for}".rstrip())
    click.echo(f"{len(found)} of {len(base.entries)} entries", err=True)


@evidence.command()
@click.argument("entry_id", metavar="ID")
@pipeline_option
def show(entry_id: str, pipeline: str) -> None:
    """An entry, or all entries of a subject, in full."""
    base = _base(pipeline)
    subject = base.lexicon.subjects.get(entry_id)
    if subject:
        names = ", ".join(subject.names) or "no other names"
        click.echo(f"{subject.name} ({subject.type}): {names}")
        if subject.surveyed:
            click.echo(f"surveyed {subject.surveyed}: a benefit that is not listed counts as grade C")
    found = [e for e in base.entries.values() if entry_id in (e.id, e.subject)]
    if not found and not subject:
        from difflib import get_close_matches

        near = get_close_matches(entry_id, [*base.entries, *base.lexicon.subjects], 1)
        hint = f" Did you mean {near[0]}?" if near else " Look for it by `claimcheck evidence search`."
        raise UsageError(f"no entry or subject {entry_id!r}.{hint}")
    for entry in found:
        click.echo("\n" + _full(base, entry))


def _full(base: EvidenceBase, entry: EvidenceEntry) -> str:
    subject, effect = base.lexicon.subjects[entry.subject], base.lexicon.effects[entry.effect]
    lines = [
        f"{entry.id}",
        f"  {subject.name}, {effect.name} ({entry.direction}): grade {entry.grade}, {entry.grade.meaning}",
    ]
    for title, text in (
        ("holds for", entry.holds_for),
        ("carries", entry.carries or ""),
        ("wording", entry.wording),
        ("source", entry.source),
        ("where", entry.jurisdictions),
        ("status", f"{entry.status}, as of {entry.as_of}" if entry.as_of else entry.status),
        ("note", entry.note),
    ):
        if text:
            lines.append(f"  {title}: {text}")
    return "\n".join(lines)


def _base(pipeline: str) -> EvidenceBase:
    import srsly

    from claimcheck.evidence import EvidenceBase
    from claimcheck.pipeline.run import folder

    return EvidenceBase.from_dict(srsly.read_json(folder(pipeline) / "evidence_linker" / "evidence.json"))
