"""Share work out among processes that are copies of this one, and so begin with all that it knows.

What makes processes takes long to load, and is loaded where one is made.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from partnermatch.errors import InterruptedRun, SettingsError

if TYPE_CHECKING:
    from concurrent.futures import Executor

Part = TypeVar("Part")
Result = TypeVar("Result")

_START = "fork"
"""How a copy is made; where a system has no such way, as Windows, one process does all."""
_ENDED = "A process that did a part of the work has ended: run again with one worker."
_kept: list[Callable[[Any], Any]] = []
"""The task of a copy; empty in the process that was copied."""


def spread(
    task: Callable[[Part], Result], parts: Sequence[Part], workers: int, *, apart: bool = False
) -> Iterator[Result]:
    """Do the parts of some work, and give what comes of each in their order.

    This process does the first part, and then, rather than wait for a copy, the last that none has begun.

    Args:
        task: what is done with a part; only its results are sent between processes.
        parts: of the work.
        workers: processes, at most.
        apart: whether this process only waits: what a part leaves behind in the memory is then gone with the copies.

    Raises:
        InterruptedRun: one of the processes has ended.

    >>> list(spread(len, ["a", "bc", ""], 1))
    [1, 2, 0]
    """
    used = min(workers, len(parts))
    if used <= 1 or not _can_copy():
        yield from map(task, parts)
        return
    if apart:
        with _copy(task, used) as pool:
            yield from pool.map(_run, parts)
        return
    with _copy(task, used - 1) as pool:
        sent = [pool.submit(_run, part) for part in parts[1:]]
        done: list[Result] = []
        try:
            yield task(parts[0])
            for place in range(len(parts) - 1):
                while place < len(sent) and not sent[place].done() and sent[-1].cancel():
                    sent.pop()
                    done.append(task(parts[len(sent) + 1]))
                yield sent[place].result() if place < len(sent) else done.pop()
        finally:
            for result in sent:
                result.cancel()


@contextmanager
def beside(task: Callable[[], Result], workers: int) -> Iterator[Callable[[], Result]]:
    """Begin some work in a copy of this process, while this one goes on; what is given waits for what comes of it.

    Args:
        task: what is done; only its result is sent between processes.
        workers: processes, at most; with one, the work is done when its result is asked for.

    Raises:
        InterruptedRun: the process has ended.

    >>> with beside(lambda: 1 + 1, 2) as wait:
    ...     wait()
    2
    """
    if workers <= 1 or not _can_copy():
        yield task
        return
    with _copy(lambda _: task(), 1) as pool:
        yield pool.submit(_run, None).result


def cut(items: Sequence[Part], workers: int, least: int, most: int) -> list[Sequence[Part]]:
    """Parts of some items, for so many workers; one part, if it is empty, of nothing.

    Args:
        items: all of them.
        workers: processes that share them.
        least: items of a part that are worth a process.
        most: items of a part that fit the memory.

    Raises:
        SettingsError: there is no worker.

    >>> cut("abcdefg", 2, 1, 3), cut("abc", 2, 2, 3), cut("", 2, 1, 3)
    (['abc', 'def', 'g'], ['ab', 'c'], [''])
    """
    check_workers(workers)
    size = min(most, max(least, -(-len(items) // workers)))
    return [items[start : start + size] for start in range(0, max(1, len(items)), size)]


def check_workers(workers: int) -> None:
    """Refuse a number of processes that do no work.

    Raises:
        SettingsError: there is none.
    """
    if workers < 1:
        raise SettingsError(f"{workers} workers do no work: give 1 or more.")


def _can_copy() -> bool:
    from multiprocessing import get_all_start_methods

    return _START in get_all_start_methods()


@contextmanager
def _copy(task: Callable[[Any], Any], copies: int) -> Iterator[Executor]:
    """Copies of this process that do a task."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(copies, get_context(_START), _keep, (task,)) as pool:
        try:
            yield pool
        except BrokenProcessPool:
            raise InterruptedRun(_ENDED) from None


def _keep(task: Callable[[Any], Any]) -> None:
    from threading import Thread

    _kept.append(task)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process stops them all
    Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """A copy whose first process was killed would wait for work to its end."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if first := parent_process():
        wait([first.sentinel])
        os._exit(1)


def _run(part: Any) -> Any:
    return _kept[0](part)
