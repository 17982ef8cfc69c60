"""One rule, and a set of them as a value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Any, Self

from claimcheck.errors import UsageError
from claimcheck.records import Claim, EvidenceEntry, Finding
from claimcheck.terms import ClaimKind, Jurisdiction, Platform, Scope, Severity

Conditions = Mapping[str, tuple[str, ...]]
Facts = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule asks of a page as a whole; what is not asked is met.

    Attributes:
        places: Where ``match`` must be met, empty for anywhere; ``hashtag`` stands for the hashtags of the text.
        buys: Whether the page must have a way to buy.
        lacks: Patterns none of which may be met anywhere on the page.
        claims: Conditions that one claim of the page must meet.
        harms: ``serious``: a benefit is claimed of a subject with known serious harms, and no harm is told.
    """

    places: tuple[str, ...] = ()
    buys: bool = False
    lacks: tuple[str, ...] = ()
    claims: Conditions = field(default_factory=dict)
    harms: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one authority says about one sort of words.

    Attributes:
        id: Stable, never reused.
        name: Kebab-case, for people.
        pack: The pack it comes from.
        authority: Who says so.
        severity: ``error`` is a likely breach in every listed jurisdiction, ``warning``
            depends on substantiation, ``note`` is context.
        jurisdictions: Where it holds.
        kinds: The kinds of claim it is about.
        match: Patterns, any of which must be met; empty for a rule on claim or page alone.
        claim: Conditions on the claim, as :func:`claim_facts` names them.
        unless: Patterns that lift it.
        message: A line to quote to the vendor.
        why: What the law says and why these words meet it.
        cite: Where it stands.
        as_of: When the source was current.
        better: What could be said instead.
        flag: Sentences, or whole pages for a page rule, that it must flag.
        passes: What it must pass.
        aliases: Names it had before.
        platforms: Whose policy it is, where it is no law.
        scope: What a finding is about: a claim or a page.
        lifted: Conditions on the claim of which none may hold.
        page: Conditions on the page.
        seeds: Whether its words make a draft of a claim and are seen by the models.
    """

    id: str
    name: str
    pack: str
    authority: str
    severity: Severity
    jurisdictions: tuple[Jurisdiction, ...]
    kinds: tuple[ClaimKind, ...]
    match: tuple[str, ...]
    claim: Conditions
    unless: tuple[str, ...]
    message: str
    why: str
    cite: str
    as_of: str
    better: str
    flag: tuple[str, ...]
    passes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    platforms: tuple[Platform, ...] = ()
    scope: Scope = Scope.CLAIM
    lifted: Conditions = field(default_factory=dict)
    page: Page = field(default_factory=Page)
    seeds: bool = False

    def allows(self, facts: Facts) -> bool:
        """Whether a claim with these facts meets the rule's conditions."""
        return meets(self.claim, facts) and not any(meets({key: value}, facts) for key, value in self.lifted.items())

    def finding(self, start: int | None = None, end: int | None = None) -> Finding:
        """The finding it gives wherever it is met; a page's finding may point to words."""
        return Finding(
            self.id, self.severity, self.message, self.cite, self.jurisdictions, self.better, start, end, self.platforms
        )


def meets(conditions: Conditions, facts: Facts) -> bool:
    """Whether each condition has one value among the facts."""
    return all(not set(wanted).isdisjoint(facts[key]) for key, wanted in conditions.items())


def claim_facts(claim: Claim, subjects: Iterable[str], effects: Iterable[str]) -> Facts:
    """What the conditions of a rule can ask of a claim.

    Args:
        claim: A judged claim.
        subjects: Its subject and all that this is a kind or a part of.
        effects: Its effect and all that this is a case of.
    """
    entries = [match.entry for match in claim.evidence]
    return {
        "kind": (claim.kind,),
        "strength": (claim.strength,),
        "flags": claim.flags,
        "grade": (claim.grade or "",),
        "verdict": (claim.verdict,),
        "place": (claim.place,),
        "subject": tuple(subjects),
        "effect": tuple(effects),
        "evidence": _evidence(entries),
    }


def _evidence(entries: list[EvidenceEntry]) -> tuple[str, ...]:
    if not entries:
        return ("absent",)
    return ("present", "conditional") if any(entry.holds_for for entry in entries) else ("present",)


class RuleSet:
    """Rules by id, in the order of the packs."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = {rule.id: rule for rule in rules}

    def get(self, rule_id: str) -> Rule:
        """A rule by id, name, or a name it had before.

        Raises:
            UsageError: there is none; names the nearest.
        """
        by_name = {name: rule for rule in self.rules.values() for name in (rule.name, *rule.aliases)}
        found = self.rules.get(rule_id.upper()) or by_name.get(rule_id.lower()) or by_name.get(rule_id)
        if found:
            return found
        near = get_close_matches(rule_id.upper(), self.rules, 1) or get_close_matches(rule_id, by_name, 1)
        hint = f" Did you mean {near[0]}?" if near else " `claimcheck rules list` names them all."
        raise UsageError(f"no rule {rule_id!r}.{hint}")

    def to_dict(self) -> list[dict[str, Any]]:
        """Plain data for the built pipeline."""
        return [asdict(rule) for rule in self.rules.values()]

    @classmethod
    def from_dict(cls, data: Iterable[Mapping[str, Any]]) -> Self:
        """The inverse of :meth:`to_dict`."""
        return cls(rule_from_dict(item) for item in data)


def rule_from_dict(data: Mapping[str, Any]) -> Rule:
    """A rule from plain data."""
    known: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    known["severity"] = Severity(known["severity"])
    known["jurisdictions"] = tuple(Jurisdiction(code) for code in known["jurisdictions"])
    known["platforms"] = tuple(Platform(name) for name in known.get("platforms", ()))
    known["kinds"] = tuple(ClaimKind(kind) for kind in known["kinds"])
    known["scope"] = Scope(known.get("scope", Scope.CLAIM))
    known["claim"] = _conditions(known["claim"])
    known["lifted"] = _conditions(known.get("lifted", {}))
    known["page"] = _page(known.get("page", {}))
    return Rule(**known)


def _conditions(data: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in data.items()}


def _page(data: Mapping[str, Any]) -> Page:
    known: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    known["claims"] = _conditions(known.get("claims", {}))
    return Page(**known)
