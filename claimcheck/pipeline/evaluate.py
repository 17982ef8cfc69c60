"""How good a pipeline is on labelled pages, sentence by sentence and step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from claimcheck.corpus import Page
from claimcheck.corpus.pages import NONE, GoldClaim
from claimcheck.pipeline.build import page_doc
from claimcheck.records import Claim
from claimcheck.terms import Verdict

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = (NONE, *map(str, Verdict))
_BINS = 10


def evaluate(nlp: Language, pages: Sequence[Page]) -> dict[str, float | int]:
    """Score a pipeline.

    A sentence's predicted label is the worst verdict among the claims whose middle lies in
    it. Strength, grade and kind are scored on the claims that overlap a labelled one; the grade
    only where an entry answered; ``linked_of_all`` is the share of all labelled claims for which a claim
    with a grade on file was found. ``verdict_ece`` is the expected calibration error of the
    verdict over ten equal bins (Guo et al. 2017).

    Returns:
        Names and figures: counts, then shares and F1 scores between 0 and 1.
    """
    gold: list[str] = []
    said: list[str] = []
    met: list[tuple[GoldClaim, Claim]] = []
    for page, doc in zip(pages, nlp.pipe(page_doc(nlp, page) for page in pages), strict=True):
        claims = doc._.claims
        for sentence in page.sentences:
            inside = [c for c in claims if sentence.start <= (c.start + c.end) / 2 < sentence.end]
            gold.append(sentence.label)
            said.append(max((str(c.verdict) for c in inside), key=LABELS.index, default=NONE))
            met.extend(_met(sentence.claims, inside))
    return {
        "pages": len(pages),
        "sentences": len(gold),
        "claims_met": len(met),
        **_sentence_scores(gold, said),
        **_claim_scores(met, sum(len(sentence.claims) for page in pages for sentence in page.sentences)),
    }


def f1(gold: Sequence[str], said: Sequence[str], positive: set[str]) -> float:
    """F1 of ``said in positive`` against ``gold in positive``; 0 where neither occurs."""
    hit = sum(g in positive and s in positive for g, s in zip(gold, said, strict=True))
    total = sum(g in positive for g in gold) + sum(s in positive for s in said)
    return 2 * hit / total if total else 0.0


def _sentence_scores(gold: list[str], said: list[str]) -> dict[str, float]:
    both = [(g, s) for g, s in zip(gold, said, strict=True) if NONE not in (g, s)]
    true, said_too = [g for g, _ in both], [s for _, s in both]
    return {
        "macro4": float(np.mean([f1(gold, said, {label}) for label in LABELS])),
        "claim_f1": f1(gold, said, set(LABELS[1:])),
        "flag_f1": f1(gold, said, {"overstated", "unsupported"}),
        "verdict_macro3": float(np.mean([f1(true, said_too, {label}) for label in LABELS[1:]])),
        **{f"f1_{label}": f1(gold, said, {label}) for label in LABELS},
    }


def _met(gold: Sequence[GoldClaim], said: Sequence[Claim]) -> list[tuple[GoldClaim, Claim]]:
    """Each labelled claim with the found one it overlaps most; of several that it holds whole, with the worst."""
    pairs = []
    for label in gold:
        held = [c for c in said if label.start <= c.start and c.end <= label.end]
        if len(held) > 1:
            pairs.append((label, max(held, key=lambda c: c.verdict.rank)))
            continue
        over = max(said, key=lambda c: min(c.end, label.end) - max(c.start, label.start), default=None)
        if over and min(over.end, label.end) > max(over.start, label.start):
            pairs.append((label, over))
    return pairs


def _claim_scores(met: list[tuple[GoldClaim, Claim]], labelled: int) -> dict[str, float]:
    if not met:
        return {}
    graded = [(g, c) for g, c in met if c.grade]
    right = np.array([c.verdict == g.verdict for g, c in met])
    sure = np.array([c.confidence for _, c in met])
    return {
        "kind_accuracy": _share(c.kind == g.kind for g, c in met),
        "strength_accuracy": _share(c.strength == g.strength for g, c in met),
        "linked": len(graded) / len(met),
        "linked_of_all": len(graded) / labelled,
        "grade_accuracy_if_linked": _share(c.grade == g.grade for g, c in graded),
        "verdict_accuracy": float(right.mean()),
        "verdict_ece": calibration_error(sure, right),
    }


def calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Mean gap between confidence and accuracy over equal bins, weighed by their size."""
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)]
    return float(sum(gaps))


def _share(values: object) -> float:
    return float(np.mean(list(values))) if values else 0.0  # type: ignore[call-overload]
