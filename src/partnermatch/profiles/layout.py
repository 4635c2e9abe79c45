"""Profiles of the institutions that the parts of a table mean: each once, in sorted order, over one vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from partnermatch.csr import sort_pairs
from partnermatch.model import Atoms, Ints, Profiles
from partnermatch.profiles.atoms import build_atoms, meet
from partnermatch.profiles.filing import Institutions, Row, Spoken
from partnermatch.settings import WeightSettings

Cell = TypeVar("Cell")


class Ordered(NamedTuple):
    """The institutions of all parts in the order of their profiles.

    Attributes:
        rows: [n] what makes each one of a kind, sorted, with its place.
        texts: [n] how each is written.
        numbers: for each part the profile of each of its institutions.
    """

    rows: Mapping[Row, int]
    texts: tuple[str, ...]
    numbers: list[Ints]


def order_parts(parts: Sequence[Institutions]) -> Ordered:
    """Put the institutions of the parts of a table in order.

    Args:
        parts: what was filed, in the order of the strings.
    """
    rows = {row: place for place, row in enumerate(sorted({row for part in parts for row in part.rows}))}
    numbers = [np.array([rows[row] for row in part.rows], dtype=np.int64) for part in parts]
    texts = _merge([part.written for part in parts], [number.tolist() for number in numbers], min, len(rows))
    return Ordered(rows, tuple(texts), numbers)


def lay_out(parts: Sequence[Institutions], ordered: Ordered, weights: WeightSettings) -> Profiles:
    """Put the parts of a table together.

    Args:
        parts: what was filed, in the order of the strings.
        ordered: their institutions.
        weights: of the roles.
    """
    atoms, known = _build_vocabulary(parts, weights)
    rows, texts, numbers = ordered
    places = [number.tolist() for number in numbers]

    def merge(columns: Sequence[Sequence[Cell]], combine: Callable[[Cell, Cell], Cell]) -> list[Cell]:
        return _merge(columns, places, combine, len(rows))

    own = _join([part.own for part in parts], numbers, known)
    first = np.array(merge([[place] * len(part.rows) for place, part in enumerate(parts)], _keep), dtype=np.int64)
    of_first = np.repeat(np.arange(len(parts)), [part.own.shape[1] for part in parts]) == first[own[0]]
    own = own[:, of_first]
    own = own[:, own[0].argsort(kind="stable")]
    aside = np.array(sort_pairs(*_join([part.aside for part in parts], numbers, known)))
    return Profiles(
        atoms=atoms,
        texts=texts,
        folded=tuple([folded for _, folded, _, _ in rows]),
        countries=tuple([country for *_, country in rows]),
        starts=_find_starts(own[0], len(rows)),
        values=own[1],
        aside_starts=_find_starts(aside[0], len(rows)),
        aside_values=aside[1],
        families=np.array(merge([part.families for part in parts], _keep), dtype=np.int64),
        acronyms=_list_acronyms([part.capitals for part in parts], numbers, len(rows)),
        initials=tuple(merge([part.initials for part in parts], _keep)),
        letters=tuple(merge([part.letters for part in parts], _keep)),
        wholes=np.array(
            [rows[scope, whole, "", country] if whole else -1 for scope, _, whole, country in rows], dtype=np.int64
        ),
    )


def _build_vocabulary(parts: Sequence[Institutions], weights: WeightSettings) -> tuple[Atoms, list[Ints]]:
    """The vocabulary of all parts, and for each part the atom of each of its keys."""
    spoken: dict[int, Spoken] = {}
    for part in parts:
        for scope, own in part.spoken.items():
            if spoken.setdefault(scope, own) is not own:
                spoken[scope].absorb(own)
    met = {scope: meet(own.words, own.countries, own.spans, own.capitals) for scope, own in spoken.items()}
    keys = [(scope, key) for scope, words in met.items() for key in words]
    atoms, numbers = build_atoms([word for words in met.values() for word in words.values()], weights)
    places = dict(zip(keys, numbers, strict=True))
    return atoms, [np.array([places[key] for key in part.keys], dtype=np.int64) for part in parts]


def _merge(
    columns: Sequence[Sequence[Cell]], numbers: Sequence[list[int]], combine: Callable[[Cell, Cell], Cell], size: int
) -> list[Cell]:
    """One column of the columns of all parts."""
    found: dict[int, Cell] = {}
    for column, number in zip(columns, numbers, strict=True):
        for place, cell in zip(number, column, strict=True):
            found[place] = combine(found[place], cell) if place in found else cell
    return [found[place] for place in range(size)]


def _list_acronyms(
    parts: Sequence[Mapping[int, set[str]]], numbers: Sequence[Ints], size: int
) -> tuple[tuple[str, ...], ...]:
    """The words in capitals of all names of each profile, sorted."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for capitals, number in zip(parts, numbers, strict=True):
        for place, words in capitals.items():
            found[int(number[place])].update(words)
    return tuple([tuple(sorted(found[place])) if place in found else () for place in range(size)])


def _keep(one: Cell, _: Cell) -> Cell:
    """What the first name of an institution says."""
    return one


def _join(pairs: Sequence[Ints], numbers: Sequence[Ints], known: Sequence[Ints]) -> Ints:
    """[2, m] profile and atom of the institutions and keys of all parts."""
    columns = zip(pairs, numbers, known, strict=True)
    laid = [np.array([number[own[0]], atoms[own[1]]]) for own, number, atoms in columns]
    return np.concatenate([np.zeros((2, 0), dtype=np.int64), *laid], axis=1)


def _find_starts(rows: Ints, size: int) -> Ints:
    """[size + 1] where each row begins among sorted ones."""
    return rows.searchsorted(np.arange(size + 1))
