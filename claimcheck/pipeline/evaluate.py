"""How good a pipeline is on labelled pages: every step, counted page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from claimcheck.classifier.measure import (
    Array,
    Counts,
    accuracy,
    balanced,
    binned,
    calibration_error,
    class_f1,
    sentence_figures,
    share,
)
from claimcheck.corpus import Page
from claimcheck.corpus.pages import NONE, GoldClaim
from claimcheck.pipeline.labelled import page_doc
from claimcheck.records import Claim
from claimcheck.terms import ClaimKind, Grade, Strength, Verdict

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = (NONE, *map(str, Verdict))
STEPS = {
    "verdict": list(map(str, Verdict)),
    "strength": list(map(str, Strength)),
    "kind": list(map(str, ClaimKind)),
    "grade": list(map(str, Grade)),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled page as the pipeline sees it.

    Attributes:
        page: With its labels.
        said: The label of each of its sentences by the pipeline, the worst verdict among the claims whose middle
            lies in it.
        claims: What was found.
        met: Each labelled claim that was found, with the claim compared to it.
    """

    page: Page
    said: tuple[str, ...]
    claims: tuple[Claim, ...]
    met: tuple[tuple[GoldClaim, Claim], ...]

    @property
    def labelled(self) -> list[GoldClaim]:
        """Every labelled claim."""
        return [claim for sentence in self.page.sentences for claim in sentence.claims]


def judged(nlp: Language, pages: Sequence[Page]) -> list[Judged]:
    """Judge labelled pages and lay what was found beside the labels."""
    docs = nlp.pipe(page_doc(nlp, page) for page in pages)
    return [_judged(page, doc._.claims) for page, doc in zip(pages, docs, strict=True)]


def _judged(page: Page, claims: tuple[Claim, ...]) -> Judged:
    said, met = [], []
    for sentence in page.sentences:
        inside = [c for c in claims if sentence.start <= (c.start + c.end) / 2 < sentence.end]
        said.append(max((str(c.verdict) for c in inside), key=LABELS.index, default=NONE))
        met.extend(_met(sentence.claims, inside))
    return Judged(page, tuple(said), claims, tuple(met))


def _met(gold: Sequence[GoldClaim], said: Sequence[Claim]) -> list[tuple[GoldClaim, Claim]]:
    """Each labelled claim with the found one it overlaps most; of several that it holds whole, with the worst."""
    pairs = []
    for label in gold:
        held = [c for c in said if label.start <= c.start and c.end <= label.end]
        if len(held) > 1:
            pairs.append((label, max(held, key=lambda c: c.verdict.rank)))
            continue
        over = max(said, key=lambda c: _shared(c, label), default=None)
        if over and _shared(over, label) > 0:
            pairs.append((label, over))
    return pairs


def counts(pages: Sequence[Judged]) -> Counts:
    """What :func:`figures` works from, one row a page."""
    rows = [dict(_counts(page)) for page in pages]
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def _counts(page: Judged) -> Iterator[tuple[str, Array]]:
    """Tables of one page: confusions, spans, kinds, linked claims, confidence."""
    yield "label", label_table([s.label for s in page.page.sentences], page.said)
    met = page.met
    for step, words in STEPS.items():
        pairs = [(getattr(gold, step), getattr(claim, step)) for gold, claim in met if getattr(claim, step)]
        yield step, _table(pairs, words)
    yield "span", np.array([_same_spans(page), len(page.labelled), len(page.claims)], dtype=float)
    yield "kinds", by_group(page, [gold.kind for gold in page.labelled], [gold.kind for gold, _ in met], STEPS["kind"])
    linked = sum(bool(claim.grade) for _, claim in met)
    yield "linked", np.array([linked, len(met), len(page.labelled)], dtype=float)
    sure, right = confidence([page])
    yield "bins", binned(sure, right)
    yield "brier", np.array([sum(_brier(gold, claim) for gold, claim in met), len(met)], dtype=float)
    kept = [claim.verdict == gold.verdict for gold, claim in met if not claim.needs_review]
    yield "kept", np.array([sum(kept), len(kept)], dtype=float)


