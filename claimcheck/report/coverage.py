"""Which rules are met by a set of pages, and which never are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from claimcheck.records import Report
from claimcheck.report.words import one_line
from claimcheck.rules import Rule


def coverage(report: Report, rules: Mapping[str, Rule]) -> Iterator[str]:
    """A line a rule: how often it is met, and the first words that met it; the never met last."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for document in report.documents:
        named = [(f.rule, claim.quote) for claim in document.claims for f in claim.findings]
        named += [(f.rule, document.article.text[f.start or 0 : f.end or 0]) for f in document.findings]
        for rule, words in named:
            counts[rule] += 1
            first.setdefault(rule, f"{document.article.source}: “{one_line(words)}”" if words else "(page)")
    for rule, count in counts.most_common():
        yield f"{count:6} {rule:8} {first[rule]}"
    for rule in rules:
        if rule not in counts:
            yield f"     0 {rule:8} never met: {rules[rule].name}"
