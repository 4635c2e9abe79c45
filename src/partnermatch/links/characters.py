"""Kanji names and the Latin words that they are when read character by character: 北楡 and Hokuyu."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

import numpy as np

from partnermatch.links.findings import Findings, Vocabulary, gather
from partnermatch.links.romanizations import Romanized, list_romanizations
from partnermatch.model import Atoms, Ints, Role, Script
from partnermatch.strings import Strings
from partnermatch.text.kanji import list_openings, read_characters

MIN_BY_CHARACTERS, MAX_BY_CHARACTERS = 4, 40
"""Letters of a romanization that a kanji name may have by its characters; the many readings meet too many shorter ones, a
longer one is no word."""
BY_CHARACTERS = 0.8
"""Similarity of a kanji name and a word that it may be read as, but that its dictionary reading is not."""


class Latin(NamedTuple):
    """Latin words by their folded romanization.

    Attributes:
        keys: [k] romanizations, sorted.
        starts: [k + 1] and `atoms` [m]: the words that are romanized so.
    """

    keys: Strings
    starts: Ints
    atoms: Ints


class Characters(NamedTuple):
    """Kanji names, and Latin words by their folded romanization.

    Attributes:
        names: [n] kanji names.
        owners: [n] the atom of each.
        latin: words.
    """

    names: Strings
    owners: Ints
    latin: Latin

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> Self:
        """Index a vocabulary."""
        kanji = vocabulary.once(_list_kanji)
        owners = np.array([number for number, _ in kanji], dtype=np.int64)
        latin = _list_latin(vocabulary.once(list_romanizations))
        return cls(Strings.of(name for _, name in kanji), owners, latin)

    @staticmethod
    def may_find(vocabulary: Vocabulary) -> bool:
        """Whether a kanji name may be read as a Latin word; no other is looked for once one is found."""
        kanji = vocabulary.once(_list_kanji)
        if not kanji:
            return False
        return any(True for _ in _read(vocabulary.atoms, kanji, _list_latin(vocabulary.once(list_romanizations))))

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Latin words that the kanji names that ask may be read as, and kanji names for the Latin words that ask."""
        atoms = vocabulary.atoms
        there = _read(atoms, vocabulary.once(_list_kanji), self.latin)
        if not len(self.owners):
            return gather(there)
        romanized = vocabulary.once(list_romanizations)
        back: list[tuple[int, int, float]] = []
        for asks, first in ((False, 0), (True, vocabulary.known)):
            # a kanji name of the index that asks has met the Latin words of the index
            rows = np.flatnonzero(vocabulary.asks[self.owners] == asks)
            kanji = list(zip(self.owners[rows].tolist(), self.names.take(rows), strict=True))
            back += _read(atoms, kanji, _list_latin(romanized, first))
        return gather((*there, *back))


def _read(atoms: Atoms, kanji: Sequence[tuple[int, str]], latin: Latin) -> Iterator[tuple[int, int, float]]:
    if not kanji or not len(latin.keys):
        return
    words = list(latin.keys)
    openings = {word[0] for word in words}
    for number, name in kanji:
        if list_openings(name[0]).isdisjoint(openings):
            continue
        for key in read_characters(name, words):
            row = bisect_left(words, key)
            for other in latin.atoms[latin.starts[row] : latin.starts[row + 1]].tolist():
                if not (atoms.roles[number] == Role.PLACE and atoms.roles[other] == Role.PLACE):
                    yield number, other, BY_CHARACTERS


def _list_kanji(vocabulary: Vocabulary) -> list[tuple[int, str]]:
    """Names of two characters or more, each with its atom; one character has too many readings."""
    atoms = vocabulary.atoms
    return [
        (number, form)
        for number in vocabulary.named
        if int(atoms.scripts[number]) == Script.KANJI
        for form in atoms.forms[number]
        if len(form) > 1
    ]


def _list_latin(romanized: Romanized, first: int = 0) -> Latin:
    """Latin words by their romanization, from an atom on."""
    owners, keys, scripts = romanized
    rows = [
        (key, owner)
        for key, owner, script in zip(keys, owners.tolist(), scripts.tolist(), strict=True)
        if owner >= first and script == Script.LATIN and MIN_BY_CHARACTERS <= len(key) <= MAX_BY_CHARACTERS
    ]
    rows.sort()
    starts = [row for row, (key, _) in enumerate(rows) if row == 0 or rows[row - 1][0] != key]
    return Latin(
        Strings.of(rows[row][0] for row in starts),
        np.array([*starts, len(rows)], dtype=np.int64),
        np.array([owner for _, owner in rows], dtype=np.int64),
    )
