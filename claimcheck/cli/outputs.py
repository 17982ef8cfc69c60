"""Where a report goes: standard output in one format, and any number of files, each in the format of its ending."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.records import Report
    from claimcheck.report.as_terminal import Look

FORMATS = "terminal|html|json|jsonl|markdown|sarif|csv|junit"
_ENDINGS = ".txt .html .json .jsonl .md .sarif .csv .xml"


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the options of :func:`output_options` ask for.

    Attributes:
        style: Format for standard output; None where nothing goes there.
        files: Paths to write, each with its format.
        quiet: One line a problem.
        statistics: Whether counts follow.
        top: How many problems to show; None shows all.
        annotate: Folder for the pages of the web with their claims marked.
    """

    style: str | None
    files: tuple[tuple[Path, str], ...] = ()
    quiet: bool = False
    statistics: bool = False
    top: int | None = None
    annotate: Path | None = None

    def write(self, report: Report) -> None:
        """Render the report once for each output.

        Raises:
            UsageError: a file cannot be written.
        """
        from claimcheck.report.formats import renderer

        for path, style in self.files:
            _write(path, renderer(style)(report))
        if self.annotate:
            _annotate(report, self.annotate)
        if self.style:
            text = self._terminal(report) if self.style == "terminal" else renderer(self.style)(report)
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
            sys.stdout.buffer.flush()
        else:
            click.echo(_tally(report), err=True)

    def paths(self) -> list[Path]:
        """Every file and folder that is written to."""
        return [*(path for path, _ in self.files), *([self.annotate] if self.annotate else [])]

    def _terminal(self, report: Report) -> str:
        from claimcheck.report.as_terminal import render

        return render(report, self._look())

    def _look(self) -> Look:
        import os
        from shutil import get_terminal_size

        from claimcheck.report.as_terminal import Look

        live = sys.stdout.isatty()
        width = min(get_terminal_size((80, 24)).columns, 120)
        color = live and not os.environ.get("NO_COLOR")
        return Look(width, color, live, self.quiet, self.statistics, self.top)


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--format``, ``-o``, ``--annotate``, ``--quiet``, ``--statistics`` and ``--top``.

    :func:`outputs` makes of their values what the command writes to.
    """
    for option in reversed(
        (
            click.option("--format", "style", metavar=FORMATS, help="For standard output.  [default: terminal]"),
            click.option(
                "-o",
                "--output",
                multiple=True,
                type=click.Path(dir_okay=False, writable=True),
                help=f"Write to a file, its format told by its ending ({_ENDINGS}); may be repeated. "
                "Nothing goes to standard output then, unless --format is given.",
            ),
            click.option(
                "--annotate",
                type=click.Path(file_okay=False, writable=True),
                help="Folder for a copy of each HTML page with its claims marked in place; made where it is missing.",
            ),
            click.option("-q", "--quiet", is_flag=True, help="Terminal: one line a problem and nothing else."),
            click.option("--statistics", is_flag=True, help="Terminal: add counts by verdict, kind, rule and market."),
            click.option("--top", type=click.IntRange(min=1), metavar="N", help="Terminal: the N gravest problems."),
        )
    ):
        command = option(command)
    return command


def outputs(
    style: str | None, output: tuple[str, ...], annotate: str | None, quiet: bool, statistics: bool, top: int | None
) -> Outputs:
    """Check the values of :func:`output_options` before the work, not after it.

    Raises:
        UsageError: an unknown format or ending, a folder that is not there, an extra that is not installed, or
            an option for the terminal where the terminal gets nothing.
    """
    from claimcheck.extras import need
    from claimcheck.report.formats import format_of, renderer

    files = tuple((Path(path), format_of(path)) for path in output)
    for path, _ in files:
        if not path.resolve().parent.is_dir():
            raise UsageError(f"{path}: there is no folder {str(path.parent)!r}. Make it first.")
    if style:
        renderer(style)
    elif not files:
        style = "terminal"
    shaped = [name for name, value in (("--quiet", quiet), ("--statistics", statistics), ("--top", top)) if value]
    if shaped and style != "terminal":
        raise UsageError(f"{shaped[0]} shapes the terminal report. Add --format terminal, or leave {shaped[0]} out.")
    if annotate:
        need("annotate", "nh3")
    return Outputs(style, files, quiet, statistics, top, Path(annotate) if annotate else None)


def _tally(report: Report) -> str:
    from claimcheck.report.as_json import summary
    from claimcheck.report.words import tally

    return tally(summary(report))


def _annotate(report: Report, folder: Path) -> None:
    from claimcheck.report.annotated import file_name, is_page, render

    pages = [(number, document) for number, document in enumerate(report.documents, 1) if is_page(document)]
    if not pages:
        click.echo("--annotate: no HTML page among the sources, nothing to mark", err=True)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: could not be made ({error.strerror}).") from error
    for number, document in pages:
        _write(folder / file_name(number, document), render(document))


def _write(path: Path, text: str) -> None:
    try:
        # The renderers set their own line ends: CSV has its own by RFC 4180.
        with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{path}: could not be written ({error.strerror}).") from error
