"""Other people's data sets, read to be measured on; none of them is part of this project.

A loader takes the file, or the folder that holds it under its published name.
"""

from __future__ import annotations

import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from claimcheck.errors import DataError

ADVICE = ("none", "weak", "strong")
CAUSAL = ("none", "correlational", "conditional", "causal")
SHIFTS = ("exaggerates", "same", "downplays")
_NEGEX_COLUMNS = ("number", "note", "concept", "sentence", "negation", "temporality", "experiencer")
_NEGEX_LABELS = ("Affirmed", "Negated")
_HELPS = {"yes": True, "helpful": True, "no": False, "unhelpful": False}


class Labelled(NamedTuple):
    """A text with its one label."""

    text: str
    label: str


class Pair(NamedTuple):
    """What a press release says, what its abstract says, and how the first relates to the second."""

    press: str
    abstract: str
    label: str


class Concept(NamedTuple):
    """A concept in a sentence; ``start`` is -1 where the sentence does not hold its words."""

    text: str
    start: int
    end: int
    negated: bool


class Cued(NamedTuple):
    """A sentence, and whether its annotators saw a cue of speculation and of negation in it."""

    text: str
    hedged: bool
    negated: bool


class Topic(NamedTuple):
    """A question whether something helps, and its answer."""

    number: str
    question: str
    helps: bool


def load_li2021(path: Path) -> list[Labelled]:
    """Strength of advice (Li, Wang, Yu, EMNLP 2021): a CSV with ``label`` 0 to 2 and ``sentence``.

    Raises:
        DataError: the file is missing, or has other columns or labels.
    """
    return _numbered(_file(path, "annotations_structured_abstract.csv"), ADVICE)


def load_eurekalert(path: Path) -> list[Labelled]:
    """Strength of causal wording (Yu et al., COLING 2020): a CSV with ``sentence`` and ``label`` 0 to 3.

    Raises:
        DataError: the file is missing, or has other columns or labels.
    """
    return _numbered(_file(path, "annotated_eureka.csv"), CAUSAL)


def load_insciout(path: Path) -> list[Pair]:
    """Press release against abstract (Wright and Augenstein, EMNLP 2021): JSON lines.

    Raises:
        DataError: the file is missing, or lacks one of the three fields.
    """
    fields = ("press_release_conclusion", "abstract_conclusion", "exaggeration_label")
    file = _file(path, "insciout_test.jsonl")
    return [Pair(*(row[field] for field in fields)) for row in _table("json", file, fields)]


def load_negex(path: Path) -> list[Concept]:
    """Negated concepts (Chapman): tab-separated lines without a header, the concept in capitals in its sentence.

    Raises:
        DataError: the file is missing, or has other columns or labels.
    """
    file = _file(path, "rsAnnotations-1-120-random.txt")
    layout = {"sep": "\t", "names": list(_NEGEX_COLUMNS), "header": None, "quoting": 3, "encoding": "latin-1"}
    rows = _table("csv", file, _NEGEX_COLUMNS, keep_default_na=False, **layout)
    for number, row in enumerate(rows, 1):
        if row["negation"] not in _NEGEX_LABELS:
            raise DataError(file, number, f"the negation is {row['negation']!r}. Use {' or '.join(_NEGEX_LABELS)}.")
    return [_concept(str(row["sentence"]), str(row["concept"]), row["negation"] == "Negated") for row in rows]


def load_bioscope(path: Path) -> list[Cued]:
    """Hedged and negated sentences (Vincze et al. 2008): XML with ``sentence`` and, within, ``cue type``.

    Raises:
        DataError: the file is missing or is no XML.
    """
    root = _xml(_file(path, "full_papers.xml"))
    found = []
    for sentence in root.iter("sentence"):
        cues = {cue.get("type") for cue in sentence.iter("cue")}
        text = " ".join("".join(sentence.itertext()).split())
        found.append(Cued(text, "speculation" in cues, "negation" in cues))
    return found


def load_trec_misinfo(path: Path) -> list[Topic]:
    """Topics of the TREC Health Misinformation track, 2020 (``answer``) and 2021 (``stance``).

    Args:
        path: A file of topics, or a folder of which every ``*.xml`` is read.

    Raises:
        DataError: there is no file, or a topic has no question or no answer.
    """
    files = sorted(path.glob("*.xml")) if path.is_dir() else [_file(path, "")]
    if not files:
        raise DataError(path, 0, "holds no XML file of topics.")
    return [topic for file in files for topic in _topics(file)]


def _topics(file: Path) -> Iterator[Topic]:
    for item in _xml(file).iter("topic"):
        number, question = (item.findtext(name, "").strip() for name in ("number", "description"))
        answer = (item.findtext("answer") or item.findtext("stance") or "").strip()
        if not question or answer not in _HELPS:
            raise DataError(file, 0, f"topic {number or '?'} has no description, or its answer is {answer!r}.")
        yield Topic(number, question, _HELPS[answer])


def _numbered(file: Path, names: tuple[str, ...]) -> list[Labelled]:
    found = []
    for number, row in enumerate(_table("csv", file, ("sentence", "label"), keep_default_na=False), 1):
        if row["label"] not in range(len(names)):
            raise DataError(file, 0, f"row {number}: the label is {row['label']!r}. Use 0 to {len(names) - 1}.")
        found.append(Labelled(str(row["sentence"]), names[row["label"]]))
    return found


def _table(kind: str, file: Path, columns: tuple[str, ...], **options: Any) -> list[Mapping[str, Any]]:
    """The rows of a CSV or JSON lines file, through ``datasets`` and without its cache."""
    import datasets

    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        try:
            # Not load_dataset, which tells a server that "csv" was asked for.
            read = getattr(datasets.Dataset, f"from_{kind}")
            table = read(str(file), cache_dir=cache, keep_in_memory=True, **options)
        except (ValueError, datasets.exceptions.DatasetGenerationError) as error:
            raise DataError(file, 0, f"could not be read as {kind} ({error}).") from error
        missing = [name for name in columns if name not in table.column_names]
        if missing:
            raise DataError(file, 0, f"has no column {missing[0]!r}.")
        return list(table)


def _xml(file: Path) -> ET.Element:
    try:
        return ET.parse(file).getroot()  # noqa: S314 - a file the user names; nothing beyond it is read
    except ET.ParseError as error:
        raise DataError(file, error.position[0], f"is no XML ({error}).") from error


def _file(path: Path, name: str) -> Path:
    file = path / name if path.is_dir() else path
    if not file.is_file():
        raise DataError(file, 0, "no such file. Name the file of the data set, or the folder that holds it.")
    return file


def _concept(sentence: str, concept: str, negated: bool) -> Concept:
    """The sentence with its concept in the letters of the concept column, as it stood before it was marked."""
    text, concept = " ".join(sentence.split()), " ".join(concept.split())
    place = text.find(concept.upper())
    if place < 0 or not concept:
        return Concept(text, -1, -1, negated)
    end = place + len(concept)
    return Concept(text[:place] + concept + text[end:], place, end, negated)
