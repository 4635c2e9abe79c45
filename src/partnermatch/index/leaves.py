"""A tree of named tuples and dataclasses whose leaves are arrays, texts and numbers, taken apart and put together again.

A leaf has the name of the way that leads to it: `links.sounds.latin.keys`; behind it stands which array of a leaf of several it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_type_hints

import numpy as np
from numpy.typing import NDArray

from partnermatch.strings import IntLists, StringLists, Strings

T = TypeVar("T")
_TEXT, _STARTS, _LISTS, _VALUES = ":text", ":starts", ":lists", ":values"


def take_apart(tree: Any, name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """The arrays of a tree, each with its name.

    Raises:
        TypeError: a leaf is neither an array, a number, nor one of the sequences of `strings`.
    """
    if isinstance(tree, np.ndarray):
        yield name, tree
    elif isinstance(tree, int):
        yield name, np.array([tree], dtype=np.int64)
    elif isinstance(tree, Strings):
        yield from ((f"{name}{_TEXT}", tree.data), (f"{name}{_STARTS}", tree.starts))
    elif isinstance(tree, StringLists):
        yield from take_apart(tree.strings, name)
        yield f"{name}{_LISTS}", tree.starts
    elif isinstance(tree, IntLists):
        yield from ((f"{name}{_VALUES}", tree.values), (f"{name}{_LISTS}", tree.starts))
    else:
        for part in _list_parts(type(tree)):
            yield from take_apart(getattr(tree, part), f"{name}.{part}")


def put_together(kind: type[T], arrays: Mapping[str, NDArray[Any]], name: str) -> T:
    """The tree of that kind again.

    Raises:
        KeyError: an array is missing.
    """
    hints = get_type_hints(kind)
    return kind(**{part: _find(hints[part], arrays, f"{name}.{part}") for part in _list_parts(kind)})


def find_leaf(arrays: Mapping[str, NDArray[Any]], name: str) -> Any:
    """The leaf of that name.

    Raises:
        KeyError: there is none.
    """
    if f"{name}{_VALUES}" in arrays:
        return IntLists(arrays[f"{name}{_VALUES}"], arrays[f"{name}{_LISTS}"])
    if f"{name}{_TEXT}" not in arrays:
        return arrays[name]
    strings = Strings(arrays[f"{name}{_TEXT}"], arrays[f"{name}{_STARTS}"])
    lists = arrays.get(f"{name}{_LISTS}")
    return strings if lists is None else StringLists(strings, lists)


def _find(kind: Any, arrays: Mapping[str, NDArray[Any]], name: str) -> Any:
    if kind is int:
        return int(arrays[name][0])
    has_parts = isinstance(kind, type) and (dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"))
    return put_together(kind, arrays, name) if has_parts else find_leaf(arrays, name)


def _list_parts(kind: type) -> tuple[str, ...]:
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    fields: tuple[str, ...] | None = getattr(kind, "_fields", None)
    if fields is None:
        raise TypeError(f"{kind.__name__} is no leaf and has no named parts")
    return fields
