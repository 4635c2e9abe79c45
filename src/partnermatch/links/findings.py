"""What is found of pairs of words, whatever the kind of finding, before it becomes links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from partnermatch.model import Atoms, Flags, Floats, Ints, Role
from partnermatch.settings import LinkSettings

NAMED = (int(Role.REST), int(Role.PLACE))
"""Roles of names."""


class Findings(NamedTuple):
    """Pairs of atoms that answer for each other, in any order; a pair may come more than once.

    Attributes:
        one: [f] atoms.
        two: [f] atoms.
        alike: [f] how nearly each answers for the other, 0..1.
    """

    one: Ints
    two: Ints
    alike: Floats


class Vocabulary(NamedTuple):
    """A vocabulary in which some atoms ask.

    Attributes:
        atoms: all, those of an index first and in its order.
        known: how many of them the index has. One of these that asks finds the others of them by itself, and need not be
            found by them.
        asking: [q] numbers of the atoms that ask, sorted.
        asks: [a] the same as flags.
        settings: thresholds.
    """

    atoms: Atoms
    known: int
    asking: Ints
    asks: Flags
    settings: LinkSettings


def gather(findings: Iterable[tuple[int, int, float]]) -> Findings:
    """Findings that come one by one."""
    rows = list(findings)
    ends = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
    return Findings(ends[:, 0], ends[:, 1], np.array([row[2] for row in rows], dtype=np.float64))


def pick_named(atoms: Atoms, numbers: Ints) -> list[int]:
    """Those that are distinctive words or places: only these are misspelled, misread or carried over by sound."""
    picked: list[int] = numbers[np.isin(atoms.roles[numbers], NAMED)].tolist()
    return picked
