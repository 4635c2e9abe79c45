"""Minted IDs: opaque, as random as their source, and misprints show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.store.minting import ALPHABET, LENGTH, PREFIX, is_minted, mint

IDS = st.binary(min_size=8, max_size=8).map(lambda chance: mint(lambda _: chance))
PLACES = st.integers(len(PREFIX), LENGTH - 1)


@given(identity=IDS)
def test_an_id_has_the_prefix_and_fourteen_letters(identity: str) -> None:
    assert identity.startswith(PREFIX)
    assert len(identity) == LENGTH == 16
    assert set(identity[2:]) <= set(ALPHABET)
    assert is_minted(identity)


@given(identity=IDS, place=PLACES, letter=st.sampled_from(ALPHABET))
def test_one_wrong_letter_shows(identity: str, place: int, letter: str) -> None:
    wrong = identity[:place] + letter + identity[place + 1 :]
    assert is_minted(wrong) == (wrong == identity)


@given(identity=IDS, place=st.integers(len(PREFIX), LENGTH - 5), distance=st.integers(1, 2))
def test_two_near_letters_that_change_places_show(identity: str, place: int, distance: int) -> None:
    letters = list(identity)
    other = min(place + distance, LENGTH - 3)
    letters[place], letters[other] = letters[other], letters[place]
    assert is_minted("".join(letters)) == ("".join(letters) == identity)


@pytest.mark.parametrize(
    "text",
    ["", "pm", "pmaaaaaaaaaaaaa", "pmaaaaaaaaaaaaaaa", "xxaaaaaaaaaaaaaa", "pmAAAAAAAAAAAAAA", "pm1aaaaaaaaaaaaa"],
)
def test_other_texts_are_no_ids(text: str) -> None:
    assert not is_minted(text)


def test_the_same_chance_mints_the_same_id() -> None:
    assert mint(lambda count: b"\x07" * count) == mint(lambda count: b"\x07" * count) == "pma4dqobyha4dqoi"
