"""Step 7 against a registry, scores to a ranking: which institution each asked name means, best first.

An institution is as likely as its likeliest name. Of all institutions of the registry a name means one or none, so that
the odds of the candidates share one answer: an institution that has many equals is not certain, however well it fits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partnermatch.csr import expand, expand_rows
from partnermatch.model import Flags, Floats, Ints, Scores


class Ranking(NamedTuple):
    """Institutions in question for each question, as CSR.

    Attributes:
        starts: [k + 1] over the questions, in the order they were given.
        institutions: [m] numbers of institutions, the likeliest first.
        inner: [m] whether it is what the unit of the name means.
        probabilities: [m] that the asked name means this one, 0..1; those of one question add up to less than 1.
    """

    starts: Ints
    institutions: Ints
    inner: Flags
    probabilities: Floats


def rank_institutions(questions: Ints, rows: Ints, names: Ints, scores: Scores, starts: Ints, owners: Ints) -> Ranking:
    """Rank the institutions of every question.

    Args:
        questions: [2, k] for each the row of the asked name, and the row of its unit, -1 without one. Where the unit
            is known as an institution, the name means that, and not the institution around it.
        rows: [p] asked row of each scored pair, sorted.
        names: [p] known name of each pair.
        scores: [p] of each pair by itself.
        starts: [n + 1] and `owners` [m]: institutions that go by each known name.
        owners: see `starts`.
    """
    asked = questions.shape[1]
    around, question = expand(*(np.searchsorted(rows, questions[0], side) for side in ("left", "right")))
    within, unit = expand(*(np.searchsorted(rows, questions[1], side) for side in ("left", "right")))
    pair, place = np.concatenate([around, within]), np.concatenate([question, unit])
    inner = np.arange(len(pair)) >= len(around)
    chance = scores.probabilities[pair]
    likeliest = np.zeros(asked)
    np.maximum.at(likeliest, place[inner], chance[inner])
    chance = np.where(inner, chance, chance * (1.0 - likeliest[place]))
    owned, source = expand_rows(starts, names[pair])
    institution, place, chance, inner = owners[owned], place[source], chance[source], inner[source]
    order = np.lexsort((institution, -chance, place))
    pairs = place[order] * (institution.max(initial=0) + 1) + institution[order]
    _, firsts = np.unique(pairs, return_index=True)
    best = order[np.sort(firsts)]
    institution, place, chance, inner = institution[best], place[best], chance[best], inner[best]
    odds = chance / np.maximum(1.0 - chance, 1e-12)
    total = np.bincount(place, weights=odds, minlength=asked).astype(np.float64)
    bounds = np.zeros(asked + 1, dtype=np.int64)
    np.cumsum(np.bincount(place, minlength=asked), out=bounds[1:])
    return Ranking(bounds, institution, inner, odds / (1.0 + total[place]))
