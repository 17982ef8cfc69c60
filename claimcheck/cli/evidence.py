"""``claimcheck evidence``: what is on file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from claimcheck.cli.options import data_option, pipeline_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.evidence import EvidenceBase, Subject
    from claimcheck.records import EvidenceEntry

_SHOWN = 12


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
    """An entry, or all entries of a subject, in full, with names and neighbours."""
    base = _base(pipeline)
    subject = base.lexicon.subjects.get(entry_id)
    if subject:
        for line in _subject(base, subject):
            click.echo(line)
    found = [e for e in base.entries.values() if entry_id in (e.id, e.subject)]
    if not found and not subject:
        from difflib import get_close_matches

        near = get_close_matches(entry_id, [*base.entries, *base.lexicon.subjects], 1)
        hint = f" Did you mean {near[0]}?" if near else " Look for it by `claimcheck evidence search`."
        raise UsageError(f"no entry or subject {entry_id!r}.{hint}")
    for entry in found:
        click.echo(("\n" if subject else "") + _full(base, entry))
    if not subject:
        for line in _neighbours(base, found[0]):
            click.echo(line)


@evidence.command()
@data_option
def validate(data: str) -> None:
    """Check the lexicon and every table of entries; say how much there is.

    Exit code 2 names the first mistake with its file and line: an unknown grade, subject or effect, a missing
    reference, a circle of is-a, a name under two ids, two entries that disagree.
    """
    from pathlib import Path

    from claimcheck.evidence import EvidenceBase, Lexicon

    lexicon = Lexicon.load(Path(data) / "lexicon")
    base = EvidenceBase.load(Path(data) / "evidence", lexicon)
    for one, other in base.contradictions():
        raise UsageError(f"{one.id} (grade {one.grade}) and {other.id} (grade {other.grade}) disagree.")
    entries = base.entries.values()
    subjects, effects = {entry.subject for entry in entries}, {entry.effect for entry in entries}
    surveyed = sum(bool(subject.surveyed) for subject in lexicon.subjects.values())
    verified = sum(entry.status == "verified" for entry in entries)
    click.echo(f"{len(entries)} entries, {len(subjects)} subjects, {len(effects)} effects")
    click.echo(f"{surveyed} subjects surveyed, {verified} entries verified")


@evidence.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--top", default=50, show_default=True, help="How many relations to name.")
@pipeline_option
def coverage(sources: tuple[str, ...], top: int, pipeline: str) -> None:
    """Relations that the claims of these pages name and no entry answers, the most frequent first."""
    from claimcheck.articles import read_all
    from claimcheck.pipeline.compare import gaps
    from claimcheck.pipeline.run import load
    from claimcheck.records import Article

    found = gaps(load(pipeline), (item for item in read_all(sources) if isinstance(item, Article)))
    for gap in found[:top]:
        default = ("C by survey" if gap.subject else "C, unknown product") if gap.surveyed else "no answer"
        click.echo(f"{gap.times:4}  {gap.subject or '?'}/{gap.effect or '?'}  {default}  {gap.example[:60]!r}")
    click.echo(f"{len(found)} relations without an entry", err=True)


@evidence.command()
@click.argument("old")
@click.argument("new")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
def diff(old: str, new: str, sources: tuple[str, ...]) -> None:
    """Entries that differ between two pipelines, and which verdicts on SOURCES flip because of it."""
    from claimcheck.articles import read_all
    from claimcheck.pipeline.compare import changes, flips
    from claimcheck.pipeline.run import load
    from claimcheck.records import Article

    for line in changes(_base(old), _base(new)):
        click.echo(line)
    articles = [item for item in read_all(sources) if isinstance(item, Article)] if sources else []
    for flip in flips(load(old), load(new), articles) if articles else ():
        click.echo(f"flips    {flip.source}: {flip.new.quote!r} {flip.old.verdict} -> {flip.new.verdict}")


def _subject(base: EvidenceBase, subject: Subject) -> Iterator[str]:
    """Names of a subject, what it is a kind or part of, and its own kinds."""
    names = ", ".join(subject.names) or "no other names"
    yield f"{subject.name} ({subject.type}): {names}"
    for title, keys in (
        ("is a", subject.is_a),
        ("part of", subject.part_of),
        ("kinds", base.lexicon.members(subject.id)),
    ):
        if keys:
            yield f"{title}: {_some(keys)}"
    if subject.surveyed:
        yield f"surveyed {subject.surveyed}: a benefit that is not listed counts as grade C"


def _neighbours(base: EvidenceBase, entry: EvidenceEntry) -> Iterator[str]:
    """Names of an entry's effect, wider and narrower effects, and what else is on file for it, best grade first."""
    lexicon = base.lexicon
    effect = lexicon.effects[entry.effect]
    for title, names in (
        ("effect also", (*effect.names, *effect.phrases)),
        ("wider effects", list(lexicon.wider_effects(effect.id))[1:]),
        ("narrower effects", lexicon.narrower_effects(effect.id)),
    ):
        if names:
            yield f"  {title}: {_some(names)}"
    same = [e for e in base.entries.values() if (e.effect, e.direction) == (entry.effect, entry.direction)]
    for grade in type(entry.grade):
        others = list(dict.fromkeys(e.subject for e in same if e.grade is grade and e.subject != entry.subject))
        if others:
            yield f"  others at grade {grade}: {_some(others)}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


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
