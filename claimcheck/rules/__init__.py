"""What a regulator would say: rules as data, their patterns, and the choice among them."""

from claimcheck.rules.load import Names, load_rules
from claimcheck.rules.rule import Page, Rule, RuleSet, claim_facts, meets

__all__ = ["Names", "Page", "Rule", "RuleSet", "claim_facts", "load_rules", "meets"]
