"""Whether two names are one with a letter wrong or a space in the wrong place: HMSH amburg Media School."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from partnermatch.csr import sort_once
from partnermatch.evidence.words import Explained
from partnermatch.model import Flags, Floats, Ints, Profiles
from partnermatch.text.lexemes import read_lexemes_all
from partnermatch.text.misprint import MAX_CHARACTERS, MIN_CHARACTERS, are_misprints
from partnermatch.text.squeezed import cut_words, squeeze_all

LETTERS_AN_EDIT = 8
"""Letters of a name for each edit that may tell it from another; in a shorter one a letter makes another name."""
MAX_EDITS = 2
MIN_LETTERS = 5
"""Letters of the words in which two names differ, at least: IMR is not misspelled IMS."""
MIN_LETTERS_KEPT = 3
"""The same where no letter is another, but one is left out, added or moved: Lage for Large."""
UNUSED = 0.8
"""Weight of a word that is missing as one does that no name of the registry uses."""
_DIGITS = re.compile(r"\d+")
_CHARACTERS = re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]+")


def mend_misspelled(
    profiles: Profiles, there: Explained, back: Explained, left: Ints, right: Ints, one_script: Flags, japanese: Flags
) -> tuple[Explained, Explained]:
    """How two names explain each other where a word that nobody uses is a misspelled one of the other, or a character is wrong.

    Args:
        profiles: [n] names.
        there: how the right names explain the left ones.
        back: how the left names explain the right ones.
        left: [p] rows of the profiles.
        right: [p] rows of the profiles.
        one_script: [p] whether both are written in Latin letters, or neither is.
        japanese: [p] whether neither is.
    """
    alike, shared = _find_misspelled(profiles, there, back, left, right, one_script, japanese)
    return _mend(there, alike, shared), _mend(back, alike, shared)


def _find_misspelled(
    profiles: Profiles, there: Explained, back: Explained, left: Ints, right: Ints, one_script: Flags, japanese: Flags
) -> tuple[Floats, Floats]:
    """How nearly two names are written the same, if one is the other misspelled, and the weight that they then share."""
    unused = one_script & (np.maximum(there.missing_unknown, back.missing_unknown) >= UNUSED)
    alike = np.zeros(len(left))
    for (pairs,), read in ((unused.nonzero(), read_alike), (japanese.nonzero(), read_misprints)):
        alike[pairs] = np.maximum(alike[pairs], read(profiles, left[pairs], right[pairs]))
    if not alike.any():
        return alike, alike
    asked = [
        np.divide(side.weight, side.share, out=np.zeros(len(left)), where=side.share > 0) for side in (there, back)
    ]
    return alike, alike * np.minimum(*asked)


def _mend(explained: Explained, alike: Floats, shared: Floats) -> Explained:
    """Words of a name that is the other one misspelled are those of the other."""
    if not alike.any():
        return explained
    same = alike > 0
    return explained._replace(
        share=np.maximum(explained.share, alike),
        named=np.maximum(explained.named, alike),
        missing_name=np.where(same, 0.0, explained.missing_name),
        missing_field=np.where(same, 0.0, explained.missing_field),
        missing_standing=np.where(same, 0.0, explained.missing_standing),
        missing_rank=np.where(same, 0.0, explained.missing_rank),
        missing_abroad=np.where(same, 0.0, explained.missing_abroad),
        weight=np.maximum(explained.weight, shared),
        bent=np.where(same, (1.0 - alike) * shared, explained.bent),
    )


def read_alike(profiles: Profiles, left: Ints, right: Ints) -> Floats:
    """How nearly the names are written the same, spaces and marks aside, 0..1; 0 where more than misspelling tells them apart.

    Args:
        profiles: [n] names.
        left: [p] rows of the profiles.
        right: [p] rows of the profiles.
    """
    alike = np.zeros(len(left))
    if not len(left):
        return alike
    rows = sort_once([left, right])
    letters = squeeze_all([profiles.texts[row] for row in rows.tolist()])
    one, two = rows.searchsorted(left), rows.searchsorted(right)
    lengths = np.array([len(text) for text in letters], dtype=np.int64)
    shorter = np.minimum(lengths[one], lengths[two])
    most = np.minimum(shorter // LETTERS_AN_EDIT, MAX_EDITS)
    (near,) = (np.abs(lengths[one] - lengths[two]) <= most).nonzero()
    if not len(near):
        return alike
    edits = _count_edits(*([letters[place] for place in ends[near].tolist()] for ends in (one, two)))
    fit = edits <= most[near]
    near, edits = near[fit], edits[fit]
    ends = ([profiles.texts[row] for row in rows[near].tolist()] for rows in (left, right))
    misspelled = np.array(
        [_is_misspelled(cut_words(a), cut_words(b)) for a, b in zip(*ends, strict=True)], dtype=np.bool_
    )
    near, edits = near[misspelled], edits[misspelled]
    alike[near] = 1.0 - edits / shorter[near]
    return alike


def read_misprints(profiles: Profiles, left: Ints, right: Ints) -> Floats:
    """How nearly Japanese names are written the same of which one has a character wrong, 0..1; arguments as of `read_alike`."""
    alike = np.zeros(len(left))
    if not len(left):
        return alike
    rows = sort_once([left, right])
    letters = squeeze_all([profiles.texts[row] for row in rows.tolist()])
    one, two = rows.searchsorted(left), rows.searchsorted(right)
    lengths = np.array([len(text) for text in letters], dtype=np.int64)
    shorter, longer = np.minimum(lengths[one], lengths[two]), np.maximum(lengths[one], lengths[two])
    (near,) = ((longer - shorter <= 1) & (shorter >= MIN_CHARACTERS - 1) & (longer <= MAX_CHARACTERS)).nonzero()
    if not len(near):
        return alike
    near = near[_count_edits(*([letters[place] for place in ends[near].tolist()] for ends in (one, two))) == 1]
    texts = [letters[place] for ends in (one, two) for place in ends[near].tolist()]
    read = read_lexemes_all(texts, [frozenset()] * len(texts), translated=False)
    count = len(near)
    for place, pair in enumerate(near.tolist()):
        if are_misprints(texts[place], texts[place + count], read[place], read[place + count]):
            alike[pair] = 1.0 - 1.0 / shorter[pair]
    return alike


def _count_edits(one: Sequence[str], two: Sequence[str]) -> Ints:
    """[p] letters in which two texts differ, as far as these may be few."""
    return np.asarray(cpdist(one, two, scorer=OSA.distance, score_cutoff=MAX_EDITS, dtype=np.int64), dtype=np.int64)


def _is_misspelled(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether the words in which two names differ are long enough, and have the same digits and Chinese characters.

    Another digit or character is another meaning: 宮崎県工業技術センター is not 宮城県工業技術センター.
    """
    apart = ["".join([word for word in own if word not in other]) for own, other in ((one, two), (two, one))]
    shortest = min(map(len, apart))
    if shortest < MIN_LETTERS_KEPT or (shortest < MIN_LETTERS and _count_changed(*apart) > 1):
        return False
    return _list_meant("".join(one)) == _list_meant("".join(two))


def _count_changed(one: str, two: str) -> int:
    """How many letters one text has more of than the other, and the other way round."""
    return sum(abs(one.count(letter) - two.count(letter)) for letter in {*one, *two})


def _list_meant(text: str) -> list[list[str]]:
    """Digits and Chinese characters; most texts have none."""
    if text.isascii() and text.isalpha():
        return [[], []]
    return [pattern.findall(text) for pattern in (_DIGITS, _CHARACTERS)]
