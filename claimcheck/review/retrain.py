"""From decisions to a new pipeline, and the proof that it learned and lost nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.corpus import Page, load_pages
from claimcheck.corpus.pages import NONE, GoldSentence
from claimcheck.corpus.rows import read_lines
from claimcheck.errors import UsageError
from claimcheck.pipeline.build import ENCODER, build
from claimcheck.pipeline.doubts import Doubt, doubts
from claimcheck.pipeline.in_use import content_hash
from claimcheck.pipeline.run import load
from claimcheck.pipeline.sides import Turn, judged, sentence_page, sides, turns, worst
from claimcheck.review import decisions as written
from claimcheck.review.decisions import UNSURE, Decision, Settled, Sheet, settle, standing
from claimcheck.review.gate import Judged, Line, refused, table
from claimcheck.review.lessons import LOUDNESS, lessons

if TYPE_CHECKING:
    from spacy.language import Language

DECISIONS, RECORD = "decisions.jsonl", "retraining.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a retraining gave.

    Attributes:
        lines: Both pipelines on the sealed test pages, the challenge set and the random twentieth.
        refusals: The lines for which the gate refuses it; empty lets it pass.
        turns: Stored verdicts that would flip.
        corrections: Settled decisions that differ from the pipeline in use, of those it was trained on.
        learned: How many of them the new pipeline judges as decided.
        contested: Claims on which most of three or more, or an adjudicator, go against a labelled page.
        doubts: Labels that are likely wrong.
    """

    lines: list[Line]
    refusals: list[Line]
    turns: list[Turn]
    corrections: int
    learned: int
    contested: list[str]
    doubts: list[Doubt]

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            **asdict(self),
            "turns": [turn._asdict() for turn in self.turns],
            "doubts": [doubt._asdict() for doubt in self.doubts],
        }


def retrain(data: Path, used: Path, output: Path, sheets: Sequence[Sheet], made: Sequence[Decision]) -> Outcome:
    """Build a pipeline from the corpus and the decisions, and compare it with the one in use.

    Args:
        data: The data folder.
        used: The pipeline in use.
        output: Folder of the new one; holds its recorded inputs as well (:data:`DECISIONS`, :data:`RECORD`).
        sheets: The pages that decisions are about, and whatever else shall be looked at for flips.
        made: All decisions.

    Raises:
        UsageError: the output exists, or no decision teaches anything.
    """
    if output.exists():
        raise UsageError(f"{output}: exists. Name a new folder; the pipelines before stay as they are.")
    pages, weights = lessons(sheets, made, sealed(data))
    if not pages:
        raise UsageError("no settled decision that may teach. Decide claims by `claimcheck review serve` first.")
    encoder = used / ENCODER
    new = build(data, output, pages, weights, encoder if encoder.is_dir() else None)
    written.write(output / DECISIONS, sheets, made)
    record = {"base": used.name, "base_hash": content_hash(used), "loudness": LOUDNESS, "pages": len(pages)}
    (output / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    old = load(used)
    lines = compare(old, new, data, sheets, made)
    settled = [item for views in standing(made).values() if (item := settle(views)) and not item.decision.drawn]
    corrections, learned = _learned(old, new, sheets, settled)
    return Outcome(
        lines,
        refused(lines),
        list(turns(old, new, [_plain(sheet) for sheet in sheets])),
        corrections,
        learned,
        _contested(settled),
        doubts(new, [*load_pages(data / "corpus", "train"), *pages]),
    )


def compare(old: Language, new: Language, data: Path, sheets: Sequence[Sheet], made: Iterable[Decision]) -> list[Line]:
    """Both pipelines on the sealed test pages, the challenge set and the random twentieth, by class and slice."""
    test = load_pages(data / "corpus", "test")
    rows = [row for _, row in read_lines(data / "challenge" / "challenge.jsonl")]
    challenge = [sentence_page(f"{n}:{row['pair']}", row["text"], row["label"]) for n, row in enumerate(rows)]
    slices = {page.id: (row["capability"],) for page, row in zip(challenge, rows, strict=True)}
    lot = _lot(sheets, made)
    found = table("test", _both(old, new, test, {page.id: (page.genre, page.stance) for page in test}))
    found += table("challenge", _both(old, new, challenge, slices, unit=lambda name: name.partition(":")[2]))
    return found + table("random twentieth", _both(old, new, lot, {}))


def sealed(data: Path) -> list[str]:
    """The sentences that no pipeline may be trained on."""
    test = [row["text"] for _, row in read_lines(data / "corpus" / "test.jsonl")]
    return test + [row["text"] for _, row in read_lines(data / "challenge" / "challenge.jsonl")]


def _both(old: Any, new: Any, pages: Sequence[Page], slices: Any, unit: Any = str) -> list[Judged]:
    both = zip(sides(old, pages), sides(new, pages), strict=True)
    return [
        Judged(unit(one.page.id), one.sentence.label, one.said, other.said, slices.get(one.page.id, ()))
        for one, other in both
    ]


def _lot(sheets: Sequence[Sheet], made: Iterable[Decision]) -> list[Page]:
    """The settled decisions of the random twentieth as pages; the stretch that is judged is the claim's own."""
    texts = {sheet.id: sheet for sheet in sheets}
    pages = []
    for views in standing([decision for decision in made if decision.drawn]).values():
        item = settle(views)
        if item:
            decision, sheet = item.decision, texts[item.decision.page]
            sentence = GoldSentence(decision.claim["start"], decision.claim["end"], decision.label, False, ())
            pages.append(Page(sheet.id, "", "", "", sheet.text, sheet.blocks, (sentence,)))
    return pages


def _plain(sheet: Sheet) -> Page:
    return Page(sheet.id, "", "", "", sheet.text, sheet.blocks, ())


def _learned(old: Any, new: Any, sheets: Sequence[Sheet], settled: Sequence[Settled]) -> tuple[int, int]:
    """How many settled decisions correct the old pipeline, and how many of them the new one gets right."""
    about: dict[str, list[Decision]] = {}
    for item in settled:
        about.setdefault(item.decision.page, []).append(item.decision)
    pages = [_plain(sheet) for sheet in sheets if sheet.id in about]
    corrections = learned = 0
    for (page, before), (_, after) in zip(judged(old, pages), judged(new, pages), strict=True):
        for decision in about[page.id]:
            start, end = decision.claim["start"], decision.claim["end"]
            if worst(before, start, end) != decision.label:
                corrections += 1
                learned += worst(after, start, end) == decision.label
    return corrections, learned


def _contested(settled: Sequence[Settled]) -> list[str]:
    """Claims of labelled pages that most of three or more, or an adjudicator, decide against the label."""
    found = []
    for item in settled:
        decision = item.decision
        label = decision.claim.get("gold", "")
        against = [view for view in item.views if view.label not in (label, UNSURE)]
        if label and decision.label != label and (decision.adjudicates or len(against) > 2):
            found.append(f"{decision.claim['quote']!r}: labelled {label}, decided {decision.label or NONE}")
    return found
