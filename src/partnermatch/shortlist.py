"""Step 4 against a registry: the few known names that are nearest to each name that is asked, by weighted shared words.

Every word of the asked name finds the known names that have it, or have a word that may answer for it, and gives them
its weight; what a known name says beyond that counts against it (Tversky's ratio of what is shared to what either
has). Term-at-a-time over inverted lists; common words that weigh little are left out where rarer ones find enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from partnermatch.csr import expand, expand_rows
from partnermatch.model import Candidates, Flags, Floats, Ints, Links, Profiles
from partnermatch.settings import ShortlistSettings


@dataclass(frozen=True)
class Postings:
    """Inverted lists over known names.

    Attributes:
        starts: [a + 1] and `rows` [m]: for each atom, the names that offer it, each once.
        weights: [n] the summed weight of each name's own words and those of the whole above it.
    """

    starts: Ints
    rows: Ints
    weights: Floats


def build_postings(profiles: Profiles) -> Postings:
    """Invert the names: for each atom, who has it in its own name, in that of the whole above it, or beside it."""
    rows = np.arange(len(profiles))
    own, words = _list_words(profiles, rows)
    aside = np.repeat(rows, np.diff(profiles.aside_starts))
    pairs = np.unique(
        np.concatenate([words * len(profiles) + own, profiles.aside_values * len(profiles) + aside]).astype(np.int64)
    )
    atoms, holders = pairs // max(len(profiles), 1), pairs % max(len(profiles), 1)
    starts = np.zeros(len(profiles.atoms.keys) + 1, dtype=np.int64)
    np.cumsum(np.bincount(atoms, minlength=len(profiles.atoms.keys)), out=starts[1:])
    weights = np.bincount(own, weights=profiles.atoms.weights[words], minlength=len(profiles))
    return Postings(starts, holders, weights.astype(np.float64))


def shortlist(
    profiles: Profiles, links: Links, postings: Postings, asked: Ints, settings: ShortlistSettings
) -> Candidates:
    """The nearest known names of each asked name.

    Args:
        profiles: [n] known names first, then the asked ones.
        links: between words of the asked names and all others.
        postings: over the known names.
        asked: [q] rows of `profiles`, each behind the known ones.
        settings: how many to keep.

    Returns:
        Pairs of an asked (left) and a known name (right); nothing is dropped.
    """
    asked = np.unique(asked)
    steps = _spread(profiles, links, postings, asked, settings)
    bounds = np.searchsorted(steps.query, np.arange(len(asked) + 1))
    gained = np.zeros(len(postings.weights))
    found = [_nearest(steps, query, bounds, postings, gained, settings.keep) for query in range(len(asked))]
    left = np.repeat(asked, [len(rows) for rows in found])
    return Candidates(left, np.concatenate([np.zeros(0, dtype=np.int64), *found]), ())


class _Steps(NamedTuple):
    """Words that find known names, query by query: its own and those that may answer for them, the rarest first.

    Attributes:
        query: [s] number of the query, rising.
        atoms: [s] the word.
        gains: [s] what it gives to each name that has it.
        asked: [q] the summed weight of each query's own words.
    """

    query: Ints
    atoms: Ints
    gains: Floats
    asked: Floats


def _spread(profiles: Profiles, links: Links, postings: Postings, asked: Ints, settings: ShortlistSettings) -> _Steps:
    """The words to look up; those that very many names have only where a query has no others."""
    query, atoms = _list_words(profiles, asked)
    weights = profiles.atoms.weights[atoms]
    step, source = expand(*(np.searchsorted(links.source, atoms, side) for side in ("left", "right")))
    held = _hold_spans(profiles, asked[query[source]], links.through[step])
    step, source = step[held], source[held]
    queries = np.concatenate([query, query[source]])
    words = np.concatenate([atoms, links.target[step]])
    gains = np.concatenate([weights, weights[source] * links.alike[step]])
    sizes = np.zeros(len(profiles.atoms.keys), dtype=np.int64)
    sizes[: len(postings.starts) - 1] = np.diff(postings.starts)
    rare = (sizes[words] > 0) & (sizes[words] <= settings.max_postings)
    telling = np.bincount(queries[rare], minlength=len(asked)) > 0
    used = np.where(telling[queries], rare, sizes[words] > 0) & (gains > 0)
    order = np.flatnonzero(used)[np.lexsort((sizes[words[used]], queries[used]))]
    total = np.bincount(query, weights=weights, minlength=len(asked)).astype(np.float64)
    return _Steps(queries[order], words[order], gains[order], total)


def _hold_spans(profiles: Profiles, rows: Ints, spans: Ints) -> Flags:
    """Whether each name has a span beside its words; -1 is none, and held by all."""
    held = spans < 0
    some = np.flatnonzero(~held)
    names = np.unique(rows[some])
    place, source = expand_rows(profiles.aside_starts, names)
    atoms = max(len(profiles.atoms.keys), 1)
    held[some] = np.isin(rows[some] * atoms + spans[some], names[source] * atoms + profiles.aside_values[place])
    return np.asarray(held, dtype=np.bool_)


def _list_words(profiles: Profiles, rows: Ints) -> tuple[Ints, Ints]:
    """The words of some names and of the wholes above them: the place in `rows` of each, and the word, each once."""
    above = np.flatnonzero(profiles.wholes[rows] >= 0)
    named = np.concatenate([rows, profiles.wholes[rows[above]]])
    place, source = expand_rows(profiles.starts, named)
    row = np.concatenate([np.arange(len(rows)), above])[source]
    atoms = max(len(profiles.atoms.keys), 1)
    words = np.unique(row * atoms + profiles.values[place])
    return words // atoms, words % atoms


def _nearest(steps: _Steps, query: int, bounds: Ints, postings: Postings, gained: Floats, keep: int) -> Ints:
    """The known names nearest to one query, by Tversky's ratio.

    Args:
        steps: of all queries.
        query: number of this one.
        bounds: [q + 1] where the steps of each query begin.
        postings: over the known names.
        gained: [n] zeros, to sum up in; zeros again afterwards.
        keep: how many to keep.
    """
    met = [np.zeros(0, dtype=np.int64)]
    own = slice(bounds[query], bounds[query + 1])
    for atom, gain in zip(steps.atoms[own].tolist(), steps.gains[own].tolist(), strict=True):
        rows = postings.rows[postings.starts[atom] : postings.starts[atom + 1]]
        before = gained.take(rows)
        met.append(rows[before == 0.0])
        gained[rows] = before + gain
    near = np.concatenate(met)
    found, weights = gained.take(near), postings.weights.take(near)
    gained[near] = 0.0
    score = found / (steps.asked[query] + weights - np.minimum(found, weights))
    return np.sort(near if len(near) <= keep else _keep_best(near, score, keep))


def _keep_best(rows: Ints, score: Floats, keep: int) -> Ints:
    """The rows of the highest scores; of those whose score is the lowest that is kept, the first rows."""
    lowest = np.partition(score, len(score) - keep)[len(score) - keep]
    better, equal = rows[score > lowest], rows[score == lowest]
    return np.concatenate([better, np.sort(equal)[: keep - len(better)]])
