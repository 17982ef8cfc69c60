"""Rule packs of one's own, beside those that the pipeline carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.errors import DataError
from claimcheck.pipeline.rule_matcher import known_names
from claimcheck.rules import RuleSet, load_rules

if TYPE_CHECKING:
    from spacy.language import Language

GROUP = "claimcheck_rule_packs"


def add_packs(nlp: Language, paths: Iterable[Path]) -> None:
    """Let a pipeline meet the rules of more packs; they seed no claims, so that no verdict changes.

    Args:
        nlp: A pipeline; changed in place.
        paths: Files, or folders of them.

    Raises:
        DataError: a pack breaks the schema, or uses an id or name that is taken.
    """
    import srsly

    matcher: Any = nlp.get_pipe("rule_matcher")
    linker: Any = nlp.get_pipe("evidence_linker")
    names = known_names(linker.base.lexicon)
    rules, patterns = list(matcher.rules.rules.values()), dict(matcher.table["patterns"])
    for path in paths:
        own, compiled = load_rules(path, names)
        taken = {name.lower() for rule in rules for name in (rule.id, rule.name, *rule.aliases)}
        for rule in own.rules.values():
            if taken.intersection(name.lower() for name in (rule.id, rule.name, *rule.aliases)):
                raise DataError(
                    path, 0, f"rule {rule.id} ({rule.name}) has an id or name that is taken. Choose another."
                )
            rules.append(replace(rule, seeds=False))
        patterns |= compiled
    table = {**matcher.table, "rules": RuleSet(rules).to_dict(), "patterns": patterns}
    matcher.load(srsly.json_loads(srsly.json_dumps(table)))


def installed_packs() -> list[Path]:
    """The packs that installed packages offer under the entry point group ``claimcheck_rule_packs``.

    Each entry point names a path, or a function that gives one.

    Raises:
        DataError: one of them names no file or folder.
    """
    paths = []
    for point in sorted(entry_points(group=GROUP), key=lambda item: item.name):
        found = point.load()
        path = Path(found() if callable(found) else found)
        if not path.exists():
            raise DataError(path, 0, f"the entry point {point.name} of {GROUP} names no file or folder.")
        paths.append(path)
    return paths
