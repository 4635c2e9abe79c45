"""Read many strings, on several processes where that pays: every string is read by itself, whoever reads it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from partnermatch.parallel import spread

Text = TypeVar("Text")
Read = TypeVar("Read")

MOST_AT_ONCE, LEAST_AT_ONCE = 2_000, 250
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

    parts = _cut(texts, used)
    for part, found in zip(parts, spread(read_part, parts, used, apart=True), strict=True):
        yield found
        advance(len(part))


def _cut(texts: Sequence[Text], workers: int) -> list[Sequence[Text]]:
    """Parts that get smaller towards the end, so that no process waits long for the last one of another.

    Source: guided self-scheduling (Polychronopoulos and Kuck, 1987), with half of the share of each.
    """
    parts: list[Sequence[Text]] = []
    start = 0
    while start < len(texts) or not parts:
        size = max(LEAST_AT_ONCE, min(MOST_AT_ONCE, (len(texts) - start) // (2 * workers)))
        parts.append(texts[start : start + size])
        start += size
    return parts


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
