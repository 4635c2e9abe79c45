"""Kanji names and the Latin words that they are when read character by character: 北楡 and Hokuyu."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from partnermatch.links.findings import Findings, Vocabulary, gather, pick_named
from partnermatch.links.romanizations import list_keys
from partnermatch.model import Atoms, Role, Script
from partnermatch.text.kanji import Words, look_for, read_characters

MIN_BY_CHARACTERS, MAX_BY_CHARACTERS = 4, 40
"""Letters of a romanization that a kanji name may have by its characters; the many readings meet too many shorter ones, a
longer one is no word, and its beginnings would fill the memory."""
BY_CHARACTERS = 0.8
"""Similarity of a kanji name and a word that it may be read as, but that its dictionary reading is not."""


class Characters:
    """Kanji names, and Latin words by their folded romanization."""

    def __init__(self, atoms: Atoms) -> None:
        """Index a vocabulary."""
        everything = pick_named(atoms, np.arange(len(atoms.keys)))
        self._kanji = _list_kanji(atoms, everything)
        self._latin = _list_latin(atoms, everything)
        self._words = look_for(self._latin)

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Latin words that the kanji names that ask may be read as, and kanji names for the Latin words that ask."""
        atoms, asking = vocabulary.atoms, pick_named(vocabulary.atoms, vocabulary.asking)
        there = _read(atoms, _list_kanji(atoms, asking), self._latin, self._words)
        back: list[tuple[int, int, float]] = []
        for asks in (False, True):  # a kanji name of the index that asks has met the Latin words of the index
            kanji = [(number, form) for number, form in self._kanji if vocabulary.asks[number] == asks]
            latin = _list_latin(atoms, [number for number in asking if not asks or number >= vocabulary.known])
            back += _read(atoms, kanji, latin, look_for(latin)) if latin else ()
        return gather((*there, *back))


def _read(
    atoms: Atoms, kanji: Sequence[tuple[int, str]], latin: Mapping[str, Sequence[int]], words: Words
) -> Iterator[tuple[int, int, float]]:
    for number, form in kanji:
        for key in read_characters(form, words):
            for other in latin[key]:
                if not (atoms.roles[number] == Role.PLACE and atoms.roles[other] == Role.PLACE):
                    yield number, other, BY_CHARACTERS


def _list_kanji(atoms: Atoms, numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Names of two characters or more, each with its atom; one character has too many readings."""
    return [
        (number, form)
        for number in numbers
        if atoms.scripts[number] == Script.KANJI
        for form in atoms.forms[number]
        if len(form) > 1
    ]


def _list_latin(atoms: Atoms, numbers: Sequence[int]) -> Mapping[str, list[int]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number in numbers:
        for key, script in list_keys(atoms, number):
            if script == Script.LATIN and MIN_BY_CHARACTERS <= len(key) <= MAX_BY_CHARACTERS:
                holders[key].append(number)
    return holders
