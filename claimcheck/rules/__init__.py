"""What a regulator would say: rules as data, their patterns, and the choice among them."""

from claimcheck.rules.load import load_rules
from claimcheck.rules.rule import Rule, RuleSet

__all__ = ["Rule", "RuleSet", "load_rules"]
