"""Misspelled words: Latin words one edit apart, two where they are long.

A generic word that is misspelled is linked, too (Caner, cancer), unless names of the registry use what it would be.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from partnermatch import lexicon
from partnermatch.csr import sort_once
from partnermatch.links.findings import NAMED, NOTHING, Findings, Vocabulary, have_role
from partnermatch.links.holders import Holders
from partnermatch.links.variants import Hashed, hash_variants, may_meet
from partnermatch.model import Atoms, Flags, Ints, Role
from partnermatch.strings import Strings

MAX_SHARED = 400
"""Words that may share a deletion; more say that it is too short to tell anything."""
_REST = int(Role.REST)  # a member of an enumeration takes long to be found
SPELLED = (*NAMED, int(Role.TOPIC), int(Role.COUNTRY), int(Role.QUALIFIER), int(Role.KIND))
"""Roles of words in which a misspelling is looked for."""
MAX_LETTERS = 40
"""Letters; a longer word is no word, and its deletions would fill the memory."""


class Typos(NamedTuple):
    """Latin words by what one deletion leaves of them.

    Attributes:
        words: [w] words.
        atoms: [w] the atom of each.
        holders: of their deletions.
    """

    words: Strings
    atoms: Ints
    holders: Holders

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> Self:
        """Index a vocabulary."""
        words, owners = vocabulary.once(_list_words)
        return cls(Strings.of(words), owners, Holders.build(vocabulary.once(_hash_deletions), MAX_SHARED))

    @staticmethod
    def may_find(vocabulary: Vocabulary) -> bool:
        """Whether an unknown word, and of known ones neither is misspelled, may be near to that of another atom."""
        words, owners = vocabulary.once(_list_words)
        unknown = _REST in vocabulary.atoms.roles[owners].tolist()
        return unknown and may_meet(words, np.ones(len(words), dtype=np.int64), owners)

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words near to those that ask; of two known words, neither is a misspelling."""
        atoms, settings = vocabulary.atoms, vocabulary.settings
        words, asking = vocabulary.once(_list_words)
        left, right = self.holders.meet(vocabulary.once(_hash_deletions))
        one, two = asking[left], self.atoms[right]
        unknown = _may_be_meant(atoms, one, two)
        found_there = vocabulary.asks[two] & (two < one) & (one < vocabulary.known)
        left, right = (end[unknown & ~found_there] for end in (left, right))
        if not len(left):
            return NOTHING
        near, there = [words[place] for place in left.tolist()], self.words.take(right)
        edits = np.asarray(cpdist(near, there, scorer=OSA.distance, score_cutoff=2, dtype=np.int64), dtype=np.int64)
        shorter = np.minimum(_count_letters(near), _count_letters(there))
        allowed = np.where(shorter >= settings.two_typo_letters, 2, 1)
        found = (edits <= allowed) & (asking[left] != self.atoms[right])
        left, right = left[found], right[found]
        return Findings(asking[left], self.atoms[right], 1.0 - edits[found] / shorter[found])


def _list_words(vocabulary: Vocabulary) -> tuple[list[str], Ints]:
    """Words that may be misspelled, and the atom of each."""
    atoms, numbers = vocabulary.atoms, vocabulary.asking
    spelled = [
        (form, number)
        for number in numbers[have_role(atoms.roles[numbers], SPELLED)].tolist()
        for form in atoms.spellings[number]
        if vocabulary.settings.min_typo_letters <= len(form) <= MAX_LETTERS and form.isascii() and form.isalpha()
    ]
    return [form for form, _ in spelled], np.array([number for _, number in spelled], dtype=np.int64)


def _hash_deletions(vocabulary: Vocabulary) -> Hashed:
    """What one deletion leaves of these words."""
    words, _ = vocabulary.once(_list_words)
    return hash_variants(words, np.ones(len(words), dtype=np.int64))


def _may_be_meant(atoms: Atoms, one: Ints, two: Ints) -> Flags:
    """Whether one of two words is not known: beside a generic word, not even by names of the registry."""
    rest, named = atoms.roles == Role.REST, have_role(atoms.roles, NAMED)
    met = sort_once(np.concatenate([one, two]))
    unused = np.zeros(len(rest), dtype=np.bool_)
    unused[met] = rest[met] & np.array(
        [atoms.keys[atom] not in lexicon.rarity() for atom in met.tolist()], dtype=np.bool_
    )
    meant: Flags = (rest[one] & named[two]) | (rest[two] & named[one]) | unused[one] | unused[two]
    return meant


def _count_letters(words: list[str]) -> Ints:
    return np.array([len(word) for word in words], dtype=np.int64)
