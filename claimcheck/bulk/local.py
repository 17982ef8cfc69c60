"""datatrove's local executor, for workers that may be killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import dill
from datatrove.executor import LocalPipelineExecutor

_ATTEMPTS = 3


class SteadyExecutor(LocalPipelineExecutor):  # type: ignore[misc]  # datatrove is not typed
    """Runs each worker as a process of its own and starts another where one is killed.

    datatrove's own pool waits for ever for a task whose process is gone. Here its shard is tried again, three
    times in all, and the other workers go on meanwhile.
    """

    on_done: Callable[[], None] = staticmethod(lambda: None)

    def run(self) -> None:
        """Run the tasks that are not done."""
        ranks: SimpleQueue[int] = SimpleQueue()
        for rank in self.get_incomplete_ranks():
            ranks.put(rank)
        work = dill.dumps(self, recurse=True)
        with ThreadPoolExecutor(self.workers) as lanes:
            for lane in [lanes.submit(self._lane, work, ranks) for _ in range(self.workers)]:
                lane.result()

    def _lane(self, work: bytes, ranks: SimpleQueue[int]) -> None:
        """One worker after another, until no shard is left."""
        attempts = 0
        rank: int | None = None
        while True:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_hush) as worker:
                try:
                    while True:
                        if rank is None:
                            rank, attempts = ranks.get_nowait(), 0
                        attempts += 1
                        _finish(worker, work, rank)
                        rank = None
                        self.on_done()
                except Empty:
                    return
                except BrokenProcessPool:
                    rank = rank if attempts < _ATTEMPTS else None


def _finish(worker: ProcessPoolExecutor, work: bytes, rank: int) -> None:
    """Have a shard done; one that fails stays undone, and the log of its task says why."""
    try:
        worker.submit(_run, work, rank).result()
    except BrokenProcessPool:
        raise
    except Exception:  # noqa: BLE001, S110  # logged by the task
        pass


def _hush() -> None:
    """Let the log of a task be the only place where it speaks."""
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  # for the life of the process


def _run(work: bytes, rank: int) -> None:
    executor: Any = dill.loads(work)  # noqa: S301  # our own, from the process that started this one
    executor._run_for_rank(rank)  # noqa: SLF001  # what datatrove's own workers call
