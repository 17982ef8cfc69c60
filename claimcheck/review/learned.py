"""What decisions say of rules and of the evidence base."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from claimcheck.review.decisions import Decision, settle, standing

_MEETS = ("overstated", "unsupported")


class RuleRecord(NamedTuple):
    """How a rule does in practice: of the settled claims it met, on how many the reviewers saw something wrong too."""

    rule: str
    met: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the claims it met that were rightly met."""
        return self.right / self.met


class Proposal(NamedTuple):
    """A change to the evidence base or the lexicon, with those who ask for it.

    ``what`` is ``grade`` (the entry ``key`` should have grade ``new``), ``entry`` (no entry answers ``key``),
    ``subject`` or ``effect`` (the words ``old`` should lead to ``new``).
    """

    what: str
    key: str
    old: str
    new: str
    votes: int
    example: str


def rule_records(decisions: Iterable[Decision]) -> list[RuleRecord]:
    """Each rule that a settled claim met, the least precise first."""
    met: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for decision in _settled(decisions):
        for finding in decision.claim.get("findings", ()):
            met[finding["rule"]] += 1
            right[finding["rule"]] += decision.label in _MEETS
    records = [RuleRecord(rule, count, right[rule]) for rule, count in met.items()]
    return sorted(records, key=lambda record: (record.precision, -record.met, record.rule))


def contradicted(decisions: Iterable[Decision], least: int = 2) -> list[tuple[str, int, int]]:
    """Entries whose verdict the reviewers changed more often than they kept it: id, changed, kept."""
    votes: dict[str, Counter[bool]] = defaultdict(Counter)
    for decision in _settled(decisions):
        for match in decision.claim.get("evidence", ())[:1]:
            votes[match["entry"]["id"]][decision.label == decision.claim["verdict"]] += 1
    found = [(key, count[False], count[True]) for key, count in votes.items()]
    return sorted(
        (item for item in found if item[1] >= least and item[1] > item[2]), key=lambda item: (-item[1], item[0])
    )


def proposals(decisions: Iterable[Decision]) -> list[Proposal]:
    """What corrected fields ask for, the most asked first."""
    votes: Counter[tuple[str, str, str, str]] = Counter()
    examples: dict[tuple[str, str, str, str], str] = {}
    for decision in _settled(decisions):
        for key in _asked(decision.claim, decision.fields):
            votes[key] += 1
            examples.setdefault(key, decision.claim["quote"])
    found = [Proposal(*key, count, examples[key]) for key, count in votes.items()]
    return sorted(found, key=lambda item: (-item.votes, item))


def _asked(claim: Any, fields: Any) -> Iterable[tuple[str, str, str, str]]:
    grade, subject, effect = fields.get("grade"), fields.get("subject"), fields.get("effect")
    if grade and grade != claim.get("grade"):
        evidence = claim.get("evidence") or ()
        pair = f"{subject or claim.get('subject', '')}/{effect or claim.get('effect', '')}"
        key = evidence[0]["entry"]["id"] if evidence else pair
        yield ("grade" if evidence else "entry"), key, claim.get("grade") or "", grade
    if subject and subject != claim.get("subject"):
        yield "subject", claim.get("subject", ""), claim["quote"], subject
    if effect and effect != claim.get("effect"):
        yield "effect", claim.get("effect", ""), claim["quote"], effect


def _settled(decisions: Iterable[Decision]) -> list[Decision]:
    found = [settle(views) for views in standing(decisions).values()]
    return [item.decision for item in found if item]
