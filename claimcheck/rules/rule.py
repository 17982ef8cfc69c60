"""One rule, and a set of them as a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any, Self

from claimcheck.errors import UsageError
from claimcheck.records import Claim, Finding
from claimcheck.terms import ClaimKind, Jurisdiction, Severity


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
        match: Patterns, any of which must be met; empty for a rule on the claim alone.
        claim: Conditions on the claim: ``kind``, ``strength``, ``flags``, ``grade``, ``verdict``.
        unless: Patterns that lift it.
        message: A line to quote to the vendor.
        why: What the law says and why these words meet it.
        cite: Where it stands.
        as_of: When the source was current.
        better: What could be said instead.
        flag: Sentences it must flag.
        passes: Sentences it must pass.
    """

    id: str
    name: str
    pack: str
    authority: str
    severity: Severity
    jurisdictions: tuple[Jurisdiction, ...]
    kinds: tuple[ClaimKind, ...]
    match: tuple[str, ...]
    claim: Mapping[str, tuple[str, ...]]
    unless: tuple[str, ...]
    message: str
    why: str
    cite: str
    as_of: str
    better: str
    flag: tuple[str, ...]
    passes: tuple[str, ...]

    def allows(self, claim: Claim) -> bool:
        """Whether the claim meets the rule's conditions."""
        have: dict[str, set[str]] = {
            "kind": {claim.kind},
            "strength": {claim.strength},
            "flags": set(claim.flags),
            "grade": {claim.grade or ""},
            "verdict": {claim.verdict},
        }
        return all(have[key] & set(wanted) for key, wanted in self.claim.items())

    def finding(self) -> Finding:
        """The finding it gives wherever it is met."""
        return Finding(self.id, self.severity, self.message, self.cite, self.jurisdictions, self.better)


class RuleSet:
    """Rules by id, in the order of the packs."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = {rule.id: rule for rule in rules}

    def get(self, rule_id: str) -> Rule:
        """A rule by id or name.

        Raises:
            UsageError: there is none; names the nearest.
        """
        by_name = {rule.name: rule for rule in self.rules.values()}
        found = self.rules.get(rule_id.upper()) or by_name.get(rule_id.lower())
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
    known["kinds"] = tuple(ClaimKind(kind) for kind in known["kinds"])
    known["claim"] = {key: tuple(value) for key, value in known["claim"].items()}
    return Rule(**known)
