"""Which of many numbers are among some known ones, most of them not."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from partnermatch.model import Flags, Ints

ROOM, MIN_BITS, MAX_BITS = 3, 8, 26
"""Bits of a hash beyond those of how many numbers are known, so that a strange number has one of theirs by a chance of one in
eight at most; and the fewest and most bits of a hash."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio, which spreads numbers (Knuth, The Art of Computer Programming 3, 6.4)."""


class Numbers(NamedTuple):
    """Known numbers.

    Attributes:
        values: [n] sorted.
        met: for each hash, whether one of them has it: a number whose hash none has need not be looked for.
        bits: of a hash.
    """

    values: Ints
    met: Flags
    bits: int

    @classmethod
    def build(cls, values: Ints) -> Self:
        """Lay out sorted numbers."""
        bits = min(max(len(values).bit_length() + ROOM, MIN_BITS), MAX_BITS)
        met = np.zeros(1 << bits, dtype=np.bool_)
        met[_hash(values, bits)] = True
        return cls(values, met, bits)

    def contain(self, numbers: Ints) -> Flags:
        """Whether each of some numbers is among them.

        >>> Numbers.build(np.array([2, 5])).contain(np.array([5, 3, 2])).tolist()
        [True, False, True]
        """
        found = self.met.take(_hash(numbers, self.bits))
        (maybe,) = found.nonzero()
        sought = numbers.take(maybe)
        order = sought.argsort()  # numbers in order are found ten times as fast
        sought = sought.take(order)
        found[maybe.take(order)] = self.values.take(self.values.searchsorted(sought), mode="clip") == sought
        return found


def _hash(numbers: Ints, bits: int) -> NDArray[np.intp]:
    return ((numbers.view(np.uint64) * _FACTOR) >> np.uint64(64 - bits)).view(np.intp)
