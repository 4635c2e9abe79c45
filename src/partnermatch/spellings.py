"""Step 4 beside the keys: names that are written the same but for a letter or the place of a space, whatever their words are.

Such names may share no rare word: TelkomsUniversity, Alvern oCollege. Their letters in a row share what one deletion leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from partnermatch.links.variants import Hashed, hash_variants, pair_up
from partnermatch.model import Ints
from partnermatch.strings import hash_strings
from partnermatch.text.squeezed import squeeze_all

MIN_LETTERS, MAX_LETTERS = 8, 200
"""Letters of a name of which one may be wrong: in a shorter one another letter makes another name, and of a longer one the
deletions would fill the memory."""
MAX_SHARED = 60
"""Names that may share what a deletion leaves; more are a series, or one name in as many countries."""

_DIGITS = re.compile(r"\d")


def hash_spellings(names: Iterable[str]) -> Hashed:
    """The letters of each name, and what one deletion leaves of them, as hashes; names of different digits share none."""
    letters = squeeze_all(names)
    lengths = np.array([len(text) for text in letters], dtype=np.int64)
    words, hashes = hash_variants(letters, ((lengths >= MIN_LETTERS) & (lengths <= MAX_LETTERS)).astype(np.int64))
    numbers = hash_strings("" if text.isalpha() else "".join(_DIGITS.findall(text)) for text in letters)
    return Hashed(words, hashes ^ numbers[words])  # another number is another name


def pair_spellings(names: Iterable[str]) -> Ints:
    """[2, p] places of names that are written nearly the same, each pair once, the smaller place first."""
    return np.stack(pair_up(hash_spellings(names), MAX_SHARED))
