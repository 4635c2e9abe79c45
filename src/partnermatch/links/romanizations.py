"""Words that are one in Japanese: in two scripts (河野, コウノ, Kohno), or in two romanizations (Kohno, Kouno).

So are letters and the kana that name them: アイビー, IB.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from partnermatch.links.findings import Findings, Vocabulary, gather, pick_named
from partnermatch.model import Atoms, Role, Script
from partnermatch.text.letters import spell_out
from partnermatch.text.romaji import fold_romaji, is_romaji

MIN_ROMAJI, MIN_ROMAJI_OF_ONE, MIN_ROMAJI_IN_LATIN = 3, 4, 5
"""Letters of a romanization, of that of one character (大, dai), and where both are Latin;
a shorter one is the sound of too many words."""
MAX_SPELLED_OUT = 4
"""Letters that may be written by their names (アイビー, IB)."""
OTHER_ROMANIZATION = 0.97
"""Similarity of two romanizations of one word (Zikei, Jikei): the difference may be meant."""


class Romanizations:
    """Words by their folded romanization, each with the script that it stands in, and by the letters that they name."""

    def __init__(self, atoms: Atoms) -> None:
        """Index a vocabulary."""
        self._held: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._letters: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number in pick_named(atoms, np.arange(len(atoms.keys))):
            for key, script in list_keys(atoms, number):
                self._held[key].append((number, script))
            for letters in _list_letters(atoms, number):
                self._letters[letters].append((number, int(atoms.scripts[number])))

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that are romanized as those that ask; two places that both are known are two places."""
        return gather(self._find(vocabulary))

    def _find(self, vocabulary: Vocabulary) -> Iterator[tuple[int, int, float]]:
        atoms = vocabulary.atoms
        for one in pick_named(atoms, vocabulary.asking):
            for key, script in list_keys(atoms, one):
                for two, other in self._held.get(key, ()):
                    if one == two or (atoms.roles[one] == Role.PLACE and atoms.roles[two] == Role.PLACE):
                        continue
                    if script != other:
                        yield one, two, 1.0
                    elif script == Script.LATIN and len(key) >= MIN_ROMAJI_IN_LATIN:
                        yield one, two, OTHER_ROMANIZATION
            for letters in _list_letters(atoms, one):
                for two, other in self._letters.get(letters, ()):
                    if other != atoms.scripts[one]:
                        yield one, two, 1.0


def list_keys(atoms: Atoms, number: int) -> list[tuple[str, int]]:
    """The folded romanizations of an atom that are long enough to tell anything, with the script of each."""
    found: dict[tuple[str, int], None] = {}
    for form in atoms.spellings[number]:
        word = form.replace(" ", "")
        if len(word) >= MIN_ROMAJI and is_romaji(word):
            found[fold_romaji(word), int(Script.LATIN)] = None
    least = MIN_ROMAJI_OF_ONE if all(len(form) == 1 for form in atoms.forms[number]) else MIN_ROMAJI
    for reading in atoms.readings[number] if atoms.scripts[number] in (Script.KANA, Script.KANJI) else ():
        key = fold_romaji(reading)
        if len(key) >= least and is_romaji(key):
            found[key, int(atoms.scripts[number])] = None
    return list(found)


def _list_letters(atoms: Atoms, number: int) -> list[str]:
    """The few letters that an unknown word is, or that it names in kana."""
    forms = atoms.forms[number] if atoms.roles[number] == Role.REST else ()
    spelled = [form if form.isascii() else spell_out(form) for form in forms]
    return [letters for letters in spelled if letters and len(letters) <= MAX_SPELLED_OUT]
