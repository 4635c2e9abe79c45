"""Hashes of what is left of words are those of the words written out."""

from __future__ import annotations

import string
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from synthetic import TEXTS, leave_out

from partnermatch.links.variants import FEW, hash_variants, may_meet

WORDS = st.text(alphabet="abか\ud800\U0001f600", max_size=9) | TEXTS
ASKED = st.lists(st.tuples(WORDS, st.integers(0, 2), st.integers(0, 2)), max_size=8)


@given(asked=ASKED)
def test_what_is_left_of_words_has_the_hashes_of_what_is_written_out(asked: list[tuple[str, int, int]]) -> None:
    most, first = np.array([row[1:] for row in asked], dtype=np.int64).reshape(-1, 2).T
    words, hashes = hash_variants([text for text, *_ in asked], most, first)
    assert words.tolist() == sorted(words.tolist())
    for word, asks in enumerate(asked):
        left = sorted(leave_out(*asks))
        alone = hash_variants(left, np.zeros(len(left), dtype=np.int64)).hashes
        assert set(hashes[words == word].tolist()) == set(alone.tolist())
        assert len(set(alone.tolist())) == len(left)


@given(asked=ASKED)
def test_texts_that_share_what_is_left_of_them_may_meet(asked: list[tuple[str, int, int]]) -> None:
    most = np.array([most for _, most, _ in asked], dtype=np.int64)
    left = [leave_out(text, most) for text, most, _ in asked]
    meet = any(not one.isdisjoint(two) for one, two in combinations(left, 2))
    assert may_meet([text for text, *_ in asked], most, np.arange(len(asked))) >= meet


def test_of_many_texts_any_two_may_meet() -> None:
    texts = [letter * 3 for letter in string.printable[: FEW + 1]]
    few, many = (may_meet(own, np.zeros(len(own), dtype=np.int64), np.arange(len(own))) for own in (texts[:FEW], texts))
    assert (few, many) == (False, True)


@given(asked=ASKED, ends=st.tuples(st.integers(0, 8), st.integers(0, 8)))
def test_the_keys_of_a_stretch_of_words_are_cut_out(asked: list[tuple[str, int, int]], ends: tuple[int, int]) -> None:
    keys = hash_variants([text for text, *_ in asked], np.array([most for _, most, _ in asked], dtype=np.int64))
    cut = keys.cut(*ends)
    inside = (keys.words >= ends[0]) & (keys.words < ends[1])
    assert cut.words.tolist() == keys.words[inside].tolist()
    assert cut.hashes.tolist() == keys.hashes[inside].tolist()
