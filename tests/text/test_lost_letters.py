"""Accented letters that an encoding could not write are put back where the word is known."""

from __future__ import annotations

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from partnermatch import lexicon
from partnermatch.text.lost_letters import LOST, leave_out_letters, restore_letters


def read(cell: str) -> str:
    return cell.replace("\\ufffd", LOST)


@pytest.mark.parametrize(("left", "made"), read_cases("text_cases/lost_letters.tsv"))
def test_letters_are_put_back(left: str, made: str) -> None:
    assert restore_letters(read(left)) == read(made)


@given(st.sampled_from(lexicon.accented()), st.sampled_from(("?", "??", LOST)))
def test_every_word_of_the_table_is_put_back(word: str, mark: str) -> None:
    assert restore_letters(leave_out_letters(word).replace(LOST, mark)).lower() == word


@given(st.text() | st.text("aeéÉS?\ufffd '"))
def test_putting_back_twice_is_once(text: str) -> None:
    made = restore_letters(text)
    assert restore_letters(made) == made
