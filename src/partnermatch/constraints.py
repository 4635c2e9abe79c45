"""What people decided about rows, as pairs of profiles that must or must not be joined.

Decisions may contradict each other: a no outranks what several yeses say together, and of the yeses the later ones. What is
not obeyed is handed back, for a person to look at.
"""

from __future__ import annotations

import numpy as np

from partnermatch.model import Constraints, Ints


def settle(decided: Constraints, profiles: Ints) -> tuple[Constraints, Ints]:
    """Turn decisions about rows into constraints on profiles that do not contradict each other.

    Args:
        decided: [k] pairs of rows, the earliest decision first; the last about a pair holds.
        profiles: [r] profile of each row, -1 where it has no name.

    Returns:
        The constraints, without pairs of one profile, and the places in `decided` of those that are not obeyed: a yes that
        would join what a no keeps apart, and a no between rows that say the same.
    """
    left, right = profiles[decided.left], profiles[decided.right]
    named = np.flatnonzero((left >= 0) & (right >= 0))
    last = {(int(min(left[k], right[k])), int(max(left[k], right[k]))): k for k in named.tolist()}
    apart = {pair: k for pair, k in last.items() if not decided.same[k] and pair[0] != pair[1]}
    unheard = [k for pair, k in last.items() if not decided.same[k] and pair[0] == pair[1]]
    groups = _Groups(list(apart))
    together = {}
    for pair, k in sorted(last.items(), key=lambda item: -item[1]):
        if not decided.same[k] or pair[0] == pair[1]:
            continue
        if groups.join(*pair):
            together[pair] = k
        else:
            unheard.append(k)
    pairs = sorted([*apart, *together])
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    same = np.array([pair in together for pair in pairs], dtype=np.bool_)
    return Constraints(ends[0], ends[1], same), np.array(sorted(unheard), dtype=np.int64)


class _Groups:
    """Sets of profiles that are one, and which sets must not become one (union-find with enemies)."""

    def __init__(self, apart: list[tuple[int, int]]) -> None:
        self._parent: dict[int, int] = {}
        self._enemies: dict[int, set[int]] = {}
        for one, two in apart:
            self._enemies.setdefault(one, set()).add(two)
            self._enemies.setdefault(two, set()).add(one)

    def join(self, one: int, two: int) -> bool:
        """Make two sets one; False, and nothing done, if they must not be."""
        one, two = self._find(one), self._find(two)
        if one == two:
            return True
        if two in {self._find(enemy) for enemy in self._enemies.get(one, ())}:
            return False
        self._parent[two] = one
        self._enemies.setdefault(one, set()).update(self._enemies.pop(two, set()))
        return True

    def _find(self, row: int) -> int:
        while row in self._parent:
            row = self._parent[row]
        return row
