"""The reference of all rules as Markdown, and a template for a new pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from claimcheck.rules.rule import Rule
from claimcheck.terms import Scope

TEMPLATE = """\
pack: {pack}
authority: Who says so
slots:
  buys: ["add to cart", "add to basket", "buy now", "order now"]
rules:
  - id: {rule}
    name: cure-for-a-disease
    severity: warning
    jurisdictions: [us]
    kinds: [disease]
    match: ["(cure|heal) ..3 {{disease}}"]
    unless: ["(doctor|hospital) ... {{disease}}"]
    claim: {{verdict: [overstated, unsupported]}}
    message: Says that the product cures a disease.
    why: What the law says, and why these words meet it.
    cite: Act, section
    as_of: 2026-11
    better: What could be said instead.
    flag:
      - Our tea cures arthritis.
      - These drops heal diabetes for good.
    pass:
      - Our hospital cures arthritis.
      - Arthritis is a disease of the joints.
"""


def reference(rules: Iterable[Rule]) -> str:
    """All rules, pack by pack, with citation and examples."""
    every = list(rules)
    lines = [
        "# Rules",
        "",
        f"The {len(every)} rules that the pipeline carries, made from `data/rules` by `claimcheck rules docs`.",
        "A finding says which rule the words meet; it is not a verdict, and no legal advice.",
        "",
    ]
    for (pack, authority), group in groupby(every, key=lambda rule: (rule.pack, rule.authority)):
        lines += [f"## {pack}", "", authority, ""]
        for rule in group:
            lines += [*_rule(rule), ""]
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    where = ", ".join((*rule.jurisdictions, *rule.platforms))
    about = "page" if rule.scope is Scope.PAGE else ", ".join(rule.kinds)
    yield f"### {rule.id} {rule.name}"
    yield ""
    yield f"{rule.severity} · {where} · {about}"
    if rule.aliases:
        yield f"· once {', '.join(rule.aliases)}"
    yield ""
    yield f"{rule.message} {rule.why}"
    yield ""
    yield f"Better: {rule.better}"
    yield ""
    yield f"Source: {rule.cite} (as of {rule.as_of})"
    yield ""
    yield from (f"- flags: {_code(text)}" for text in rule.flag)
    yield from (f"- passes: {_code(text)}" for text in rule.passes)


def _code(text: str) -> str:
    return "`` " + " ".join(text.split()).replace("``", "` `") + " ``"


def template(pack: str, rule: str) -> str:
    """A pack of one rule to start from; it passes its own examples."""
    return TEMPLATE.format(pack=pack, rule=rule)
