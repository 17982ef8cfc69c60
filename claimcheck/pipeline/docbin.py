"""The corpus as spaCy's DocBin and back.

One sentence is one Doc: claims as ``doc.spans["claims"]`` labelled by kind (widened to whole tokens), the
label in ``doc.cats``, and the whole row in ``doc.user_data``, from where it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.errors import DataError
from claimcheck.pipeline.light import import_spacy
from claimcheck.terms import Verdict

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ROW = "claimcheck.row"
_LABELS = ("none", *Verdict)


def export_docbin(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write rows of the corpus as a DocBin."""
    nlp = import_spacy().blank("en")
    from spacy.tokens import DocBin

    DocBin(docs=[_doc(nlp, row) for row in rows], store_user_data=True).to_disk(path)


def import_docbin(path: Path) -> list[dict[str, Any]]:
    """Read the rows of a DocBin.

    Raises:
        DataError: it is no DocBin, or a Doc carries no row.
    """
    import srsly

    rows = []
    for number, doc in enumerate(read_docs(path), 1):
        if ROW not in doc.user_data:
            raise DataError(path, number, "this Doc carries no row. Export it by `claimcheck corpus export`.")
        # A DocBin gives lists back as tuples.
        rows.append(srsly.json_loads(srsly.json_dumps(doc.user_data[ROW])))
    return rows


def read_docs(path: Path) -> list[Doc]:
    """The Docs of a DocBin file.

    Raises:
        DataError: the file cannot be read or is no DocBin.
    """
    vocab = import_spacy().blank("en").vocab
    import zlib

    from spacy.tokens import DocBin

    try:
        return list(DocBin().from_disk(path).get_docs(vocab))
    except (OSError, ValueError, KeyError, zlib.error) as error:
        raise DataError(path, 0, f"could not be read as a DocBin ({error}).") from error


def _doc(nlp: Language, row: Mapping[str, Any]) -> Doc:
    doc = nlp.make_doc(row["text"])
    spans = (doc.char_span(c["start"], c["end"], label=c["kind"], alignment_mode="expand") for c in row["claims"])
    doc.spans["claims"] = [span for span in spans if span]
    doc.cats = {str(label): float(label == row["label"]) for label in _LABELS}
    doc.user_data[ROW] = dict(row)
    return doc
