"""The report as Markdown, for a pull request or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimcheck.records import Claim, Document, Finding, Report
from claimcheck.report.as_json import summary
from claimcheck.report.places import Places
from claimcheck.report.risk import document_risk, is_problem, verdict_counts
from claimcheck.report.words import ADDRESS, known, one_line, promised, tally
from claimcheck.terms import Verdict

SIGNS = {Verdict.SUPPORTED: "✅", Verdict.OVERSTATED: "🔶", Verdict.UNSUPPORTED: "❌"}
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def render(report: Report) -> str:
    """The report as GitHub-flavoured Markdown.

    Whatever the copy says stands in code spans or is escaped, so that it makes no link, image, mention or tag.
    """
    lines = ["# claimcheck report", "", f"{tally(summary(report))}.", ""]
    if report.notes:
        lines += [*(f"- note: {escape(note)}" for note in report.notes), ""]
    if len(report.documents) > 1:
        lines += [*_index(report), ""]
    for document in report.documents:
        lines += [*_document(document), ""]
    if report.unread:
        lines += ["## Not read", "", *(f"- {code(item.source)}: {escape(item.problem)}" for item in report.unread), ""]
    lines.append(" · ".join(f"{escape(key)} {escape(value)}" for key, value in report.tool.items()))
    return "\n".join(lines) + "\n"


def code(text: str) -> str:
    """Text as a code span: shown to the letter, whatever it holds."""
    line = one_line(text).strip() or " "
    longest = max(map(len, re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def escape(text: str) -> str:
    """Text of which Markdown makes nothing but text; ``@`` no longer calls anybody."""
    return _PUNCTUATION.sub(r"\\\1", one_line(text)).replace("\\@", "\\@\u2060").replace("\\<", "&lt;")


def _linked(text: str) -> str:
    """A source of ours, its addresses as links."""
    pieces = ADDRESS.split(one_line(text))
    return "".join(f"<{piece}>" if number % 2 else escape(piece) for number, piece in enumerate(pieces))


def _cell(text: str) -> str:
    return code(text).replace("|", "\\|")


def _index(report: Report) -> Iterator[str]:
    yield "| document | unsupported | overstated | supported |"
    yield "| --- | ---: | ---: | ---: |"
    for document in sorted(report.documents, key=document_risk, reverse=True):
        counts = verdict_counts(document)
        numbers = " | ".join(str(counts[verdict]) for verdict in reversed(Verdict))
        yield f"| {_cell(document.article.source)} | {numbers} |"


def _document(document: Document) -> Iterator[str]:
    article = document.article
    yield f"## {code(article.source)}"
    yield ""
    for note in article.notes:
        yield f"- note: {escape(note)}"
    for finding in document.findings:
        yield f"- {_finding(finding)}"
    places = Places(article)
    for claim in document.claims:
        yield from _claim(document, claim, places)
    if not document.claims:
        yield "- no health claims found" if article.language == "en" else "- not judged"


def _claim(document: Document, claim: Claim, places: Places) -> Iterator[str]:
    line, column = places.of(claim.start, claim.end)[:2]
    sure = f"{claim.confidence:.0%} sure"
    yield f"- {SIGNS[claim.verdict]} **{claim.verdict}** {code(claim.quote)} ({claim.kind}, {sure}, {line}:{column})"
    if not is_problem(claim):
        return
    first, last = claim.sentence
    yield f"  - in {code(document.article.text[first:last])}"
    yield f"  - known: {escape(known(claim))}; promised: {escape(promised(claim))}"
    for match in claim.evidence[:2]:
        yield f"  - source: {_linked(match.entry.source)}"
    if claim.reasons:
        yield f"  - why: {escape(claim.reasons[-1])}"
    for finding in claim.findings:
        yield f"  - {_finding(finding)}"
    if claim.suppressed:
        yield f"  - does not count: {escape(claim.suppressed)}"
    if claim.suggestion:
        yield f"  - instead: {escape(claim.suggestion)}"


def _finding(finding: Finding) -> str:
    where = ", ".join(finding.markets)
    said = f"{escape(finding.message)} {escape(finding.cite)}".rstrip()
    settled = f" (suppressed: {escape(finding.suppressed)})" if finding.suppressed else ""
    return f"rule {finding.rule} {finding.severity} ({where}): {said}{settled}"
