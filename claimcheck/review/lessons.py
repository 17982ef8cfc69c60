"""From settled decisions to labelled pages that a pipeline can be trained on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimcheck.corpus.pages import GoldClaim, GoldSentence, Page
from claimcheck.corpus.wording import words
from claimcheck.review.decisions import NONE, Decision, Settled, Sheet, settle, standing
from claimcheck.terms import ClaimKind, Flag, Grade, Strength, Verdict
from claimcheck.verdict import labelled

# One correction stands against thousands of labelled sentences; see docs/review.md for what was tried.
LOUDNESS = 4.0


def lessons(
    sheets: Iterable[Sheet], decisions: Iterable[Decision], sealed: Iterable[str]
) -> tuple[list[Page], dict[str, float]]:
    """Labelled pages, partly labelled: only sentences with a settled decision stand in them.

    Args:
        sheets: Pages.
        decisions: On claims of these pages.
        sealed: Sentences of the test pages and of the challenge set; a decision on one of them teaches nothing.

    Returns:
        The pages, and the weight of each by its id.
    """
    forbidden = {_bare(text) for text in sealed}
    known = {sheet.id: sheet for sheet in sheets}
    by_page: dict[tuple[str, float], list[Settled]] = defaultdict(list)
    found = standing(decisions)
    # A sentence with a claim of the random twentieth is kept whole for measuring.
    measured = {(key[0], *place(views[0])) for key, views in found.items() if views[0].drawn}
    for views in found.values():
        settled = settle(views)
        if (views[0].page, *place(views[0])) in measured:
            continue
        if settled and _may_teach(settled.decision, known[settled.decision.page], forbidden):
            by_page[settled.decision.page, settled.weight].append(settled)
    pages = []
    weights = {}
    # Pages are weighed as wholes, so that decisions of different weight on one page make two pages of it.
    for (name, weight), group in sorted(by_page.items()):
        page = _page(known[name], f"review:{name}:{weight:g}", [settled.decision for settled in group])
        pages.append(page)
        weights[page.id] = weight * LOUDNESS
    return pages, weights


def agreed(claim: Mapping[str, Any], label: Verdict, fields: Mapping[str, Any]) -> tuple[Grade, Strength, str]:
    """The grade, strength and refinement that lead to the label with the least change to what was judged.

    What a reviewer corrected stays; a grade on file gives way after the strength; where only a refinement leads
    there, it is named.
    """
    strength = Strength(fields.get("strength") or claim["strength"])
    grade = Grade(fields.get("grade") or claim.get("grade") or Grade.C)
    if not fields and label == claim.get("verdict"):
        return grade, strength, _refinement(grade, strength, label)
    price = {"grade": 9.0 if fields.get("grade") else 2.0 if claim.get("grade") else 0.5}
    price["strength"] = 9.0 if fields.get("strength") else 1.0
    options = [
        (_cost(grade, strength, g, s, price), g, s) for g in Grade for s in Strength if labelled(g, s, "") == label
    ]
    cost, best, wording = min(options)
    return (best, wording, "") if cost < 9.0 else (grade, strength, _refinement(grade, strength, label))


def _cost(grade: Grade, strength: Strength, g: Grade, s: Strength, price: Mapping[str, float]) -> float:
    far = abs(list(Grade).index(g) - list(Grade).index(grade))
    wide = abs(list(Strength).index(s) - list(Strength).index(strength))
    return far * price["grade"] + wide * price["strength"]


def _refinement(grade: Grade, strength: Strength, label: Verdict) -> str:
    names = ("", "report", "scope", "serious")
    return next((name for name in names if labelled(grade, strength, name) == label), "")


def place(decision: Decision) -> tuple[int, int]:
    """The sentence of the claim; of a missed one its own words."""
    start, end = decision.claim.get("sentence") or decision.key[1:]
    return start, end


def _bare(text: str) -> str:
    return " ".join(words(text))


def _may_teach(decision: Decision, sheet: Sheet, forbidden: set[str]) -> bool:
    start, end = place(decision)
    return sheet.origin != "test" and _bare(sheet.text[start:end]) not in forbidden


def _page(sheet: Sheet, name: str, decisions: Sequence[Decision]) -> Page:
    sentences: dict[tuple[int, int], list[GoldClaim]] = defaultdict(list)
    for decision in decisions:
        sentences[place(decision)].extend(_gold(decision))
    labelled_ = tuple(
        GoldSentence(start, end, _worst(claims), unsure=False, claims=tuple(sorted(claims, key=lambda c: c.start)))
        for (start, end), claims in sorted(sentences.items())
    )
    return Page(name, "", "", "", sheet.text, sheet.blocks, labelled_)


def _worst(claims: Sequence[GoldClaim]) -> str:
    return str(max((claim.verdict for claim in claims), key=lambda verdict: verdict.rank, default=NONE))


def _gold(decision: Decision) -> list[GoldClaim]:
    if decision.label == NONE:
        return []
    claim, fields = decision.claim, decision.fields
    label = Verdict(decision.label)
    grade, strength, refinement = agreed(claim, label, fields)
    return [
        GoldClaim(
            int(fields.get("start", claim["start"])),
            int(fields.get("end", claim["end"])),
            ClaimKind(fields.get("kind") or claim["kind"]),
            tuple(Flag(flag) for flag in claim.get("flags", ())),
            strength,
            grade,
            fields.get("subject") or claim.get("subject", ""),
            fields.get("effect") or claim.get("effect", ""),
            refinement,
            label,
            unsure=False,
        )
    ]
