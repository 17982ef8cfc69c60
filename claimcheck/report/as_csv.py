"""The report as a table: one row a claim, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator

from claimcheck.records import Claim, Document, Finding, Report
from claimcheck.report.places import Places
from claimcheck.report.risk import worst_severity

# A spreadsheet reads a cell that begins so as a formula; what a vendor wrote must stay text.
_FORMULA = frozenset("=+-@\t\r\n")
_BOM = "\ufeff"  # without it Excel takes UTF-8 for the local code page

COLUMNS = (
    "source", "line", "column", "place", "verdict", "kind", "confidence", "quote", "sentence", "subject", "effect",
    "grade", "strength", "flags", "rules", "markets", "severity", "reason", "evidence", "instead", "suppressed",
    "fingerprint",
)  # fmt: skip


def render(report: Report) -> str:
    """The report as CSV by RFC 4180, with a byte order mark.

    Findings about a page as a whole and documents that could not be read have rows of their own: their
    ``verdict`` is empty, their ``kind`` is ``page`` or ``unread``.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for row in _rows(report):
        writer.writerow({name: _safe(value) for name, value in row.items()})
    return _BOM + out.getvalue()


def _safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value).replace("\0", "\ufffd")
    first = unicodedata.normalize("NFKC", text.lstrip(" "))[:1]
    return f"'{text}" if first in _FORMULA and text else text


def _rows(report: Report) -> Iterator[dict[str, object]]:
    for document in report.documents:
        places = Places(document.article)
        for finding in document.findings:
            yield _page_row(document, finding, places)
        for claim in document.claims:
            yield _claim_row(document, claim, places)
    for item in report.unread:
        yield {"source": item.source, "kind": "unread", "reason": item.problem}


def _page_row(document: Document, finding: Finding, places: Places) -> dict[str, object]:
    row: dict[str, object] = {"source": document.article.source, "kind": "page", "reason": finding.message}
    if finding.start is not None and finding.end is not None:
        row["line"], row["column"] = places.of(finding.start, finding.end)[:2]
        row["quote"] = document.article.text[finding.start : finding.end]
    return row | _rules((finding,)) | {"instead": finding.better, "suppressed": finding.suppressed}


def _claim_row(document: Document, claim: Claim, places: Places) -> dict[str, object]:
    line, column = places.of(claim.start, claim.end)[:2]
    first, last = claim.sentence
    return {
        "source": document.article.source,
        "line": line,
        "column": column,
        "place": claim.place,
        "verdict": claim.verdict,
        "kind": claim.kind,
        "confidence": f"{claim.confidence:.2f}",
        "quote": claim.quote,
        "sentence": document.article.text[first:last],
        "subject": claim.subject_name,
        "effect": claim.effect_name,
        "grade": claim.grade or "",
        "strength": claim.strength,
        "flags": " ".join(claim.flags),
        "reason": claim.reasons[-1] if claim.reasons else "",
        "evidence": "; ".join(match.entry.source for match in claim.evidence),
        "instead": claim.suggestion,
        "suppressed": claim.suppressed,
        "fingerprint": claim.fingerprint,
    } | _rules(claim.findings)


def _rules(findings: tuple[Finding, ...]) -> dict[str, object]:
    markets = dict.fromkeys(code for finding in findings for code in finding.markets)
    return {
        "rules": " ".join(finding.rule for finding in findings),
        "markets": " ".join(markets),
        "severity": worst_severity(findings) or "",
    }
