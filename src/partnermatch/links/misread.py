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
_KATAKANA = re.compile("[ァ-ヺー]+")


class Misread:
    """Katakana words by what is left of them when what is misread or spelled by turns is ignored."""

    def __init__(self, atoms: Atoms, settings: LinkSettings) -> None:
        """Index a vocabulary."""
        self._settings = settings
        self._words = _list_words(atoms, np.arange(len(atoms.keys)))
        self._holders = Holders([_vary(plain) for plain, _, _ in self._words], MAX_SHARED)

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that differ from those that ask in バ and パ, ュ and ユ, a missing ー, or in one letter."""
        words, asks = _list_words(vocabulary.atoms, vocabulary.asking), vocabulary.asks
        left, right = self._holders.meet([_vary(plain) for plain, _, _ in words])
        found = []
        for place, other in zip(left.tolist(), right.tolist(), strict=True):
            (plain, form, one), (plain_there, form_there, two) = words[place], self._words[other]
            if (form, one) == (form_there, two) or (asks[two] and two < one):
                continue
            edits = OSA.distance(plain, plain_there, score_cutoff=1)
            if edits <= 1:
                found.append((one, two, self._settings.misread - edits / min(len(plain), len(plain_there))))
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


def _vary(plain: str) -> dict[str, None]:
    return dict.fromkeys(deletions(plain) if len(plain) > 3 else (plain,))
