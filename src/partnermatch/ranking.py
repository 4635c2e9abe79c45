"""Step 7 against a registry, scores to a ranking: which institution each asked name means, best first.

An institution is as likely as its likeliest name. Of all institutions of the registry a name means one or none, so that
the odds of the candidates share one answer: an institution that has many equals is not certain, however well it fits.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from partnermatch.csr import cut_portions, expand, expand_rows
from partnermatch.model import Flags, Floats, Ints, Scores

AT_ONCE = 1 << 20
"""Institutions that are ranked at once, and those of one question more: a name may be that of very many."""


class Ranking(NamedTuple):
    """Institutions in question for each question, as CSR.

    Attributes:
        starts: [k + 1] over the questions, in the order they were given.
        institutions: [m] numbers of institutions, the likeliest first.
        inner: [m] whether it is what the unit of the name means.
        probabilities: [m] that the asked name means this one, 0..1; those of all institutions in question add up to less
            than 1.
    """

    starts: Ints
    institutions: Ints
    inner: Flags
    probabilities: Floats


class _Chances(NamedTuple):
    """Known names that a question may mean, by question, the likeliest first.

    Attributes:
        place: [c] the question.
        name: [c] the known name.
        chance: [c] that the question means it.
        inner: [c] whether it is what the unit means.
    """

    place: Ints
    name: Ints
    chance: Floats
    inner: Flags

    def take(self, first: int, last: int) -> Self:
        """Those from one on, before another."""
        part = slice(first, last)
        return type(self)(self.place[part], self.name[part], self.chance[part], self.inner[part])


_NOTHING = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_), np.zeros(0))


def rank_institutions(
    questions: Ints, rows: Ints, names: Ints, scores: Scores, starts: Ints, owners: Ints, most: int
) -> Ranking:
    """Rank the institutions of every question.

    Args:
        questions: [2, k] for each the row of the asked name, and the row of its unit, -1 without one. Where the unit
            is known as an institution, the name means that, and not the institution around it.
        rows: [p] asked row of each scored pair, sorted.
        names: [p] known name of each pair.
        scores: [p] of each pair by itself.
        starts: [n + 1] and `owners` [m]: institutions that go by each known name.
        owners: see `starts`.
        most: institutions that are kept for each question; all of them bear on the probabilities.
    """
    chances, asked = _weigh(questions, rows, names, scores), questions.shape[1]
    bounds = np.searchsorted(chances.place, np.arange(asked + 1))
    owned = np.cumsum(np.append(0, starts[chances.name + 1] - starts[chances.name]))
    parts = [
        chances.take(bounds[part.start], bounds[part.stop]) for part in cut_portions(np.diff(owned[bounds]), AT_ONCE)
    ]
    ranked = [_NOTHING, *(_rank(part, starts, owners, most) for part in parts if len(part.place))]
    places, institutions, inner, probabilities = (np.concatenate(column) for column in zip(*ranked, strict=True))
    return Ranking(np.searchsorted(places, np.arange(asked + 1)), institutions, inner, probabilities)


def _weigh(questions: Ints, rows: Ints, names: Ints, scores: Scores) -> _Chances:
    """The known names of every question."""
    around, question = expand(*(np.searchsorted(rows, questions[0], side) for side in ("left", "right")))
    within, unit = expand(*(np.searchsorted(rows, questions[1], side) for side in ("left", "right")))
    pair, place = np.concatenate([around, within]), np.concatenate([question, unit])
    inner = np.arange(len(pair)) >= len(around)
    chance = scores.probabilities[pair]
    likeliest = np.zeros(questions.shape[1])
    np.maximum.at(likeliest, place[inner], chance[inner])
    chance = np.where(inner, chance, chance * (1.0 - likeliest[place]))
    order = np.lexsort((-chance, place))
    return _Chances(place[order], names[pair[order]], chance[order], inner[order])


def _rank(chances: _Chances, starts: Ints, owners: Ints, most: int) -> tuple[Ints, Ints, Flags, Floats]:
    """Rank the institutions of some questions: the question of each, and the columns of `Ranking`.

    Of names that are equally likely the first institution comes first, so that what is sorted is one number: how likely,
    which institution, and whether it is what the unit means.
    """
    many, first = int(owners.max(initial=0)) + 1, chances.place[0]
    begins = np.ones(len(chances.place), dtype=np.bool_)
    begins[1:] = (np.diff(chances.place) != 0) | (np.diff(chances.chance) != 0)
    level, heads = np.cumsum(begins) - 1, np.flatnonzero(begins)
    owned, source = expand_rows(starts, chances.name)
    ranked = np.sort((level[source] * many + owners[owned]) * 2 + chances.inner[source])
    head, institution, inner = heads[ranked // (2 * many)], ranked // 2 % many, ranked % 2 == 1
    best = _find_firsts((chances.place[head] - first) * many + institution)
    head, institution, inner = head[best], institution[best], inner[best]
    place, chance = chances.place[head], chances.chance[head]
    odds = chance / np.maximum(1.0 - chance, 1e-12)
    total = np.bincount(place - first, weights=odds).astype(np.float64)
    probability = odds / (1.0 + total[place - first])
    listed = np.arange(len(place)) - np.searchsorted(place, place) < most
    return place[listed], institution[listed], inner[listed], probability[listed]


def _find_firsts(numbers: Ints) -> Ints:
    """Where each number stands first, in order."""
    marked = np.sort(numbers * len(numbers) + np.arange(len(numbers)))
    first = np.ones(len(numbers), dtype=np.bool_)
    first[1:] = np.diff(marked // len(numbers)) != 0
    return np.sort(marked[first] % len(numbers))
