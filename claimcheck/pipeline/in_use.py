"""Which pipeline of a folder of pipelines is in use, and which were before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimcheck.errors import PipelineError, UsageError

DEFAULT, SMALL = "en_claims_md", "en_claims_sm"
_FILE = "in-use.json"


def in_use(models: Path) -> str:
    """The name of the pipeline in use.

    Where none was ever chosen it is :data:`DEFAULT`, or the small one where that stands alone.

    Raises:
        PipelineError: the record is not as written.
    """
    return str(_history(models)[-1]["name"])


def listed(models: Path) -> Iterator[tuple[str, bool, dict[str, Any]]]:
    """Each pipeline: its name, whether it is in use, and what built it (``meta.json``)."""
    used = in_use(models)
    for path in sorted(models.glob("*/config.cfg")):
        meta = json.loads((path.parent / "meta.json").read_text(encoding="utf-8"))
        yield path.parent.name, path.parent.name == used, meta


def use(models: Path, name: str) -> None:
    """Put a pipeline in use; the one before stays where it is.

    Raises:
        UsageError: there is no such pipeline.
    """
    if not name or Path(name).name != name or not (models / name / "config.cfg").is_file():
        names = ", ".join(name for name, *_ in listed(models)) or "none"
        raise UsageError(f"{models} holds no pipeline {name!r}. There are: {names}.")
    history = _history(models)
    if history[-1]["name"] == name:
        return
    history[-1]["hash"] = content_hash(models / history[-1]["name"])
    _write(models, [*history, {"name": name, "hash": content_hash(models / name)}])


def rollback(models: Path) -> str:
    """Put the pipeline before in use again.

    Returns:
        Its name.

    Raises:
        UsageError: there was none before.
        PipelineError: it is not byte for byte what it was when it was left.
    """
    history = _history(models)
    if len(history) < 2:
        raise UsageError(f"{models}: no pipeline was in use before {history[-1]['name']}.")
    before = history[-2]
    path = models / before["name"]
    if not path.is_dir() or content_hash(path) != before["hash"]:
        raise PipelineError(
            f"{path}: has changed since it was in use. Restore it, or choose by `claimcheck models use`."
        )
    _write(models, history[:-1])
    return str(before["name"])


def content_hash(folder: Path) -> str:
    """A hash over the files of a folder, names and contents."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _history(models: Path) -> list[dict[str, str]]:
    path = models / _FILE
    if not path.exists():
        alone = (models / SMALL).is_dir() and not (models / DEFAULT).is_dir()
        return [{"name": SMALL if alone else DEFAULT, "hash": ""}]
    try:
        history: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["history"]
        whole = bool(history) and all(item["name"] and "hash" in item for item in history)
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise PipelineError(f"{path}: is no record of pipelines. Remove it to use {DEFAULT}.")
    return history


def _write(models: Path, history: list[dict[str, str]]) -> None:
    """Write whole or not at all: a server may be reading."""
    path, draft = models / _FILE, models / f"{_FILE}.draft"
    draft.write_text(json.dumps({"history": history}, indent=2) + "\n", encoding="utf-8")
    draft.replace(path)
