"""Read many strings, on several processes where that pays: every string is read by itself, whoever reads it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from partnermatch.parallel import cut, spread

Text = TypeVar("Text")
Read = TypeVar("Read")

AT_ONCE = 2_000
"""Names that are handed to a process at once."""
MIN_SHARE = 2_000
"""Names for which another process pays."""
FIRST = 50
"""Names from all over the list that are read before a process is copied: what reading needs is then loaded once."""


def read_parts(
    read: Callable[[Sequence[Text]], Read], texts: Sequence[Text], advance: Callable[[int], None], workers: int
) -> Iterator[Read]:
    """What strings say, part by part in their order.

    Args:
        read: reads a part of them.
        texts: [t] strings, with what belongs to them.
        advance: told how many were read since the last call.
        workers: processes that read, at most.

    Raises:
        InterruptedRun: one of these processes has ended.
    """
    used = max(1, min(workers, len(texts) // MIN_SHARE))
    if used > 1:
        read(texts[:: len(texts) // FIRST or 1])

    def read_part(part: Sequence[Text]) -> Read:
        with without_collecting():
            return read(part)

    parts = cut(texts, used, 1, AT_ONCE)
    for part, found in zip(parts, spread(read_part, parts, used, apart=True), strict=True):
        yield found
        advance(len(part))


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
