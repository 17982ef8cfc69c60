"""What differs between two sets of rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from claimcheck.rules.rule import Rule, RuleSet


def differences(old: RuleSet, new: RuleSet) -> Iterator[str]:
    """One line a rule that is new, gone, or changed, with what changed."""
    for key in sorted({*old.rules, *new.rules}):
        if key not in new.rules:
            yield f"- {key} {old.rules[key].name}"
        elif key not in old.rules:
            yield f"+ {key} {new.rules[key].name}"
        else:
            changed = [item.name for item in fields(Rule) if _differ(item.name, old.rules[key], new.rules[key])]
            if changed:
                yield f"~ {key} {new.rules[key].name}: {', '.join(changed)}"


def _differ(name: str, old: Rule, new: Rule) -> bool:
    return bool(getattr(old, name) != getattr(new, name))
