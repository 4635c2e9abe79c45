"""Misread katakana: words that are the same when voicing marks, small kana and long marks are ignored."""

from __future__ import annotations

import re
from typing import NamedTuple, Self

import numpy as np
from rapidfuzz.distance import OSA

from partnermatch.links.findings import Findings, Vocabulary, gather, pick_named
from partnermatch.links.holders import Holders
from partnermatch.links.typos import MAX_LETTERS, MAX_SHARED
from partnermatch.model import Atoms, Ints
from partnermatch.settings import LinkSettings
from partnermatch.strings import Strings
from partnermatch.text.spelling import deletions

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
    def build(cls, atoms: Atoms, settings: LinkSettings) -> Self:
        """Index a vocabulary."""
        words = _list_words(atoms, np.arange(len(atoms.keys)))
        return cls(
            Strings.of(plain for plain, _, _ in words),
            Strings.of(form for _, form, _ in words),
            np.array([number for _, _, number in words], dtype=np.int64),
            Holders.build([_vary(plain, settings) for plain, _, _ in words], MAX_SHARED),
        )

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that differ from those that ask in バ and パ, ュ and ユ, a missing ー, or in one kana, two where they are long."""
        words, asks = _list_words(vocabulary.atoms, vocabulary.asking), vocabulary.asks
        left, right = self.holders.meet([_vary(plain, vocabulary.settings) for plain, _, _ in words])
        there = zip(self.plain.take(right), self.forms.take(right), self.atoms[right].tolist(), strict=True)
        found = []
        for place, (plain_there, form_there, two) in zip(left.tolist(), there, strict=True):
            plain, form, one = words[place]
            if (form, one) == (form_there, two) or (asks[two] and two < one < vocabulary.known):
                continue
            shorter = min(len(plain), len(plain_there))
            allowed = 2 if shorter >= vocabulary.settings.two_misread_kana else 1
            edits = OSA.distance(plain, plain_there, score_cutoff=allowed)
            if edits <= allowed:
                found.append((one, two, vocabulary.settings.misread - edits / shorter))
        return gather(found)


def _list_words(atoms: Atoms, numbers: Ints) -> list[tuple[str, str, int]]:
    """Words in katakana: what is left of each, itself, and its atom."""
    return [
        (plain, form, number)
        for number in pick_named(atoms, numbers)
        for form in atoms.spellings[number]
        if 2 <= len(form) <= MAX_LETTERS and _KATAKANA.fullmatch(form)
        if (plain := form.translate(_PLAIN).replace("\0", ""))
    ]


def _vary(plain: str, settings: LinkSettings) -> dict[str, None]:
    """What is left of a word where as many of its kana are missing as may differ."""
    if len(plain) <= MIN_VARIED:
        return {plain: None}
    once = dict.fromkeys(deletions(plain))
    if not settings.two_misread_kana <= len(plain) <= MAX_TWICE:
        return once
    return dict.fromkeys(variant for left in once for variant in deletions(left))
