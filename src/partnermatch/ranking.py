"""Step 7 against a registry, scores to a ranking: which institution each asked name means, best first.

An institution is as likely as its likeliest name. Of all institutions of the registry a name means one or none, so that
the odds of the candidates share one answer: an institution that has many equals is not certain, however well it fits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partnermatch.model import Floats, Ints, Scores


class Ranking(NamedTuple):
    """Institutions in question for each asked name, as CSR by row of the asked names.

    Attributes:
        starts: [q + 1] over the asked rows, in the order they were given.
        institutions: [m] numbers of institutions, the likeliest first.
        probabilities: [m] that the asked name means this one, 0..1; those of one name add up to less than 1.
    """

    starts: Ints
    institutions: Ints
    probabilities: Floats


def rank_institutions(asked: Ints, rows: Ints, names: Ints, scores: Scores, starts: Ints, owners: Ints) -> Ranking:
    """Rank the institutions of every asked name.

    Args:
        asked: [q] the asked names, sorted.
        rows: [p] asked name of each scored pair.
        names: [p] known name of each pair.
        scores: [p] of each pair by itself.
        starts: [n + 1] and `owners` [m]: institutions that go by each known name.
        owners: see `starts`.
    """
    count = starts[names + 1] - starts[names]
    pair = np.repeat(np.arange(len(names)), count)
    owner = owners[np.repeat(starts[names], count) + np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)]
    order = np.lexsort((owner, -scores.probabilities[pair], rows[pair]))
    row, institution, chance = rows[pair][order], owner[order], scores.probabilities[pair][order]
    _, firsts = np.unique(np.stack([row, institution]), axis=1, return_index=True)
    best = np.sort(firsts)
    row, institution, chance = row[best], institution[best], chance[best]
    odds = chance / np.maximum(1.0 - chance, 1e-12)
    place = np.searchsorted(asked, row)
    total = np.bincount(place, weights=odds, minlength=len(asked)).astype(np.float64)
    bounds = np.zeros(len(asked) + 1, dtype=np.int64)
    np.cumsum(np.bincount(place, minlength=len(asked)), out=bounds[1:])
    return Ranking(bounds, institution, odds / (1.0 + total[place]))
