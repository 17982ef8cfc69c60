"""spaCy's way in: one factory a component, no logic, nothing heavy at the top.

spaCy imports this module whenever anyone in the same environment builds a ``Language``,
so it must stay light and must not fail.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language


@Language.factory("claimcheck_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Any:
    """Sentences that never cross a block."""
    from claimcheck.pipeline.sentences import Sentences

    return Sentences(name)


@Language.factory("claimcheck_terms", requires=["token.is_sent_start"])
def make_terms(nlp: Language, name: str) -> Any:
    """Subjects, effects, relations and cues of the lexicon."""
    from claimcheck.pipeline.terms import Terms

    return Terms(name)


@Language.factory("claim_extractor")
def make_extractor(nlp: Language, name: str) -> Any:
    """Drafts: an effect and the relation that promises it."""
    from claimcheck.pipeline.extractor import Extractor

    return Extractor(name)


@Language.factory("claim_context")
def make_context(nlp: Language, name: str) -> Any:
    """Negation, hedges, quotation, testimonials, comparison."""
    from claimcheck.pipeline.context import Context

    return Context(name)


@Language.factory("evidence_linker")
def make_linker(nlp: Language, name: str) -> Any:
    """What is known of each draft."""
    from claimcheck.pipeline.linker import Linker

    return Linker(name)


@Language.factory("rule_matcher")
def make_rule_matcher(nlp: Language, name: str) -> Any:
    """Rules that the drafts meet."""
    from claimcheck.pipeline.rule_matcher import RuleMatcher

    return RuleMatcher(name)


@Language.factory("claim_detector")
def make_detector(nlp: Language, name: str) -> Any:
    """How likely each sentence is to claim something."""
    from claimcheck.pipeline.classifier import Detector

    return Detector(name)


@Language.factory("claim_encoder", default_config={"sure": 0.01})
def make_encoder(nlp: Language, name: str, sure: float) -> Any:
    """A second opinion on doubtful sentences, by a small transformer."""
    from claimcheck.pipeline.encoder import Encoder

    return Encoder(name, sure)


@Language.factory("claim_classifier", default_config={"threshold": 0.5})
def make_classifier(nlp: Language, name: str, threshold: float) -> Any:
    """Which drafts are claims, of what kind, how strong."""
    from claimcheck.pipeline.classifier import Classifier

    return Classifier(name, threshold)


@Language.factory("claim_grader")
def make_grader(nlp: Language, name: str) -> Any:
    """How likely each grade is, by wording and evidence."""
    from claimcheck.pipeline.classifier import Grader

    return Grader(name)


@Language.factory("claim_judge", assigns=["doc._.claims", "doc.spans"], default_config={"review_below": 0.0})
def make_judge(nlp: Language, name: str, review_below: float) -> Any:
    """The verdict on each claim."""
    from claimcheck.pipeline.access import declare
    from claimcheck.pipeline.judge import Judge

    declare()
    linker, rules = nlp.get_pipe("evidence_linker"), nlp.get_pipe("rule_matcher")
    return Judge(name, linker, rules, review_below)  # type: ignore[arg-type]
