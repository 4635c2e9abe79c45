"""Misread katakana: words that are the same when voicing marks, small kana and long marks are ignored."""

from __future__ import annotations

import re

import numpy as np
from rapidfuzz.distance import OSA

from partnermatch.links.findings import Findings, Vocabulary, gather, pick_named
from partnermatch.links.holders import Holders
from partnermatch.links.typos import MAX_LETTERS, MAX_SHARED
from partnermatch.model import Atoms, Ints
from partnermatch.settings import LinkSettings
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


class Misread:
    """Katakana words by what is left of them when what is misread or spelled by turns is ignored."""

    def __init__(self, atoms: Atoms, settings: LinkSettings) -> None:
        """Index a vocabulary."""
        self._settings = settings
        self._words = _list_words(atoms, np.arange(len(atoms.keys)))
        self._holders = Holders([self._vary(plain) for plain, _, _ in self._words], MAX_SHARED)

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that differ from those that ask in バ and パ, ュ and ユ, a missing ー, or in one kana, two where they are long."""
        words, asks = _list_words(vocabulary.atoms, vocabulary.asking), vocabulary.asks
        left, right = self._holders.meet([self._vary(plain) for plain, _, _ in words])
        found = []
        for place, other in zip(left.tolist(), right.tolist(), strict=True):
            (plain, form, one), (plain_there, form_there, two) = words[place], self._words[other]
            if (form, one) == (form_there, two) or (asks[two] and two < one < vocabulary.known):
                continue
            shorter = min(len(plain), len(plain_there))
            allowed = 2 if shorter >= self._settings.two_misread_kana else 1
            edits = OSA.distance(plain, plain_there, score_cutoff=allowed)
            if edits <= allowed:
                found.append((one, two, self._settings.misread - edits / shorter))
        return gather(found)

    def _vary(self, plain: str) -> dict[str, None]:
        """What is left of a word where as many of its kana are missing as may differ."""
        if len(plain) <= MIN_VARIED:
            return {plain: None}
        once = dict.fromkeys(deletions(plain))
        if not self._settings.two_misread_kana <= len(plain) <= MAX_TWICE:
            return once
        return dict.fromkeys(variant for left in once for variant in deletions(left))


def _list_words(atoms: Atoms, numbers: Ints) -> list[tuple[str, str, int]]:
    """Words in katakana: what is left of each, itself, and its atom."""
    return [
        (plain, form, number)
        for number in pick_named(atoms, numbers)
        for form in atoms.spellings[number]
        if 2 <= len(form) <= MAX_LETTERS and _KATAKANA.fullmatch(form)
        if (plain := form.translate(_PLAIN).replace("\0", ""))
    ]
