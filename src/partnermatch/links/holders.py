"""Who holds a key: an inverted index over keys of words, built once and asked by other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from partnermatch.model import Ints


class Holders:
    """Words by the keys that they hold. A key that too many hold tells nothing, and is left out.

    Attributes:
        crowded: the keys that were left out.
    """

    def __init__(self, keys: Sequence[Iterable[str]], most: int) -> None:
        """Index the words.

        Args:
            keys: [w] distinct keys of each word.
            most: words that may hold a key.
        """
        numbers: dict[str, int] = {}
        held = [[numbers.setdefault(key, len(numbers)) for key in own] for own in keys]
        places = np.repeat(np.arange(len(held)), [len(own) for own in held])
        flat = np.fromiter((number for own in held for number in own), dtype=np.int64, count=len(places))
        counts = np.bincount(flat, minlength=len(numbers))
        kept = (counts <= most)[flat]
        order = np.argsort(flat[kept], kind="stable")
        self.crowded = frozenset(key for key, number in numbers.items() if counts[number] > most)
        counts[counts > most] = 0
        self._numbers = {key: number for key, number in numbers.items() if counts[number]}
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._places = places[kept][order].astype(np.int32)
        self._words = len(keys)

    def meet(self, keys: Sequence[Iterable[str]]) -> tuple[Ints, Ints]:
        """Who holds a key of some words.

        Args:
            keys: [w] keys of each word that asks.

        Returns:
            Pairs of an asking word and a word of the index that share a key, each once, in order.
        """
        known = [[number for key in own if (number := self._numbers.get(key, -1)) >= 0] for own in keys]
        asking = np.repeat(np.arange(len(known)), [len(own) for own in known])
        flat = np.fromiter((number for own in known for number in own), dtype=np.int64, count=len(asking))
        sizes = self._starts[flat + 1] - self._starts[flat]
        source = np.repeat(asking, sizes)
        steps = np.arange(len(source)) + np.repeat(self._starts[flat] - np.cumsum(sizes) + sizes, sizes)
        met = np.sort(source * self._words + self._places[steps])
        met = met[np.flatnonzero(np.diff(met, prepend=-1))]
        return met // max(self._words, 1), met % max(self._words, 1)
