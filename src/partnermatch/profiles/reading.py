"""Read many strings, on several processes where that pays: every string is read by itself, whoever reads it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from partnermatch.parallel import cut, spread
from partnermatch.settings import TextSettings

T = TypeVar("T")

AT_ONCE = 1_000
"""Names that are handed to a process at once."""
MIN_SHARE = 2_000
"""Names for which another process pays."""
FIRST = 50
"""Names from all over the list that are read before a process is copied: what reading needs is then loaded once."""


def read_all(
    read: Callable[[str, TextSettings], T],
    texts: Sequence[str],
    settings: TextSettings,
    advance: Callable[[int], None],
    workers: int,
) -> Iterator[T]:
    """What each string says, in their order.

    Args:
        read: reads one.
        texts: [t] strings.
        settings: of the run.
        advance: told how many were read since the last call.
        workers: processes that read, at most.

    Raises:
        InterruptedRun: one of these processes has ended.
    """
    used = min(workers, len(texts) // MIN_SHARE)
    if used <= 1:
        for text in texts:
            yield read(text, settings)
            advance(1)
        return
    for text in texts[:: len(texts) // FIRST or 1]:
        read(text, settings)

    def read_part(part: Sequence[str]) -> list[T]:
        with without_collecting():
            return [read(text, settings) for text in part]

    for found in spread(read_part, cut(texts, used, 1, AT_ONCE), used):
        yield from found
        advance(len(found))


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
