"""Hashes of words, and of what is left of them when a letter or two are left out, for all words at once.

Two words that are one edit apart share what one deletion leaves (the symmetric-delete scheme of SymSpell, Garbe 2012). What
is left is never written out: the hash of a word is a polynomial over its letters (Karp and Rabin, 1987), so that the hash of
what is left follows from those of the stretches before, between and behind the letters that are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from partnermatch.csr import cut_portions, differ_from_last, expand, sort_once, sort_pairs
from partnermatch.model import Flags, Ints
from partnermatch.strings import hash_strings

_BASE = np.uint64(0x9E3779B97F4A7C15)
"""An odd number with bits everywhere: two of a million variants have one hash by a chance of one in ten million."""
_Hashes = NDArray[np.uint64]
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
"""What divides by it, in 64 bits."""
FEW = 64
"""Texts of which any two are measured: that takes less time than to hash what may be left of each."""
AT_ONCE = 1 << 16
"""Hashes that are made at once: they fit the processor's cache, and take a seventh of the time that all together do."""


_NOTHING: Ints = np.zeros(0, dtype=np.int64)


class Hashed(NamedTuple):
    """Keys of words, by their hashes.

    Attributes:
        words: [k] which word has each, sorted; a word may have one twice.
        hashes: [k] of the keys.
    """

    words: Ints
    hashes: Ints

    def cut(self, start: int, stop: int) -> Hashed:
        """The keys of the words from one to another."""
        own = slice(*np.searchsorted(self.words, [start, stop]).tolist())
        return Hashed(self.words[own], self.hashes[own])


def hash_keys(keys: Sequence[Sequence[str]]) -> Hashed:
    """Hash keys as they are.

    Args:
        keys: [w] of each word.
    """
    if not keys:
        return Hashed(_NOTHING, _NOTHING)
    words = np.repeat(np.arange(len(keys)), [len(own) for own in keys])
    return Hashed(words, hash_strings(key for own in keys for key in own))


def hash_variants(texts: Sequence[str], most: Ints, first: Ints | None = None) -> Hashed:
    """Hash texts, and what is left of each when letters are left out.

    Args:
        texts: [t] texts.
        most: [t] letters that may be left out of each: none, one or two.
        first: [t] the first letter that may be; all if not given.

    >>> words, hashes = hash_variants(["geneome", "genome"], np.array([1, 1]))
    >>> len(set(hashes[words == 0].tolist()) & set(hashes[words == 1].tolist()))
    1
    """
    if not texts:
        return Hashed(_NOTHING, _NOTHING)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    first = np.zeros(len(texts), dtype=np.int64) if first is None else np.minimum(first, lengths)
    may = lengths - first
    counts = np.stack([np.ones_like(may), may * (most >= 1), may * (may - 1) // 2 * (most >= 2)])
    parts = cut_portions(counts.sum(axis=0), AT_ONCE)
    found = [_hash_part(texts[part], lengths[part], first[part], counts[:, part]) for part in parts]
    hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *found])
    return Hashed(np.repeat(np.arange(len(texts)), counts.sum(axis=0)), hashes.view(np.int64))


def may_meet(texts: Sequence[str], most: Ints, owners: Ints | Flags) -> bool:
    """Whether texts of two owners may share what is left of them when letters are left out; of many texts always.

    What they share is a part of both, so that no more letters tell them apart than are left out of the two together.

    Args:
        texts: [t] texts.
        most: [t] letters that may be left out of each.
        owners: [t] whose each is.

    >>> owners = np.arange(2)
    >>> may_meet(["geneome", "genome"], np.array([1, 1]), owners), may_meet(["cat", "dogs"], np.array([1, 1]), owners)
    (True, False)
    """
    if len(texts) > FEW:
        return True
    apart = cdist(texts, texts, scorer=Indel.distance, dtype=np.int64)
    return bool(((apart <= np.add.outer(most, most)) & np.not_equal.outer(owners, owners)).any())


def _hash_part(texts: Sequence[str], lengths: Ints, first: Ints, counts: Ints) -> _Hashes:
    """The hashes of some texts, those of one text behind those of the one before; by how many letters each is without."""
    letters = _Letters(texts, lengths)
    once, twice = np.flatnonzero(counts[1]), np.flatnonzero(counts[2])
    place, source = expand(first[once], lengths[once])
    whole = letters.hash(np.arange(len(texts)), np.zeros(len(texts), dtype=np.int64), lengths)
    parts = [whole, letters.leave_out(once[source], place)]
    if len(twice):
        there, behind = expand(first[twice], lengths[twice])
        second, source = expand(there + 1, lengths[twice[behind]])
        parts.append(letters.leave_out_two(twice[behind[source]], there[source], second))
    hashes = np.empty(int(counts.sum()), dtype=np.uint64)
    for places, own in zip(_interleave(counts[: len(parts)]), parts, strict=True):
        hashes[places] = own
    return hashes


