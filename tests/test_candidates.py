"""Blocking finds what comparing all with all would find: pairs that share a key, or a set of keys, few enough share."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.candidates import find_candidates
from partnermatch.model import Candidates, Keys
from partnermatch.settings import CandidateSettings

HELD = st.lists(st.sets(st.integers(0, 5), max_size=4), max_size=12)
CAPS = st.builds(CandidateSettings, max_block=st.integers(2, 5), max_key_words=st.integers(1, 3))


def make_keys(held: list[set[int]]) -> Keys:
    pairs = np.array([(row, key) for row, keys in enumerate(held) for key in sorted(keys)], dtype=np.int64)
    pairs = pairs.reshape(-1, 2)
    return Keys(pairs[:, 0], pairs[:, 1], tuple("abcdef"))


def list_pairs(found: Candidates) -> list[tuple[int, int]]:
    return list(zip(found.left.tolist(), found.right.tolist(), strict=True))


def find_holders(held: list[set[int]], size: int) -> dict[tuple[int, ...], list[int]]:
    """Every set of so many keys, and the rows that hold all of it."""
    sets = combinations(range(6), size)
    return {joined: [row for row, keys in enumerate(held) if keys >= set(joined)] for joined in sets}


def pair_slowly(held: list[set[int]], caps: CandidateSettings) -> set[tuple[int, int]]:
    """All pairs within every block that is within the cap, whatever set of keys makes it."""
    return {
        pair
        for size in range(1, caps.max_key_words + 1)
        for rows in find_holders(held, size).values()
        if len(rows) <= caps.max_block
        for pair in combinations(rows, 2)
    }


@given(held=HELD, caps=CAPS)
@settings(max_examples=300)
def test_pairs_are_those_that_comparing_all_with_all_finds(held: list[set[int]], caps: CandidateSettings) -> None:
    found = list_pairs(find_candidates(make_keys(held), caps))
    assert found == sorted(pair_slowly(held, caps))


@given(held=HELD, caps=CAPS)
def test_who_shares_a_small_block_is_paired_and_who_shares_no_key_is_not(
    held: list[set[int]], caps: CandidateSettings
) -> None:
    found = set(list_pairs(find_candidates(make_keys(held), caps)))
    small = {key for (key,), rows in find_holders(held, 1).items() if len(rows) <= caps.max_block}
    for left, right in combinations(range(len(held)), 2):
        if held[left] & held[right] & small:
            assert (left, right) in found
        if not held[left] & held[right]:
            assert (left, right) not in found


@given(held=HELD, caps=CAPS)
def test_blocks_too_large_with_all_their_words_are_reported_largest_first(
    held: list[set[int]], caps: CandidateSettings
) -> None:
    large = [
        (" + ".join("abcdef"[key] for key in joined), len(rows))
        for joined, rows in find_holders(held, caps.max_key_words).items()
        if len(rows) > caps.max_block
    ]
    dropped = find_candidates(make_keys(held), caps).dropped
    assert set(large) <= set(dropped)
    assert list(dropped) == sorted(dropped, key=lambda item: (-item[1], item[0]))


def test_no_block_is_dropped_in_silence() -> None:
    found = find_candidates(make_keys([{0}] * 5), CandidateSettings(max_block=4, max_key_words=3))
    assert (list_pairs(found), found.dropped) == ([], (("a", 5),))


def test_a_large_block_is_split_by_a_second_key() -> None:
    held = [{0, 1}, {0, 1}, {0, 2}, {0, 2}, {0}]
    caps = CandidateSettings(max_block=2, max_key_words=2)
    assert list_pairs(find_candidates(make_keys(held), caps)) == [(0, 1), (2, 3)]
    assert list_pairs(find_candidates(make_keys([{0}, {0}, {0}]), caps)) == []


def test_a_third_key_splits_what_the_second_does_not() -> None:
    held = [{0, 1, 2}, {0, 1, 2}, {0, 1, 3}, {0, 1, 3}, {0, 1, 4}, {0, 2, 3}, {0, 2, 4}, {1, 2, 5}, {1, 2}]
    one, two, three = (CandidateSettings(max_block=2, max_key_words=words) for words in (1, 2, 3))
    assert (0, 1) not in list_pairs(find_candidates(make_keys(held), one))
    assert (0, 1) not in list_pairs(find_candidates(make_keys(held), two))
    assert (0, 1) in list_pairs(find_candidates(make_keys(held), three))


@pytest.mark.parametrize("held", [[], [set()], [{0}], [{0}, {1}]])
def test_where_nothing_is_shared_there_are_no_pairs(held: list[set[int]]) -> None:
    found = find_candidates(make_keys(held), CandidateSettings())
    assert (list_pairs(found), found.dropped) == ([], ())
    assert found.left.dtype == found.right.dtype == np.int64
