"""Words that are one in Japanese: in two scripts (河野, コウノ, Kohno), or in two romanizations (Kohno, Kouno).

So are letters and the kana that name them: アイビー, IB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

import numpy as np

from partnermatch.links.findings import Findings, Vocabulary, share_key
from partnermatch.links.holders import Holders
from partnermatch.links.variants import Hashed, hash_keys
from partnermatch.model import Atoms, Ints, Role, Script
from partnermatch.text.letters import spell_out
from partnermatch.text.romaji import fold_all_romaji, is_romaji

MIN_ROMAJI, MIN_ROMAJI_OF_ONE, MIN_ROMAJI_IN_LATIN = 3, 4, 5
"""Letters of a romanization, of that of one character (大, dai), and where both are Latin;
a shorter one is the sound of too many words."""
MAX_SPELLED_OUT = 4
"""Letters that may be written by their names (アイビー, IB)."""
OTHER_ROMANIZATION = 0.97
"""Similarity of two romanizations of one word (Zikei, Jikei): the difference may be meant."""

_LETTERS = re.compile("[a-z-]+")
_REST = int(Role.REST)  # a member of an enumeration takes long to be found
_LATIN, _JAPANESE = int(Script.LATIN), (int(Script.KANA), int(Script.KANJI))


class Romanized(NamedTuple):
    """Words in romaji.

    Attributes:
        atoms: [r] the atom of each.
        keys: [r] the word, folded.
        scripts: [r] the script that it was romanized from.
    """

    atoms: Ints
    keys: list[str]
    scripts: Ints


class Romanizations(NamedTuple):
    """Words by their folded romanization, each with the script that it stands in, and by the letters that they name.

    Attributes:
        atoms: [r] the atom of each romanization.
        scripts: [r] the script that it was romanized from.
        holders: of the romanizations.
        spelled: [s] the atom of each word of few letters.
        letters: of these words, by their letters.
    """

    atoms: Ints
    scripts: Ints
    holders: Holders
    spelled: Ints
    letters: Holders

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> Self:
        """Index a vocabulary."""
        romanized = vocabulary.once(list_romanizations)
        spelled, letters = vocabulary.once(_list_spelled)
        holders = Holders.build(vocabulary.once(_hash_romanizations))
        return cls(romanized.atoms, romanized.scripts, holders, spelled, Holders.build(_hash(letters)))

    @staticmethod
    def may_find(vocabulary: Vocabulary) -> bool:
        """Whether two words have one romanization, or the same few letters; of two known places neither is the other."""
        if _REST not in vocabulary.atoms.roles[vocabulary.named].tolist():
            return False
        romanized, spelled = vocabulary.once(list_romanizations), vocabulary.once(_list_spelled)
        listed = ((romanized.atoms, romanized.keys), spelled)
        return any(share_key(zip(atoms.tolist(), keys, strict=True)) for atoms, keys in listed)

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that are romanized as those that ask; two places that both are known are two places."""
        atoms = vocabulary.atoms
        owners, keys, scripts = vocabulary.once(list_romanizations)
        left, right = self.holders.meet(vocabulary.once(_hash_romanizations))
        one, two = owners[left], self.atoms[right]
        places = (atoms.roles[one] == Role.PLACE) & (atoms.roles[two] == Role.PLACE)
        differ = scripts[left] != self.scripts[right]
        long = np.array([len(key) >= MIN_ROMAJI_IN_LATIN for key in keys], dtype=np.bool_)
        found = (one != two) & ~places & (differ | ((scripts[left] == Script.LATIN) & long[left]))
        alike = np.where(differ, 1.0, OTHER_ROMANIZATION)
        spelled, letters = vocabulary.once(_list_spelled)
        left, right = self.letters.meet(_hash(letters))
        short, whole = spelled[left], self.spelled[right]
        apart = atoms.scripts[short] != atoms.scripts[whole]
        return Findings(
            np.concatenate([one[found], short[apart]]),
            np.concatenate([two[found], whole[apart]]),
            np.concatenate([alike[found], np.ones(np.count_nonzero(apart))]),
        )


def list_romanizations(vocabulary: Vocabulary) -> Romanized:
    """The folded romanizations of the named atoms that ask."""
    rows = [row for number in vocabulary.named for row in _list_romanized(vocabulary.atoms, number)]
    folded = fold_all_romaji([word for _, word, *_ in rows])
    found = dict.fromkeys(
        (number, key, script)
        for (number, _, script, least), key in zip(rows, folded, strict=True)
        if script == _LATIN or (len(key) >= least and is_romaji(key))
    )
    owners, keys, scripts = (list(column) for column in zip(*found, strict=True)) if found else ([], [], [])
    return Romanized(np.array(owners, dtype=np.int64), keys, np.array(scripts, dtype=np.int64))


def _list_romanized(atoms: Atoms, number: int) -> Iterator[tuple[int, str, int, int]]:
    """The romanizations of an atom: the atom, the word, the script that it is of, and the letters that its key must have."""
    for form in atoms.spellings[number]:
        word = form.replace(" ", "")
        if len(word) >= MIN_ROMAJI and is_romaji(word):
            yield number, word, _LATIN, 0
    script = int(atoms.scripts[number])
    if script in _JAPANESE:
        least = MIN_ROMAJI_OF_ONE if all(len(form) == 1 for form in atoms.forms[number]) else MIN_ROMAJI
        yield from (
            (number, reading, script, least) for reading in atoms.readings[number] if _LETTERS.fullmatch(reading)
        )


def _list_letters(atoms: Atoms, number: int) -> list[str]:
    """The few letters that an unknown word is, or that it names in kana."""
    forms = atoms.forms[number] if int(atoms.roles[number]) == Role.REST else ()
    spelled = [form if form.isascii() else spell_out(form) for form in forms]
    return [letters for letters in spelled if letters and len(letters) <= MAX_SPELLED_OUT]


def _list_spelled(vocabulary: Vocabulary) -> tuple[Ints, list[str]]:
    """The atoms of words of few letters, and the letters."""
    rows = [(number, letters) for number in vocabulary.named for letters in _list_letters(vocabulary.atoms, number)]
    return np.array([number for number, _ in rows], dtype=np.int64), [letters for _, letters in rows]


def _hash_romanizations(vocabulary: Vocabulary) -> Hashed:
    return _hash(vocabulary.once(list_romanizations).keys)


def _hash(keys: Sequence[str]) -> Hashed:
    return hash_keys([(key,) for key in keys])
