"""Inverted lists over the names of a registry: who has a word, and which names have the same common words.

A few dozen words (university, institute, Japan) are those of most names. Names that have the same of them gain the same by
them, whatever else they say; so they are kept together, the lightest first, and are not looked through one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnermatch.csr import expand_rows, sort_once
from partnermatch.model import Floats, Ints, Profiles

COMMON = 0.005
"""Share of the known names that have a common word, at least."""


@dataclass(frozen=True)
class Postings:
    """Inverted lists over known names.

    Attributes:
        starts: [a + 1] and `rows` [m]: for each atom, the names that offer it, each once.
        weights: [n] the summed weight of each name's own words and those of the whole above it.
        common: [a] number of each common atom, -1 for all others.
        common_starts: [c + 1] and `common_groups` [k]: for each common atom, the groups whose names offer it.
        groups: [n] the group of each name: names of one group offer the same common atoms.
        group_starts: [g + 1] and `group_rows` [n]: the names of each group, the lightest first, then by row.
    """

    starts: Ints
    rows: Ints
    weights: Floats
    common: Ints
    common_starts: Ints
    common_groups: Ints
    groups: Ints
    group_starts: Ints
    group_rows: Ints


def build_postings(profiles: Profiles) -> Postings:
    """Invert the names: for each atom, who has it in its own name, in that of the whole above it, or beside it."""
    rows = np.arange(len(profiles))
    own, words = list_words(profiles, rows)
    aside = np.repeat(rows, np.diff(profiles.aside_starts))
    pairs = sort_once(
        np.concatenate([words * len(profiles) + own, profiles.aside_values * len(profiles) + aside]).astype(np.int64)
    )
    atoms, holders = pairs // max(len(profiles), 1), pairs % max(len(profiles), 1)
    counts = np.bincount(atoms, minlength=len(profiles.atoms.keys))
    starts = _add_up(counts)
    weights = np.bincount(own, weights=profiles.atoms.weights[words], minlength=len(profiles)).astype(np.float64)
    shared = np.flatnonzero(counts > COMMON * len(profiles))
    common = np.full(len(counts), -1, dtype=np.int64)
    common[shared] = np.arange(len(shared))
    groups = _number_groups([holders[starts[atom] : starts[atom + 1]] for atom in shared.tolist()], len(profiles))
    order = np.lexsort((weights, groups))
    group_starts = _add_up(np.bincount(groups))
    place, source = expand_rows(starts, shared)
    holding = sort_once(source * len(profiles) + groups[holders[place]])  # a group, as no name, is held by its number
    holding = np.stack([holding // max(len(profiles), 1), holding % max(len(profiles), 1)])
    common_starts = _add_up(np.bincount(holding[0], minlength=len(shared)))
    return Postings(starts, holders, weights, common, common_starts, holding[1], groups, group_starts, order)


def list_words(profiles: Profiles, rows: Ints) -> tuple[Ints, Ints]:
    """The words of some names and of the wholes above them: the place in `rows` of each, and the word, each once."""
    above = np.flatnonzero(profiles.wholes[rows] >= 0)
    named = np.concatenate([rows, profiles.wholes[rows[above]]])
    place, source = expand_rows(profiles.starts, named)
    row = np.concatenate([np.arange(len(rows)), above])[source]
    atoms = max(len(profiles.atoms.keys), 1)
    words = sort_once(row * atoms + profiles.values[place])
    return words // atoms, words % atoms


def _number_groups(sets: list[Ints], count: int) -> Ints:
    """Number the different sets that names are in."""
    groups = np.zeros(count, dtype=np.int64)
    for rows in sets:
        groups[rows] += groups.max() + 1
        _, groups = np.unique(groups, return_inverse=True)
    return groups


def _add_up(counts: Ints) -> Ints:
    """Where each of some lists begins, and where the last ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
