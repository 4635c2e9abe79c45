"""Whether two names are one with a letter wrong or a space in the wrong place: HMSH amburg Media School."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from partnermatch.csr import sort_once
from partnermatch.model import Floats, Ints, Profiles
from partnermatch.text.squeezed import squeeze

LETTERS_AN_EDIT = 8
"""Letters of a name for each edit that may tell it from another; in a shorter one a letter makes another name."""
MAX_EDITS = 2
MIN_LETTERS = 5
"""Letters of the words in which two names differ, at least: IMR is not misspelled IMS."""
MIN_LETTERS_KEPT = 3
"""The same where no letter is another, but one is left out, added or moved: Lage for Large."""
_DIGITS = re.compile(r"\d+")
_CHARACTERS = re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]+")


def read_alike(profiles: Profiles, left: Ints, right: Ints) -> Floats:
    """How nearly the names are written the same, spaces and marks aside, 0..1; 0 where more than misspelling tells them apart.

    Args:
        profiles: [n] names.
        left: [p] rows of the profiles.
        right: [p] rows of the profiles.
    """
    if not len(left):
        return np.zeros(0)
    written = {row: squeeze(profiles.texts[row]) for row in sort_once([left, right]).tolist()}
    one, two = ([written[row].letters for row in rows.tolist()] for rows in (left, right))
    edits = np.asarray(cpdist(one, two, scorer=OSA.distance, score_cutoff=MAX_EDITS, dtype=np.int64), dtype=np.int64)
    shorter = np.minimum([len(text) for text in one], [len(text) for text in two]).astype(np.int64)
    alike = np.zeros(len(left))
    for pair in np.flatnonzero(edits <= np.minimum(shorter // LETTERS_AN_EDIT, MAX_EDITS)).tolist():
        if _is_misspelled(written[int(left[pair])].words, written[int(right[pair])].words):
            alike[pair] = 1.0 - edits[pair] / shorter[pair]
    return alike


def _is_misspelled(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether the words in which two names differ are long enough, and have the same digits and Chinese characters.

    Another digit or character is another meaning: 宮崎県工業技術センター is not 宮城県工業技術センター.
    """
    apart = ["".join(word for word in own if word not in other) for own, other in ((one, two), (two, one))]
    meant = [[pattern.findall("".join(own)) for pattern in (_DIGITS, _CHARACTERS)] for own in (one, two)]
    letters = [Counter(text) for text in apart]
    changed = sum(((letters[0] - letters[1]) + (letters[1] - letters[0])).values())
    least = MIN_LETTERS_KEPT if changed <= 1 else MIN_LETTERS
    return meant[0] == meant[1] and min(len(text) for text in apart) >= least
