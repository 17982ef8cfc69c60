"""Every step of a judgement in words, taken while the components run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claimcheck.pipeline.reading import KEY, Reading, Sentence, Term
from claimcheck.terms import Grade, Strength

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from claimcheck.records import Claim


def trace(nlp: Language, text: str) -> Iterator[str]:
    """Judge a text and tell each step.

    Args:
        nlp: A loaded pipeline.
        text: One or a few sentences.

    Yields:
        Lines for people.
    """
    doc = nlp.make_doc(text)
    found: Reading | None = None
    proposed: list[int] = []
    for name, component in nlp.pipeline:
        if name == "claim_classifier":
            found = doc.user_data[KEY]
            proposed = [len(sentence.drafts) for sentence in found.sentences]
        doc = component(doc)
    assert found is not None, "the pipeline lacks claim_classifier"
    for sentence, drafts in zip(found.sentences, proposed, strict=True):
        yield from _sentence(doc, found, sentence, drafts)


def _sentence(doc: Doc, found: Reading, sentence: Sentence, drafts: int) -> Iterator[str]:
    span = doc[sentence.first : sentence.last]
    yield f"sentence     {span.text.strip()!r} ({sentence.block})"
    for title, terms in (
        ("subjects", sentence.subjects),
        ("effects", sentence.effects),
        ("relations", sentence.relations),
        ("cues", [term for found_cues in sentence.cues.values() for term in found_cues]),
    ):
        if terms:
            yield f"{title:12} " + ", ".join(_term(doc, found, term) for term in terms)
    yield f"drafts       {drafts} proposed; a claim with probability {sentence.claim:.2f}, {len(sentence.drafts)} kept"
    claims = [c for c in doc._.claims if c.sentence[0] == span.start_char]
    for draft, claim in zip(sentence.drafts, claims, strict=True):
        flags = f" [{', '.join(claim.flags)}]" if claim.flags else ""
        known = f"on file: {claim.grade}" if claim.grade else "not on file"
        yield f"claim        {claim.quote!r}: {claim.kind}{flags}"
        yield f"  subject    {claim.subject or 'none'} ({claim.subject_via or 'not found'})"
        yield f"  effect     {claim.effect or 'none'}"
        yield f"  strength   {_shares(Strength, draft.strength)}"
        yield f"  grade      {known}; weighed {_shares(Grade, draft.grade)}"
        yield from _judgement(claim)
    yield ""


def _judgement(claim: Claim) -> Iterator[str]:
    for match in claim.evidence:
        yield f"  evidence   {match.entry.id} (grade {match.entry.grade}, {match.via}): {match.entry.reference}"
    for finding in claim.findings:
        yield f"  rule       {finding.rule} ({finding.severity}) {finding.message}"
    for reason in claim.reasons:
        yield f"  because    {reason}"
    shares = ", ".join(f"{name} {share:.2f}" for name, share in claim.probabilities.items())
    yield f"  verdict    {claim.verdict} ({shares})"
    if claim.suggestion:
        yield f"  instead    {claim.suggestion}"


def _term(doc: Doc, found: Reading, term: Term) -> str:
    words = doc[found.at[term.start] : found.at[term.end - 1] + 1].text
    return f"{words!r} {term.label}" + (f" ({term.kind})" if term.kind else "")


def _shares(names: type[Strength | Grade], shares: object) -> str:
    return ", ".join(f"{name} {share:.2f}" for name, share in zip(names, shares, strict=True))  # type: ignore[call-overload]
