"""How far claimcheck, as it is, answers the questions of other people's data sets.

Nothing is trained on them. Each scorer says how what claimcheck finds stands for the labels of the data set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly

from claimcheck.classifier.measure import f1
from claimcheck.corpus import public
from claimcheck.errors import DataError
from claimcheck.pipeline.docbin import read_docs
from claimcheck.pipeline.public_labels import (
    EFFECTS,
    MASKS,
    advice,
    answer,
    causal_level,
    draft_on,
    negates,
    reported_effect,
    shift,
)
from claimcheck.pipeline.reading import BLOCKS, Reading, reading
from claimcheck.records import Claim
from claimcheck.terms import Grade

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Scores = dict[str, float | int]
_KNOWN = (Grade.A, Grade.B)


def score(nlp: Language, name: str, path: Path) -> Scores:
    """Score a pipeline on a public data set, zero-shot.

    Args:
        nlp: As :func:`claimcheck.pipeline.run.load` gives it.
        name: A key of :data:`SCORERS`.
        path: The data set's file, or the folder that holds it.

    Returns:
        How many examples there are, then figures between 0 and 1.

    Raises:
        DataError: the file is missing or not of the data set's form.
    """
    return SCORERS[name](nlp, path)


def li2021(nlp: Language, path: Path) -> Scores:
    """Macro-F1 of the strength of advice.

    A sentence in which no claim is found counts as ``none``, one whose strongest claim is hedged as ``weak``, any
    other as ``strong``.
    """
    items = public.load_li2021(path)
    said = [advice(claims) for claims in _claims(nlp, (item.text for item in items))]
    return _scores([item.label for item in items], said, public.ADVICE)


def eurekalert(nlp: Language, path: Path) -> Scores:
    """Macro-F1 of the strength of causal wording, by :func:`causal_level`."""
    items = public.load_eurekalert(path)
    said = [public.CAUSAL[causal_level(claims)] for claims in _claims(nlp, (item.text for item in items))]
    return _scores([item.label for item in items], said, public.CAUSAL)


def insciout(nlp: Language, path: Path) -> Scores:
    """Macro-F1 of overstatement, and the F1 of ``exaggerates``.

    The press release exaggerates where its :func:`causal_level` is above that of the abstract, and downplays where
    it is below.
    """
    items = public.load_insciout(path)
    press = [causal_level(claims) for claims in _claims(nlp, (item.press for item in items))]
    abstract = [causal_level(claims) for claims in _claims(nlp, (item.abstract for item in items))]
    said = [shift(ours - theirs) for ours, theirs in zip(press, abstract, strict=True)]
    return _scores([item.label for item in items], said, public.SHIFTS)


def healthsea(nlp: Language, path: Path) -> Scores:
    """Macro-F1 of the effect that a clause of a review reports.

    A masked condition or benefit is read as "pain" or "energy". A claim of benefit or safety is ``POSITIVE``; a
    harm, or a benefit denied, is ``NEGATIVE`` and wins. Without a claim a clause that names a condition is
    ``ANAMNESIS`` (what the writer suffers from), any other ``NEUTRAL``.
    """
    items = load_healthsea(path)
    said = [
        reported_effect(item.text, claims)
        for item, claims in zip(items, _claims(nlp, map(_unmasked, (item.text for item in items))), strict=True)
    ]
    return _scores([item.label for item in items], said, EFFECTS)


def negex(nlp: Language, path: Path) -> Scores:
    """F1 of the negated concepts.

    A claim is drafted on the words of the concept, and counts as negated where the context component flags it so. A
    concept whose words are not in its sentence is left unflagged.
    """
    items = public.load_negex(path)
    said = []
    for item, (doc, found) in zip(items, _readings(nlp, (item.text for item in items)), strict=True):
        draft = draft_on(found, item.start, item.end)
        context: Any = nlp.get_pipe("claim_context")
        context(doc)
        said.append(draft is not None and draft.negated)
    return {"examples": len(items), "f1_negated": _f1_true([item.negated for item in items], said)}


def bioscope(nlp: Language, path: Path) -> Scores:
    """F1 of the hedged and of the negated sentences.

    A sentence is hedged where a hedging cue stands in it, negated where a negation does that is no part of
    a pseudo-negation ("not only").
    """
    items = public.load_bioscope(path)
    hedged, negated = [], []
    for _, found in _readings(nlp, (item.text for item in items)):
        hedged.append(any("hedge" in sentence.cues for sentence in found.sentences))
        negated.append(any(negates(sentence) for sentence in found.sentences))
    return {
        "examples": len(items),
        "f1_hedged": _f1_true([item.hedged for item in items], hedged),
        "f1_negated": _f1_true([item.negated for item in items], negated),
    }


def trec_misinfo(nlp: Language, path: Path) -> Scores:
    """Coverage and accuracy of the evidence base alone on questions whether something helps.

    The subjects and effects named in the question are looked up; of several answers the one found most directly
    counts. Grade A or B says that it helps, C or D that it does not. ``coverage`` is the share of questions with an
    answer, ``accuracy_if_answered`` is over those, ``accuracy`` over all, where no answer is a wrong one.
    """
    items = public.load_trec_misinfo(path)
    linker: Any = nlp.get_pipe("evidence_linker")
    answers = [answer(linker.base, found) for _, found in _readings(nlp, (item.question for item in items))]
    known = [(one.grade in _KNOWN) == item.helps for item, one in zip(items, answers, strict=True) if one]
    return {
        "examples": len(items),
        "coverage": len(known) / len(items) if items else 0.0,
        "accuracy_if_answered": sum(known) / len(known) if known else 0.0,
        "accuracy": sum(known) / len(items) if items else 0.0,
    }


def challenge(nlp: Language, path: Path) -> Scores:
    """Share of our own challenge set answered right, for each capability and over all.

    A sentence's answer is the worst verdict among its claims, or none.
    """
    rows = list(srsly.read_jsonl(path / "challenge.jsonl" if path.is_dir() else path))
    right: dict[str, list[bool]] = {}
    for row, claims in zip(rows, _claims(nlp, (row["text"] for row in rows)), strict=True):
        said = max((claim.verdict for claim in claims), key=lambda verdict: verdict.rank, default="none")
        right.setdefault(row["capability"], []).append(said == row["label"])
    shares = {name: float(np.mean(answers)) for name, answers in sorted(right.items())}
    return {
        "sentences": len(rows),
        "right": float(np.mean([answer for answers in right.values() for answer in answers])),
        **shares,
    }


SCORERS: Mapping[str, Callable[[Language, Path], Scores]] = {
    "challenge": challenge,
    "li2021": li2021,
    "eurekalert": eurekalert,
    "insciout": insciout,
    "healthsea": healthsea,
    "trec_misinfo": trec_misinfo,
    "negex": negex,
    "bioscope": bioscope,
}


def load_healthsea(path: Path) -> list[public.Labelled]:
    """The clauses of Healthsea (Explosion): a DocBin whose Docs have one category of four at 1.

    Args:
        path: The file, or the folder that holds ``clausecat_dev.spacy``.

    Raises:
        DataError: it is no such DocBin.
    """
    file = path / "clausecat_dev.spacy" if path.is_dir() else path
    docs = read_docs(file)
    for number, doc in enumerate(docs, 1):
        if set(doc.cats) != set(EFFECTS):
            raise DataError(file, number, f"the categories of this Doc are not {', '.join(EFFECTS)}.")
    return [public.Labelled(doc.text, max(EFFECTS, key=lambda name: doc.cats[name])) for doc in docs]


def _unmasked(text: str) -> str:
    for mask, word in MASKS.items():
        text = text.replace(mask, word)
    return text


def _claims(nlp: Language, texts: Iterable[str]) -> Iterator[tuple[Claim, ...]]:
    """The claims found in each text, as a paragraph of its own."""
    for doc in nlp.pipe(_paragraph(nlp, text) for text in texts):
        yield doc._.claims


def _readings(nlp: Language, texts: Iterable[str]) -> Iterator[tuple[Doc, Reading]]:
    """Each text as it stands before the context component."""
    upstream = nlp.pipe_names[: nlp.pipe_names.index("claim_context")]
    with nlp.select_pipes(enable=upstream):
        for doc in nlp.pipe(_paragraph(nlp, text) for text in texts):
            yield doc, reading(doc)


def _paragraph(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc.user_data[BLOCKS] = [[0, len(text), "paragraph"]] if text.strip() else []
    return doc


def _scores(gold: Sequence[str], said: Sequence[str], labels: Sequence[str]) -> Scores:
    each = {f"f1_{label.lower()}": f1(gold, said, {label}) for label in labels}
    return {"examples": len(gold), "macro_f1": float(np.mean(list(each.values()))), **each}


def _f1_true(gold: Sequence[bool], said: Sequence[bool]) -> float:
    return f1([str(value) for value in gold], [str(value) for value in said], {"True"})
