"""Every example of every rule goes through the whole pipeline."""

import pytest
import srsly

from claimcheck.pipeline.run import folder

RULES = srsly.read_json(folder() / "rule_matcher" / "rules.json")["rules"]
EXAMPLES = [
    pytest.param(rule["id"], text, wanted, id=f"{rule['id']}-{'flag' if wanted else 'pass'}-{number}")
    for rule in RULES
    for wanted, texts in ((True, rule["flag"]), (False, rule["passes"]))
    for number, text in enumerate(texts, 1)
]


@pytest.mark.parametrize(("rule", "text", "wanted"), EXAMPLES)
def test_example(nlp, rule, text, wanted):
    met = {finding.rule for claim in nlp(text)._.claims for finding in claim.findings}
    assert (rule in met) is wanted


def test_there_are_rules_with_examples_citation_and_date():
    assert len(RULES) >= 60
    assert len({rule["id"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert len(rule["flag"]) >= 2
        assert len(rule["passes"]) >= 2
        assert rule["cite"]
        assert rule["as_of"]
