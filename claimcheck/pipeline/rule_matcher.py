"""Finds where rules are met, in one pass: a pattern is tried only where a word it needs stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.tokens import Doc

from claimcheck.evidence import Lexicon
from claimcheck.pipeline.component import TableComponent
from claimcheck.pipeline.reading import PAGE, Draft, Reading, Sentence, Term, reading
from claimcheck.rules import Names, Rule, RuleSet
from claimcheck.rules.pattern import needs, search, starts
from claimcheck.terms import ClaimKind, EffectKind, Scope, Severity

_MEASURE_MAX = 1
_RELATIONS = ("maintain", "improve", "relieve", "treat", "prevent", "cause", "act")
_CUES = ("hedge", "strong", "negation")
_NEGATION_MAX = 4
# Patterns that a sentence may meet; all but the first only ask whether words stand on the page at all.
ROLES = ("match", "lacks", "buys")


def known_names(lexicon: Lexicon) -> Names:
    """What a rule may name: the slots that this component fills, and the ids of the lexicon."""
    kinds = {str(kind) for kind in EffectKind} | {"effect", "serious", "subject"}
    types = {subject.type.replace("-", "_") for subject in lexicon.subjects.values()}
    slots = frozenset({*kinds, *_RELATIONS, *_CUES, *types})
    return Names(slots, frozenset(lexicon.subjects), frozenset(lexicon.effects))


class RuleMatcher(TableComponent):
    """Hangs rules on drafts and on the page.

    A rule of weight that meets no draft makes one, where its pack seeds; all other rules are told
    to the judge, and no model sees them.
    """

    file = "rules.json"
    rules: RuleSet

    def load(self, table: Any) -> None:
        self.table = table
        self.rules = RuleSet.from_dict(table["rules"])
        every = self.rules.rules.values()
        self.claim_rules = [rule for rule in every if not rule.match and rule.scope is Scope.CLAIM]
        self.page_rules = [rule for rule in every if rule.scope is Scope.PAGE]
        self._serious = frozenset(table["serious"])
        self._distinct: list[tuple[Any, Any, Any]] = []
        self._patterns: list[tuple[str, str, int]] = []
        self._lifts: dict[str, list[int]] = {}
        numbers: dict[str, int] = {}
        for rule_id, compiled in table["patterns"].items():
            for role in ROLES:
                self._patterns += [(rule_id, role, self._number(pattern, numbers)) for pattern in compiled[role]]
            self._lifts[rule_id] = [self._number(pattern, numbers) for pattern in compiled["unless"]]
        self._levels = _levels([self._distinct[number][1] for _, _, number in self._patterns])

    def _number(self, pattern: Any, numbers: dict[str, int]) -> int:
        """The number of a pattern; rules share theirs, and each is looked for once a sentence."""
        number = numbers.setdefault(repr(pattern), len(self._distinct))
        if number == len(self._distinct):
            self._distinct.append((pattern, needs(pattern), starts(pattern)))
        return number

    def __call__(self, doc: Doc) -> Doc:
        found = reading(doc)
        page: dict[str, dict[str, list[list[int]]]] = {}
        for sentence in found.sentences:
            slots = self._slots(sentence)
            keys = set(found.units[sentence.start : sentence.end])
            keys.update("{" + name + "}" for name in slots)
            tried = self._candidates(keys)
            if tried:
                self._match(found, sentence, slots, keys, tried, page)
        if page:
            doc.user_data[PAGE] = page
        return doc

    def _candidates(self, keys: set[str]) -> list[int]:
        """The patterns all whose needs are met: one bit a pattern, so that many cost little more than few."""
        left = -1
        for bits, free in self._levels:
            met = free
            for key in bits.keys() & keys:
                met |= bits[key]
            left &= met
            if not left:
                return []
        return list(_numbers(left))

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
            if _measured_against(sentence, term):
                continue
            add(term.kind.replace("-", "_"), term)
        for term in sentence.relations:
            add(term.label, term)
        for name in _CUES:
            for term in sentence.cues.get(name, ()):
                add(name, term)
        return slots

    def _match(
        self, found: Reading, sentence: Sentence, slots: Any, keys: set[str], tried: list[int], page: Any
    ) -> None:
        words = [found.words[place].lower() for place in found.at[sentence.start : sentence.end]]
        padded = [""] * sentence.start + words
        looked: dict[int, tuple[int, int] | None] = {}
        silent = sentence.denied or sentence.question

        def look(number: int) -> tuple[int, int] | None:
            if number not in looked:
                pattern, wanted, first = self._distinct[number]
                near = not any(keys.isdisjoint(need) for need in wanted)
                args = (found.units, padded, slots, sentence.start, sentence.end, first)
                looked[number] = search(pattern, *args) if near else None
            return looked[number]

        met: dict[str, Term] = {}
        for item in tried:
            rule_id, role, number = self._patterns[item]
            asserted = role == "match"
            if asserted and (silent or rule_id in met):
                continue
            place = look(number)
            if place is None:
                continue
            if not asserted:
                _told(page, rule_id, role, found, place)
            elif not _negated(sentence, place[0]) and not any(map(look, self._lifts[rule_id])):
                met[rule_id] = Term(*place, rule_id)
        for hit in met.values():
            self._take(found, sentence, hit, page)

    def tell(self, found: Reading, sentence: Sentence, rule: Rule) -> Iterator[str]:
        """What one rule finds in a sentence, pattern by pattern, for people."""
        slots = self._slots(sentence)
        keys = set(found.units[sentence.start : sentence.end]) | {"{" + name + "}" for name in slots}
        words = [found.words[place].lower() for place in found.at]
        if sentence.denied or sentence.question:
            yield "the sentence is denied" if sentence.denied else "the sentence is a question"
        for role, texts in (("match", rule.match), ("unless", rule.unless), ("lacks", rule.page.lacks)):
            for text, pattern in zip(texts, self.table["patterns"][rule.id][role], strict=True):
                place = search(pattern, found.units, words, slots, sentence.start, sentence.end)
                if place:
                    span = " ".join(found.words[found.at[place[0]] : found.at[place[1] - 1] + 1])
                    denied = role == "match" and _negated(sentence, place[0])
                    yield f"{role} {text}: met by {span!r}{', but a negation stands before it' if denied else ''}"
                elif role == "match":
                    yield f"{role} {text}: {_how_far(pattern, keys)}"

    def _take(self, found: Reading, sentence: Sentence, hit: Term, page: Any) -> None:
        rule = self.rules.rules[hit.label]
        if rule.scope is Scope.PAGE:
            _told(page, rule.id, "match", found, (hit.start, hit.end))
        elif rule.seeds:
            self._hang(sentence, hit)
        else:
            sentence.met.append(hit)

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
        for draft in over:
            if not draft.negated or denies_itself(sentence, hit):
                draft.rules.append(rule.id)


def _levels(wanted: list[list[frozenset[str]]]) -> list[tuple[dict[str, int], int]]:
    """For the first need of each pattern, the second, and so on: which patterns a key serves, and which have none."""
    levels = []
    for place in range(max(map(len, wanted), default=1)):
        served: dict[str, list[int]] = {}
        free = []
        for number, parts in enumerate(wanted):
            if place >= len(parts):
                free.append(number)
            else:
                for key in parts[place]:
                    served.setdefault(key, []).append(number)
        levels.append(({key: _bits(numbers) for key, numbers in served.items()}, _bits(free)))
    return levels


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


def _numbers(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def denies_itself(sentence: Sentence, hit: Term) -> bool:
    """Whether a denial stands within a hit.

    "No side effects" is what a rule on safety is about; its "no" is no denial of the rule.
    """
    return any(hit.start <= cue.start < hit.end for cue in sentence.cues.get("negation", ()))


def met_by(sentence: Sentence, draft: Draft) -> list[str]:
    """The ids of the rules that a draft meets by its words.

    A hit on no draft of a sentence stands for all of them.
    """
    ids = list(draft.rules)
    for hit in sentence.met:
        over = [d for d in sentence.drafts if d.start < hit.end and hit.start < d.end]
        mine = any(d is draft for d in over or sentence.drafts)
        if mine and (not draft.negated or denies_itself(sentence, hit)):
            ids.append(hit.label)
    return list(dict.fromkeys(ids))


def _how_far(pattern: Any, keys: set[str]) -> str:
    wanted = needs(pattern)
    lacking = [sorted(need)[:6] for need in wanted if keys.isdisjoint(need)]
    if not lacking:
        return "all its parts are there, but not in this order or this near"
    return f"{len(wanted) - len(lacking)} of {len(wanted)} parts; lacks {' and '.join('|'.join(n) for n in lacking)}"


def _told(page: Any, rule_id: str, role: str, found: Reading, place: tuple[int, int]) -> None:
    """Note where on the page a pattern of a rule is met, in characters."""
    first, last = found.at[place[0]], found.at[max(place[0], place[1] - 1)]
    end = found.offsets[last] + len(found.words[last])
    page.setdefault(rule_id, {}).setdefault(role, []).append([found.offsets[first], end])


def _negated(sentence: Sentence, start: int) -> bool:
    pseudo = sentence.cues.get("pseudo_negation", ())
    for cue in sentence.cues.get("negation", ()):
        if any(p.start <= cue.start < p.end for p in pseudo):
            continue
        if 0 <= start - cue.end <= _NEGATION_MAX:
            return True
    return False


def _measured_against(sentence: Sentence, term: Term) -> bool:
    """Whether a medicine is what a product is compared with, and not what the sentence is about."""
    if term.kind != "medicine":
        return False
    cues = sentence.cues.get("comparative", ())
    return term.label == "placebo" or any(0 <= term.start - cue.end <= _MEASURE_MAX for cue in cues)