def _interleave(counts: Ints) -> list[Ints]:
    """Where the items of several lists go, that of a first text those of each list behind one another, then of the next.

    Args:
        counts: [l, t] items that each list has of each text, in the order of the texts.
    """
    before = np.cumsum(counts, axis=0) - counts + np.cumsum(counts.sum(axis=0)) - counts.sum(axis=0)
    return [
        np.arange(own.sum()) + np.repeat(start - (np.cumsum(own) - own), own)
        for own, start in zip(counts, before, strict=True)
    ]


def pair_up(keys: Hashed, most: int) -> tuple[Ints, Ints]:
    """Words that share a key, each pair once and in order, the smaller first.

    Args:
        keys: of the words.
        most: holders of a key; one that more hold tells nothing.

    >>> [ends.tolist() for ends in pair_up(hash_keys([["a"], ["b", "a"], ["b"], ["a"]]), 3)]
    [[0, 0, 1, 1], [1, 3, 2, 3]]
    """
    bits = int(keys.words.max(initial=0)).bit_length()
    held = sort_once(keys.hashes << bits | keys.words)  # as one number they are sorted much faster than as two
    begins = differ_from_last(held >> bits)
    shared = np.flatnonzero(~(begins & np.append(begins[1:], True)))
    words, starts = held[shared] & ((1 << bits) - 1), np.append(np.flatnonzero(begins[shared]), len(shared))
    counts = np.diff(starts)
    ends = np.repeat(np.where(counts <= most, starts[1:], starts[:-1]), counts)
    places = np.arange(len(words))
    other, own = expand(places + 1, np.maximum(ends, places + 1))
    return sort_pairs(words[own], words[other])


def _list_powers(base: np.uint64, most: int) -> _Hashes:
    """[most + 1] powers of a number, from that to nothing on."""
    powers = np.ones(most + 1, dtype=np.uint64)
    np.multiply.accumulate(np.full(most, base), out=powers[1:])
    return powers


class _Letters:
    """The hashes of all openings of some texts, from which those of all their stretches follow."""

    def __init__(self, texts: Sequence[str], lengths: Ints) -> None:
        self._lengths = lengths
        letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
        first, text = np.cumsum(lengths) - lengths, np.repeat(np.arange(len(texts)), lengths)
        place = np.arange(len(letters)) - first[text]
        self._begin = first + np.arange(len(texts))  # an opening more than there are letters
        self._powers = _list_powers(_BASE, int(lengths.max(initial=0)))
        # A letter divided by a power for each before it: one sum over all letters then holds all openings, each short of a power.
        sums = np.zeros(len(letters) + 1, dtype=np.uint64)
        np.cumsum((letters + np.uint64(1)) * _list_powers(_INVERSE, len(self._powers) - 1)[place], out=sums[1:])
        self._hashes = np.zeros(len(letters) + len(texts), dtype=np.uint64)
        self._hashes[self._begin[text] + place + 1] = (sums[1:] - sums[first[text]]) * self._powers[place]

    def hash(self, texts: Ints, start: Ints, end: Ints) -> _Hashes:
        """Of a stretch of each of some texts."""
        begin = self._begin[texts]
        found: _Hashes = self._hashes[begin + end] - self._hashes[begin + start] * self._powers[end - start]
        return found

    def leave_out(self, texts: Ints, place: Ints) -> _Hashes:
        """Of texts without a letter."""
        end = self._lengths[texts]
        before = self._hashes[self._begin[texts] + place]
        found: _Hashes = before * self._powers[end - place - 1] + self.hash(texts, place + 1, end)
        return found

    def leave_out_two(self, texts: Ints, one: Ints, two: Ints) -> _Hashes:
        """Of texts without two letters."""
        end = self._lengths[texts]
        behind = self._powers[end - two - 1]
        before = self._hashes[self._begin[texts] + one] * self._powers[two - one - 1] * behind
        found: _Hashes = before + self.hash(texts, one + 1, two) * behind + self.hash(texts, two + 1, end)
        return found
