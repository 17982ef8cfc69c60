"""How far reviewers agree: Cohen's kappa by pair, Krippendorff's alpha over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from claimcheck.review.decisions import NONE, UNSURE, Decision, standing

ALL = "all"
_COMPARED = ("label", "kind", "strength", "grade")
# Below this alpha Krippendorff (2004, Content Analysis, ch. 11) draws no conclusions at all.
TENTATIVE = 0.667


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure: of a field, in a month or ``all``, for a pair or ``all`` reviewers; None where it is undefined."""

    field: str
    month: str
    who: str
    measure: str
    value: float | None
    claims: int


def agreement(decisions: Iterable[Decision]) -> list[Agreement]:
    """All figures that two or more views of a claim allow, adjudications left out.

    Returns:
        Krippendorff's alpha (nominal) over all reviewers and Cohen's kappa of each pair, for each field, over all
        months and for each.
    """
    shared = [
        [view for view in views if not view.adjudicates and view.label != UNSURE]
        for views in standing(decisions).values()
    ]
    shared = [views for views in shared if len(views) > 1]
    months = sorted({views[-1].at[:7] for views in shared})
    found: list[Agreement] = []
    for month in (ALL, *months):
        inside = [views for views in shared if month in (ALL, views[-1].at[:7])]
        for name in _COMPARED:
            found.extend(_figures(inside, name, month))
    return found


def outliers(decisions: Iterable[Decision], least: int = 10) -> list[tuple[str, float, int]]:
    """Reviewers whose labels meet those of the others worse than chance would excuse.

    Args:
        decisions: Of all.
        least: How many shared claims a reviewer needs to be told of.

    Returns:
        Name, share of shared claims on which the majority of the others said the same, and their number; the worst
        first, only below :data:`TENTATIVE`.
    """
    met: dict[str, list[bool]] = defaultdict(list)
    for views in standing(decisions).values():
        for view in views:
            others = [other.label for other in views if other is not view]
            if others:
                met[view.reviewer].append(view.label == max(sorted(set(others)), key=others.count))
    shares = [(name, float(np.mean(same)), len(same)) for name, same in met.items() if len(same) >= least]
    return sorted((item for item in shares if item[1] < TENTATIVE), key=lambda item: (item[1], item[0]))


def value(decision: Decision, name: str) -> str:
    """What a decision says in a field; what was not corrected is confirmed; empty for a claim that is none."""
    if name == "label":
        return decision.label
    return "" if decision.label == NONE else str(decision.fields.get(name) or decision.claim.get(name) or "")


def _figures(shared: Sequence[Sequence[Decision]], name: str, month: str) -> Iterable[Agreement]:
    rows = [{view.reviewer: value(view, name) for view in views if value(view, name)} for views in shared]
    rows = [row for row in rows if len(row) > 1]
    if not rows:
        return
    yield Agreement(name, month, ALL, "alpha", alpha(rows), len(rows))
    people = sorted({person for row in rows for person in row})
    for one, other in combinations(people, 2):
        pairs = [(row[one], row[other]) for row in rows if one in row and other in row]
        if pairs:
            yield Agreement(name, month, f"{one} and {other}", "kappa", kappa(pairs), len(pairs))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where both gave one and the same label throughout."""
    from claimcheck.classifier.agreement import cohen_kappa

    if len({label for pair in pairs for label in pair}) < 2:
        return None
    return cohen_kappa([a for a, _ in pairs], [b for _, b in pairs])


def alpha(rows: Sequence[dict[str, str]]) -> float | None:
    """Krippendorff's alpha for nominal data; None where only one label was given."""
    import krippendorff

    labels = sorted({label for row in rows for label in row.values()})
    if len(labels) < 2:
        return None
    people = sorted({person for row in rows for person in row})
    table = [[float(labels.index(row[who])) if who in row else np.nan for row in rows] for who in people]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
