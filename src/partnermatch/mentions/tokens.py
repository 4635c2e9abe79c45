"""The words of many strings as columns: what each means, by a number that stands for the meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from partnermatch.csr import expand_rows
from partnermatch.model import Flags, Ints
from partnermatch.strings import hash_strings
from partnermatch.text.affiliations import Affiliation
from partnermatch.text.sections import PREPOSITIONS

LEVELS = ("", "campus", "part", "body", "top")
_OF = PREPOSITIONS | {"for"}


class Tokens(NamedTuple):
    """Columns over the t tokens of s strings.

    Attributes:
        starts: [s + 1] tokens of each string.
        parts: [t] number of the part of its string.
        levels: [t] place of its level in `LEVELS`.
        bracketed: [t] whether it stands in brackets.
        single: [t] whether it is a letter.
        capitals: [t] whether it is written in capitals.
        joined: [t] whether `of` or `for` stands between it and the token before.
        of: [t] the same of `of` alone.
        spaced: [t] whether nothing but space stands between it and the token before.
        key_starts: [t + 1] and `keys` [k]: its meanings, each once, as places in `hashes`.
        keys: see `key_starts`.
        hashes: [v] the number of each distinct meaning, rising.
        meanings: [v] the meanings.
    """

    starts: Ints
    parts: Ints
    levels: Ints
    bracketed: Flags
    single: Flags
    capitals: Flags
    joined: Flags
    of: Flags
    spaced: Flags
    key_starts: Ints
    keys: Ints
    hashes: Ints
    meanings: tuple[str, ...]

    def owners(self) -> Ints:
        """The string of each token."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def number_parts(self) -> Ints:
        """[t] A number for the part of its string that each token stands in, rising."""
        return self.owners() * (int(self.parts.max(initial=0)) + 1) + self.parts

    def list_keys(self, tokens: Ints) -> tuple[Ints, Ints]:
        """The meanings of some tokens, and which of them each belongs to."""
        places, source = expand_rows(self.key_starts, tokens)
        return self.keys[places], source

    def mark(self, prefix: str) -> Flags:
        """[t] Whether any meaning of each token begins so."""
        return np.asarray(self._count(prefix) > 0)

    def mark_all(self, prefix: str) -> Flags:
        """[t] Whether all meanings of each token begin so."""
        return np.asarray(self._count(prefix) == np.diff(self.key_starts))

    def _count(self, prefix: str) -> Ints:
        wanted = np.array([meaning.startswith(prefix) for meaning in self.meanings], dtype=np.bool_)
        keys, source = self.list_keys(np.arange(len(self.parts)))
        return np.bincount(source[wanted[keys]], minlength=len(self.parts))


def lay_tokens(affiliations: Sequence[Affiliation]) -> Tokens:
    """Lay the words of strings out."""
    tokens = [token for affiliation in affiliations for token in affiliation.tokens]
    lists = [list(dict.fromkeys(token.keys)) for token in tokens]
    words = sorted({key for keys in lists for key in keys})
    hashes = hash_meanings(words)
    order = np.argsort(hashes, kind="stable")
    meanings = tuple(words[place] for place in order.tolist())
    number = {meaning: place for place, meaning in enumerate(meanings)}
    return Tokens(
        starts=count_up([len(affiliation.tokens) for affiliation in affiliations]),
        parts=np.array([token.part for token in tokens], dtype=np.int64),
        levels=np.array([LEVELS.index(token.level) for token in tokens], dtype=np.int64),
        bracketed=np.array([token.bracketed for token in tokens], dtype=np.bool_),
        single=np.array([token.end - token.start == 1 for token in tokens], dtype=np.bool_),
        capitals=np.array([token.capitals for token in tokens], dtype=np.bool_),
        joined=np.array([not _OF.isdisjoint(token.before) for token in tokens], dtype=np.bool_),
        of=np.array(["of" in token.before for token in tokens], dtype=np.bool_),
        spaced=np.array([not token.before for token in tokens], dtype=np.bool_),
        key_starts=count_up([len(keys) for keys in lists]),
        keys=np.array([number[key] for keys in lists for key in keys], dtype=np.int64),
        hashes=hashes[order],
        meanings=meanings,
    )


def count_within(flags: Flags, firsts: Ints, lasts: Ints) -> Ints:
    """How many tokens of each run have the flag."""
    raised = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(raised[lasts + 1] - raised[firsts], dtype=np.int64)


def count_up(counts: Sequence[int]) -> Ints:
    """Where each of some lists of these lengths begins, and the end."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def hash_meanings(keys: Sequence[str]) -> Ints:
    """A number for each meaning; the sum over a set of meanings stands for the set.

    The hashes of like texts differ by little, and sums of them would meet; SplitMix64's finalizer (Steele, Lea and Flood,
    2014) spreads them.
    """
    mixed = hash_strings(keys).view(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed ^ (mixed >> np.uint64(31))).view(np.int64)
