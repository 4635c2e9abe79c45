"""Misread katakana: words that are the same when voicing marks, small kana and long marks are ignored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
from rapidfuzz.distance import OSA

from partnermatch.links.findings import NOTHING, Findings, Vocabulary, gather
from partnermatch.links.holders import Holders
from partnermatch.links.typos import MAX_LETTERS, MAX_SHARED
from partnermatch.links.variants import Hashed, hash_variants, may_meet
from partnermatch.model import Atoms, Ints, Role
from partnermatch.settings import LinkSettings
from partnermatch.strings import Strings

_PLAIN = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポァィゥェォッャュョー",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホアイウエオツヤユヨ\0",
)
MIN_VARIED = 3
"""Kana; in a word as short another kana makes another word."""
MAX_TWICE = 24
"""Kana of a word that is looked for with any two of them missing; what is left of longer ones would fill the memory."""
_KATAKANA = re.compile("[ァ-ヺー]+")


class Misread(NamedTuple):
    """Katakana words by what is left of them when what is misread or spelled by turns is ignored.

    Attributes:
        plain: [w] what is left of each.
        forms: [w] words.
        atoms: [w] the atom of each.
        holders: of what is left, less a letter.
    """

    plain: Strings
    forms: Strings
    atoms: Ints
    holders: Holders

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> Self:
        """Index a vocabulary."""
        words = vocabulary.once(_list_words)
        return cls(
            Strings.of(plain for plain, _, _ in words),
            Strings.of(form for _, form, _ in words),
            np.array([number for _, _, number in words], dtype=np.int64),
            Holders.build(vocabulary.once(_hash_plain), MAX_SHARED),
        )

    @staticmethod
    def may_find(vocabulary: Vocabulary) -> bool:
        """Whether what is left of two words may be the same, kana left out or not."""
        words = vocabulary.once(_list_words)
        if len(words) < 2:
            return False
        owners = np.array([number for _, _, number in words], dtype=np.int64)
        return may_meet([plain for plain, _, _ in words], _count_missing(words, vocabulary.settings), owners)

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that differ from those that ask in バ and パ, ュ and ユ, a missing ー, or in one kana, two where they are long.

        Two known places are two, 岡山 and 和歌山 and how they would be written in kana, too; but バリ may be a misread パリ.
        """
        words = vocabulary.once(_list_words)
        if not words:
            return NOTHING
        left, right = self.holders.meet(vocabulary.once(_hash_plain))
        there = zip(self.plain.take(right), self.forms.take(right), self.atoms[right].tolist(), strict=True)
        found = []
        for place, (plain_there, form_there, two) in zip(left.tolist(), there, strict=True):
            plain, form, one = words[place]
            if one == two or (vocabulary.asks[two] and two < one < vocabulary.known):
                continue
            shorter = min(len(plain), len(plain_there))
            allowed = 2 if shorter >= vocabulary.settings.two_misread_kana else 1
            edits = OSA.distance(plain, plain_there, score_cutoff=allowed)
            if edits > allowed:
                continue
            written = form in vocabulary.atoms.forms[one] or form_there in vocabulary.atoms.forms[two]
            if (written and not edits) or not _are_places(vocabulary.atoms, one, two):
                found.append((one, two, vocabulary.settings.misread - edits / shorter))
        return gather(found)


def _are_places(atoms: Atoms, one: int, two: int) -> bool:
    """Whether both of two words are known places."""
    return bool(atoms.roles[one] == Role.PLACE == atoms.roles[two])


def _list_words(vocabulary: Vocabulary) -> list[tuple[str, str, int]]:
    """Words in katakana: what is left of each, itself, and its atom."""
    return [
        (plain, form, number)
        for number in vocabulary.named
        for form in vocabulary.atoms.spellings[number]
        if 2 <= len(form) <= MAX_LETTERS and _KATAKANA.fullmatch(form)
        if (plain := form.translate(_PLAIN).replace("\0", ""))
    ]


def _hash_plain(vocabulary: Vocabulary) -> Hashed:
    """What is left of these words, and what is left where kana are missing, too."""
    words = vocabulary.once(_list_words)
    return hash_variants([plain for plain, _, _ in words], _count_missing(words, vocabulary.settings))


def _count_missing(words: Sequence[tuple[str, str, int]], settings: LinkSettings) -> Ints:
    """How many kana may be missing from each word that is looked for: as many as may differ."""
    letters = np.array([len(plain) for plain, _, _ in words], dtype=np.int64)
    twice = (settings.two_misread_kana <= letters) & (letters <= MAX_TWICE)
    return np.where(letters <= MIN_VARIED, 0, np.where(twice, 2, 1))
