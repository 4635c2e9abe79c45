"""Who holds a key: an inverted index over keys of words, built once and asked by other words.

Keys are known by their hashes (see `variants`), so that an index is four arrays.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from partnermatch.csr import differ_from_last, expand, sort_pairs
from partnermatch.links.variants import Hashed
from partnermatch.model import Ints
from partnermatch.numbers import Numbers

_NOTHING: Ints = np.zeros(0, dtype=np.int64)


class Holders(NamedTuple):
    """Words by the keys that they hold. A key that too many hold tells nothing, and is left out.

    Attributes:
        keys: [k] hashes, sorted.
        starts: [k + 1] and `words` [m]: who holds each.
        crowded: hashes of the keys that were left out, sorted.
    """

    keys: Ints
    starts: NDArray[np.int32]
    words: NDArray[np.int32]
    crowded: Ints

    @classmethod
    def build(cls, keys: Hashed, most: int | None = None, without: Ints | None = None) -> Self:
        """Index the words.

        Args:
            keys: of the words.
            most: words that may hold a key; any number if not given.
            without: hashes of keys that are left out, sorted.
        """
        words, hashes = keys
        if without is not None:
            kept = ~Numbers.build(without).contain(hashes)
            words, hashes = words[kept], hashes[kept]
        if not len(hashes):
            return cls(_NOTHING, np.zeros(1, dtype=np.int32), _NOTHING.astype(np.int32), _NOTHING)
        order = hashes.argsort()
        hashes, words = hashes[order], words[order]
        first = differ_from_last(hashes)
        number, words = sort_pairs(np.cumsum(first) - 1, words)  # a third of the time that sorting by both would take
        counts, found = np.bincount(number), hashes[first]
        few = counts <= (len(words) if most is None else most)
        starts = np.zeros(np.count_nonzero(few) + 1, dtype=np.int32)
        counts[few].cumsum(out=starts[1:])
        return cls(found[few], starts, words[few.repeat(counts)].astype(np.int32), found[~few])

    def meet(self, keys: Hashed) -> tuple[Ints, Ints]:
        """Who holds a key of some words.

        Args:
            keys: of the words that ask.

        Returns:
            Pairs of an asking word and a word of the index that share a key, each once, in order.
        """
        if not len(self.keys):
            return _NOTHING, _NOTHING
        order = keys.hashes.argsort()  # numbers in order are found ten times as fast
        asking, hashes = keys.words[order], keys.hashes[order]
        places = self.keys.searchsorted(hashes)
        known = places < len(self.keys)
        known[known] = self.keys[places[known]] == hashes[known]
        if not known.any():
            return _NOTHING, _NOTHING
        asking, places = asking[known], places[known]
        steps, source = expand(self.starts[places].astype(np.int64), self.starts[places + 1].astype(np.int64))
        return sort_pairs(asking[source], self.words[steps].astype(np.int64))
