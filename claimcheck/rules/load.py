"""Reads and checks the packs in ``data/rules``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from claimcheck.errors import DataError
from claimcheck.rules.pattern import Pattern, parse
from claimcheck.rules.rule import Rule, RuleSet, rule_from_dict
from claimcheck.terms import ClaimKind, Flag, Grade, Jurisdiction, Severity, Strength, Verdict

_REQUIRED = tuple("id name severity jurisdictions kinds message why cite as_of better flag pass".split())
_OPTIONAL = ("match", "claim", "unless")
_VOCABULARIES = {
    "severity": tuple(Severity),
    "jurisdictions": tuple(Jurisdiction),
    "kinds": tuple(ClaimKind),
}
_CONDITIONS = {
    "kind": tuple(ClaimKind),
    "strength": tuple(Strength),
    "flags": tuple(Flag),
    "grade": tuple(Grade),
    "verdict": tuple(Verdict),
}


def load_rules(folder: Path, known_slots: frozenset[str]) -> tuple[RuleSet, dict[str, dict[str, list[Pattern]]]]:
    """Read every pack.

    Args:
        folder: With one YAML file a pack.
        known_slots: Names of the classes that the pipeline fills.

    Returns:
        The rules, and for each rule id its compiled ``match`` and ``unless`` patterns.

    Raises:
        DataError: a missing or unknown key, a value outside its vocabulary, an id or name given
            twice, fewer than two examples either way, or a pattern that cannot be read.
    """
    import srsly

    rules: list[Rule] = []
    patterns: dict[str, dict[str, list[Pattern]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            pack = srsly.read_yaml(path)
        except ValueError as error:
            raise DataError(path, 0, f"is not YAML: {error}") from error
        text = path.read_text(encoding="utf-8").splitlines()
        for item in pack["rules"]:
            line = next((n for n, row in enumerate(text, 1) if f"id: {item.get('id')}" in row), 0)
            rule = _rule(item, pack, path, line)
            for known in rules:
                if rule.id == known.id or rule.name == known.name:
                    raise DataError(path, line, f"rule {rule.id} ({rule.name}) stands twice.")
            rules.append(rule)
            patterns[rule.id] = _patterns(rule, pack.get("slots", {}), known_slots, path, line)
    return RuleSet(rules), patterns


def _rule(item: dict[str, Any], pack: dict[str, Any], path: Path, line: int) -> Rule:
    named = f"rule {item.get('id', '?')}"
    missing = [key for key in _REQUIRED if not item.get(key)]
    if missing:
        raise DataError(path, line, f"{named} lacks {', '.join(missing)}.")
    unknown = sorted(set(item) - {*_REQUIRED, *_OPTIONAL})
    if unknown:
        raise DataError(path, line, f"{named} has unknown keys: {', '.join(unknown)}.")
    for key, allowed in _VOCABULARIES.items():
        values = item[key] if isinstance(item[key], list) else [item[key]]
        _within(values, allowed, f"{named} has {key}", path, line)
    for key, values in (item.get("claim") or {}).items():
        if key not in _CONDITIONS:
            raise DataError(path, line, f"{named}: claim.{key}. Use one of: {', '.join(_CONDITIONS)}.")
        _within(values, _CONDITIONS[key], f"{named} has claim.{key}", path, line)
    for key in ("flag", "pass"):
        if len(item[key]) < 2:
            raise DataError(path, line, f"{named} has fewer than two sentences to {key}.")
    if not item.get("match") and not item.get("claim"):
        raise DataError(path, line, f"{named} has neither match nor claim.")
    known = {key: item.get(key) or ({} if key == "claim" else []) for key in _OPTIONAL}
    known |= {key: item[key] for key in _REQUIRED if key != "pass"}
    known |= {"passes": item["pass"], "pack": pack["pack"], "authority": pack["authority"]}
    return rule_from_dict({**known, "as_of": str(known["as_of"])})


def _within(values: list[str], allowed: tuple[str, ...], what: str, path: Path, line: int) -> None:
    for value in values:
        if value not in allowed:
            raise DataError(path, line, f"{what} {value!r}. Use one of: {', '.join(map(str, allowed))}.")


def _patterns(
    rule: Rule, own: dict[str, list[str]], known: frozenset[str], path: Path, line: int
) -> dict[str, list[Pattern]]:
    try:
        return {
            "match": [parse(text, own, known) for text in rule.match],
            "unless": [parse(text, own, known) for text in rule.unless],
        }
    except ValueError as error:
        raise DataError(path, line, f"rule {rule.id}: {error}.") from error
