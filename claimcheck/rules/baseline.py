"""What was there before: claims by fingerprint, so that only what is new counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from claimcheck.errors import DataError
from claimcheck.records import Claim, Document, Finding, Report
from claimcheck.terms import Verdict

SCHEMA = "claimcheck.baseline/1"
KNOWN = "in the baseline"


def write_baseline(report: Report, path: Path) -> None:
    """Write what a report finds as a baseline.

    Args:
        report: Judged; what is suppressed in it is written too.
        path: Replaced.
    """
    claims: dict[str, Any] = {}
    pages = set()
    for document in report.documents:
        for claim in document.claims:
            known = claims.setdefault(claim.fingerprint, {"verdict": claim.verdict, "rules": [], "quote": claim.quote})
            known["verdict"] = max(known["verdict"], claim.verdict, key=lambda verdict: verdict.rank)
            known["rules"] = sorted({*known["rules"], *(finding.rule for finding in claim.findings)})
        pages |= {page_key(document, finding) for finding in document.findings}
    data = {"schema": SCHEMA, "claims": dict(sorted(claims.items())), "pages": sorted(pages)}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_baseline(path: Path) -> dict[str, Any]:
    """Read a baseline.

    Raises:
        DataError: it cannot be read or is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(path, 0, f"could not be read as a baseline ({error}). Make one by --write-baseline.") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise DataError(path, 0, f"is no {SCHEMA}. Make one by --write-baseline.")
    return data


def page_key(document: Document, finding: Finding) -> str:
    """What a page's finding is known by: its rule and the words it points to."""
    words = "" if finding.start is None else document.article.text[finding.start : finding.end]
    return f"{finding.rule} {' '.join(words.lower().split())}".strip()


def against(report: Report, baseline: Mapping[str, Any]) -> Report:
    """The report with all that the baseline knows marked as suppressed; a verdict that got worse is new."""
    documents = tuple(_against(document, baseline) for document in report.documents)
    known = sum(claim.suppressed == KNOWN for document in documents for claim in document.claims)
    note = f"{known} claim{'s' * (known != 1)} in the baseline, which do not count."
    return replace(report, documents=documents, notes=(*report.notes, note))


def _against(document: Document, baseline: Mapping[str, Any]) -> Document:
    pages = set(baseline["pages"])
    findings = (
        replace(f, suppressed=f.suppressed or KNOWN) if page_key(document, f) in pages else f for f in document.findings
    )
    claims = tuple(_known(claim, baseline["claims"].get(claim.fingerprint)) for claim in document.claims)
    return replace(document, claims=claims, findings=tuple(findings))


def _known(claim: Claim, known: Mapping[str, Any] | None) -> Claim:
    if known is None or claim.verdict.rank > Verdict(known["verdict"]).rank:
        return claim
    findings = (replace(f, suppressed=f.suppressed or KNOWN) if f.rule in known["rules"] else f for f in claim.findings)
    return replace(claim, suppressed=claim.suppressed or KNOWN, findings=tuple(findings))
