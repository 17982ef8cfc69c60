"""How alike and how varied sentences are: word 5-grams, frames, bigrams."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_GRAM = 5
_MASK = "_"
_FRAME_MIN = 6
_FUNCTION_WORDS = frozenset(
    (
        "a about above across after again against ago all almost along already also although always am among an and "
        "another any anyone anything are aren't around as at away back be because been before behind being below "
        "beside besides between beyond both but by can can't cannot could couldn't did didn't do does doesn't doing "
        "don't done down during each either else enough even ever every everyone everything few for from further had "
        "hadn't has hasn't have haven't having he her here hers herself him himself his how however i i'd i'll i'm "
        "i've if in instead into is isn't it it's its itself just least less like many may maybe me might mine more "
        "most much must my myself near neither never no nobody none nor not nothing now of off often on once one only "
        "onto or other others our ours ourselves out over own per perhaps quite rather same shall she should "
        "shouldn't since so some someone something sometimes soon still such than that that's the their theirs them "
        "themselves then there there's these they they're this those though through throughout thus to together too "
        "toward towards under unless until up upon us very was wasn't we we're we've well were weren't what whatever "
        "when where whether which while who whoever whom whose why will with within without won't would wouldn't yet "
        "you you'll you're you've your yours yourself"
    ).split()
)


def words(text: str) -> list[str]:
    """The words of a sentence in lower case, without punctuation."""
    return _WORD.findall(text.lower().replace("’", "'"))


def frame(text: str) -> str:
    """The sentence with its content words masked.

    Returns:
        Empty for a sentence of fewer than six words or without a function word, which has no frame.

    >>> frame("Garlic may help with colds and flu.")
    '_ may _ with _ and _'
    """
    found = words(text)
    masked = [word if word in _FUNCTION_WORDS else _MASK for word in found]
    return " ".join(masked) if len(found) >= _FRAME_MIN and set(masked) != {_MASK} else ""


def alike(texts: Sequence[str], homes: Sequence[str], most: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of sentences in different homes that have more than a share of their word 5-grams in common.

    Args:
        texts: Sentences; those of fewer than five words have no 5-gram and are like no other.
        homes: The page of each; two sentences of one page are not compared.
        most: The largest share allowed, of the 5-grams of the sentence that has more of them.

    Yields:
        Two places in ``texts``, the earlier first, and the share.
    """
    bags = [{tuple(found[i : i + _GRAM]) for i in range(len(found) - _GRAM + 1)} for found in map(words, texts)]
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, bag in enumerate(bags):
        common = Counter(other for gram in bag for other in index[gram] if homes[other] != homes[place])
        for other, count in sorted(common.items()):
            share = count / max(len(bag), len(bags[other]))
            if share > most:
                yield other, place, share
        for gram in bag:
            index[gram].append(place)


def distinct_bigrams(texts: Iterable[str]) -> float:
    """Distinct pairs of neighbouring words per word, pairs within a sentence only; 0 where there is no word."""
    found: set[tuple[str, str]] = set()
    count = 0
    for text in texts:
        tokens = words(text)
        count += len(tokens)
        found.update(pairwise(tokens))
    return len(found) / count if count else 0.0
