"""Turns drafts into judged claims and puts them into the Doc."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

from spacy.tokens import Doc, Span

from claimcheck.pipeline.component import Component
from claimcheck.pipeline.explain import suggestion, why
from claimcheck.pipeline.linker import Linker
from claimcheck.pipeline.page import facts_of
from claimcheck.pipeline.reading import CLAIMS, KEY, Draft, Reading, Sentence, reading
from claimcheck.pipeline.rule_matcher import RuleMatcher, met_by
from claimcheck.records import Claim, Cue
from claimcheck.terms import ClaimKind, Flag, Grade, Reach, Strength, Verdict
from claimcheck.verdict import Case, Decision, decide

_PROMISE = {Reach.MAINTAINS: 0, Reach.IMPROVES: 1, Reach.RELIEVES: 1, Reach.REDUCES_RISK: 2, Reach.TREATS: 3}
# Ways of finding an entry for the relation itself; what answers for a class or by default only weighs.
_DECISIVE = frozenset({"direct", "effect"})
_CUE_REACH = 10
_SHOWN_CUES = (
    "hedge",
    "strong",
    "absolute",
    "negation",
    "myth",
    "attribution",
    "limit",
    "comparative",
    "testimonial",
)


class Judge(Component):
    """Decides each draft; fills ``doc.spans["claims"]`` and ``doc._.claims``.

    Args:
        name: Name in the pipeline.
        linker: For the names and grades of the evidence base.
        rules: For the findings.
        review_below: Claims whose verdict is less sure than this are marked for a person to look at.
    """

    def __init__(self, name: str, linker: Linker, rules: RuleMatcher, review_below: float = 0.0) -> None:
        super().__init__(name)
        self.linker, self.rules, self.review_below = linker, rules, review_below

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        claims: list[Claim] = []
        seen: Counter[str] = Counter()
        for sentence in found.sentences:
            for draft in sentence.drafts:
                claim = self._claim(doc, found, sentence, draft, seen)
                claims.append(claim)
        claims.sort(key=lambda claim: (claim.start, claim.end))
        doc.user_data[CLAIMS] = {claim.id: claim.to_dict() for claim in claims}
        doc.spans["claims"] = [
            span
            for claim in claims
            if (span := doc.char_span(claim.start, claim.end, label=claim.kind, span_id=claim.id))
        ]
        del doc.user_data[KEY]
        return doc

    def _claim(self, doc: Doc, found: Reading, sentence: Sentence, draft: Draft, seen: Counter[str]) -> Claim:
        span = doc[found.at[draft.start] : found.at[draft.end - 1] + 1]
        whole = doc[sentence.first : sentence.last]
        decision = self._decide(draft, self._case(sentence, draft))
        fingerprint = _fingerprint(found, sentence, draft)
        seen[fingerprint] += 1
        number = seen[fingerprint]
        confidence = round(decision.probabilities[decision.verdict], 3)
        lexicon = self.linker.base.lexicon
        subject, effect = lexicon.subjects.get(draft.subject), lexicon.effects.get(draft.effect)
        claim = Claim(
            id=fingerprint if number == 1 else f"{fingerprint}-{number}",
            fingerprint=fingerprint,
            quote=span.text,
            start=span.start_char,
            end=span.end_char,
            sentence=(whole.start_char, _trimmed_end(whole)),
            kind=draft.kind,
            flags=_flags(draft),
            subject=draft.subject,
            effect=draft.effect,
            strength=decision.strength,
            grade=draft.known_grade,
            verdict=decision.verdict,
            confidence=confidence,
            probabilities={str(key): round(value, 3) for key, value in decision.probabilities.items()},
            subject_name=subject.name if subject else "",
            effect_name=effect.name if effect else "",
            subject_via=draft.subject_via,
            evidence=draft.answer.matches if draft.answer else (),
            cues=_cues(doc, found, sentence, draft),
            needs_review=confidence < self.review_below,
        )
        return self._finished(claim, sentence, draft, decision)

    def _case(self, sentence: Sentence, draft: Draft) -> Case:
        effect = self.linker.base.lexicon.effects.get(draft.effect)
        return Case(
            kind=draft.kind,
            strength=Strength.PLAIN,
            grade=Grade.C,
            negated=draft.negated,
            limit="limit" in sentence.cues,
            scope=_stretched(draft),
            serious=bool(effect and effect.serious and draft.kind is ClaimKind.DISEASE),
            approved=self.linker.approved(draft),
            bare_proof=draft.kind is ClaimKind.ENDORSEMENT and not draft.negated,
        )

    @staticmethod
    def _decide(draft: Draft, case: Case) -> Decision:
        """By the grade on file where an entry for this very relation answers, else by what the model holds likely.

        Either way the probabilities are the model's, which weighs the entry and the wording: an entry
        that sits oddly with its page decides, but with little confidence. (Leaving the last word to the model was 0.01
        better on validation pages and 0.01 worse on pages from elsewhere, and cannot be quoted to a vendor.)
        """
        strengths = dict(zip(Strength, map(float, draft.strength), strict=True))  # type: ignore[arg-type]
        grades = dict(zip(Grade, map(float, draft.grade), strict=True))  # type: ignore[arg-type]
        weighed = decide(case, strengths, grades)
        if draft.answer is None or draft.answer.via not in _DECISIVE:
            return weighed
        known = {grade: float(grade is draft.known_grade) for grade in Grade}
        return replace(decide(case, strengths, known), probabilities=weighed.probabilities)

    def _finished(self, claim: Claim, sentence: Sentence, draft: Draft, decision: Decision) -> Claim:
        """With what hangs on the verdict: reasons, findings, a suggestion."""
        met = [self.rules.rules.rules[key] for key in met_by(sentence, draft)] + self.rules.claim_rules
        facts = facts_of(claim, self.linker.base.lexicon) if met else {}
        findings = tuple(rule.finding() for rule in met if rule.allows(facts))
        return replace(
            claim,
            findings=findings,
            reasons=why(claim, draft, decision),
            suggestion=suggestion(claim) if claim.verdict is not Verdict.SUPPORTED else "",
        )


def _flags(draft: Draft) -> tuple[Flag, ...]:
    return tuple(sorted({*map(Flag, draft.flags), *([Flag.NEGATED] if draft.negated else [])}))


def _stretched(draft: Draft) -> bool:
    """Refinement 2: more is promised than the entry of grade A carries, or to others."""
    if not draft.answer or draft.answer.grade is not Grade.A or not draft.answer.matches:
        return False
    if draft.beyond:
        return True
    carries = draft.answer.matches[0].entry.carries
    if carries not in _PROMISE or draft.reach not in _PROMISE:
        return False
    return _PROMISE[draft.reach] > _PROMISE[carries]


def _fingerprint(found: Reading, sentence: Sentence, draft: Draft) -> str:
    """The same for the same words in any layout."""
    words = " ".join(found.units[sentence.start : sentence.end])
    quote = " ".join(found.units[draft.start : draft.end])
    return hashlib.sha256(f"{words}\0{quote}".encode()).hexdigest()[:12]


def _trimmed_end(span: Span) -> int:
    return int(span.start_char + len(span.text.rstrip()))


def _cues(doc: Doc, found: Reading, sentence: Sentence, draft: Draft) -> tuple[Cue, ...]:
    """The cues that speak of this draft: near it, and not within another."""
    others = [other for other in sentence.drafts if other is not draft]
    cues = {}
    for category in _SHOWN_CUES:
        for term in sentence.cues.get(category, ()):
            near = draft.start - _CUE_REACH <= term.start < draft.end + _CUE_REACH
            if near and not any(other.start <= term.start < other.end for other in others):
                span = doc[found.at[term.start] : found.at[term.end - 1] + 1]
                cues[category, term.start, term.end] = Cue(category, span.text, span.start_char, span.end_char)
    longest = [
        cue
        for (category, start, end), cue in cues.items()
        if not any(c == category and s <= start and end <= e and (s, e) != (start, end) for c, s, e in cues)
    ]
    return tuple(sorted(longest, key=lambda cue: (cue.start, cue.end)))
