"""Many texts in a few arrays: one block of UTF-8 and where each text begins, decoded when it is asked for.

A registry has a million of them. As arrays they take a tenth of the memory that Python's own take, and a file that holds
them is opened without reading them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, Self, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
T = TypeVar("T")

_FACTOR, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
"""An odd number with bits everywhere, 2^64 over the golden ratio; and half of the bits of a hash."""
_PAD = (b"", *(bytes(missing) for missing in range(7, 0, -1)))
"""What fills up the last eight bytes of a text, by how many it has there."""


class _Column(Sequence[T]):
    """A sequence that is equal to every other with the same items; a slice is a tuple."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({tuple(self)!r})"


class Strings(_Column[str]):
    """Texts: [n], as one block of bytes.

    >>> texts = Strings.of(["東京", "", "Tokyo"])
    >>> texts[0], texts[1:], len(texts)
    ('東京', ('', 'Tokyo'), 3)
    """

    __slots__ = ("_places", "_view", "data", "starts")

    def __init__(self, data: Bytes, starts: Places) -> None:
        """Take a block as it is.

        Args:
            data: UTF-8, lone surrogates written like other characters.
            starts: [n + 1] the first byte of each, and the end.
        """
        self.data, self.starts = data, starts
        self._view, self._places = data.data, starts.data  # single items come faster from these than from arrays

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Lay texts out."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), _add_up([len(text) for text in encoded]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(self.take(np.arange(len(self))[place]))
        row = _find_row(place, len(self.starts) - 1)
        return str(self._view[self._places[row] : self._places[row + 1]], "utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(_cut(self.data, self.starts))

    def take(self, rows: Places) -> list[str]:
        """The texts of some rows."""
        if len(rows) == 0:
            return []
        first, count = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        starts = _add_up(count)
        return _cut(self.data[np.repeat(first - starts[:-1], count) + np.arange(starts[-1])], starts)


class StringLists(_Column[tuple[str, ...]]):
    """Some texts for each of n rows: row i has strings[starts[i]:starts[i + 1]].

    >>> StringLists.of([["a", "b"], [], ["c"]])[0]
    ('a', 'b')
    """

    __slots__ = ("_places", "starts", "strings")

    def __init__(self, strings: Strings, starts: Places) -> None:
        """Take both as they are."""
        self.strings, self.starts = strings, starts
        self._places = starts.data

    @classmethod
    def of(cls, lists: Iterable[Sequence[str]]) -> Self:
        """Lay lists of texts out."""
        held = list(lists)
        return cls(Strings.of(chain.from_iterable(held)), _add_up([len(own) for own in held]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[str, ...], ...]: ...
    def __getitem__(self, place: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        if isinstance(place, slice):
            return tuple(self[row] for row in range(*place.indices(len(self))))
        row = _find_row(place, len(self.starts) - 1)
        return tuple([self.strings[at] for at in range(self._places[row], self._places[row + 1])])

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        texts = list(self.strings)
        return (tuple(texts[start:end]) for start, end in pairwise(self.starts.tolist()))


class IntLists(_Column[tuple[int, ...]]):
    """Some numbers for each of n rows: row i has values[starts[i]:starts[i + 1]]."""

    __slots__ = ("starts", "values")

    def __init__(self, values: Places, starts: Places) -> None:
        """Take both as they are."""
        self.values, self.starts = values, starts

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> Self:
        """Lay lists of numbers out."""
        held = list(lists)
        values = np.array(list(chain.from_iterable(held)), dtype=np.int64)
        return cls(values, _add_up([len(own) for own in held]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: int) -> tuple[int, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[int, ...], ...]: ...
    def __getitem__(self, place: int | slice) -> tuple[int, ...] | tuple[tuple[int, ...], ...]:
        if isinstance(place, slice):
            return tuple(self[row] for row in range(*place.indices(len(self))))
        row = _find_row(place, len(self.starts) - 1)
        return tuple(self.values[self.starts[row] : self.starts[row + 1]].tolist())


class Joined(_Column[T]):
    """Two sequences as one, the second behind the first; neither is copied.

    >>> list(Joined(["a", "b"], ["c"]))
    ['a', 'b', 'c']
    """

    __slots__ = ("_before", "_first", "_second")

    def __init__(self, first: Sequence[T], second: Sequence[T]) -> None:
        """Take both as they are."""
        self._first, self._second, self._before = first, second, len(first)

    def __len__(self) -> int:
        return self._before + len(self._second)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self[row] for row in range(*place.indices(len(self))))
        row = _find_row(place, self._before + len(self._second))
        return self._first[row] if row < self._before else self._second[row - self._before]

    def __iter__(self) -> Iterator[T]:
        return chain(self._first, self._second)


def hash_strings(texts: Iterable[str]) -> Places:
    """A number for each text, the same on every machine: two texts have one by a chance of 2^-64.

    Eight bytes of UTF-8 at a time are put to what was made of those before, multiplied, and the upper half of the product
    folded into the lower one (after MurmurHash, Appleby, 2008); for all texts at once, whose lengths are what it begins with.

    >>> hash_strings(["a", "", "a"]).tolist()
    [6110722307022594671, 0, 6110722307022594671]
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    if not encoded:
        return np.zeros(0, dtype=np.int64)
    lengths = np.array([len(text) for text in encoded], dtype=np.int64)
    words = (lengths + 7) >> 3
    data = np.frombuffer(b"".join([text + _PAD[len(text) & 7] for text in encoded]), dtype="<u8")
    order = (-words).argsort(kind="stable")
    first, hashes = (words.cumsum() - words)[order], lengths[order].view(np.uint64)
    counts = np.bincount(words)[::-1].cumsum()[::-1][1:]
    for place, count in enumerate(counts.tolist()):  # the texts that are longer than this come first
        longer = hashes[:count]
        longer ^= data[first[:count] + place]
        longer *= _FACTOR
        longer ^= longer >> _HALF
    made = np.empty(len(encoded), dtype=np.uint64)
    made[order] = hashes
    return made.view(np.int64)


def _find_row(place: int, count: int) -> int:
    """A place in a sequence of so many, counted from its beginning.

    Raises:
        IndexError: there is no such place.
    """
    row = place + count if place < 0 else place
    if not 0 <= row < count:
        raise IndexError(place)
    return row


def _add_up(counts: Any) -> Places:
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def _cut(data: Bytes, starts: Places) -> list[str]:
    """All texts of a block, decoded at once: bytes that continue a character are not counted."""
    text = str(np.ascontiguousarray(data).data, "utf-8", "surrogatepass")
    if len(text) == len(data):
        return [text[start:end] for start, end in pairwise(starts.tolist())]
    places = _add_up((data & 0xC0) != 0x80)[starts]
    return [text[start:end] for start, end in pairwise(places.tolist())]
