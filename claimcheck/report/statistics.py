"""Counts over a whole run, for ``--statistics``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from claimcheck.records import Report


def statistics(report: Report) -> Iterator[str]:
    """Lines with the problems by kind of claim, by rule and by market, the most frequent first."""
    claims = [claim for document in report.documents for claim in document.claims]
    findings = [finding for claim in claims for finding in claim.findings]
    findings += [finding for document in report.documents for finding in document.findings]
    messages = {finding.rule: finding.message for finding in findings}
    for title, counts in (
        ("verdict", Counter(str(claim.verdict) for claim in claims)),
        ("kind of claim", Counter(str(claim.kind) for claim in claims)),
        ("place", Counter(str(claim.place) for claim in claims)),
        ("rule", Counter(finding.rule for finding in findings)),
        ("market", Counter(str(code) for finding in findings for code in finding.markets)),
    ):
        if counts:
            yield ""
            yield f"by {title}"
        for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield f"{number:6}  {name:12} {messages.get(name, '')}".rstrip()
