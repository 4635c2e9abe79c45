"""Which of many numbers are among some known ones, most of them not."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from partnermatch.model import Flags, Ints

_BITS = 22
"""Of a hash: two numbers in a million known ones have it in common by a chance of one in five."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio, which spreads numbers (Knuth, The Art of Computer Programming 3, 6.4)."""


class Numbers(NamedTuple):
    """Known numbers.

    Attributes:
        values: [n] sorted.
        met: for each hash, whether one of them has it: a number whose hash none has need not be looked for.
    """

    values: Ints
    met: Flags

    @classmethod
    def build(cls, values: Ints) -> Self:
        """Lay out sorted numbers."""
        met = np.zeros(1 << _BITS, dtype=np.bool_)
        met[_hash(values)] = True
        return cls(values, met)

    def contain(self, numbers: Ints) -> Flags:
        """Whether each of some numbers is among them.

        >>> Numbers.build(np.array([2, 5])).contain(np.array([5, 3, 2])).tolist()
        [True, False, True]
        """
        found = self.met.take(_hash(numbers))
        maybe = np.flatnonzero(found)
        sought = numbers.take(maybe)
        places = np.searchsorted(self.values, sought)
        found[maybe] = self.values.take(places, mode="clip") == sought
        return found


def _hash(numbers: Ints) -> NDArray[np.intp]:
    return ((numbers.view(np.uint64) * _FACTOR) >> np.uint64(64 - _BITS)).view(np.intp)
