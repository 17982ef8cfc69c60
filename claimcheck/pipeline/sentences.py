"""Sentences of marketing copy: blocks first, then rules.

A general sentence splitter runs headings, bullets and prices into each other; blocks
part those, and within a block full stops do nearly all the rest.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from spacy.tokens import Doc

from claimcheck.articles.text import text_blocks
from claimcheck.pipeline.component import Component
from claimcheck.pipeline.reading import BLOCKS

_STOPS = frozenset({".", "!", "?", "…", "...", "!!", "!!!", "??", "?!", "!?", "....", "⁇"})
_CLOSERS = frozenset("\"'”’)]»*") | {"''", "``"}
_OPENERS = frozenset("\"'“‘([«#@*") | {"``", "''"}
_BULLETS = frozenset("•●▪◦‣✓✔✅☑➤►★☆|")
# Tokens that end in a full stop and still end a sentence when a capital follows.
# What runs on longer than any sentence is cut, so that no input costs more than its length.
_LONGEST = 200
_SYMBOLS, _EMOJI = 0x2190, 0x1F300  # arrows, dingbats and beyond; pictographs
_FINAL = frozenset({"a.m.", "p.m.", "etc.", "inc.", "ltd.", "co.", "corp.", "al."})


class Sentences(Component):
    """Sets ``token.is_sent_start``; blocks come from ``doc.user_data`` or the text's lines."""

    def __call__(self, doc: Doc) -> Doc:
        if BLOCKS not in doc.user_data:
            blocks = text_blocks(doc.text)
            doc.user_data[BLOCKS] = [[b.start, b.end, str(b.kind)] for b in blocks]
        starts = sentence_starts(doc, [block[0] for block in doc.user_data[BLOCKS]])
        flags: Any = np.array(starts, dtype="int64").astype("uint64")
        doc.from_array(["SENT_START"], flags)
        return doc


def tokens(doc: Doc) -> tuple[list[str], list[int]]:
    """The words of a Doc and where each starts in its text, with the end as one more.

    Without a Token object for each, which would cost as much as all the rules.
    """
    orths, spaces = doc.to_array("ORTH").tolist(), doc.to_array("SPACY").tolist()
    strings = doc.vocab.strings
    words = [strings[orth] for orth in orths]
    offsets = [0]
    for word, space in zip(words, spaces, strict=True):
        offsets.append(offsets[-1] + len(word) + space)
    return words, offsets


def sentence_starts(doc: Doc, block_starts: list[int]) -> list[int]:
    """1 for each token that opens a sentence, -1 for the others."""
    words, offsets = tokens(doc)
    starts = [-1] * len(words)
    block, first, ended, after_stop = 0, 0, True, False
    for place, word in enumerate(words):
        if block < len(block_starts) and offsets[place] >= block_starts[block]:
            ended, after_stop = True, False
            while block < len(block_starts) and offsets[place] >= block_starts[block]:
                block += 1
        elif (after_stop and _opens(word)) or word in _BULLETS or place - first >= _LONGEST:
            ended = True
        if ended and not word.isspace():
            starts[place] = 1
            first, ended = place, False
        if word in _STOPS or _stops_inside(word):
            after_stop = True
        elif after_stop and not (word in _CLOSERS or word.isspace()):
            after_stop = False
    if starts and 1 not in starts:
        starts[0] = 1
    return starts


def _opens(word: str) -> bool:
    first = word[0]
    return first.isupper() or first.isdigit() or word in _OPENERS or ord(first) > _SYMBOLS


@lru_cache(maxsize=50_000)
def _stops_inside(word: str) -> bool:
    """Tokens the tokenizer left whole: "a.m.", "now!", an emoji in place of a full stop."""
    if ord(word[0]) >= _EMOJI or word.lower() in _FINAL:
        return True
    return len(word) > 1 and word[-1] in "!?" and word[0].isalpha()
