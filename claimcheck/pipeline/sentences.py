"""Sentences of marketing copy: blocks first, then rules.

A general sentence splitter runs headings, bullets and prices into each other; blocks
part those, and within a block full stops do nearly all the rest.
"""

from __future__ import annotations

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
_FINAL = frozenset({"a.m.", "p.m.", "etc.", "inc.", "ltd.", "co.", "corp.", "al."})


class Sentences(Component):
    """Sets ``token.is_sent_start``; blocks come from ``doc.user_data`` or the text's lines."""

    def __call__(self, doc: Doc) -> Doc:
        if BLOCKS not in doc.user_data:
            blocks = text_blocks(doc.text)
            doc.user_data[BLOCKS] = [[b.start, b.end, str(b.kind)] for b in blocks]
        starts = sentence_starts(doc, [block[0] for block in doc.user_data[BLOCKS]])
        doc.from_array(["SENT_START"], np.array(starts, dtype="int64").astype("uint64"))
        return doc


def sentence_starts(doc: Doc, block_starts: list[int]) -> list[int]:
    """1 for each token that opens a sentence, -1 for the others."""
    words = [token.text for token in doc]
    starts = [-1] * len(words)
    offset, block, ended = 0, 0, True
    after_stop = False
    for place, (word, token) in enumerate(zip(words, doc, strict=True)):
        if block < len(block_starts) and offset >= block_starts[block]:
            ended, after_stop = True, False
            while block < len(block_starts) and offset >= block_starts[block]:
                block += 1
        elif after_stop and _opens(word, token):
            ended = True
        elif word in _BULLETS and not ended:
            ended = True
        if ended and not word.isspace():
            starts[place] = 1
            ended = False
        if word in _STOPS or _stops_inside(word):
            after_stop = True
        elif not (after_stop and (word in _CLOSERS or word.isspace())):
            after_stop = False
        offset += len(word) + len(token.whitespace_)
    if starts and 1 not in starts:
        starts[0] = 1
    return starts


def _opens(word: str, token: object) -> bool:
    first = word[0]
    return first.isupper() or first.isdigit() or word in _OPENERS or ord(first) > 0x2190


def _stops_inside(word: str) -> bool:
    """Tokens the tokenizer left whole: "a.m.", "day.Then", an emoji in place of a full stop."""
    lower = word.lower()
    return lower in _FINAL or (len(word) > 1 and word[-1] in "!?" and word[0].isalpha()) or ord(word[0]) >= 0x1F300
