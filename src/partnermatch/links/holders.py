"""Who holds a key: an inverted index over keys of words, built once and asked by other words.

Keys are known by their hashes (see `strings.hash_strings`), so that an index is four arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from partnermatch.csr import expand
from partnermatch.model import Ints
from partnermatch.strings import hash_strings

_WORDS = 1 << 32
"""More than there are words: two of them fit into one number."""


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
    def build(cls, keys: Sequence[Iterable[str]], most: int | None = None, without: Ints | None = None) -> Self:
        """Index the words.

        Args:
            keys: [w] distinct keys of each word.
            most: words that may hold a key; any number if not given.
            without: hashes of keys that are left out, sorted.
        """
        words, hashes = _hash(keys)
        if without is not None:
            kept = ~np.isin(hashes, without)
            words, hashes = words[kept], hashes[kept]
        order = np.argsort(hashes, kind="stable")
        found, counts = np.unique(hashes, return_counts=True)
        few = counts <= (len(words) if most is None else most)
        starts = np.concatenate([[0], np.cumsum(counts[few])]).astype(np.int32)
        return cls(found[few], starts, words[order][np.repeat(few, counts)].astype(np.int32), found[~few])

    def meet(self, keys: Sequence[Iterable[str]]) -> tuple[Ints, Ints]:
        """Who holds a key of some words.

        Args:
            keys: [w] keys of each word that asks.

        Returns:
            Pairs of an asking word and a word of the index that share a key, each once, in order.
        """
        asking, hashes = _hash(keys)
        places = np.searchsorted(self.keys, hashes)
        known = places < len(self.keys)
        known[known] = self.keys[places[known]] == hashes[known]
        asking, places = asking[known], places[known]
        steps, source = expand(self.starts[places].astype(np.int64), self.starts[places + 1].astype(np.int64))
        met = np.sort(asking[source] * _WORDS + self.words[steps])
        met = met[np.flatnonzero(np.diff(met, prepend=-1))]
        return met // _WORDS, met % _WORDS


def _hash(keys: Sequence[Iterable[str]]) -> tuple[Ints, Ints]:
    """The word and the hash of each key."""
    held = [tuple(own) for own in keys]
    words = np.repeat(np.arange(len(held)), [len(own) for own in held])
    return words, hash_strings(chain.from_iterable(held))
