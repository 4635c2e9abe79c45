"""Names that are written the same but for a letter or a space are found, whatever their words are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import leave_out

from partnermatch.links.variants import Hashed, pair_up
from partnermatch.profiles import build_profiles
from partnermatch.settings import Settings
from partnermatch.spellings import MAX_LETTERS, MIN_LETTERS, pair_spellings

KEYS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=30)


def pair(*names: str) -> list[set[str]]:
    """The names that are paired, as they are written."""
    profiles, _ = build_profiles(names, [""] * len(names), Settings())
    return [{profiles.texts[row] for row in ends} for ends in pair_spellings(profiles.texts).T.tolist()]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Alverno College", "Alvern oCollege"),
        ("Telkom University", "TelkomsUniversity"),
        ("Deutsche Telekom Stiftung", "DeutscheeTelekom Stiftung"),
        ("Genome Alberta", "Genome Aberta"),
        ("Fondation du Rein", "Fondation du Rien"),
    ],
)
def test_a_misspelled_name_is_paired_with_the_one_that_it_is(one: str, two: str) -> None:
    assert pair(one, two, "Osaka Castle Museum") == [{one, two}]


def test_another_number_is_another_name() -> None:
    assert pair("Observatory Station 12", "Observatory Station 13") == []
    assert pair("Observatory Station 12", "Observatory Sation 12") != []


def test_short_names_and_endless_ones_are_not_looked_at() -> None:
    assert pair("Nekton", "Nektom") == []
    assert len("Nekton") < MIN_LETTERS
    assert pair(*("Museum of " + letter * MAX_LETTERS for letter in "ab")) == []


@given(words=st.lists(st.text(alphabet="abcdefgh", min_size=MIN_LETTERS, max_size=10), max_size=6, unique=True))
def test_pairs_are_the_names_that_share_what_a_deletion_leaves(words: list[str]) -> None:
    profiles, _ = build_profiles(words, [""] * len(words), Settings())
    expected = [
        (one, two)
        for one, two in combinations(range(len(profiles)), 2)
        if leave_out(profiles.texts[one], 1) & leave_out(profiles.texts[two], 1)
    ]
    assert list(map(tuple, pair_spellings(profiles.texts).T.tolist())) == expected


@given(held=KEYS, most=st.integers(1, 4))
def test_words_that_share_a_key_are_paired_unless_it_is_crowded(held: list[tuple[int, int]], most: int) -> None:
    words, hashes = np.array(sorted(held), dtype=np.int64).reshape(-1, 2).T
    expected = {
        (one, two)
        for key in set(hashes.tolist())
        for one, two in combinations(sorted(set(words[hashes == key].tolist())), 2)
        if len(set(words[hashes == key].tolist())) <= most
    }
    assert list(zip(*map(np.ndarray.tolist, pair_up(Hashed(words, hashes), most)), strict=True)) == sorted(expected)
