"""Which findings a reader wants: by market, platform, or rule. Verdicts never depend on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from claimcheck.errors import UsageError
from claimcheck.records import Document, Finding, Report
from claimcheck.rules.rule import RuleSet


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted; empty means all.

    Attributes:
        jurisdictions: Of the rules that are law, those that hold in one of these.
        platforms: Of the rules that are a platform's policy, those of one of these.
        select: Only rules whose id is or starts with one of these.
        ignore: None of these.
    """

    jurisdictions: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def keeps(self, finding: Finding) -> bool:
        """Whether a finding is wanted."""
        if self.select and not finding.rule.startswith(self.select):
            return False
        if self.ignore and finding.rule.startswith(self.ignore):
            return False
        axes = ((finding.jurisdictions, self.jurisdictions), (finding.platforms, self.platforms))
        return any(not wanted or not set(have).isdisjoint(wanted) for have, wanted in axes if have)

    def words(self) -> str:
        """The choice for people, empty where all is wanted."""
        parts = (
            ("jurisdiction", self.jurisdictions),
            ("platform", self.platforms),
            ("select", self.select),
            ("ignore", self.ignore),
        )
        return "; ".join(f"{name} {','.join(values)}" for name, values in parts if values)


def known_rules(rules: RuleSet, wanted: Iterable[str]) -> tuple[str, ...]:
    """Ids, beginnings of ids, and names as ids or beginnings.

    Raises:
        UsageError: one of them stands for no rule; names the nearest.
    """
    return tuple(_known(rules, item) for item in wanted)


def _known(rules: RuleSet, item: str) -> str:
    if any(key.startswith(item.upper()) for key in rules.rules) and item:
        return item.upper()
    try:
        return rules.get(item).id
    except UsageError:
        near = get_close_matches(item.upper(), rules.rules, 1)
        hint = f" Did you mean {near[0]}?" if near else " `claimcheck rules list` names them all."
        raise UsageError(f"no rule is called {item!r} or begins so.{hint}") from None


def chosen(report: Report, choice: Choice) -> Report:
    """The report with the wanted findings only; claims and verdicts stay as they are, and a note tells of it."""
    if not choice.words():
        return report
    documents = tuple(_chosen(document, choice) for document in report.documents)
    dropped = _count(report) - _count(replace(report, documents=documents))
    note = f"findings by {choice.words()}; {dropped} other{'s' * (dropped != 1)} not shown."
    return replace(report, documents=documents, notes=(*report.notes, note))


def _chosen(document: Document, choice: Choice) -> Document:
    claims = tuple(replace(c, findings=tuple(filter(choice.keeps, c.findings))) for c in document.claims)
    return replace(document, claims=claims, findings=tuple(filter(choice.keeps, document.findings)))


def _count(report: Report) -> int:
    return sum(len(d.findings) + sum(len(c.findings) for c in d.claims) for d in report.documents)
