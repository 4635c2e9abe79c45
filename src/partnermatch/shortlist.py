"""Step 4 against a registry: the few known names that are nearest to each name that is asked, by weighted shared words.

Every word of the asked name finds the known names that have it, or have a word that may answer for it, and gives them
its weight; what a known name says beyond that counts against it (Tversky's ratio of what is shared to what either
has). Term-at-a-time over inverted lists for the rarer words. Common words come last, by groups of names that share them:
what the names with rarer words reach tells how much a name must gain that has none of them (after MaxScore: Turtle and
Flood, 1995), and of a group only so many lightest names can be among the nearest.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from partnermatch.csr import expand, expand_rows, sort_once
from partnermatch.model import Candidates, Flags, Floats, Ints, Links, Profiles
from partnermatch.numbers import Numbers
from partnermatch.postings import Postings, list_words
from partnermatch.settings import ShortlistSettings

ROUNDING = 1e-9
"""More than rounding adds to a share of the weights."""


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
    asked = sort_once(asked)
    steps = _spread(profiles, links, postings, asked, settings)
    room = _Room.make(postings)
    found = [_nearest(steps, query, postings, room, settings.keep) for query in range(len(asked))]
    left = np.repeat(asked, [len(rows) for rows in found])
    return Candidates(left, np.concatenate([np.zeros(0, dtype=np.int64), *found]), ())


class _Steps(NamedTuple):
    """Words that find known names, query by query: its own and those that may answer for them, the rarest first.

    Attributes:
        atoms: [s] the word.
        gains: [s] what it gives to each name that has it.
        starts: [q + 1] where the words of each query begin.
        common: [q] where its common words begin, the last.
        asked: [q] the summed weight of each query's own words.
    """

    atoms: Ints
    gains: Floats
    starts: Ints
    common: Ints
    asked: Floats


def _spread(profiles: Profiles, links: Links, postings: Postings, asked: Ints, settings: ShortlistSettings) -> _Steps:
    """The words to look up; those that very many names have only where a query has no others."""
    query, atoms = list_words(profiles, asked)
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
    common = np.full(len(sizes), -1, dtype=np.int64)
    common[: len(postings.common)] = postings.common
    scarce = queries[used & (common[words] < 0)]
    return _Steps(words[order], gains[order], starts, starts[:-1] + np.bincount(scarce, minlength=len(asked)), total)


def _hold_spans(profiles: Profiles, rows: Ints, spans: Ints) -> Flags:
    """Whether each name has a span beside its words; -1 is none, and held by all."""
    held = spans < 0
    some = np.flatnonzero(~held)
    names = sort_once(rows[some])
    place, source = expand_rows(profiles.aside_starts, names)
    atoms = max(len(profiles.atoms.keys), 1)
    known = Numbers.build(np.sort(names[source] * atoms + profiles.aside_values[place]))
    held[some] = known.contain(rows[some] * atoms + spans[some])
    return np.asarray(held, dtype=np.bool_)


class _Room(NamedTuple):
    """Room for one query after another.

    Attributes:
        gained: [n] what each known name has gained by rarer words; zeros between queries.
        places: [n] a place among the names that were looked up; what is left there means nothing.
        shared: [g] what the names of each group have gained by common words; zeros between queries.
        order: [n] number of the group of each name of `group_rows`, with its weight behind the point: rising.
        span: more than any weight.
    """

    gained: Floats
    places: Ints
    shared: Floats
    order: Floats
    span: float

    @classmethod
    def make(cls, postings: Postings) -> Self:
        names, groups = len(postings.weights), len(postings.group_starts) - 1
        span = 1.0 + float(postings.weights.max(initial=0.0))
        rows = postings.group_rows
        order = postings.groups[rows] + postings.weights[rows] / span
        return cls(np.zeros(names), np.zeros(names, dtype=np.int64), np.zeros(groups), order, span)

    def find(self, groups: Ints, weights: Floats) -> Ints:
        """The place behind the last name of each group that weighs no more than so much; at most a few too far."""
        return np.searchsorted(self.order, groups + np.minimum(weights / self.span + ROUNDING, 1.0), side="right")


def _nearest(steps: _Steps, query: int, postings: Postings, room: _Room, keep: int) -> Ints:
    """The known names nearest to one query, by Tversky's ratio.

    Args:
        steps: of all queries.
        query: number of this one.
        postings: over the known names.
        room: to work in.
        keep: how many to keep.
    """
    first, common, last = steps.starts[query], steps.common[query], steps.starts[query + 1]
    asked = float(steps.asked[query])
    place, source = expand_rows(postings.starts, steps.atoms[first:common])
    rare = postings.rows.take(place)
    np.add.at(room.gained, rare, steps.gains[first:common].take(source))
    rare = _take_once(rare, room.places)
    place, source = expand_rows(postings.common_starts, postings.common[steps.atoms[common:last]])
    np.add.at(room.shared, postings.common_groups.take(place), steps.gains[common:last].take(source))
    score = _score(rare, room, postings, asked)
    lowest = _find_lowest(score, keep) if len(rare) >= keep else 0.0
    others = _find_in_groups(room, postings, asked, lowest, keep) if common < last else rare[:0]
    near = rare
    if len(others):
        near = _take_once(np.concatenate([rare, others]), room.places)
        score = _score(near, room, postings, asked)
    room.gained[rare] = 0.0
    room.shared.fill(0.0)
    return np.sort(near if len(near) <= keep else _keep_best(near, score, keep))


def _find_in_groups(room: _Room, postings: Postings, asked: float, lowest: float, keep: int) -> Ints:
    """Names that may be among the nearest by their common words alone.

    A name that gains g and weighs w reaches g / (asked + w - min(g, w)): at most g / asked, and the more it weighs beyond
    its gain the less. So of each group no name is needed behind the first `keep` of those that weigh more than they gain.
    """
    least = lowest * (1.0 - ROUNDING)
    groups = np.flatnonzero(room.shared > max(least * asked, 0.0))
    gained, last = room.shared[groups], postings.group_starts[groups + 1]
    stops = np.minimum(room.find(groups, gained), last) + keep
    if least:
        stops = np.minimum(stops, room.find(groups, np.maximum(gained / least - asked + gained, gained)))
    stops = np.minimum(stops, last)
    place, _ = expand(postings.group_starts[groups], stops)
    return postings.group_rows.take(place)


def _take_once(rows: Ints, places: Ints) -> Ints:
    """Each row once: where it stands last."""
    places[rows] = np.arange(len(rows))
    once: Ints = rows[places.take(rows) == np.arange(len(rows))]
    return once


def _score(rows: Ints, room: _Room, postings: Postings, asked: float) -> Floats:
    found = room.gained.take(rows) + room.shared.take(postings.groups.take(rows))
    weights = postings.weights.take(rows)
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
