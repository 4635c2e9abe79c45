"""What a store holds of a record, and how it is told from others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from partnermatch.store.escapes import escape

T = TypeVar("T")
AT_ONCE = 2_000
"""Values that are asked for in one query; SQLite takes up to 32,766."""
BY_CONTENT = "name"
"""Source of rows without an id: what they say is what they are."""
WHOLE = "whole"
"""Source of records that no row gives: the organizations that rows name above their institution."""


class Row(NamedTuple):
    """What a record says.

    Attributes:
        source: where its key comes from; the same key of another source is another record.
        key: the id of the row.
        name: as it was given.
        country: as it was given, empty if unknown.
    """

    source: str
    key: str
    name: str
    country: str


class Remembered(NamedTuple):
    """Records that a store holds.

    Attributes:
        numbers: of the records, rising.
        rows: what each says.
    """

    numbers: list[int]
    rows: list[Row]


class Review(NamedTuple):
    """A pair of records that a person should look at.

    Attributes:
        left: number of the one with the smaller number.
        right: number of the other.
        kind: one of `schema.REVIEW_KINDS`.
        probability: that both mean one institution; None where nothing was scored.
    """

    left: int
    right: int
    kind: str
    probability: float | None


def key_of(name: str, country: str) -> str:
    r"""The key of a row that has no id of its own.

    >>> key_of("東京大学", ""), key_of("東京大学", "JP")
    ('東京大学', '東京大学\tJP')
    """
    return f"{escape(name)}\t{escape(country)}" if country else escape(name)


def hash_texts(one: str, two: str) -> str:
    """Thirty-two hexadecimal digits for two texts."""
    return hashlib.blake2b(f"{escape(one)}\t{escape(two)}".encode(), digest_size=16).hexdigest()


def slice_up(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """So many values as one query may ask for, one slice after another."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
