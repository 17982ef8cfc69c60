"""The corpus in the files of annotation tools and back: Prodigy, Label Studio, doccano.

One sentence is one task. A claim is a span labelled with its kind; all its other fields, and all other
fields of the row, travel as meta data, so that a row comes back as it went.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from claimcheck.corpus.rows import read_json, read_lines, write_lines
from claimcheck.corpus.schema import CLAIM_FIELDS, ROW_FIELDS
from claimcheck.errors import DataError

_REFUSED = ("reject", "ignore")  # what a Prodigy annotator did not accept
_REGION = {"from_name": "kind", "to_name": "text", "type": "labels"}


class Form(NamedTuple):
    """A format: from a row to a task, and from a task to a row or None where it was refused."""

    pack: Callable[[Mapping[str, Any]], dict[str, Any]]
    unpack: Callable[[Mapping[str, Any]], dict[str, Any] | None]
    lines: bool = True


def export_rows(rows: Iterable[Mapping[str, Any]], form: str, path: Path) -> None:
    """Write rows of the corpus as tasks.

    Args:
        rows: Rows that follow the schema.
        form: A key of :data:`FORMS`.
        path: The file; JSON lines, for Label Studio one JSON list.
    """
    tasks = [FORMS[form].pack(row) for row in rows]
    if FORMS[form].lines:
        write_lines(path, tasks)
    else:
        path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def import_rows(form: str, path: Path) -> list[dict[str, Any]]:
    """Read tasks as rows of the corpus.

    Args:
        form: A key of :data:`FORMS`.
        path: A file as :func:`export_rows` writes it, also after spans were moved, relabelled or deleted.

    Returns:
        Rows, the claims of each in text order; a task that an annotator refused is left out.

    Raises:
        DataError: the file is not of this format, or a row or claim lacks a field.
    """
    unpack = FORMS[form].unpack
    found = []
    for place, task in read_lines(path) if FORMS[form].lines else _listed(path):
        try:
            row = unpack(task)
            if row is not None:
                found.append(_row(row))
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            what = f"lacks {error}" if isinstance(error, KeyError) else f"is not as expected ({error})"
            raise DataError(path, place, f"this task {what}. Export it by `claimcheck corpus export`.") from error
    return found


def _listed(path: Path) -> list[tuple[int, Any]]:
    tasks = read_json(path)
    if not isinstance(tasks, list):
        raise DataError(path, 0, "is no list of tasks.")
    return list(enumerate(tasks, 1))


def _row(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row in their order, nothing else."""
    claims = sorted(data["claims"], key=lambda claim: (claim["start"], claim["end"]))
    row = {name: data[name] for name in ROW_FIELDS}
    row["claims"] = [{name: claim[name] for name in CLAIM_FIELDS} for claim in claims]
    return row


def _meta(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("text", "claims")}


def _details(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claim.items() if name not in ("start", "end", "kind")}


def _to_prodigy(row: Mapping[str, Any]) -> dict[str, Any]:
    spans = [{"start": c["start"], "end": c["end"], "label": c["kind"], "meta": _details(c)} for c in row["claims"]]
    return {"text": row["text"], "spans": spans, "meta": _meta(row), "answer": "accept"}


def _from_prodigy(task: Mapping[str, Any]) -> dict[str, Any] | None:
    if task.get("answer") in _REFUSED:
        return None
    claims = [
        {**span["meta"], "start": span["start"], "end": span["end"], "kind": span["label"]}
        for span in task.get("spans", ())
    ]
    return {**task["meta"], "text": task["text"], "claims": claims}


def _to_label_studio(row: Mapping[str, Any]) -> dict[str, Any]:
    regions = []
    for number, claim in enumerate(row["claims"], 1):
        start, end = claim["start"], claim["end"]
        value = {"start": start, "end": end, "text": row["text"][start:end], "labels": [claim["kind"]]}
        regions.append({"id": f"claim-{number}", **_REGION, "value": value, "meta": _details(claim)})
    return {"data": {"text": row["text"]}, "meta": _meta(row), "annotations": [{"result": regions}]}


def _from_label_studio(task: Mapping[str, Any]) -> dict[str, Any]:
    claims = [
        {
            **region["meta"],
            "start": region["value"]["start"],
            "end": region["value"]["end"],
            "kind": region["value"]["labels"][0],
        }
        for region in task["annotations"][-1]["result"]
        if region["type"] == _REGION["type"]
    ]
    return {**task["meta"], "text": task["data"]["text"], "claims": claims}


def _to_doccano(row: Mapping[str, Any]) -> dict[str, Any]:
    spans = [[claim["start"], claim["end"], claim["kind"]] for claim in row["claims"]]
    return {"text": row["text"], "label": spans, "meta": {**_meta(row), "claims": row["claims"]}}


def _from_doccano(task: Mapping[str, Any]) -> dict[str, Any]:
    """A span of doccano carries nothing but its label; it takes the rest from the claim it overlaps most."""
    known = task["meta"]["claims"]
    claims = []
    for start, end, kind in task["label"]:
        over = max(known, key=lambda claim: min(end, claim["end"]) - max(start, claim["start"]), default=None)
        if over is None or min(end, over["end"]) <= max(start, over["start"]):
            raise ValueError(f"the span {start}-{end} meets no claim of its meta data")
        claims.append({**over, "start": start, "end": end, "kind": kind})
    return {**task["meta"], "text": task["text"], "claims": claims}


FORMS: Mapping[str, Form] = {
    "prodigy": Form(_to_prodigy, _from_prodigy),
    "labelstudio": Form(_to_label_studio, _from_label_studio, lines=False),
    "doccano": Form(_to_doccano, _from_doccano),
}
