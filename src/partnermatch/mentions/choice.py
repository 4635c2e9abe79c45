"""Which of the institutions whose names were found in a string it means: a probability for each.

Each has odds by its claims; what is found in one string shares them (a conditional logit with an answer of its own for
"none of them", McFadden, 1974): strongly where runs of words overlap, of which only one can be right, and nearly as
strongly elsewhere, since most strings mean one institution.
"""

from __future__ import annotations

import numpy as np

from partnermatch.mentions.claims import CLAIMS
from partnermatch.mentions.rivals import find_runs
from partnermatch.model import Floats, Ints

# Learned by benchmarks/fit_mentions.py.
START, SHARE_SAME, SHARE_OTHERS = -2.51, 0.86, 0.81
WEIGHTS: dict[str, float] = {
    "telling": 1.66,
    "common": -2.27,
    "partly_named": -2.46,
    "part_in_order": 2.24,
    "whole_name": -1.02,
    "nearly_whole_name": 1.06,
    "alike": -1.00,
    "nearly_alike": 0.58,
    "as_written": 2.36,
    "mostly_fills_part": 1.06,
    "nearly_fills_part": 0.88,
    "alias": -0.65,
    "acronym": -0.76,
    "acronym_in_small_letters": -1.29,
    "three_letters": -0.98,
    "shared": -2.53,
    "namesakes": -0.25,
    "shown_namesake": -0.67,
    "written_rival": -0.64,
    "shared_acronym_unplaced": -0.96,
    "bare_acronym": -1.09,
    "last": 0.66,
    "all_of_string": 0.48,
    "bracketed": -1.24,
    "others_named": -0.02,
    "named_again": 0.47,
    "university_beside": -0.40,
    "hospital_beside": -0.65,
    "unknown_hospital": -1.42,
    "unknown_top": -0.38,
    "part_beside": 0.32,
    "nonprofit_beside_university": -0.50,
    "goes_on": 0.73,
    "begun": -1.70,
    "goes_on_of": -1.37,
    "goes_on_with_part": 0.41,
    "goes_on_with_body": -1.10,
    "goes_on_with_top": 0.56,
    "hospital_of_it": 1.46,
    "country_agrees": 0.63,
    "country_differs": -1.56,
    "country_in_name": 0.79,
    "city_agrees": 0.75,
    "place_differs": -0.53,
    "parent_named": 0.62,
    "government": -1.44,
    "known_government": 0.49,
    "funder": 0.33,
    "funder_among_others": -0.40,
    "known_funder": 0.47,
    "prominent": 2.60,
    "quite_prominent": -2.16,
    "very_prominent": -1.48,
    "partly_named_prominent": 0.39,
    "acronym_of_prominent": -0.12,
    "part_by_name": -2.15,
    "body_by_name": -1.21,
    "top_by_name": -1.21,
    "nothing_by_name": -1.45,
    "institute_beside_academy": -0.95,
    "university_by_name": 0.63,
    "within_whole_name": -0.27,
    "within_name_below": 1.45,
    "around_written_name": 0.44,
    "around_name_above": 0.89,
    "turned": -0.28,
    "best_placed_namesake": 0.53,
    "telling_as_written": -2.74,
    "telling_in_order": 1.59,
    "begun_with_telling": 1.64,
    "begun_with_parent": 1.24,
    "fills_part_with_parent": -0.63,
    "university_of_hospital": -1.25,
    "top_of_hospital": -0.61,
    "prominent_company": 0.98,
    "company_by_shown_name": 1.12,
    "common_government_among_others": 2.10,
    "shared_and_prominent": 1.23,
    "shared_and_in_city": 0.97,
    "as_written_in_city": -0.49,
    "most_of_the_name": -0.25,
    "short_name": 0.34,
    "short_place": -1.09,
    "short_and_prominent": 1.18,
    "turned_university": -0.43,
    "part_in_place": 0.90,
    "part_that_fills": 1.86,
}
# End of what is learned.
"""Log-odds that each claim adds at full strength."""

LOWEST, HIGHEST = -20.0, 12.0
"""Scores beyond which odds no longer change anything."""


def choose(strings: Ints, firsts: Ints, lasts: Ints, claims: Floats, *, apart: bool = False) -> Floats:
    """The probability that each institution is meant by its string: [m].

    Args:
        strings: [m] the string, rising.
        firsts: [m] the first token of the run, and `lasts` [m] the last.
        lasts: see `firsts`.
        claims: [m, c] in the order of `CLAIMS`.
        apart: whether names that do not overlap take nothing from each other, as in running text.
    """
    weights = np.array([WEIGHTS[claim] for claim in CLAIMS])
    scores = START + np.einsum("mc,c->m", claims, weights)  # BLAS would wait for threads longer than this takes
    runs = find_runs(strings, firsts, lasts)
    odds = np.exp(np.clip(scores, LOWEST, HIGHEST))
    total = np.bincount(runs.of, weights=odds)
    same, others = (
        np.bincount(runs.left[chosen], weights=total[runs.right[chosen]], minlength=len(total))[runs.of]
        for chosen in (runs.overlap, ~runs.overlap)
    )
    same = np.maximum(same - odds, 0.0)  # an institution takes nothing from itself
    margin = scores - SHARE_SAME * np.log1p(same) - (0.0 if apart else SHARE_OTHERS) * np.log1p(others)
    return np.asarray(1.0 / (1.0 + np.exp(-margin)), dtype=np.float64)
