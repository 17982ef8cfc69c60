"""What reviewers said of claims, and what stands of it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimcheck.corpus.rows import read_lines
from claimcheck.errors import DataError
from claimcheck.records import Block
from claimcheck.terms import BlockKind, Verdict

NONE, UNSURE = "none", "unsure"
LABELS = (*map(str, Verdict), NONE, UNSURE)
FIELDS = ("kind", "strength", "grade", "subject", "effect", "start", "end")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it lies before the reviewers; ``origin`` says where it came from (``scan``, ``train``, ``test``...)."""

    id: str
    source: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    origin: str = "scan"


@dataclass(frozen=True, slots=True)
class Decision:
    """One saying of one reviewer; it is never changed.

    Attributes:
        id: Grows with time.
        page: Of the :class:`Sheet`.
        claim: The claim as the pipeline reported it, or as a reviewer marked it (``missed``).
        label: One of :data:`LABELS`; empty where it takes another back.
        reviewer: Name of the account.
        at: ISO 8601, UTC.
        pipeline: What had judged.
        fields: Corrections, keys of :data:`FIELDS`.
        note: Free text.
        undoes: Id of the decision that it takes back, 0 for none.
        adjudicates: It settles a conflict.
        missed: The pipeline had not found the claim.
        drawn: The claim came by the random twentieth.
    """

    id: int
    page: str
    claim: Mapping[str, Any]
    label: str
    reviewer: str
    at: str
    pipeline: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    undoes: int = 0
    adjudicates: bool = False
    missed: bool = False
    drawn: bool = False

    @property
    def key(self) -> tuple[str, int, int]:
        """The claim it is about."""
        return self.page, self.claim["start"], self.claim["end"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What stands of the decisions on one claim; ``weight`` grows with those who agree."""

    decision: Decision
    weight: float
    views: tuple[Decision, ...]


def standing(decisions: Iterable[Decision]) -> dict[tuple[str, int, int], list[Decision]]:
    """The latest decision of each reviewer on each claim, those taken back left out, oldest first."""
    ordered = sorted(decisions, key=lambda decision: decision.id)
    gone = {decision.undoes for decision in ordered if decision.undoes}
    latest: dict[tuple[str, int, int], dict[str, Decision]] = defaultdict(dict)
    for decision in ordered:
        if decision.label and decision.id not in gone:
            views = latest[decision.key]
            views.pop(decision.reviewer, None)
            views[decision.reviewer] = decision
    return {key: list(views.values()) for key, views in latest.items()}


def settle(views: Sequence[Decision]) -> Settled | None:
    """What stands of the views on one claim.

    The latest adjudication wins with weight 3; else the label that most gave, weight 1 and a half more for each
    who agrees; a tie and an unsure label settle nothing.

    Returns:
        None where nothing stands.
    """
    adjudged = [view for view in views if view.adjudicates]
    if adjudged:
        return Settled(adjudged[-1], 3.0, tuple(views)) if adjudged[-1].label != UNSURE else None
    counts = Counter(view.label for view in views if view.label != UNSURE)
    best = counts.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    label, count = best[0]
    chosen = [view for view in views if view.label == label][-1]
    return Settled(chosen, 1.0 + (count - 1) / 2, tuple(views))


def conflicts(decisions: Iterable[Decision]) -> list[list[Decision]]:
    """Claims on which reviewers differ and no adjudication stands."""
    found = []
    for views in standing(decisions).values():
        sure = {view.label for view in views if view.label != UNSURE}
        if len(sure) > 1 and not any(view.adjudicates for view in views):
            found.append(views)
    return found


def write(path: Path, sheets: Iterable[Sheet], decisions: Iterable[Decision]) -> None:
    """Write pages and decisions as JSON lines: all that a retraining needs."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines(sheets, decisions))


def lines(sheets: Iterable[Sheet], decisions: Iterable[Decision]) -> Iterable[str]:
    """The lines of :func:`write`, pages first."""
    for sheet in sorted(sheets, key=lambda sheet: sheet.id):
        yield json.dumps({"page": _plain(sheet)}, ensure_ascii=False, sort_keys=True)
    for decision in sorted(decisions, key=lambda decision: decision.id):
        yield json.dumps({"decision": _plain(decision)}, ensure_ascii=False, sort_keys=True)


def read(path: Path) -> tuple[list[Sheet], list[Decision]]:
    """Read what :func:`write` wrote.

    Raises:
        DataError: a line is neither, or a decision is on a page that is not there.
    """
    sheets: dict[str, Sheet] = {}
    decisions = []
    for line, data in read_lines(path):
        try:
            if "page" in data:
                sheet = _sheet(data["page"])
                sheets[sheet.id] = sheet
            else:
                decisions.append(Decision(**data["decision"]))
                problem = _problem(decisions[-1], sheets)
                if problem:
                    raise DataError(path, line, problem)
        except (KeyError, TypeError, ValueError) as error:
            advice = "Write such a file by `claimcheck review export`."
            raise DataError(path, line, f"is no page and no decision ({error}). {advice}") from error
    return list(sheets.values()), decisions


def _problem(decision: Decision, sheets: Mapping[str, Sheet]) -> str:
    if decision.page not in sheets:
        return f"decision {decision.id} is on page {decision.page!r}, which does not come before it."
    if decision.label not in ("", *LABELS):
        return f"decision {decision.id} has label {decision.label!r}. Use one of: {', '.join(LABELS)}."
    if not 0 <= decision.claim["start"] < decision.claim["end"] <= len(sheets[decision.page].text):
        return f"decision {decision.id} is on no span of its page."
    return ""


def _plain(record: Sheet | Decision) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(record)


def _sheet(data: Mapping[str, Any]) -> Sheet:
    blocks = tuple(Block(block["start"], block["end"], BlockKind(block["kind"])) for block in data["blocks"])
    return Sheet(**{**data, "blocks": blocks})
