"""The report for a terminal: grouped by document, every claim with its reason and source."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claimcheck.records import Claim, Document, Report
from claimcheck.report.as_json import summary
from claimcheck.report.places import Places
from claimcheck.terms import Severity, Verdict

STYLES = {Verdict.SUPPORTED: "green", Verdict.OVERSTATED: "yellow", Verdict.UNSUPPORTED: "red"}
_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_INDENT = 2
_LABEL_WIDTH = 9
_SPACE = re.compile(r"\s+")
# Control characters and the marks that turn the direction of writing.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def render(report: Report, width: int = 80, color: bool = False) -> str:
    """The report as text.

    Args:
        report: A whole run.
        width: Columns to fill.
        color: Whether to use ANSI colours; the text says the same without.
    """
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False, emoji=False)
    for document in report.documents:
        _document(console, document)
    for item in report.unread:
        console.print(Text(_plain(item.source), "bold"), soft_wrap=True)
        problem = Text.assemble(("not read", "red"), ": ", _plain(item.problem))
        console.print(Padding(problem, (0, 0, 1, _INDENT)))
    _summary(console, report)
    # rich pads each line to the width, which is noise in a file and in a diff.
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _document(console: Console, document: Document) -> None:
    console.print(Text(_plain(document.article.source), "bold"), soft_wrap=True)
    for note in document.article.notes:
        console.print(Padding(Text(f"note: {_plain(note)}"), (0, 0, 0, _INDENT)))
    if not document.claims and document.article.language == "en":
        console.print("  no health claims found")
    places = Places(document.article.text)
    for claim in document.claims:
        _claim(console, document, claim, places)
    console.print()


def _claim(console: Console, document: Document, claim: Claim, places: Places) -> None:
    line, column = places.of(claim.start)
    style = STYLES[claim.verdict]
    head = Text.assemble(
        f"{line}:{column}  ",
        (str(claim.verdict), f"bold {style}"),
        f"  {claim.kind}  {claim.confidence:.0%} sure",
    )
    console.print(Padding(head, (1, 0, 0, _INDENT)))
    for row in _marked(document.article.text, claim, console.width - 2 * _INDENT, style):
        console.print(Padding(row, (0, 0, 0, 2 * _INDENT)), no_wrap=True)
    if claim.verdict is not Verdict.SUPPORTED or claim.findings:
        table = Table.grid(padding=(0, 1))
        table.add_column(width=_LABEL_WIDTH, style="dim")
        table.add_column()
        for label, text in _details(claim):
            table.add_row(label, text)
        console.print(Padding(table, (0, 0, 0, 2 * _INDENT)))


def _marked(text: str, claim: Claim, width: int, style: str) -> Iterator[Text]:
    """One line of the sentence with the claim underlined; widths are columns, not characters."""
    before = _plain(text[claim.sentence[0] : claim.start])
    inside = _cut(_plain(text[claim.start : claim.end]), width)
    after = _plain(text[claim.end : max(claim.end, claim.sentence[1])])
    room = width - cell_len(inside)
    before = _cut_left(before, max(room - cell_len(after), room // 2))
    after = _cut(after, room - cell_len(before))
    yield Text.assemble(before, (inside, style), after)
    yield Text(" " * cell_len(before) + "~" * cell_len(inside), style=style)


def _plain(text: str) -> str:
    """Copy fit for a terminal: one line, and no control character reaches it."""
    return _CONTROL.sub("\ufffd", _SPACE.sub(" ", text))


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""


def _cut_left(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    kept = text[-width:] if width > 0 else ""
    while cell_len(kept) >= max(width, 1):
        kept = kept[1:]
    return "…" + kept if width > 0 else ""


def _details(claim: Claim) -> Iterator[tuple[str, Text]]:
    known, promised = axes(claim)
    yield "known", Text(known)
    yield "promised", Text(promised)
    for match in claim.evidence[:2]:
        yield "source", Text(match.entry.source)
    yield "verdict", Text(claim.reasons[-1])
    for finding in claim.findings:
        where = ",".join(finding.jurisdictions)
        yield (
            "rule",
            Text.assemble(
                (finding.rule, _SEVERITIES[finding.severity]),
                f" {finding.severity} ({where}) {finding.message}",
            ),
        )
    if claim.suggestion:
        yield "instead", Text(claim.suggestion)


def axes(claim: Claim) -> tuple[str, str]:
    """The two axes of a verdict in words: what is known, how much is promised."""
    about = " and ".join(filter(None, (claim.subject_name, claim.effect_name))) or "this"
    if claim.grade is None:
        known = f"nothing on file about {about}"
    else:
        known = f"{about}: {claim.grade}, {claim.grade.meaning}"
    cues = [f"“{_plain(cue.text)}”" for cue in claim.cues if cue.category in ("hedge", "strong", "absolute")]
    promised = f"{claim.strength} wording" + (f" ({', '.join(dict.fromkeys(cues))})" if cues else "")
    return known, promised


def _summary(console: Console, report: Report) -> None:
    counts = summary(report)
    sizes = {"document": counts["documents"], "claim": counts["claims"]}
    line = Text(", ".join(f"{size} {what}{'s' * (size != 1)}" for what, size in sizes.items()) + ": ")
    for number, verdict in enumerate(reversed(Verdict)):
        line.append(", " if number else "")
        line.append(f"{counts[verdict]} {verdict}", style=STYLES[verdict])
    if counts["unread"]:
        line.append(f"; {counts['unread']} not read", style="red")
    console.print(line)