def figures(table: Counts) -> dict[str, Array]:
    """Every figure of a pipeline, from the counts of some pages.

    ``span_f1`` takes a claim for found where the two share at least half of the characters that either has, each
    claim once. Kind, strength, grade and verdict are scored on the labelled claims that a found one overlaps; the grade
    only where an entry answered. ``found_<kind>`` is the share of the labelled claims of a kind that a found one
    overlaps, ``linked_of_all`` the share with a grade on file. ``verdict_ece`` is the expected calibration error
    (Guo et al. 2017), ``verdict_brier`` the squared error over the three verdicts. ``accuracy_if_sure`` is that
    of the verdicts not marked for review, ``sure`` their share.
    """
    hit, gold, said = (table["span"][..., n] for n in range(3))
    linked, met, labelled = (table["linked"][..., n] for n in range(3))
    kinds = table["kinds"]
    return {
        **sentence_figures(table["label"], LABELS),
        "span_f1": balanced(hit, gold, said),
        **{f"{step}_accuracy": accuracy(table[step]) for step in STEPS},
        **{f"{step}_macro_f1": class_f1(table[step]).mean(-1) for step in STEPS},
        **{f"found_{kind}": share(kinds[..., n, 1], kinds[..., n, 0]) for n, kind in enumerate(ClaimKind)},
        "linked": share(linked, met),
        "linked_of_all": share(linked, labelled),
        "verdict_ece": calibration_error(table["bins"]),
        "verdict_brier": share(table["brier"][..., 0], table["brier"][..., 1]),
        "accuracy_if_sure": share(table["kept"][..., 0], table["kept"][..., 1]),
        "sure": share(table["kept"][..., 1], met),
    }


def label_table(gold: Sequence[str], said: Sequence[str]) -> Array:
    """Confusion of the labels of some sentences."""
    return _table(list(zip(gold, said, strict=True)), LABELS)


def by_group(page: Judged, labelled: Sequence[str], met: Sequence[str], groups: Sequence[str]) -> Array:
    """Labelled, found and rightly judged claims of each group.

    Args:
        page: A page.
        labelled: The group of each of its labelled claims.
        met: The group of each of those that were found.
        groups: All groups.
    """
    table = np.zeros((len(groups), 3))
    for group in labelled:
        table[groups.index(group), 0] += 1
    for group, (gold, claim) in zip(met, page.met, strict=True):
        table[groups.index(group), 1:] += 1, claim.verdict == gold.verdict
    return table


def confidence(pages: Sequence[Judged]) -> tuple[Array, Array]:
    """How sure the pipeline is of the verdict on each labelled claim that it found, and whether it is right."""
    pairs = [(claim.confidence, claim.verdict == gold.verdict) for page in pages for gold, claim in page.met]
    table = np.array(pairs, dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _table(pairs: Sequence[tuple[str, str]], names: Sequence[str]) -> Array:
    table = np.zeros((len(names), len(names)))
    for gold, said in pairs:
        table[names.index(gold), names.index(said)] += 1
    return table


def _same_spans(page: Judged) -> int:
    """Labelled claims that have a found one of their own on much the same characters, the closest pairs first."""
    pairs = [
        (_shared(c, g) / _joint(c, g), n, m) for n, g in enumerate(page.labelled) for m, c in enumerate(page.claims)
    ]
    taken: set[tuple[str, int]] = set()
    hits = 0
    for close, n, m in sorted(pairs, reverse=True):
        if close >= 0.5 and not taken & {("gold", n), ("said", m)}:
            taken |= {("gold", n), ("said", m)}
            hits += 1
    return hits


def _shared(claim: Claim, gold: GoldClaim) -> int:
    return min(claim.end, gold.end) - max(claim.start, gold.start)


def _joint(claim: Claim, gold: GoldClaim) -> int:
    return max(claim.end, gold.end) - min(claim.start, gold.start)


def _brier(gold: GoldClaim, claim: Claim) -> float:
    return sum((share - (name == gold.verdict)) ** 2 for name, share in claim.probabilities.items())
