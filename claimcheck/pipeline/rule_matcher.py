"""Finds where rules are met, in one pass: a pattern is tried only where a word it needs stands."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from claimcheck.pipeline.component import TableComponent
from claimcheck.pipeline.reading import Draft, Reading, Sentence, Term, reading
from claimcheck.rules import RuleSet
from claimcheck.rules.pattern import anchor, needs, search
from claimcheck.terms import ClaimKind, EffectKind, Severity

_RELATIONS = ("maintain", "improve", "relieve", "treat", "prevent", "cause", "act")
_CUES = ("hedge", "strong", "negation")
_NEGATION_MAX = 4


def known_slots(types: frozenset[str]) -> frozenset[str]:
    """The slots that this component fills.

    Args:
        types: The subject types of the lexicon.
    """
    kinds = {str(kind) for kind in EffectKind} | {"effect", "serious", "subject"}
    return frozenset({*kinds, *_RELATIONS, *_CUES, *(name.replace("-", "_") for name in types)})


class RuleMatcher(TableComponent):
    """Hangs rules on drafts; a rule of weight that meets no draft makes one."""

    file = "rules.json"
    rules: RuleSet

    def load(self, table: Any) -> None:
        self.table = table
        self.rules = RuleSet.from_dict(table["rules"])
        self.claim_rules = [rule for rule in self.rules.rules.values() if not rule.match]
        self._serious = frozenset(table["serious"])
        self._patterns: list[tuple[str, Any, Any]] = []
        self._index: dict[str, list[int]] = {}
        for rule_id, compiled in table["patterns"].items():
            for pattern in compiled["match"]:
                for key in anchor(pattern):
                    self._index.setdefault(key, []).append(len(self._patterns))
                self._patterns.append((rule_id, pattern, needs(pattern)))

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        for sentence in found.sentences:
            if sentence.denied or sentence.question:
                continue
            slots = self._slots(sentence)
            tried = self._candidates(found, sentence, slots)
            if tried:
                self._match(found, sentence, slots, tried)
        return doc

    def _candidates(self, found: Reading, sentence: Sentence, slots: dict[str, Any]) -> list[int]:
        keys = set(found.units[sentence.start : sentence.end])
        keys.update("{" + name + "}" for name in slots)
        near = {number for key in keys for number in self._index.get(key, ())}
        return sorted(n for n in near if not any(keys.isdisjoint(need) for need in self._patterns[n][2]))

    def _slots(self, sentence: Sentence) -> dict[str, dict[int, list[int]]]:
        slots: dict[str, dict[int, list[int]]] = {}

        def add(name: str, term: Term) -> None:
            slots.setdefault(name, {}).setdefault(term.start, []).append(term.end)

        for term in sentence.nested:
            if term.kind != "safety":
                add(term.kind, term)
                add("effect", term)
                if term.label in self._serious:
                    add("serious", term)
        for term in sentence.subjects:
            add("subject", term)
            add(term.kind.replace("-", "_"), term)
        for term in sentence.relations:
            add(term.label, term)
        for name in _CUES:
            for term in sentence.cues.get(name, ()):
                add(name, term)
        return slots

    def _match(self, found: Reading, sentence: Sentence, slots: Any, tried: list[int]) -> None:
        words = [found.words[place].lower() for place in found.at[sentence.start : sentence.end]]
        padded = [""] * sentence.start + words
        met: dict[str, Term] = {}
        for number in tried:
            rule_id, pattern, _ = self._patterns[number]
            if rule_id in met:
                continue
            place = search(pattern, found.units, padded, slots, sentence.start, sentence.end)
            if place and not _negated(sentence, place[0]) and not self._lifted(rule_id, found, padded, slots, sentence):
                met[rule_id] = Term(*place, rule_id)
        for hit in met.values():
            self._hang(sentence, hit)

    def _lifted(self, rule_id: str, found: Reading, words: list[str], slots: Any, sentence: Sentence) -> bool:
        return any(
            search(pattern, found.units, words, slots, sentence.start, sentence.end)
            for pattern in self.table["patterns"][rule_id]["unless"]
        )

    def _hang(self, sentence: Sentence, hit: Term) -> None:
        sentence.hits.append(hit)
        rule = self.rules.rules[hit.label]
        over = [d for d in sentence.drafts if d.start < hit.end and hit.start < d.end]
        if not over and rule.severity is Severity.NOTE:
            over = sentence.drafts
        elif not over:
            draft = Draft(hit.start, hit.end, ClaimKind(rule.kinds[0]), asserts=True)
            sentence.drafts.append(draft)
            sentence.drafts.sort(key=lambda item: item.start)
            over = [draft]
        # "No side effects" is what a rule on safety is about; its "no" is no denial of the rule.
        within = any(hit.start <= cue.start < hit.end for cue in sentence.cues.get("negation", ()))
        for draft in over:
            if within or not draft.negated:
                draft.rules.append(rule.id)


def _negated(sentence: Sentence, start: int) -> bool:
    pseudo = sentence.cues.get("pseudo_negation", ())
    for cue in sentence.cues.get("negation", ()):
        if any(p.start <= cue.start < p.end for p in pseudo):
            continue
        if 0 <= start - cue.end <= _NEGATION_MAX:
            return True
    return False
