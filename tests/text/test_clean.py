"""Any value becomes a safe string or a status, and cleaning twice is cleaning once."""

from __future__ import annotations

import re
import time
import unicodedata
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.settings import TextSettings
from partnermatch.text.clean import Status, clean

SETTINGS = TextSettings()
MARKS = st.text(alphabet=st.sampled_from("e\u0301\u0302\u20dd\u3099"), max_size=20)
ESCAPED = st.lists(st.sampled_from(("&", "amp;", "#38;", "lt;", "#769;", "#x202e;", "nbsp;", "東", "a")), max_size=12)
TEXTS = st.text() | MARKS | ESCAPED.map("".join)


def unescape(cell: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\n", lambda m: chr(int(m[1] or m[2] or "a", 16)), cell)


@pytest.mark.parametrize(("cell", "left", "status"), read_cases("text_cases/clean.tsv"))
def test_a_cell_is_cleaned(cell: str, left: str, status: str) -> None:
    assert clean(unescape(cell), SETTINGS) == (unescape(left), Status[status.upper()])


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT, Decimal("NaN"), Decimal("sNaN"), 10**5_000],
    ids=lambda value: type(value).__name__,
)
def test_a_missing_or_unreadable_value_is_empty(value: object) -> None:
    assert clean(value, SETTINGS) == ("", Status.EMPTY)


@pytest.mark.parametrize(("value", "digits"), [(7, "7"), (2.5, "2.5"), (np.int64(3), "3"), (Decimal("1.0"), "1.0")])
def test_a_number_is_read_as_its_digits(value: object, digits: str) -> None:
    assert clean(value, SETTINGS) == (digits, Status.NAMED)


@given(text=TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text, SETTINGS)
    assert clean(once.text, SETTINGS).text == once.text


@given(text=TEXTS)
def test_what_is_left_is_safe(text: str) -> None:
    left = clean(text, SETTINGS).text
    assert left == left.strip()
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in left)
    assert left.encode("utf-8").decode("utf-8") == left


def test_the_cap_is_on_what_came_in() -> None:
    cap = TextSettings(max_characters=10)
    assert clean("a" * 10, cap).status == Status.NAMED
    assert clean("a" * 11, cap) == ("", Status.TOO_LONG)


@pytest.mark.parametrize(
    "flood", ["a" + "\u0301" * 100_000, "東" * 10_000_000, "&amp;" * 2_000_000, "\ud800" * 100_000]
)
def test_a_flood_is_refused_at_once(flood: str) -> None:
    begun = time.perf_counter()
    assert clean(flood, SETTINGS) == ("", Status.TOO_LONG)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("flood", ["&" + "amp;" * 499, "&#769;" * 333, "\u0301" * 2_000, "&lt" * 666])
def test_a_flood_within_the_cap_is_cleaned_quickly(flood: str) -> None:
    begun = time.perf_counter()
    left = clean(flood, SETTINGS).text
    assert clean(left, SETTINGS).text == left
    assert time.perf_counter() - begun < 1
