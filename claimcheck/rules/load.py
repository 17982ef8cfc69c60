"""Reads and checks the packs in ``data/rules``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from claimcheck.errors import DataError
from claimcheck.rules.pattern import Pattern, parse
from claimcheck.rules.rule import Rule, RuleSet, rule_from_dict
from claimcheck.terms import ClaimKind, Flag, Grade, Jurisdiction, Place, Platform, Scope, Severity, Strength, Verdict

_REQUIRED = tuple("id name severity message why cite as_of better flag pass".split())
_LISTS = tuple("jurisdictions platforms kinds match unless aliases".split())
_OPTIONAL = (*_LISTS, "claim", "not", "scope", "page")
_PACK_KEYS = ("pack", "authority", "slots", "seeds", "rules")
_VOCABULARIES = {
    "severity": tuple(Severity),
    "jurisdictions": tuple(Jurisdiction),
    "platforms": tuple(Platform),
    "kinds": tuple(ClaimKind),
    "scope": tuple(Scope),
}
_CONDITIONS = {
    "kind": tuple(ClaimKind),
    "strength": tuple(Strength),
    "flags": tuple(Flag),
    "grade": tuple(Grade),
    "verdict": tuple(Verdict),
    "place": tuple(Place),
    "evidence": ("present", "absent", "conditional"),
}
HASHTAG = "hashtag"
_PAGE = {
    "places": (*map(str, Place), HASHTAG),
    "harms": ("serious",),
}
_PAGE_KEYS = ("places", "buys", "lacks", "claims", "harms")
Compiled = dict[str, list[Pattern]]


class Names(NamedTuple):
    """What a rule may name: the slots the pipeline fills, and the ids of the lexicon."""

    slots: frozenset[str]
    subjects: frozenset[str] = frozenset()
    effects: frozenset[str] = frozenset()


def load_rules(folder: Path, names: Names) -> tuple[RuleSet, dict[str, Compiled]]:
    """Read every pack.

    Args:
        folder: With one YAML file a pack, or one such file.
        names: What the rules may name.

    Returns:
        The rules, and for each rule id its compiled patterns under ``match``, ``unless``, ``lacks`` and ``buys``.

    Raises:
        DataError: a missing or unknown key, a value outside its vocabulary, an id or name given
            twice, fewer than two examples either way, or a pattern that cannot be read.
    """
    rules: list[Rule] = []
    patterns: dict[str, Compiled] = {}
    taken: dict[str, str] = {}
    for path in [folder] if folder.is_file() else sorted(folder.glob("*.yaml")):
        pack = _pack(path)
        for item, line in zip(pack["rules"], _lines(path, pack["rules"]), strict=True):
            rule = _rule(item, pack, names, path, line)
            for name in (rule.id, rule.name, *rule.aliases):
                if name.lower() in taken:
                    raise DataError(path, line, f"rule {rule.id} ({rule.name}) stands twice: {name} is taken.")
                taken[name.lower()] = rule.id
            rules.append(rule)
            patterns[rule.id] = _patterns(rule, pack.get("slots") or {}, names.slots, path, line)
    return RuleSet(rules), patterns


def read_packs(folder: Path) -> RuleSet:
    """The rules of packs as they are written; names of slots and of the lexicon are not looked up.

    Raises:
        DataError: no file, no YAML, or a rule that lacks what every rule needs.
    """
    rules = []
    for path in [folder] if folder.is_file() else sorted(folder.glob("*.yaml")):
        pack = _pack(path)
        for item, line in zip(pack["rules"], _lines(path, pack["rules"]), strict=True):
            rules.append(_rule(item, pack, None, path, line))
    return RuleSet(rules)


def _pack(path: Path) -> dict[str, Any]:
    import srsly

    try:
        pack = srsly.read_yaml(path)
    except ValueError as error:
        raise DataError(path, 0, f"is not YAML: {error}") from error
    if not isinstance(pack, dict):
        raise DataError(path, 0, f"is no pack. Its keys are: {', '.join(_PACK_KEYS)}.")
    _no_others(pack, _PACK_KEYS, "the pack", path, 0)
    for key in ("pack", "authority", "rules"):
        if not pack.get(key):
            raise DataError(path, 0, f"the pack lacks {key}.")
    return pack


def _lines(path: Path, items: Iterable[Mapping[str, Any]]) -> list[int]:
    """The line where each rule starts, 0 where it cannot be told."""
    text = path.read_text(encoding="utf-8").splitlines()
    starts = {row.strip().removeprefix("- "): number for number, row in reversed(list(enumerate(text, 1)))}
    return [starts.get(f"id: {item.get('id')}", 0) for item in items]


def _rule(item: dict[str, Any], pack: dict[str, Any], names: Names | None, path: Path, line: int) -> Rule:
    named = f"rule {item.get('id', '?')}"
    missing = [key for key in _REQUIRED if not item.get(key)]
    if missing:
        raise DataError(path, line, f"{named} lacks {', '.join(missing)}.")
    _no_others(item, (*_REQUIRED, *_OPTIONAL), named, path, line)
    _check_values(item, named, path, line)
    for key in ("claim", "not"):
        _check_conditions(item.get(key) or {}, names, f"{named}: {key}", path, line)
    _check_page(item, names, named, path, line)
    known = {key: item.get(key) or [] for key in _LISTS}
    known |= {key: item[key] for key in _REQUIRED if key != "pass"}
    known |= {"claim": item.get("claim") or {}, "lifted": item.get("not") or {}, "page": item.get("page") or {}}
    known |= {"scope": item.get("scope", Scope.CLAIM), "seeds": bool(pack.get("seeds"))}
    known |= {"passes": item["pass"], "pack": pack["pack"], "authority": pack["authority"]}
    return rule_from_dict({**known, "as_of": str(known["as_of"])})


def _check_values(item: dict[str, Any], named: str, path: Path, line: int) -> None:
    for key in (*_LISTS, "flag", "pass"):
        _listed(item.get(key) or [], f"{named}: {key}", path, line)
    for key, allowed in _VOCABULARIES.items():
        values = item.get(key) or []
        _within(values if isinstance(values, list) else [values], allowed, f"{named} has {key}", path, line)
    for key in ("flag", "pass"):
        if len(item[key]) < 2:
            raise DataError(path, line, f"{named} has fewer than two sentences to {key}.")
    if not item.get("jurisdictions") and not item.get("platforms"):
        raise DataError(path, line, f"{named} has neither jurisdictions nor platforms.")
    on_page = item.get("scope") == Scope.PAGE
    if not on_page and not item.get("kinds"):
        raise DataError(path, line, f"{named} lacks kinds.")
    if not any(item.get(key) for key in ("match", "claim", "page")):
        raise DataError(path, line, f"{named} has neither match nor claim.")


def _check_conditions(conditions: Mapping[str, Any], names: Names | None, what: str, path: Path, line: int) -> None:
    allowed: dict[str, tuple[str, ...]] = {**_CONDITIONS, "subject": (), "effect": ()}
    if names:
        allowed |= {"subject": tuple(sorted(names.subjects)), "effect": tuple(sorted(names.effects))}
    _no_others(conditions, allowed, what, path, line)
    for key, values in conditions.items():
        if not names and not allowed[key]:
            continue
        _within(_listed(values, f"{what}.{key}", path, line), allowed[key], f"{what} has {key}", path, line)


def _check_page(item: dict[str, Any], names: Names | None, named: str, path: Path, line: int) -> None:
    page = item.get("page") or {}
    if page and item.get("scope") != Scope.PAGE:
        raise DataError(path, line, f"{named} has page conditions. Add `scope: page`.")
    if item.get("scope") == Scope.PAGE and item.get("claim"):
        raise DataError(path, line, f"{named} is about a page. Put its claim conditions into page.claims.")
    _no_others(page, _PAGE_KEYS, f"{named}: page", path, line)
    _within(page.get("places") or [], _PAGE["places"], f"{named} has page.places", path, line)
    _within([page["harms"]] if page.get("harms") else [], _PAGE["harms"], f"{named} has page.harms", path, line)
    _check_conditions(page.get("claims") or {}, names, f"{named}: page.claims", path, line)


def _listed(values: Any, what: str, path: Path, line: int) -> list[str]:
    if not isinstance(values, list):
        raise DataError(path, line, f"{what} must be a list, such as [{values}].")
    return values


def _no_others(item: Iterable[str], allowed: Iterable[str], what: str, path: Path, line: int) -> None:
    for key in sorted(set(item) - set(allowed)):
        near = get_close_matches(key, list(allowed), 1)
        hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(allowed)}."
        raise DataError(path, line, f"{what} has the unknown key {key}. {hint}")


def _within(values: Iterable[str], allowed: tuple[str, ...], what: str, path: Path, line: int) -> None:
    for value in values:
        if value not in allowed:
            near = get_close_matches(str(value), allowed, 3) if len(allowed) > 20 else allowed
            raise DataError(path, line, f"{what} {value!r}. Use one of: {', '.join(map(str, near))}.")


def _patterns(rule: Rule, own: dict[str, list[str]], known: frozenset[str], path: Path, line: int) -> Compiled:
    if rule.page.buys and "buys" not in own:
        raise DataError(path, line, f"rule {rule.id} asks for a way to buy. Give the pack a slot `buys`.")
    sources = {
        "match": rule.match,
        "unless": rule.unless,
        "lacks": rule.page.lacks,
        "buys": ("{buys}",) if rule.page.buys else (),
    }
    try:
        return {key: [parse(text, own, known) for text in texts] for key, texts in sources.items()}
    except ValueError as error:
        raise DataError(path, line, f"rule {rule.id}: {error}.") from error
