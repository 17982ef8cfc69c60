"""What a run is to do, written down before it starts, so that a relaunch does the rest of the same."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import fsspec

from claimcheck.errors import UsageError

SUFFIXES = (".warc", ".warc.gz", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
RUN = "_run"
_PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """A run.

    Attributes:
        files: The address of each shard and its size, in the order of the shards.
        pipeline: Name or folder of the pipeline that judges.
        tool: Its version and the hashes of its data.
        text_field: Where the text stands in a row of JSON or Parquet.
        id_field: Where its name stands.
        max_seconds: Time that a document may take.
        max_characters: Size that it may have.
    """

    files: tuple[tuple[str, int], ...]
    pipeline: str
    tool: dict[str, str]
    text_field: str
    id_field: str
    max_seconds: float
    max_characters: int


def find_files(source: str) -> tuple[tuple[str, int], ...]:
    """The files to read, sorted.

    Args:
        source: A file or folder, local or at any address that fsspec opens (``s3://bucket/pages``).

    Returns:
        Address and size in bytes of each.

    Raises:
        UsageError: there are none, or the place cannot be opened.
    """
    try:
        fs, path = fsspec.url_to_fs(source)
        found = fs.find(path, detail=True)
    except (OSError, ImportError, ValueError) as error:
        raise UsageError(f"{source}: could not be opened ({error}). Check the address.") from error
    files = [(fs.unstrip_protocol(name), info["size"]) for name, info in found.items() if name.endswith(SUFFIXES)]
    if not files:
        raise UsageError(f"{source}: no file to read. Give a folder or file of {', '.join(SUFFIXES)}.")
    return tuple((str(name), int(size)) for name, size in sorted(files))


def settle(plan: Plan, output: str) -> None:
    """Write the plan, or see that it is the one that was begun.

    Args:
        plan: What is to be done.
        output: Where its output goes.

    Raises:
        UsageError: something else was begun there, or the place cannot be written.
    """
    try:
        fs, path = fsspec.url_to_fs(output)
        place = f"{path.rstrip('/')}/{RUN}/{_PLAN}"
        wanted = _plain(plan)
        if not fs.exists(place):
            fs.makedirs(fs._parent(place), exist_ok=True)  # noqa: SLF001  # fsspec has no other word for it
            fs.pipe_file(place, json.dumps(wanted, indent=2).encode())
            return
        begun = json.loads(fs.cat_file(place))
    except (OSError, ImportError, ValueError) as error:
        raise UsageError(f"{output}: could not be opened ({error}). Check the address.") from error
    changed = [name for name in wanted if begun.get(name) != wanted[name]]
    if changed:
        raise UsageError(
            f"{output}: was begun with other {', '.join(changed)}. "
            "Give another folder, or remove this one to start anew."
        )


def _plain(plan: Plan) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(plan)))
    return plain
