"""Walk over rows of CSR lists: all places of some of them, one row behind another; sort pairs of rows, and mark some."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from partnermatch.model import Flags, Ints


def expand(starts: Ints, stops: Ints) -> tuple[Ints, Ints]:
    """All places from each start to its stop, in order.

    Args:
        starts: [r] first place of each stretch.
        stops: [r] place behind its last.

    Returns:
        [m] the places, and [m] which of the stretches each belongs to.

    >>> [places.tolist() for places in expand(np.array([4, 0, 7]), np.array([6, 0, 8]))]
    [[4, 5, 7], [0, 0, 2]]
    """
    count = stops - starts
    source = np.arange(len(starts)).repeat(count)
    places = np.arange(len(source))
    places += (starts - count.cumsum() + count).take(source)  # faster than to repeat it
    return places, source


def expand_rows(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """All places of some rows of a CSR list, in their order.

    Args:
        starts: [n + 1] of the list.
        rows: [r] rows of it.

    Returns:
        [m] the places, and [m] which of `rows` each belongs to.
    """
    return expand(starts[rows], starts[rows + 1])


def mark(places: Ints, count: int) -> Flags:
    """[count] Whether each place is among these.

    >>> mark(np.array([2, 0, 2]), 4).tolist()
    [True, False, True, False]
    """
    marked = np.zeros(count, dtype=np.bool_)
    marked[places] = True
    return marked


def cut_portions(counts: Ints, most: int) -> list[slice]:
    """Cut rows into stretches that are worked on one after another, so that what is held of them fits in the memory.

    Args:
        counts: [r] items of each row.
        most: items of a stretch, but for those of its last row.

    >>> cut_portions(np.array([2, 2, 9, 1]), 3)
    [slice(0, 2, None), slice(2, 3, None), slice(3, 4, None)]
    """
    before = np.cumsum(counts) - counts
    starts = np.flatnonzero(np.diff(before // most, prepend=-1)).tolist()
    return [slice(start, stop) for start, stop in pairwise([*starts, len(counts)])]


def sort_once(numbers: ArrayLike) -> Ints:
    """Numbers sorted, each once: `numpy.unique` of NumPy 2.4 hashes first, which takes up to a hundred times as long.

    >>> sort_once([[2, 0], [2, 1]]).tolist()
    [0, 1, 2]
    """
    ordered: Ints = np.array(numbers, dtype=np.int64).ravel()
    ordered.sort()
    return ordered[differ_from_last(ordered)]


def differ_from_last(numbers: Ints) -> Flags:
    """Whether each is another than the one before it; the first is.

    >>> differ_from_last(np.array([3, 3, 5])).tolist()
    [True, False, True]
    """
    differ = np.empty(len(numbers), dtype=np.bool_)
    differ[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=differ[1:])
    return differ


def sort_pairs(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Sort pairs of numbers from 0 to 2^31, each once: as one number a pair, which is sorted much faster than two.

    >>> [ends.tolist() for ends in sort_pairs(np.array([2, 0, 2]), np.array([1, 5, 1]))]
    [[0, 2], [5, 1]]
    """
    pairs = sort_once(left << 32 | right)
    return pairs >> 32, pairs & 0xFFFFFFFF
