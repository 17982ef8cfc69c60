"""The report for a terminal: grouped by document, every claim with its reason and source."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
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


def render(report: Report, width: int = 80, color: bool = False) -> str:
    """The report as text.

    Args:
        report: A whole run.
        width: Columns to fill.
        color: Whether to use ANSI colours; the text says the same without.
    """
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=color, no_color=not color, highlight=False, emoji=False
    )
    for document in report.documents:
        _document(console, document)
    for item in report.unread:
        console.print(f"[bold]{escape(item.source)}[/]\n  [red]not read[/]: {escape(item.problem)}\n", soft_wrap=True)
    _summary(console, report)
    return out.getvalue()


def _document(console: Console, document: Document) -> None:
    console.print(f"[bold]{escape(document.article.source)}[/]", soft_wrap=True)
    for note in document.article.notes:
        console.print(f"  note: {escape(note)}")
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
        f"{line}:{column}", "  ", (str(claim.verdict), f"bold {style}"), f"  {claim.kind}", f"  {claim.confidence:.0%} sure"
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
    """One line of the sentence with the claim underlined."""
    before = text[claim.sentence[0] : claim.start]
    inside = text[claim.start : claim.end]
    after = text[claim.end : max(claim.end, claim.sentence[1])]
    before, inside, after = (part.replace("\n", " ").replace("\t", " ") for part in (before, inside, after))
    if len(inside) > width:
        inside = inside[: width - 1] + "…"
    room = width - len(inside)
    left = min(len(before), max(room - len(after), room // 2))
    if left < len(before):
        before = "…" + before[len(before) - left + 1 :] if left else ""
    if len(before) + len(inside) + len(after) > width:
        after = after[: max(0, width - len(before) - len(inside) - 1)] + "…"
    yield Text.assemble(before, (inside, style), after)
    yield Text(" " * len(before) + "~" * len(inside), style=style)


def _details(claim: Claim) -> Iterator[tuple[str, Text]]:
    known, promised = axes(claim)
    yield "known", Text(known)
    yield "promised", Text(promised)
    for match in claim.evidence[:2]:
        yield "source", Text(f"{match.entry.authority}: {match.entry.reference}")
    yield "verdict", Text(claim.reasons[-1])
    for finding in claim.findings:
        where = ",".join(finding.jurisdictions)
        yield (
            "rule",
            Text.assemble((finding.rule, _SEVERITIES[finding.severity]), f" {finding.severity} ({where}) {finding.message}"),
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
    cues = [f"“{cue.text}”" for cue in claim.cues if cue.category in ("hedge", "strong", "absolute")]
    promised = f"{claim.strength} wording" + (f" ({', '.join(dict.fromkeys(cues))})" if cues else "")
    return known, promised


def _summary(console: Console, report: Report) -> None:
    counts = summary(report)
    parts = [f"{counts['documents']} document{'s' * (counts['documents'] != 1)}", f"{counts['claims']} claims"]
    line = Text(", ".join(parts) + ": ")
    for number, verdict in enumerate(reversed(Verdict)):
        line.append(", " if number else "")
        line.append(f"{counts[verdict]} {verdict}", style=STYLES[verdict])
    if counts["unread"]:
        line.append(f"; {counts['unread']} not read", style="red")
    console.print(line)
