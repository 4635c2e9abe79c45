"""Texts in arrays: what goes in comes out, whatever it is, and hashes are those of the books."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.strings import IntLists, Joined, StringLists, Strings, hash_strings

ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=8) | st.sampled_from(
    ("", "東京", "\ud800", "\udc00")
)
LISTS = st.lists(st.lists(ANY, max_size=3).map(tuple), max_size=6)


def hash_slowly(text: str) -> int:
    """Eight bytes after another: put to what there is, multiplied, folded."""
    data = text.encode("utf-8", "surrogatepass")
    value = len(data)
    for start in range(0, len(data), 8):
        value = (value ^ int.from_bytes(data[start : start + 8], "little")) * 0x9E3779B97F4A7C15 % 2**64
        value ^= value >> 32
    return value


@given(texts=st.lists(ANY, max_size=8), data=st.data())
def test_texts_come_out_as_they_went_in(texts: list[str], data: st.DataObject) -> None:
    strings = Strings.of(texts)
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=9) if texts else st.just([]))
    assert list(strings) == texts == [strings[row] for row in range(len(strings))]
    assert strings[1:-1] == tuple(texts[1:-1])
    assert strings.take(np.array(rows, dtype=np.int64)) == [texts[row] for row in rows]
    assert [strings[-row] for row in range(1, len(texts) + 1)] == texts[::-1]
    with pytest.raises(IndexError):
        strings[len(texts)]


@given(lists=LISTS)
def test_lists_of_texts_and_of_numbers_come_out_as_they_went_in(lists: list[tuple[str, ...]]) -> None:
    numbers = [tuple(map(len, own)) for own in lists]
    for made, held in ((StringLists.of(lists), lists), (IntLists.of(numbers), numbers)):
        assert list(made) == held == [made[row] for row in range(len(made))]
        assert made[1:] == tuple(held[1:])
        assert made == held


@given(first=st.lists(ANY, max_size=5), second=st.lists(ANY, max_size=5))
def test_two_joined_are_one_behind_the_other(first: list[str], second: list[str]) -> None:
    joined = Joined(Strings.of(first), second)
    both = first + second
    assert list(joined) == both == [joined[row] for row in range(len(joined))]
    assert joined[len(first) :] == tuple(second)
    assert joined == both
    assert joined != [*both, "more"]


@given(texts=st.lists(ANY, max_size=12))
def test_hashes_are_those_of_the_oracle(texts: list[str]) -> None:
    assert hash_strings(texts).astype("uint64").tolist() == [hash_slowly(text) for text in texts]
