"""Who took whose place and who is above whom, over rows of a registry; circles are no trouble."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence


def follow(after: Mapping[int, int], rows: int) -> list[int]:
    """The end of the chain that begins at each row; of a circle, the smallest row.

    >>> follow({0: 3, 3: 2, 5: 4, 4: 7, 7: 4}, 8)
    [2, 1, 2, 2, 4, 4, 6, 4]
    """
    ends = [-1] * rows
    for row in range(rows):
        seen: dict[int, None] = {}
        while ends[row] < 0 and row in after and row not in seen:
            seen[row] = None
            row = after[row]  # noqa: PLW2901 — the chain goes on from it
        way = list(seen)
        end = ends[row] if ends[row] >= 0 else min(way[way.index(row) :]) if row in seen else row
        for passed in (*way, row):
            ends[passed] = end
    return ends


def find_tops(above: Sequence[set[int]]) -> list[int]:
    """The top of each row: the top that all rows above it share, else the row itself.

    Rows are settled from the top down. Where only circles are left, the smallest row of one is made a top.

    >>> find_tops([set(), {0}, {1}, set(), {2, 0}, {2, 3}, {5}])
    [0, 0, 0, 3, 0, 5, 5]
    >>> find_tops([{1}, {2}, {1}])
    [1, 1, 1]
    """
    tops = [-1] * len(above)
    below: list[list[int]] = [[] for _ in above]
    for row, parents in enumerate(above):
        for parent in parents:
            below[parent].append(row)
    waiting = [len(parents) for parents in above]
    ready = deque(row for row, count in enumerate(waiting) if not count)
    _settle(ready, above, below, waiting, tops)
    for row in range(len(above)):
        while tops[row] < 0:
            ready.append(_break_circle(row, above, tops))
            _settle(ready, above, below, waiting, tops)
    return tops


def _settle(
    ready: deque[int], above: Sequence[set[int]], below: Sequence[list[int]], waiting: list[int], tops: list[int]
) -> None:
    while ready:
        row = ready.popleft()
        found = {tops[parent] for parent in above[row]}
        tops[row] = found.pop() if len(found) == 1 and -1 not in found else row
        for child in below[row]:
            waiting[child] -= 1
            if waiting[child] == 0 and tops[child] < 0:
                ready.append(child)


def _break_circle(row: int, above: Sequence[set[int]], tops: Sequence[int]) -> int:
    """The smallest row of a circle that is met on the way up from an unsettled row."""
    seen: dict[int, int] = {}
    while row not in seen:
        seen[row] = len(seen)
        row = min(parent for parent in above[row] if tops[parent] < 0)
    return min(list(seen)[seen[row] :])
