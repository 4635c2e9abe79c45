"""What people decided about rows, as pairs of profiles that must or must not be joined, beside what a registry says.

Decisions may contradict each other: a no outranks what several yeses say together, and of the yeses the later ones. Nor does
a yes join what a registry takes for two institutions. What is not obeyed is handed back, for a person to look at.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partnermatch.model import Constraints, Flags, Ints


class Settled(NamedTuple):
    """Decisions and a registry's institutions that do not contradict each other.

    Attributes:
        constraints: on profiles, without pairs of one profile.
        institutions: [n] of the registry, -1 where a no keeps the profile from others that mean the same one.
        unheard: places of decisions that are not obeyed: a yes that would join what a no keeps apart, and a no between rows
            that say the same.
        crossing: places of yeses that would join two institutions of the registry.
    """

    constraints: Constraints
    institutions: Ints
    unheard: Ints
    crossing: Ints


def settle(decided: Constraints, profiles: Ints, institutions: Ints) -> Settled:
    """Turn decisions about rows into constraints on profiles.

    Args:
        decided: [k] pairs of rows, the earliest decision first; the last about a pair holds.
        profiles: [r] profile of each row, -1 where it has no name.
        institutions: [n] number of the registry's institution that each profile means, -1 if unknown.
    """
    left, right = profiles[decided.left], profiles[decided.right]
    named = np.flatnonzero((left >= 0) & (right >= 0))
    last = {(int(min(left[k], right[k])), int(max(left[k], right[k]))): k for k in named.tolist()}
    apart = {pair: k for pair, k in last.items() if not decided.same[k] and pair[0] != pair[1]}
    unheard = [k for pair, k in last.items() if not decided.same[k] and pair[0] == pair[1]]
    groups = _Groups(list(apart), institutions)
    together = {}
    crossing = []
    for pair, k in sorted(last.items(), key=lambda item: -item[1]):
        if not decided.same[k] or pair[0] == pair[1]:
            continue
        if groups.are_apart(*pair):
            unheard.append(k)
        elif groups.mean_two(*pair):
            crossing.append(k)
        else:
            groups.join(*pair)
            together[pair] = k
    kept = _join_institutions(groups, institutions)
    crossing = [k for k in crossing if not _hear_again(groups, (int(left[k]), int(right[k])), k, together)]
    pairs = sorted([*apart, *together])
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    same = np.array([pair in together for pair in pairs], dtype=np.bool_)
    return Settled(
        Constraints(ends[0], ends[1], same),
        kept,
        np.array(sorted(unheard), dtype=np.int64),
        np.array(sorted(crossing), dtype=np.int64),
    )


def leave_to_people(institutions: Ints, decided: Constraints, profiles: Ints, insisted: Flags) -> Ints:
    """The institutions without those of names about which a person insisted against the registry.

    Args:
        institutions: [n] of the registry, -1 if unknown.
        decided: [k] pairs of rows.
        profiles: [r] profile of each row, -1 where it has no name.
        insisted: [k] whether the person had seen what the registry says.
    """
    left = institutions.copy()
    ends = profiles[np.concatenate([decided.left[insisted], decided.right[insisted]])]
    left[ends[ends >= 0]] = -1
    return left


def _join_institutions(groups: _Groups, institutions: Ints) -> Ints:
    """Join the profiles that mean one institution, the first with each; one that a no keeps apart means none any more."""
    kept = institutions.copy()
    first: dict[int, int] = {}
    for profile in np.flatnonzero(institutions >= 0).tolist():
        head = first.setdefault(int(institutions[profile]), profile)
        if groups.are_apart(head, profile):
            kept[profile] = -1
            groups.forget(profile)
        else:
            groups.join(head, profile)
    return kept


def _hear_again(groups: _Groups, pair: tuple[int, int], place: int, together: dict[tuple[int, int], int]) -> bool:
    """Whether a yes joins no two institutions any more, now that a no has taken one of its names out of one; it is obeyed then."""
    one, two = sorted(pair)
    if groups.mean_two(one, two) or groups.are_apart(one, two):
        return False
    groups.join(one, two)
    together[one, two] = place
    return True


class _Groups:
    """Sets of profiles that are one, and which sets must not become one (union-find with enemies)."""

    def __init__(self, apart: list[tuple[int, int]], institutions: Ints) -> None:
        self._parent: dict[int, int] = {}
        self._enemies: dict[int, set[int]] = {}
        known = np.flatnonzero(institutions >= 0)
        self._institutions = dict(zip(known.tolist(), institutions[known].tolist(), strict=True))
        for one, two in apart:
            self._enemies.setdefault(one, set()).add(two)
            self._enemies.setdefault(two, set()).add(one)

    def are_apart(self, one: int, two: int) -> bool:
        """Whether somebody said that they are not the same."""
        return self._find(two) in {self._find(enemy) for enemy in self._enemies.get(self._find(one), ())}

    def mean_two(self, one: int, two: int) -> bool:
        """Whether both mean an institution of the registry, and not the same."""
        known = {self._institutions.get(self._find(row), -1) for row in (one, two)} - {-1}
        return len(known) > 1

    def forget(self, row: int) -> None:
        """Let the set of a profile mean no institution of the registry any more."""
        self._institutions.pop(self._find(row), None)

    def join(self, one: int, two: int) -> None:
        """Make two sets one."""
        one, two = self._find(one), self._find(two)
        if one != two:
            self._parent[two] = one
            self._enemies.setdefault(one, set()).update(self._enemies.pop(two, set()))
            self._institutions[one] = max(self._institutions.get(one, -1), self._institutions.pop(two, -1))

    def _find(self, row: int) -> int:
        while row in self._parent:
            row = self._parent[row]
        return row
