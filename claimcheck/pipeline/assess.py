"""The whole account of a pipeline on labelled pages: figures, confusions, calibration, slices, baselines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from claimcheck.classifier.baselines import by_keywords, by_words
from claimcheck.classifier.measure import Array, Counts, coverage, plain, sentence_figures, share, spread
from claimcheck.corpus import Page
from claimcheck.pipeline.evaluate import (
    LABELS,
    STEPS,
    Judged,
    by_group,
    confidence,
    counts,
    figures,
    judged,
    label_table,
)

if TYPE_CHECKING:
    from spacy.language import Language

_SEEN = ("seen", "unseen")


def assess(nlp: Language, pages: Sequence[Page], train: Sequence[Page]) -> dict[str, Any]:
    """Score a pipeline from every side.

    Args:
        nlp: A pipeline.
        pages: Labelled pages to score it on.
        train: The labelled pages it was trained on; the baselines learn from them, and a subject that is claimed
            for there counts as seen.

    Returns:
        Plain data: ``pages``, ``sentences``, ``claims`` and ``met``; ``scores`` (as
        :func:`~claimcheck.pipeline.evaluate.figures` describes, each with its interval); ``baselines``; ``confusion``
        tables by step, labelled by row; ``bins`` of confidence (claims, their confidence, the share right);
        ``coverage``; ``slices`` by ``genre``, ``kind`` and ``subject``.
    """
    found = judged(nlp, pages)
    table = counts(found)
    whole = {name: rows.sum(axis=0) for name, rows in table.items()}
    return {
        "pages": len(pages),
        "sentences": int(whole["label"].sum()),
        "claims": int(whole["linked"][2]),
        "met": int(whole["linked"][1]),
        "scores": spread(table, figures),
        "baselines": _baselines(pages, train),
        "confusion": {
            step: {"names": names, "counts": plain(whole[step])}
            for step, names in {"label": list(LABELS), **STEPS}.items()
        },
        "bins": _bins(whole["bins"]),
        "coverage": coverage(*confidence(found)),
        "slices": {
            "genre": _by_genre(found),
            "kind": _by_kind(found),
            "subject": _by_subject(found, {_plain(c.subject) for p in train for s in p.sentences for c in s.claims}),
        },
    }


def _baselines(pages: Sequence[Page], train: Sequence[Page]) -> dict[str, Any]:
    learn, labels = _texts(train), [s.label for page in train for s in page.sentences]
    texts = _texts(pages)
    said = {"keywords": by_keywords(texts), "words": by_words(texts, learn, labels)}
    return {name: spread({"label": _paged(pages, labels)}, _sentences) for name, labels in said.items()}


def _texts(pages: Iterable[Page]) -> list[str]:
    return [page.text[s.start : s.end] for page in pages for s in page.sentences]


def _paged(pages: Sequence[Page], said: list[str]) -> Array:
    left = iter(said)
    return np.stack([label_table([s.label for s in p.sentences], [next(left) for _ in p.sentences]) for p in pages])


def _sentences(table: Counts) -> dict[str, Array]:
    return sentence_figures(table["label"], LABELS)


def _bins(table: Array) -> list[dict[str, float]]:
    return [
        {"claims": int(size), "confidence": float(sure / size), "accuracy": float(right / size)}
        for size, sure, right in table
        if size
    ]


def _by_genre(found: Sequence[Judged]) -> dict[str, Any]:
    names = ("macro4", "claim_f1", "flag_f1", "verdict_accuracy")
    slices = {}
    for genre in sorted({item.page.genre for item in found}):
        inside = [item for item in found if item.page.genre == genre]
        scores = spread(counts(inside), figures)
        slices[genre] = {"pages": len(inside), **{name: scores[name] for name in names}}
    return slices


def _by_kind(found: Sequence[Judged]) -> dict[str, Any]:
    return _claims_by(found, STEPS["kind"], lambda claim: str(claim.kind))


def _by_subject(found: Sequence[Judged], known: set[str]) -> dict[str, Any]:
    return _claims_by(found, _SEEN, lambda claim: _SEEN[_plain(claim.subject) not in known])


def _plain(subject: str) -> str:
    return subject.strip().lower()


def _claims_by(found: Sequence[Judged], groups: Sequence[str], group: Callable[[Any], str]) -> dict[str, Any]:
    """Share of labelled claims found, and of the found rightly judged, in each group."""
    table = np.stack([by_group(i, [group(c) for c in i.labelled], [group(c) for c, _ in i.met], groups) for i in found])
    return {
        str(name): {
            "claims": int(table[:, number, 0].sum()),
            **spread({"group": table[:, number]}, _group_figures),
        }
        for number, name in enumerate(groups)
    }


def _group_figures(table: Counts) -> dict[str, Array]:
    labelled, met, right = (table["group"][..., n] for n in range(3))
    return {"found": share(met, labelled), "verdict_accuracy": share(right, met)}
