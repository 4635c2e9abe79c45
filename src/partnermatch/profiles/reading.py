"""Read many strings, on several processes where that pays: every string is read by itself, whoever reads it."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import repeat
from multiprocessing import get_context
from typing import TypeVar

from partnermatch.errors import InterruptedRun
from partnermatch.settings import TextSettings

T = TypeVar("T")

AT_ONCE = 1_000
"""Names that are handed to a process at once."""
MIN_SHARE = 5_000
"""Names for which another process pays: it takes two seconds to load the lexicon."""


def read_all(
    read: Callable[[str, TextSettings], T],
    texts: Sequence[str],
    settings: TextSettings,
    advance: Callable[[int], None],
    workers: int,
) -> Iterator[T]:
    """What each string says, in their order.

    Args:
        read: reads one; a function of a module.
        texts: [t] strings.
        settings: of the run.
        advance: told how many were read since the last call.
        workers: processes that read, at most. They are started anew (spawned), so that a script that asks for more than
            one must not do its work when it is imported.

    Raises:
        InterruptedRun: one of these processes has ended.
    """
    used = min(workers, len(texts) // MIN_SHARE)
    if used <= 1:
        for text in texts:
            yield read(text, settings)
            advance(1)
        return
    parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    with ProcessPoolExecutor(used, get_context("spawn"), _leave_stopping_to_the_first) as pool:
        try:
            for names in pool.map(_read_part, repeat(read), parts, repeat(settings)):
                yield from names
                advance(len(names))
        except BrokenProcessPool:
            raise InterruptedRun(
                "A process that was reading names has ended: use one worker, or in a script of your own, "
                "start the work under `if __name__ == '__main__':`."
            ) from None


@contextmanager
def without_collecting() -> Iterator[None]:
    """Garbage is not looked for: a million objects are made that are all kept, and looking takes a fifth of the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _leave_stopping_to_the_first() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_part(read: Callable[[str, TextSettings], T], texts: Sequence[str], settings: TextSettings) -> list[T]:
    with without_collecting():
        return [read(text, settings) for text in texts]
