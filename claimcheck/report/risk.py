"""What to look at first: how grave a claim or a document is."""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.records import Claim, Document, Finding, Report
from claimcheck.terms import Severity, Verdict


def worst_severity(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among findings."""
    found = {finding.severity for finding in findings}
    return next((severity for severity in Severity if severity in found), None)


def is_problem(claim: Claim) -> bool:
    """Whether somebody should look: the evidence does not carry the words, or a rule of weight is met."""
    return claim.verdict is not Verdict.SUPPORTED or any(map(is_weighty, claim.findings))


def is_weighty(finding: Finding) -> bool:
    """Whether a finding is more than context."""
    return finding.severity is not Severity.NOTE


def is_open(claim: Claim) -> bool:
    """Whether it is a problem that nobody has settled."""
    return is_problem(claim) and not claim.suppressed


def claim_risk(claim: Claim) -> tuple[int, int, float]:
    """Sorts claims, the gravest highest: verdict, then the gravest rule, then confidence."""
    worst = worst_severity(claim.findings)
    return claim.verdict.rank, -list(Severity).index(worst) if worst else -len(Severity), claim.confidence


def document_risk(document: Document) -> tuple[int, int, int]:
    """Sorts documents, the gravest highest: unsupported claims, overstated claims, errors by rule."""
    counts = verdict_counts(document)
    findings = [*document.findings, *(finding for claim in document.claims for finding in claim.findings)]
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return counts[Verdict.UNSUPPORTED], counts[Verdict.OVERSTATED], errors


def verdict_counts(document: Document) -> dict[Verdict, int]:
    """Claims of a document by verdict."""
    counts = dict.fromkeys(Verdict, 0)
    for claim in document.claims:
        counts[claim.verdict] += 1
    return counts


def gravest(report: Report, number: int) -> list[tuple[Document, Claim]]:
    """The ``number`` gravest open problems of a run, the worst first; ties in the order of the report."""
    problems = [(document, claim) for document in report.documents for claim in document.claims if is_open(claim)]
    return sorted(problems, key=lambda pair: claim_risk(pair[1]), reverse=True)[:number]
