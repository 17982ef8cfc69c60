"""Claims that say almost the same: MinHash over the words of their sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.store import Store
from claimcheck.store.claims import Signed, set_families, sign, signatures, unsigned

if TYPE_CHECKING:
    from datasketch import MinHash

# How signatures are made; a store keeps them, so that a change needs a migration.
_PERMUTATIONS, _SCHEME = 128, "affine32"
# Sentences that share three fifths of their word pairs and claim in the same words: in a line of twelve words another
# product's name leaves two thirds.
_SIMILAR = 0.6
_WORD = re.compile(r"\w+")


def group(store: Store) -> None:
    """Bring the families of all claims in the store up to date.

    A family is all claims of the same words in like sentences, whatever the order in which they came, and is named by
    its member with the lowest fingerprint, so that the same claims form the same families in any store.
    """
    with store.writing() as session:
        sign(session, [(number, _sign(sentence)) for number, sentence in unsigned(session)])
        rows = signatures(session)
        found = _tied(rows)
        old = {row.id: row.family for row in rows}
        set_families(session, {number: family for number, family in found.items() if old[number] != family})


def shingles(sentence: str) -> set[str]:
    """Pairs of neighbouring words, in lower case."""
    words = [word.lower() for word in _WORD.findall(sentence)]
    return {" ".join(words[place : place + 2]) for place in range(max(len(words) - 1, 1))}


def _sign(sentence: str) -> bytes:
    from datasketch import MinHash

    made = MinHash(num_perm=_PERMUTATIONS, seed=1, scheme=_SCHEME)
    made.update_batch([pair.encode() for pair in sorted(shingles(sentence))])
    values: bytes = made.hashvalues.astype("<u4").tobytes()
    return values


def _tied(rows: list[Signed]) -> dict[int, int]:
    """The first of its family for each claim; the rows are in the order in which families are named."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=_SIMILAR, num_perm=_PERMUTATIONS)
    parent = list(range(len(rows)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    hashes = [_minhash(row.signature) for row in rows]
    quotes = [row.quote.casefold() for row in rows]
    for place, made in enumerate(hashes):
        for other in index.query(made):
            # One sentence can make several claims; they are no family.
            if quotes[place] == quotes[other] and made.jaccard(hashes[other]) >= _SIMILAR:
                first, second = sorted((root(place), root(other)))
                parent[second] = first
        index.insert(place, made)
    return {row.id: rows[root(place)].id for place, row in enumerate(rows)}


def _minhash(made: bytes) -> MinHash:
    import numpy as np
    from datasketch import MinHash

    values = np.frombuffer(made, dtype="<u4")
    return MinHash(num_perm=_PERMUTATIONS, seed=1, scheme=_SCHEME, hashvalues=values)
