"""Step 6, evidence to scores: a table of claims and weights, a probability a pair, and a decision.

The score is a logistic sum: each claim adds its weight times its strength in log-odds, so that what each one added or
took away can be shown. The weights are kept in `WEIGHTS`, by the sign that their sentence promises.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache

import numpy as np

from partnermatch.model import Evidence, Floats, Ints, Scores
from partnermatch.settings import ScoreSettings

# Learned by benchmarks/fit_scores.py.
START = 0.19
"""Log-odds before anything is known of a candidate pair."""

WEIGHTS = {
    "same_text": 4.00,
    "words_answered": 6.14,
    "names_answered": 1.07,
    "words_unanswered": -2.64,
    "swapped": -0.88,
    "swapped_in_one_script": -1.95,
    "name_missing": -0.50,
    "name_missing_in_one_script": -1.50,
    "field_missing": -1.36,
    "field_missing_in_one_script": -2.19,
    "fields_taught_differ": -0.91,
    "fields_taught_differ_in_one_script": -3.00,
    "field_added": -0.50,
    "field_added_in_one_script": -2.00,
    "standing_missing": -0.96,
    "standing_missing_in_one_script": -2.01,
    "schools_standing_missing_in_one_script": -3.00,
    "little_shared": -5.21,
    "spelled_apart": -1.13,
    "numbers_differ": -3.00,
    "school_numbers_differ": -4.00,
    "places_differ": -3.74,
    "school_place_missing_in_one_script": -2.86,
    "scopes_differ_in_one_script": -2.96,
    "abroad_missing": -3.00,
    "abroad_missing_in_one_script": -3.00,
    "kinds_differ": -0.90,
    "kinds_differ_in_one_script": -2.09,
    "kinds_akin_in_one_script": -4.00,
    "kinds_exclude": -2.00,
    "kinds_exclude_in_one_script": -0.87,
    "kind_unsaid": -1.54,
    "countries_agree": 2.00,
    "countries_differ": -9.00,
    "wholes_agree": 1.16,
    "wholes_differ": -4.60,
    "siblings_differ": -1.98,
    "whole_unnamed": -1.30,
    "whole_needed": -1.00,
    "acronym_fits": 2.48,
    "acronyms_differ": -0.54,
}
# End of what is learned.
"""Log-odds that each claim adds at full strength."""

PAIRS_AT_ONCE = 1 << 13
"""Pairs for which what each claim adds is held at once: there may be ten million pairs."""
VETO = 2
"""Matches between two groups that outweigh a pair that forbids joining them: one misspelled word may look like another, and so
would one name keep a hundred apart."""
NEVER = 1 << 20
"""More matches than there are between two groups: a country is not misspelled."""
AGAINST = {
    "numbers_differ": VETO,
    "places_differ": VETO,
    "kinds_differ": VETO,
    "countries_differ": NEVER,
    "wholes_differ": VETO,
    "field_missing_in_one_script": VETO,
}
"""Claims that may forbid a pair, and what outweighs them: they say that two names differ, not only that little agrees. A name
that is missing may be misspelled, twice in two ways, and forbids nothing."""


class Decision(StrEnum):
    """What is said of a pair or a row."""

    MATCH = "match"
    REVIEW = "review"
    NONE = "none"


def score_pairs(evidence: Evidence, settings: ScoreSettings) -> Scores:
    """Turn evidence into probabilities and vetoes.

    Args:
        evidence: [p, c] claims.
        settings: the probability under which a pair that speaks against itself forbids joining.
    """
    total = np.zeros(len(evidence.values))
    for start in range(0, len(total), PAIRS_AT_ONCE):
        block = slice(start, start + PAIRS_AT_ONCE)
        added = add_up(Evidence(evidence.claims, evidence.values[block])).T
        added[0] += START
        # one after another, not in pairs as `sum` does: a pair scores the same among however many
        total[block] = np.add.accumulate(added, axis=0, out=added)[-1]
    probabilities = 1.0 / (1.0 + np.exp(-total))
    against, matches = _list_against(evidence.claims)
    vetoes = ((evidence.values.T[against] >= 0.5) * matches).max(axis=0, initial=0)
    return Scores(probabilities, np.where(probabilities < settings.veto, vetoes, 0))


def add_up(evidence: Evidence) -> Floats:
    """What each claim adds to each pair, in log-odds: [p, c]."""
    return np.asarray(evidence.values * _list_weights(evidence.claims), dtype=np.float64)


@cache
def _list_weights(claims: Sequence[str]) -> Floats:
    """The weight of each claim."""
    return np.array([WEIGHTS[claim] for claim in claims], dtype=np.float64)


@cache
def _list_against(claims: Sequence[str]) -> tuple[Ints, Ints]:
    """Places of the claims that may forbid a pair, and [k, 1] what outweighs each."""
    places = [claims.index(claim) for claim in AGAINST]
    return np.array(places, dtype=np.int64), np.array(list(AGAINST.values()), dtype=np.int64)[:, np.newaxis]


def decide(probability: float, match: float, review: float) -> Decision:
    """The decision at a probability.

    >>> decide(0.97, 0.4, 0.2).value, decide(0.3, 0.4, 0.2).value, decide(0.01, 0.4, 0.2).value
    ('match', 'review', 'none')
    """
    if probability >= match:
        return Decision.MATCH
    return Decision.REVIEW if probability >= review else Decision.NONE
