"""``claimcheck corpus``: check, count and exchange the labelled pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from claimcheck.cli.options import data_option
from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SPLITS = ("train", "validation", "test")
FORMATS = ("prodigy", "labelstudio", "doccano", "docbin")


@click.group()
def corpus() -> None:
    """The labelled pages in the data folder."""


@corpus.command()
@data_option
@click.option("--most", default=20, show_default=True, help="How many problems to name for each rule.")
def validate(data: str, most: int) -> None:
    """Check schema, spans, labels, splits and variety of the corpus.

    Exit code 0 where all rules hold, else 2; each problem is named with file, line, page and sentence.
    """
    from pathlib import Path

    from claimcheck.corpus.check import check
    from claimcheck.corpus.rows import read_rows
    from claimcheck.corpus.wording import distinct_bigrams
    from claimcheck.verdict import labelled

    rows = read_rows(Path(data) / "corpus")
    found = check(rows, labelled)
    for rule, problems in found.items():
        click.echo(f"{len(problems):6}  {rule}" if problems else f"    ok  {rule}")
    click.echo(f"{len(rows)} sentences, {distinct_bigrams(row.text for row in rows):.3f} distinct bigrams per word")
    for problems in found.values():
        for problem in problems[:most]:
            click.echo(problem, err=True)
        if len(problems) > most:
            click.echo(f"... and {len(problems) - most} more of this rule", err=True)
    if any(found.values()):
        raise UsageError(f"{sum(map(len, found.values()))} problems in {Path(data) / 'corpus'}.")


@corpus.command()
@data_option
@click.option("--format", "style", type=click.Choice(("text", "json")), default="text", show_default=True)
def stats(data: str, style: str) -> None:
    """Count pages, sentences and claims by split, genre, topic and label."""
    from pathlib import Path

    from claimcheck.corpus.rows import read_rows
    from claimcheck.corpus.stats import stats as count

    rows = read_rows(Path(data) / "corpus")
    _follow_schema(rows)
    counts = count(rows)
    if style == "json":
        import json

        click.echo(json.dumps(counts, indent=2, ensure_ascii=False))
        return
    for line in _shown(counts):
        click.echo(line)


@corpus.command()
@click.option("--to", "form", type=click.Choice(FORMATS), required=True)
@click.argument("output", type=click.Path(dir_okay=False))
@click.option("--split", type=click.Choice((*SPLITS, "all")), default="train", show_default=True)
@data_option
def export(form: str, output: str, split: str, data: str) -> None:
    """Write sentences to OUTPUT as tasks of an annotation tool or as a DocBin."""
    from pathlib import Path

    from claimcheck.corpus.exchange import export_rows
    from claimcheck.corpus.rows import read_rows

    path = _target(output)
    rows = read_rows(Path(data) / "corpus", SPLITS if split == "all" else (split,))
    _follow_schema(rows)
    plain = [row.data for row in rows]
    if form == "docbin":
        from claimcheck.pipeline.docbin import export_docbin

        export_docbin(plain, path)
    else:
        export_rows(plain, form, path)
    click.echo(f"{len(plain)} sentences written to {output}", err=True)


@corpus.command("import")
@click.option("--from", "form", type=click.Choice(FORMATS), required=True)
@click.argument("source", metavar="INPUT", type=click.Path(exists=True, dir_okay=False))
@click.argument("output", metavar="OUTPUT.jsonl", type=click.Path(dir_okay=False))
def import_(form: str, source: str, output: str) -> None:
    """Read what `claimcheck corpus export` wrote back into rows of the corpus."""
    from pathlib import Path

    from claimcheck.corpus.rows import write_lines

    path = _target(output)
    if form == "docbin":
        from claimcheck.pipeline.docbin import import_docbin

        rows = import_docbin(Path(source))
    else:
        from claimcheck.corpus.exchange import import_rows

        rows = import_rows(form, Path(source))
    write_lines(path, rows)
    click.echo(f"{len(rows)} sentences written to {output}", err=True)


def _follow_schema(rows: list[Any]) -> None:
    """Say with its place what would break the work on a row.

    Raises:
        DataError: a row breaks the schema.
    """
    from claimcheck.corpus.schema import row_problems, span_problems
    from claimcheck.errors import DataError

    for row in rows:
        problem = next(row_problems(row.data), None) or next(span_problems(row.data), None)
        if problem:
            raise DataError(row.path, row.line, f"{problem} See `claimcheck corpus validate`.")


def _target(output: str) -> Path:
    from pathlib import Path

    path = Path(output)
    if not path.resolve().parent.is_dir():
        raise UsageError(f"{output}: there is no folder {str(path.parent)!r}. Make it first.")
    return path


def _shown(counts: Mapping[str, Any]) -> Iterator[str]:
    """The figures as lines: a heading, then one line for each name."""
    for title, part in counts.items():
        if not isinstance(part, dict):
            yield f"{title}  {part}"
            continue
        yield title
        for name, value in part.items():
            if isinstance(value, dict):
                yield f"  {name:20} " + "  ".join(f"{key} {number}" for key, number in value.items())
            else:
                yield f"  {name:20} {value:.1%}" if isinstance(value, float) else f"  {name:20} {value}"
