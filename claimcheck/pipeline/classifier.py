"""Says which sentences claim something, how firmly, and what grade the wording smells of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from claimcheck.classifier.linear import LinearModel
from claimcheck.pipeline.component import Component
from claimcheck.pipeline.features import Bag, draft_bag, sentence_bag
from claimcheck.pipeline.reading import Draft, Reading, Sentence, reading
from claimcheck.terms import ClaimKind

MODELS = ("claim", "kind", "strength", "grade")


class Classifier(Component):
    """Keeps the drafts of sentences that claim something and weighs each.

    Args:
        name: Name in the pipeline.
        threshold: Least probability of a claim; lower finds more, higher cries wolf less.
    """

    def __init__(self, name: str, threshold: float) -> None:
        super().__init__(name)
        self.threshold = threshold
        self.models: dict[str, LinearModel] = {}

    def annotate(self, docs: list[Doc]) -> None:
        """Judge all sentences of a batch at once, then all drafts that are left."""
        found = [reading(doc) for doc in docs]
        places = [(item, number) for item in found for number in range(len(item.sentences))]
        if not places:
            return
        claims = self.models["claim"].predict_proba([sentence_bag(*place) for place in places])
        for (item, number), probability in zip(places, claims[:, 1].tolist(), strict=True):
            self._keep(item.sentences[number], probability)
        drafts = [(item, number, d) for item, number in places for d in item.sentences[number].drafts]
        if drafts:
            self._weigh(drafts)

    def _keep(self, sentence: Sentence, probability: float) -> None:
        sentence.claim = probability
        ruled = any(draft.rules for draft in sentence.drafts)
        if probability < self.threshold and not ruled:
            sentence.drafts = []
        else:
            sentence.drafts = settled_drafts(sentence)

    def _weigh(self, drafts: list[tuple[Reading, int, Draft]]) -> None:
        for part in [d for d in drafts if d[2].target is None and not d[2].rules]:
            kinds = self.models["kind"].predict_proba([draft_bag(*part)])[0]
            part[2].kind = ClaimKind(self.models["kind"].classes[int(np.argmax(kinds))])
        bags: list[Bag] = [draft_bag(*draft) for draft in drafts]
        strength = self.models["strength"].predict_proba(bags)
        grade = self.models["grade"].predict_proba(bags)
        for (_, _, draft), strengths, grades in zip(drafts, strength, grade, strict=True):
            draft.strength, draft.grade = strengths, grades

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Write two files a model."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        for name in MODELS:
            self.models[name].to_disk(path / name)

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> Classifier:
        """Read the models."""
        self.models = {name: LinearModel.from_disk(Path(path) / name) for name in MODELS}
        return self


def settled_drafts(sentence: Sentence) -> list[Draft]:
    """The drafts of a sentence that claims something.

    Those whose relation is said, else all, else the sentence itself.
    """
    asserted = [draft for draft in sentence.drafts if draft.asserts or draft.rules]
    whole = Draft(sentence.start, sentence.end, ClaimKind.FUNCTION)
    return asserted or sentence.drafts or ([whole] if sentence.end > sentence.start else [])
