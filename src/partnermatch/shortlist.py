"""Step 4 against a registry: the few known names that are nearest to each name that is asked, by weighted shared words.

Every word of the asked name finds the known names that have it, or have a word that may answer for it, and gives them
its weight; what a known name says beyond that counts against it (Tversky's ratio of what is shared to what either
has). Term-at-a-time over inverted lists; common words that weigh little are left out where rarer ones find enough. Common
words come last: what the names with rarer words reach tells how much a name must gain that has none of them (after MaxScore:
Turtle and Flood, 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from partnermatch.csr import expand, expand_rows
from partnermatch.model import Candidates, Flags, Floats, Ints, Links, Profiles
from partnermatch.settings import ShortlistSettings

COMMON = 0.005
"""Share of the known names that have a common word, at least."""
ROUNDING = 1.0 + 1e-9
"""Room for what rounding may add to a sum."""


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
    sums = _Sums(np.zeros(len(postings.weights)), np.zeros(len(postings.weights), dtype=np.int64))
    found = [_nearest(steps, query, postings, sums, settings.keep) for query in range(len(asked))]
    left = np.repeat(asked, [len(rows) for rows in found])
    return Candidates(left, np.concatenate([np.zeros(0, dtype=np.int64), *found]), ())


class _Steps(NamedTuple):
    """Words that find known names, query by query: its own and those that may answer for them, the rarest first.

    Attributes:
        atoms: [s] the word.
        gains: [s] what it gives to each name that has it.
        starts: [q + 1] where the words of each query begin.
        common: [q] where its common words begin.
        asked: [q] the summed weight of each query's own words.
    """

    atoms: Ints
    gains: Floats
    starts: Ints
    common: Ints
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
    starts = np.searchsorted(queries[order], np.arange(len(asked) + 1))
    scarce = queries[used & (sizes[words] <= COMMON * len(postings.weights))]
    return _Steps(words[order], gains[order], starts, starts[:-1] + np.bincount(scarce, minlength=len(asked)), total)


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


class _Sums(NamedTuple):
    """Room for one query after another.

    Attributes:
        gained: [n] what each known name has gained; zeros between queries.
        places: [n] a place among the names that were looked up; what is left there means nothing.
    """

    gained: Floats
    places: Ints


def _nearest(steps: _Steps, query: int, postings: Postings, sums: _Sums, keep: int) -> Ints:
    """The known names nearest to one query, by Tversky's ratio.

    That is at most what a name gains, over what is asked. So the last that is kept of the names with a rare word says what
    any other must gain to come among them.

    Args:
        steps: of all queries.
        query: number of this one.
        postings: over the known names.
        sums: room.
        keep: how many to keep.
    """
    first, common, last = steps.starts[query], steps.common[query], steps.starts[query + 1]
    asked, atoms = float(steps.asked[query]), steps.atoms[first:last]
    ends = zip(postings.starts[atoms].tolist(), postings.starts[atoms + 1].tolist(), strict=True)
    lists = [np.zeros(0, dtype=np.int64), *(postings.rows[start:stop] for start, stop in ends)]
    for rows, gain in zip(lists[1:], steps.gains[first:last].tolist(), strict=True):
        np.add.at(sums.gained, rows, gain)
    rare = np.concatenate(lists[: common - first + 1])
    near = _take_once(rare, sums.places)
    if len(near) >= keep:
        lowest = _find_lowest(_score(near, sums.gained, postings, asked), keep)
        near = np.flatnonzero(sums.gained >= lowest * asked / ROUNDING) if common < last else near
    else:
        near = _take_once(np.concatenate(lists), sums.places)
    score = _score(near, sums.gained, postings, asked)
    sums.gained.fill(0.0)
    return np.sort(near if len(near) <= keep else _keep_best(near, score, keep))


def _take_once(rows: Ints, places: Ints) -> Ints:
    """Each row once: where it stands last."""
    places[rows] = np.arange(len(rows))
    once: Ints = rows[places.take(rows) == np.arange(len(rows))]
    return once


def _score(rows: Ints, gained: Floats, postings: Postings, asked: float) -> Floats:
    found, weights = gained.take(rows), postings.weights.take(rows)
    score: Floats = found / (asked + weights - np.minimum(found, weights))
    return score


def _find_lowest(score: Floats, keep: int) -> float:
    """The score of the last that is kept."""
    return float(np.partition(score, len(score) - keep)[len(score) - keep])


def _keep_best(rows: Ints, score: Floats, keep: int) -> Ints:
    """The rows of the highest scores; of those whose score is the lowest that is kept, the first rows."""
    lowest = _find_lowest(score, keep)
    better, equal = rows[score > lowest], rows[score == lowest]
    return np.concatenate([better, np.sort(equal)[: keep - len(better)]])
