"""Numbers are found as a set finds them, also where two have one hash."""

from __future__ import annotations

from unittest import mock

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.numbers import Numbers

MANY = st.lists(st.integers(0, 2**62), unique=True, max_size=30)


@given(known=MANY, others=MANY, bits=st.sampled_from([1, 4, 22]))
def test_numbers_are_found_as_in_a_set(known: list[int], others: list[int], bits: int) -> None:
    sought = [*known[::2], *others]
    with mock.patch.multiple("partnermatch.numbers", MIN_BITS=bits, MAX_BITS=bits):
        found = Numbers.build(np.array(sorted(known), dtype=np.int64)).contain(np.array(sought, dtype=np.int64))
    assert found.tolist() == [number in set(known) for number in sought]
