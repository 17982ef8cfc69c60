"""Every example of every rule goes through the whole pipeline."""

import pytest
import srsly

from claimcheck.pipeline.examples import examples, ids_of, read_example
from claimcheck.pipeline.run import documents, folder
from claimcheck.rules import RuleSet

RULES = RuleSet.from_dict(srsly.read_json(folder() / "rule_matcher" / "rules.json")["rules"]).rules.values()
EXAMPLES = [
    pytest.param(e.rule.id, e.text, e.wanted, id=f"{e.rule.id}-{'flag' if e.wanted else 'pass'}-{number}")
    for number, e in enumerate(examples(RULES))
]


@pytest.mark.parametrize(("rule", "text", "wanted"), EXAMPLES)
def test_example(nlp, rule, text, wanted):
    [document] = documents([read_example(text)], nlp)
    assert (rule in ids_of(document)) is wanted


def test_there_are_rules_with_examples_citation_and_date():
    assert len(RULES) >= 250
    names = [name.lower() for rule in RULES for name in (rule.id, rule.name, *rule.aliases)]
    assert len(set(names)) == len(names)
    for rule in RULES:
        assert len(rule.flag) >= 2
        assert len(rule.passes) >= 2
        assert rule.cite
        assert rule.as_of
