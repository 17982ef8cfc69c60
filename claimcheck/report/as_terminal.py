"""The report for a terminal: grouped by document, every claim with its reason and source."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from claimcheck.records import Claim, Document, Finding, Report
from claimcheck.report.as_json import summary
from claimcheck.report.places import Places
from claimcheck.report.risk import gravest, is_open, is_problem, is_weighty
from claimcheck.report.statistics import statistics
from claimcheck.report.words import ADDRESS, known, one_line, promised, tally
from claimcheck.terms import Place, Severity, Verdict

STYLES = {Verdict.SUPPORTED: "green", Verdict.OVERSTATED: "yellow", Verdict.UNSUPPORTED: "red"}
_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_INDENT = 2
# Markets often say the same of one claim; a moderator needs the gravest in words and the rest by name.
_RULES_TOLD = 2
_LABEL_WIDTH = 9


@dataclass(frozen=True, slots=True)
class Look:
    """How a report looks on a terminal.

    Attributes:
        width: Columns to fill.
        color: Whether to use ANSI colours; the text says the same without.
        links: Whether to make file names and sources clickable (OSC 8).
        quiet: One line a problem and nothing else.
        statistics: Add counts by verdict, kind, rule and market.
        top: Show only so many problems, the gravest of the run; None shows all.
    """

    width: int = 80
    color: bool = False
    links: bool = False
    quiet: bool = False
    statistics: bool = False
    top: int | None = None


def render(report: Report, look: Look = Look()) -> str:
    """The report as text."""
    out = io.StringIO()
    ansi = look.color or look.links
    console = Console(
        file=out, width=look.width, force_terminal=ansi, no_color=not look.color, highlight=False, emoji=False
    )
    shown = _only_gravest(report, look.top) if look.top is not None else report
    if look.quiet:
        _quiet(console, shown, look)
    else:
        _full(console, shown, look)
        left_out = _problems(report) - _problems(shown)
        if left_out:
            console.print(f"{left_out} more not shown (--top {look.top})")
        console.print(_summary(report))
    for note in report.notes:
        console.print(Text(f"note: {one_line(note)}"), soft_wrap=True)
    if look.statistics:
        for line in statistics(report):
            console.print(Text(line), soft_wrap=True)
    # rich pads each line to the width, which is noise in a file and in a diff.
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _only_gravest(report: Report, top: int) -> Report:
    kept = {id(claim) for _, claim in gravest(report, top)}
    documents = (
        replace(document, claims=tuple(claim for claim in document.claims if id(claim) in kept), findings=())
        for document in report.documents
    )
    return replace(report, documents=tuple(document for document in documents if document.claims))


def _problems(report: Report) -> int:
    return sum(is_open(claim) for document in report.documents for claim in document.claims)


def _quiet(console: Console, report: Report, look: Look) -> None:
    for document in report.documents:
        places = Places(document.article)
        name = Text(one_line(document.article.source), _file(document.article.source, look))
        for finding in filter(is_weighty, document.findings):
            line, column = places.of(finding.start or 0, finding.end or 0)[:2]
            row = Text.assemble(
                name, f":{line}:{column}: {finding.rule} {finding.severity} ", one_line(finding.message)
            )
            console.print(row, soft_wrap=True)
        for claim in filter(is_open, document.claims):
            console.print(_quiet_line(name, claim, places), soft_wrap=True)
    for item in report.unread:
        console.print(Text(f"{one_line(item.source)}: not read: {one_line(item.problem)}"), soft_wrap=True)


def _quiet_line(name: Text, claim: Claim, places: Places) -> Text:
    line, column = places.of(claim.start, claim.end)[:2]
    rules = "".join(f" {finding.rule}" for finding in claim.findings)
    verdict = (str(claim.verdict), STYLES[claim.verdict])
    return Text.assemble(name, f":{line}:{column}: ", verdict, f" {claim.kind}{rules} “{one_line(claim.quote)}”")


def _full(console: Console, report: Report, look: Look) -> None:
    for document in report.documents:
        _document(console, document, look)
    for item in report.unread:
        console.print(Text(one_line(item.source), "bold"), soft_wrap=True)
        problem = Text.assemble(("not read", "red"), ": ", one_line(item.problem))
        console.print(Padding(problem, (0, 0, 1, _INDENT)))


def _document(console: Console, document: Document, look: Look) -> None:
    article = document.article
    console.print(Text(one_line(article.source), Style(bold=True) + _file(article.source, look)), soft_wrap=True)
    for note in article.notes:
        console.print(Padding(Text(f"note: {one_line(note)}"), (0, 0, 0, _INDENT)))
    places = Places(article)
    for finding in document.findings:
        where = "" if finding.start is None else "{}:{}  ".format(*places.of(finding.start, finding.end or 0)[:2])
        console.print(Padding(Text.assemble(where, "page  ", _rule(finding)), (0, 0, 0, _INDENT)))
    if not document.claims and article.language == "en":
        console.print("  no health claims found")
    for claim in document.claims:
        _claim(console, document, claim, places, look)
    console.print()


def _claim(console: Console, document: Document, claim: Claim, places: Places, look: Look) -> None:
    line, column = places.of(claim.start, claim.end)[:2]
    style = STYLES[claim.verdict]
    head = Text.assemble(
        f"{line}:{column}  ",
        (str(claim.verdict), f"bold {style}"),
        f"  {claim.kind}  {claim.confidence:.0%} sure{', needs review' if claim.needs_review else ''}",
        "" if claim.place is Place.BODY else f"  in the {claim.place}",
    )
    console.print(Padding(head, (1, 0, 0, _INDENT)))
    for row in _marked(document.article.text, claim, console.width - 2 * _INDENT, style):
        console.print(Padding(row, (0, 0, 0, 2 * _INDENT)), no_wrap=True)
    if is_problem(claim):
        table = Table.grid(padding=(0, 1))
        table.add_column(width=_LABEL_WIDTH, style="dim")
        table.add_column()
        for label, text in _details(claim, look):
            table.add_row(label, text)
        console.print(Padding(table, (0, 0, 0, 2 * _INDENT)))


def _marked(text: str, claim: Claim, width: int, style: str) -> Iterator[Text]:
    """One line of the sentence with the claim underlined; widths are columns, not characters."""
    before = one_line(text[claim.sentence[0] : claim.start])
    inside = _cut(one_line(text[claim.start : claim.end]), width)
    after = one_line(text[claim.end : max(claim.end, claim.sentence[1])])
    room = width - cell_len(inside)
    before = _cut_left(before, max(room - cell_len(after), room // 2))
    after = _cut(after, room - cell_len(before))
    yield Text.assemble(before, (inside, style), after)
    yield Text(" " * cell_len(before) + "~" * cell_len(inside), style=style)


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


def _details(claim: Claim, look: Look) -> Iterator[tuple[str, Text]]:
    yield "known", Text(known(claim))
    yield "promised", Text(promised(claim))
    for match in claim.evidence[:2]:
        yield "source", _linked(match.entry.source, look)
    if claim.reasons:
        yield "verdict", Text(claim.reasons[-1])
    gravest_first = sorted(claim.findings, key=lambda finding: list(Severity).index(finding.severity))
    for finding in gravest_first[:_RULES_TOLD]:
        yield "rule", _rule(finding)
    if also := gravest_first[_RULES_TOLD:]:
        yield "rule", Text(f"also {', '.join(_also(finding) for finding in also)} (`claimcheck rules show ID`)")
    if claim.suppressed:
        yield "settled", Text(f"does not count: {one_line(claim.suppressed)}")
    if claim.suggestion:
        yield "instead", Text(claim.suggestion)


def _also(finding: Finding) -> str:
    return f"{finding.rule} [suppressed]" if finding.suppressed else finding.rule


def _rule(finding: Finding) -> Text:
    where = ",".join(finding.markets)
    settled = f" [suppressed: {one_line(finding.suppressed)}]" if finding.suppressed else ""
    return Text.assemble(
        (finding.rule, _SEVERITIES[finding.severity]), f" {finding.severity} ({where}) {finding.message}{settled}"
    )


def _linked(text: str, look: Look) -> Text:
    made = Text(text)
    if look.links:
        for match in ADDRESS.finditer(text):
            made.stylize(Style(link=match[0]), *match.span())
    return made


def _file(source: str, look: Look) -> Style:
    if not look.links or source == "-":
        return Style()
    address = source.startswith(("http://", "https://"))
    return Style(link=one_line(source) if address else Path(source).absolute().as_uri())


def _summary(report: Report) -> Text:
    line = Text(tally(summary(report)))
    for verdict in Verdict:
        line.highlight_regex(rf"\d+ {verdict}\b", STYLES[verdict])
    line.highlight_regex(r"\d+ not read", "red")
    return line
