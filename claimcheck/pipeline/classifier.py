"""The models at work: which sentences claim something, of what kind, how firmly, and of what grade."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc

from claimcheck.classifier.linear import LinearModel
from claimcheck.pipeline.component import Component
from claimcheck.pipeline.features import draft_bag, graded_bag, sentence_bag
from claimcheck.pipeline.reading import Draft, Sentence, reading
from claimcheck.terms import ClaimKind, EffectKind

# What can be claimed of each kind of effect.
KINDS = {
    EffectKind.DISEASE: (ClaimKind.DISEASE, ClaimKind.HARM, ClaimKind.SAFETY),
    EffectKind.SYMPTOM: (ClaimKind.DISEASE, ClaimKind.FUNCTION, ClaimKind.HARM, ClaimKind.SAFETY),
    EffectKind.FUNCTION: (ClaimKind.FUNCTION, ClaimKind.DISEASE, ClaimKind.HARM, ClaimKind.SAFETY),
    EffectKind.MEASURE: (ClaimKind.FUNCTION, ClaimKind.DISEASE, ClaimKind.HARM, ClaimKind.SAFETY),
    EffectKind.MECHANISM: (ClaimKind.MECHANISM, ClaimKind.FUNCTION, ClaimKind.HARM),
    EffectKind.HARM: (ClaimKind.HARM, ClaimKind.SAFETY, ClaimKind.DISEASE),
    EffectKind.ENDORSEMENT: (ClaimKind.ENDORSEMENT,),
    "safety": (ClaimKind.SAFETY, ClaimKind.HARM),
}


# A draft as likely as not is kept: leaving a claim out is worse than splitting hairs.
_LIKELY = 0.5
_SILENT = frozenset({"research_call", "disclaimer"})


class ModelComponent(Component):
    """A component that keeps linear models, two files each."""

    names: tuple[str, ...] = ()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.models: dict[str, LinearModel] = {}

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Write two files a model."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        for name in self.names:
            self.models[name].to_disk(path / name)

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> ModelComponent:
        """Read the models."""
        self.models = {name: LinearModel.from_disk(Path(path) / name) for name in self.names}
        return self


class Detector(ModelComponent):
    """Says how likely each sentence is to claim something."""

    names = ("claim",)

    def annotate(self, docs: list[Doc]) -> None:
        """Weigh all sentences of a batch at once."""
        places = [(item, number) for item in map(reading, docs) for number in range(len(item.sentences))]
        if places:
            claims = self.models["claim"].predict_proba([sentence_bag(*place) for place in places])
            for (item, number), probability in zip(places, claims[:, 1].tolist(), strict=True):
                item.sentences[number].claim = probability


class Classifier(ModelComponent):
    """Keeps the drafts of sentences that claim something; says of what kind and how firm each is.

    Args:
        name: Name in the pipeline.
        threshold: Least probability of a claim; lower finds more, higher cries wolf less.
    """

    names = ("draft", "kind", "strength")

    def __init__(self, name: str, threshold: float) -> None:
        super().__init__(name)
        self.threshold = threshold

    def annotate(self, docs: list[Doc]) -> None:
        """Weigh all drafts of a batch at once, then those that are left."""
        places = [(item, number) for item in map(reading, docs) for number in range(len(item.sentences))]
        for item, number in places:
            sentence = item.sentences[number]
            if sentence.claim < self.threshold and not any(draft.rules for draft in sentence.drafts):
                sentence.drafts = []
            else:
                sentence.drafts = sentence.drafts or whole_sentence(sentence)
        for item, number in places:
            for draft in item.sentences[number].drafts:
                draft.bag = draft_bag(item, number, draft)
        self._sift([item.sentences[number] for item, number in places])
        drafts = [draft for item, number in places for draft in item.sentences[number].drafts]
        if drafts:
            self._weigh(drafts)

    def _sift(self, sentences: list[Sentence]) -> None:
        """Of several drafts in a sentence those that are likely claims, at least one."""
        crowded = [sentence for sentence in sentences if len(sentence.drafts) > 1]
        bags = [draft.bag for sentence in crowded for draft in sentence.drafts]
        if not bags:
            return
        chances = iter(self.models["draft"].predict_proba(bags)[:, 1].tolist())
        for sentence in crowded:
            weighed = [(next(chances), draft) for draft in sentence.drafts]
            best = max(chance for chance, _ in weighed)
            sentence.drafts = [d for chance, d in weighed if chance >= min(best, _LIKELY) or d.rules]

    def _weigh(self, drafts: list[Draft]) -> None:
        bags = [draft.bag for draft in drafts]
        kinds = self.models["kind"].predict_proba(bags)
        strength = self.models["strength"].predict_proba(bags)
        for draft, chances, strengths in zip(drafts, kinds, strength, strict=True):
            draft.kind = self._kind(draft, dict(zip(self.models["kind"].classes, chances.tolist(), strict=True)))
            draft.strength = strengths

    @staticmethod
    def _kind(draft: Draft, chances: dict[str, float]) -> ClaimKind:
        """The likeliest kind that the draft's effect allows.

        Of a harm the words themselves say whether it is denied, prevented or warned of.
        """
        if draft.target and draft.target.kind == EffectKind.HARM and draft.kind is not ClaimKind.HARM:
            return draft.kind
        target = draft.target.kind if draft.target else ""
        return max(KINDS.get(target, tuple(ClaimKind)), key=lambda kind: chances[kind])


class Grader(ModelComponent):
    """Says how likely each grade is, by the wording and by what is on file.

    The model learned from labelled pages how far an entry agrees with a labeller by the way it was
    found, and what the wording suggests where none answers.
    """

    names = ("grade",)

    def annotate(self, docs: list[Doc]) -> None:
        """Grade all drafts of a batch at once."""
        drafts = [d for item in map(reading, docs) for sentence in item.sentences for d in sentence.drafts]
        if drafts:
            grades = self.models["grade"].predict_proba([graded_bag(draft) for draft in drafts])
            for draft, chances in zip(drafts, grades, strict=True):
                draft.grade = chances


def whole_sentence(sentence: Sentence) -> list[Draft]:
    """The draft of a sentence that claims something the lexicon does not know.

    A call for research or a disclaimer that names no effect claims none.
    """
    if sentence.end == sentence.start or not _SILENT.isdisjoint(sentence.cues):
        return []
    # "They do not." denies what it takes over from the words before.
    spared = sentence.cues.get("pseudo_negation", ())
    denials = [
        cue
        for cue in sentence.cues.get("negation", ())
        if not any(other.start <= cue.start < other.end for other in spared)
    ]
    return [Draft(sentence.start, sentence.end, ClaimKind.FUNCTION, negations=len(denials) % 2)]
