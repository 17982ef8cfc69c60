"""A run from its plan to its sums."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import fsspec

from claimcheck.bulk.judge import Judge
from claimcheck.bulk.pages import Pages
from claimcheck.bulk.plan import RUN, Plan, find_files, settle
from claimcheck.bulk.table import CARD
from claimcheck.errors import UsageError
from claimcheck.pipeline.run import folder
from claimcheck.terms import Verdict

COUNTS = ("documents", "judged", "other_language", "quarantined", *map(str, Verdict))
_GIGABYTES = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run takes place.

    Attributes:
        executor: ``local``, ``slurm`` or ``ray``.
        workers: How many shards at a time.
        partition: Of the Slurm cluster.
        time: The longest that a shard may take there, as Slurm writes it.
    """

    executor: str = "local"
    workers: int = 1
    partition: str = ""
    time: str = "24:00:00"


def make_plan(source: str, pipeline: str, **settings: Any) -> Plan:
    """The plan for some input.

    Args:
        source: As for :func:`claimcheck.bulk.plan.find_files`.
        pipeline: Name or folder of a pipeline.
        settings: The other fields of :class:`~claimcheck.bulk.plan.Plan`.

    Raises:
        UsageError: no input.
        PipelineError: no such pipeline.
    """
    from claimcheck import __version__

    meta = json.loads((folder(pipeline) / "meta.json").read_text(encoding="utf-8"))
    tool = {"version": __version__, "pipeline": f"{meta['lang']}_{meta['name']}", **meta.get("claimcheck", {})}
    return Plan(find_files(source), pipeline, tool, **settings)


def run(plan: Plan, output: str, place: Place, on_done: Callable[[], None] = lambda: None) -> Counter[str]:
    """Judge what is not judged yet.

    Args:
        plan: What to do.
        output: Folder or address for the output; a run that was broken off is finished.
        place: Where.
        on_done: Called after each shard of a local run.

    Returns:
        ``shards``, how many of them are ``done``, and :data:`COUNTS` over those. On Slurm the jobs have
        only been handed in by then.

    Raises:
        UsageError: another run was begun in the output, or the executor is not to be had.
    """
    output = output.rstrip("/")
    settle(plan, output)
    fs, path = fsspec.url_to_fs(output)
    fs.pipe_file(f"{path}/README.md", CARD.encode())
    executor = _executor([Pages(plan), Judge(plan, output)], len(plan.files), f"{output}/{RUN}", place)
    executor.on_done = on_done
    executor.run()
    return sums(output, len(plan.files))


def sums(output: str, shards: int) -> Counter[str]:
    """The counts of the shards that are done."""
    fs, path = fsspec.url_to_fs(f"{output}/{RUN}")
    counts: Counter[str] = Counter(dict.fromkeys(("shards", "done", *COUNTS), 0))
    counts["shards"] = shards
    for number in range(shards):
        if fs.exists(f"{path}/completions/{number:05d}"):
            counts["done"] += 1
            for step in json.loads(fs.cat_file(f"{path}/stats/{number:05d}.json")):
                counts.update({name: _total(step["stats"].get(name, 0)) for name in COUNTS})
    return counts


def _total(stat: Any) -> int:
    return int(stat["total"] if isinstance(stat, dict) else stat)


def _executor(steps: list[Any], tasks: int, logs: str, place: Place) -> Any:
    common = {"tasks": tasks, "workers": min(place.workers, tasks), "logging_dir": logs}
    if place.executor == "slurm":
        return _slurm(steps, place, **common)
    if place.executor == "ray":
        return _ray(steps, **common)
    from claimcheck.bulk.local import SteadyExecutor

    return SteadyExecutor(steps, **common)


def _slurm(steps: list[Any], place: Place, **common: Any) -> Any:
    from shutil import which

    if which("sbatch") is None:
        raise UsageError(
            "--executor slurm hands jobs in by sbatch, not found here. Run it on a login node of the cluster."
        )
    from datatrove.executor import SlurmPipelineExecutor

    return SlurmPipelineExecutor(
        steps,
        time=place.time,
        partition=place.partition,
        job_name="claimcheck",
        venv_path=f"{sys.prefix}/bin/activate" if sys.prefix != sys.base_prefix else None,
        mem_per_cpu_gb=_GIGABYTES,
        **common,
    )


def _ray(steps: list[Any], **common: Any) -> Any:
    from claimcheck.extras import need

    need("ray", "ray")
    import ray
    from datatrove.executor import RayPipelineExecutor

    if not ray.is_initialized():
        ray.init(log_to_driver=False)
    return RayPipelineExecutor(steps, mem_per_cpu_gb=_GIGABYTES, **common)
