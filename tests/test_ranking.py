"""Institutions are ranked as one would by hand, few at a time or all at once."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.model import Scores
from partnermatch.ranking import rank_institutions

OWNERS = st.lists(st.sets(st.integers(0, 5), min_size=1, max_size=4), min_size=1, max_size=6)
PAIRS = st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.sampled_from([0.0, 0.25, 0.5, 0.75]))
QUESTIONS = st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 5)), unique=True, max_size=6)
Ranked = list[tuple[int, bool, float]]


def rank_slowly(question: tuple[int, int], pairs: dict[tuple[int, int], float], owners: list[set[int]]) -> Ranked:
    """Every institution by its likeliest name; of the same likelihood, the name around the unit before the unit."""
    inside = max([chance for (row, _), chance in pairs.items() if row == question[1]], default=0.0)
    chances = [(name, chance * (1.0 - inside), False) for (row, name), chance in pairs.items() if row == question[0]]
    chances += [(name, chance, True) for (row, name), chance in pairs.items() if row == question[1]]
    best: dict[int, tuple[float, bool]] = {}
    for name, chance, inner in chances:
        for owner in owners[name]:
            best[owner] = min(best.get(owner, (0.0, True)), (-chance, inner))
    odds = {owner: -chance / (1.0 + chance) for owner, (chance, _) in best.items()}
    ranked = sorted(best, key=lambda owner: (best[owner][0], owner))
    return [(owner, best[owner][1], odds[owner] / (1.0 + sum(odds.values()))) for owner in ranked]


@given(
    owners=OWNERS, pairs=PAIRS, questions=QUESTIONS, most=st.integers(1, 8), at_once=st.sampled_from([1, 3, 1 << 20])
)
@settings(max_examples=300)
def test_institutions_are_ranked_as_by_hand(
    owners: list[set[int]],
    pairs: dict[tuple[int, int], float],
    questions: list[tuple[int, int]],
    most: int,
    at_once: int,
) -> None:
    pairs = {(row, name): chance for (row, name), chance in sorted(pairs.items()) if name < len(owners)}
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    chances = np.array(list(pairs.values()), dtype=np.float64)
    starts = np.cumsum([0, *(len(own) for own in owners)])
    held = np.array([owner for own in owners for owner in sorted(own)], dtype=np.int64)
    asked = np.array(questions, dtype=np.int64).reshape(-1, 2).T
    with mock.patch("partnermatch.ranking.AT_ONCE", at_once):
        scores = Scores(chances, np.zeros(len(chances), dtype=np.int64))
        found = rank_institutions(asked, ends[:, 0], ends[:, 1], scores, starts, held, most)
    for place, question in enumerate(questions):
        own = slice(*found.starts[place : place + 2].tolist())
        slow = rank_slowly(question, pairs, owners)[:most]
        assert found.institutions[own].tolist() == [institution for institution, _, _ in slow]
        assert found.inner[own].tolist() == [inner for _, inner, _ in slow]
        assert found.probabilities[own].tolist() == pytest.approx([chance for _, _, chance in slow])
