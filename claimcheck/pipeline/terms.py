"""Finds the lexicon's phrases: subjects, effects, relations and wording cues."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from spacy.tokens import Doc

from claimcheck.phrases import PhraseIndex, is_acronym, longest, units
from claimcheck.pipeline.component import TableComponent
from claimcheck.pipeline.reading import BLOCKS, KEY, Reading, Sentence, Term
from claimcheck.pipeline.sentences import tokens
from claimcheck.terms import BlockKind, EffectKind

_ASSERTS = "!"
_SAFE = "!safe"
_MUTE = ""  # a phrase that only keeps a shorter one within it from being found
_SAFETY_EFFECT = "side-effects"
# A phrase of a harm that speaks of its absence: "non-addictive", "not habit forming", "well tolerated".
_ABSENCE = re.compile(
    r"\b(non\w*|nots?|no|never|isn't|won't|doesn't|safe\w*|tolerated|free|without|zero|harmless|gentle)\b"
)
# What a page sells is rarely a medicine, a habit or a whole class when something else is named.
_SELDOM_MAIN = frozenset({"medicine", "vaccine", "exposure", "class"})


def terms_table(lexicon: Any, cues: dict[str, Any]) -> dict[str, Any]:
    """The table this component works from.

    Args:
        lexicon: A :class:`~claimcheck.evidence.Lexicon`.
        cues: ``data/lexicon/cues.yaml`` as it was read.

    Returns:
        Plain data: one phrase index a layer, and the kinds of what they point to.
    """
    subjects = ((name, s.id) for s in lexicon.subjects.values() for name in (s.name, *s.names))
    effects = (
        *((name, e.id) for e in lexicon.effects.values() for name in (e.name, *e.names)),
        *((phrase, e.id + _how(e, phrase)) for e in lexicon.effects.values() for phrase in e.phrases),
        *((phrase, _SAFETY_EFFECT + _SAFE) for phrase in cues["safety"]),
        *((phrase, _MUTE) for phrase in cues["mute"]),
    )
    relations = ((phrase, key) for key, phrases in cues["relations"].items() for phrase in phrases)
    context = ((phrase, key) for key, phrases in cues["context"].items() for phrase in phrases)
    return {
        "subjects": PhraseIndex(subjects).to_dict(),
        "effects": PhraseIndex(effects).to_dict(),
        "relations": PhraseIndex(relations).to_dict(),
        "cues": PhraseIndex(context).to_dict(),
        "types": {s.id: s.type for s in lexicon.subjects.values()},
        "kinds": {e.id: str(e.kind) for e in lexicon.effects.values()},
    }


def _how(effect: Any, phrase: str) -> str:
    return _SAFE if effect.kind == EffectKind.HARM and _ABSENCE.search(phrase) else _ASSERTS


class Terms(TableComponent):
    """Starts the reading of a Doc: units, sentences, and the terms in each."""

    file = "phrases.json"

    def load(self, table: Any) -> None:
        self.table = table
        self._layers = {
            layer: PhraseIndex.from_dict(table[layer]) for layer in ("subjects", "effects", "relations", "cues")
        }

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset().union(*(layer.vocabulary() for layer in self._layers.values()))

    def knows(self, word: str) -> bool:
        """Whether a word is part of any phrase."""
        found = units(word)
        return len(found) == 1 and found[0] in self._vocabulary

    def __call__(self, doc: Doc) -> Doc:
        words, offsets = tokens(doc)
        flat, at, acronyms = self._flatten(words)
        found = Reading(flat, at, acronyms, words, offsets, _sentences(doc, at, words))
        doc.user_data[KEY] = found
        starts = [sentence.start for sentence in found.sentences]
        if starts:
            self._find(found, starts)
            found.salience = _salience(found)
            _measure_stance(found)
        return doc

    def _flatten(self, words: list[str]) -> tuple[list[str], list[int], list[str]]:
        flat: list[str] = []
        at: list[int] = []
        acronyms: list[str] = []
        for place, word in enumerate(words):
            for unit in units(word):
                flat.append(unit)
                at.append(place)
                acronyms.append(word if is_acronym(word) else "")
        return flat, at, acronyms

    def _find(self, found: Reading, starts: list[int]) -> None:
        words = (found.units, found.acronyms)

        def homes(matches: Iterable[tuple[int, int, str]]) -> Iterator[tuple[Sentence, int, int, str]]:
            """Matches with the sentence each lies in; those across a border are none."""
            for start, end, label in matches:
                sentence = found.sentences[bisect_right(starts, start) - 1]
                if label != _MUTE and sentence.start <= start and end <= sentence.end:
                    yield sentence, start, end, label

        subjects = longest(self._layers["subjects"].all(*words))
        every = list(self._layers["effects"].all(*words))
        effects = longest(every)
        for sentence, start, end, label in homes(_outside(subjects, effects)):
            sentence.subjects.append(Term(start, end, label, self.table["types"][label]))
        for sentence, start, end, label in homes(_outside(effects, subjects, ties=True)):
            sentence.effects.append(self._effect(start, end, label))
        for sentence, start, end, label in homes(every):
            sentence.nested.append(self._effect(start, end, label))
        for sentence, start, end, label in homes(longest(self._layers["relations"].all(*words))):
            sentence.relations.append(Term(start, end, label))
        for sentence, start, end, label in homes(self._layers["cues"].all(*words)):
            sentence.cues.setdefault(label, []).append(Term(start, end, label))

    def _effect(self, start: int, end: int, label: str) -> Term:
        effect, asserts, how = label.partition(_ASSERTS)
        kind = "safety" if how else self.table["kinds"][effect]
        return Term(start, end, effect, kind, bool(asserts))


def _salience(found: Reading) -> dict[str, float]:
    """How much a page is about each subject: its mentions as a share of those of the subject named most.

    Headings and the first sentences count threefold; in the order in which they are first named.
    """
    counts: Counter[str] = Counter()
    for number, sentence in enumerate(found.sentences):
        weight = 3 if number < 3 or sentence.block is BlockKind.HEADING else 1
        for term in sentence.subjects:
            counts[term.label] += weight * (1 if term.kind in _SELDOM_MAIN else 10)
    most = max(counts.values(), default=1)
    return {label: count / most for label, count in counts.items()}


def _outside(
    terms: list[tuple[int, int, str]], others: list[tuple[int, int, str]], ties: bool = False
) -> Iterable[tuple[int, int, str]]:
    """Terms that lie within no longer term of the other layer ("collagen" in "collagen synthesis")."""
    cover: dict[int, int] = {}
    for start, end, _ in others:
        for place in range(start, end):
            cover[place] = max(cover.get(place, 0), end - start)
    for start, end, label in terms:
        rival = max((cover.get(place, 0) for place in range(start, end)), default=0)
        if rival < end - start or (ties and rival == end - start) or (not ties and rival == 0):
            yield start, end, label


def _sentences(doc: Doc, at: list[int], words: list[str]) -> list[Sentence]:
    """The Doc's sentences with their units and the kind of their block."""
    blocks = doc.user_data.get(BLOCKS, [])
    starts = [block[0] for block in blocks]
    found = []
    unit = 0
    seen = -1
    for span in doc.sents:
        first = unit
        while unit < len(at) and at[unit] < span.end:
            unit += 1
        place = bisect_right(starts, span.start_char) - 1
        # A bullet stands before its block; the first sentence after it belongs to the block.
        if place + 1 < len(blocks) and blocks[place + 1][0] < span.end_char:
            place += 1
        kind = BlockKind(blocks[place][2]) if place >= 0 else BlockKind.PARAGRAPH
        question = any(word.startswith("?") for word in words[max(span.start, span.end - 3) : span.end])
        found.append(Sentence(span.start, span.end, first, unit, kind, place != seen, question))
        seen = place
    return found


def _measure_stance(found: Reading) -> None:
    """How much a page sells and how much it informs, as cues a sentence."""
    size = len(found.sentences)
    found.sells = sum(bool(s.cues.get("sells")) for s in found.sentences) / size
    found.informs = sum(bool(s.cues.get("informs")) for s in found.sentences) / size
