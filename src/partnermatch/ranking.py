"""Step 7 against a registry, scores to a ranking: which institution each asked name means, best first.

An institution is as likely as its likeliest name. Of all institutions of the registry a name means one or none, so that
the odds of the candidates share one answer: an institution that has many equals is not certain, however well it fits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partnermatch.model import Floats, Ints


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


def rank_institutions(asked: Ints, rows: Ints, institutions: Ints, probabilities: Floats) -> Ranking:
    """Rank the institutions of every asked name.

    Args:
        asked: [q] the asked names, sorted.
        rows: [p] asked name of each scored pair.
        institutions: [p] institution of the known name of each pair.
        probabilities: [p] of each pair by itself.
    """
    order = np.lexsort((institutions, -probabilities, rows))
    rows, institutions, probabilities = rows[order], institutions[order], probabilities[order]
    _, firsts = np.unique(np.stack([rows, institutions]), axis=1, return_index=True)
    best = np.sort(firsts)
    rows, institutions, probabilities = rows[best], institutions[best], probabilities[best]
    odds = probabilities / np.maximum(1.0 - probabilities, 1e-12)
    place = np.searchsorted(asked, rows)
    total = np.bincount(place, weights=odds, minlength=len(asked))
    starts = np.zeros(len(asked) + 1, dtype=np.int64)
    np.cumsum(np.bincount(place, minlength=len(asked)), out=starts[1:])
    return Ranking(starts, institutions, odds / (1.0 + total[place]))
