"""How much of what is in the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from claimcheck.corpus.pages import NONE
from claimcheck.corpus.rows import SPLITS, Row
from claimcheck.corpus.wording import distinct_bigrams
from claimcheck.terms import ClaimKind, Grade, Strength, Verdict


def stats(rows: Sequence[Row]) -> dict[str, Any]:
    """Count a corpus.

    Args:
        rows: Rows that follow the schema.

    Returns:
        ``splits`` (pages, sentences and claims of each), ``genres`` and ``topics`` (pages of each, the most frequent
        first), ``labels`` (share of the sentences), ``grades`` (claims by grade, then strength), ``kinds`` and
        ``strengths`` (share of the claims), ``unsure`` (share of sentences and of claims), ``distinct_bigrams`` (per
        word).
    """
    claims = [claim for row in rows for claim in row.data["claims"]]
    pages = {row.page: row.data for row in rows}.values()
    cells = Counter((claim["grade"], claim["strength"]) for claim in claims)
    return {
        "splits": {split: _size([row for row in rows if row.split == split]) for split in SPLITS}
        | {"all": _size(rows)},
        "genres": _ranked(page["genre"] for page in pages),
        "topics": _ranked(page["topic"] for page in pages),
        "labels": _shares((row.data["label"] for row in rows), (NONE, *Verdict)),
        "grades": {str(grade): {str(s): cells[grade, s] for s in Strength} for grade in Grade},
        "kinds": _shares((claim["kind"] for claim in claims), ClaimKind),
        "strengths": _shares((claim["strength"] for claim in claims), Strength),
        "unsure": {
            "sentences": _share(row.data["unsure"] for row in rows),
            "claims": _share(claim["unsure"] for claim in claims),
        },
        "distinct_bigrams": round(distinct_bigrams(row.text for row in rows), 4),
    }


def _size(rows: Sequence[Row]) -> dict[str, int]:
    return {
        "pages": len({row.page for row in rows}),
        "sentences": len(rows),
        "claims": sum(len(row.data["claims"]) for row in rows),
    }


def _ranked(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _shares(values: Iterable[str], names: Iterable[str]) -> dict[str, float]:
    counts = Counter(values)
    total = max(sum(counts.values()), 1)
    return {str(name): round(counts[name] / total, 4) for name in names}


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return round(sum(found) / max(len(found), 1), 4)
