"""Where requests wait for the pipeline: one thread that judges, a short line before it, a limit on time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from claimcheck.pipeline.run import scan
from claimcheck.records import Article, Report, Unread

if TYPE_CHECKING:
    from spacy.language import Language

_Read = TypeVar("_Read", Article, Unread, Article | Unread)
Reader = Callable[[], Iterable[Article | Unread]]


class BusyError(Exception):
    """As many requests as allowed are in hand already."""


class SlowError(Exception):
    """A request was not answered within its time."""


class Bench:
    """Judges for many callers at once.

    One thread judges: the pipeline holds Python's lock nearly all the time, so that a second one would
    slow the first, and spaCy's vocabulary is not written by two at once.

    Args:
        nlp: As :func:`claimcheck.pipeline.run.load` gives it.
        most: How many requests may be in hand, judged or waiting.
        seconds: How long one may take, waiting included.
    """

    def __init__(self, nlp: Language, most: int, seconds: float) -> None:
        self.nlp, self.seconds = nlp, seconds
        self._free = threading.BoundedSemaphore(most)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="judge")

    async def scan(self, read: Reader) -> Report:
        """Read and judge in the thread.

        Args:
            read: Gives the articles; called in the thread, so that parsing blocks nobody.

        Raises:
            BusyError: the line is full; nothing was done.
            SlowError: the time is over; the work stops after the document in hand.
        """
        if not self._free.acquire(blocking=False):
            raise BusyError
        over = threading.Event()
        job = self._thread.submit(self._judge, read, over)
        job.add_done_callback(self._leave)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(job), self.seconds)
        except TimeoutError as error:
            raise SlowError from error
        finally:
            over.set()

    def close(self) -> None:
        """Drop who waits and end the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _leave(self, _: Future[Report]) -> None:
        self._free.release()

    def _judge(self, read: Reader, over: threading.Event) -> Report:
        # What a text adds to the vocabulary is forgotten with it; a server would grow without end.
        with self.nlp.memory_zone():
            return scan(_until(over, read()), self.nlp)


def _until(over: threading.Event, items: Iterable[_Read]) -> Iterator[_Read]:
    for item in items:
        if over.is_set():
            return
        yield item
