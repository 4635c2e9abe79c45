"""What is found of pairs of words, whatever the kind of finding, before it becomes links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np

from partnermatch.model import Atoms, Flags, Floats, Ints, Role
from partnermatch.settings import LinkSettings

T = TypeVar("T")
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


class Vocabulary:
    """A vocabulary in which some atoms ask.

    Attributes:
        atoms: all, those of an index first and in its order.
        known: how many of them the index has. One of these that asks finds the others of them by itself, and need not be
            found by them.
        asking: [q] numbers of the atoms that ask, sorted.
        asks: [a] the same as flags.
        named: those of them that are distinctive words or places: only these are misspelled, misread or carried over by sound.
        settings: thresholds.
    """

    def __init__(self, atoms: Atoms, known: int, asking: Ints, settings: LinkSettings) -> None:
        """Take the vocabulary as it is."""
        self.atoms, self.known, self.asking, self.settings = atoms, known, asking, settings
        self.asks: Flags = np.zeros(len(atoms.keys), dtype=np.bool_)
        self.asks[asking] = True
        self.named: list[int] = asking[have_role(atoms.roles[asking], NAMED)].tolist()
        self._found: dict[object, Any] = {}

    @property
    def asks_itself(self) -> bool:
        """Whether it is all indexed, and all of it asks."""
        return self.known == len(self.asking) == len(self.asks)

    @classmethod
    def whole(cls, atoms: Atoms, settings: LinkSettings) -> Self:
        """A vocabulary that is indexed, and asks itself."""
        return cls(atoms, len(atoms.keys), np.arange(len(atoms.keys)), settings)

    def once(self, work_out: Callable[[Vocabulary], T]) -> T:
        """What follows from the vocabulary, worked out once, whichever kinds of finding ask for it."""
        if work_out not in self._found:
            self._found[work_out] = work_out(self)
        found: T = self._found[work_out]
        return found


NOTHING = Findings(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
"""What is found where there is nothing to look for."""


def gather(findings: Iterable[tuple[int, int, float]]) -> Findings:
    """Findings that come one by one."""
    rows = list(findings)
    if not rows:
        return NOTHING
    ends = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
    return Findings(ends[:, 0], ends[:, 1], np.array([row[2] for row in rows], dtype=np.float64))


def share_key(rows: Iterable[tuple[int, str]]) -> bool:
    """Whether two words have one key: of few words that is seen before the keys are hashed.

    Args:
        rows: words, each with a key that it has.

    >>> share_key([(0, "kochi"), (0, "kochi"), (1, "tosa")]), share_key([(0, "kochi"), (1, "kochi")])
    (False, True)
    """
    first: dict[str, int] = {}
    return any(first.setdefault(key, word) != word for word, key in rows)


def have_role(roles: Ints, wanted: Sequence[int]) -> Flags:
    """Which of some roles are among those that are wanted."""
    table = np.zeros(len(Role), dtype=np.bool_)
    table[list(wanted)] = True
    found: Flags = table[roles]
    return found
