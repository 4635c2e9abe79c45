"""Which of the institutions whose names were found in a string it means: a probability for each.

Each has odds by its claims; what is found in one string shares them (a conditional logit with an answer of its own for
"none of them", McFadden, 1974): strongly where runs of words overlap, of which only one can be right, and nearly as
strongly elsewhere, since most strings mean one institution.
"""

from __future__ import annotations

import numpy as np

from partnermatch.mentions.claims import CLAIMS, pair_up
from partnermatch.model import Floats, Ints

# Learned by benchmarks/fit_mentions.py.
START, SHARE_SAME, SHARE_OTHERS = -5.56, 0.86, 0.84
WEIGHTS: dict[str, float] = {
    "telling": 1.97,
    "common": -2.62,
    "partly_named": -1.09,
    "whole_name": -0.26,
    "nearly_whole_name": 1.31,
    "alike": -0.96,
    "nearly_alike": 0.12,
    "same_order": 2.30,
    "as_written": 0.50,
    "fills_part": 0.79,
    "mostly_fills_part": 0.90,
    "nearly_fills_part": 0.41,
    "shown_name": 0.56,
    "alias": -0.30,
    "acronym": -0.75,
    "acronym_in_small_letters": -1.13,
    "one_word": 0.19,
    "three_letters": -1.02,
    "four_letters": -0.23,
    "alone_of_the_name": 0.07,
    "shared": -0.12,
    "shared_and_unplaced": -1.11,
    "shared_acronym_unplaced": -0.38,
    "bare_acronym": -0.87,
    "last": 0.76,
    "bracketed": -0.54,
    "others_named": 0.06,
    "others_before": -0.05,
    "university_beside": -0.44,
    "nonprofit_beside_university": -0.45,
    "goes_on": 0.42,
    "begun": -0.90,
    "goes_on_of": -1.71,
    "goes_on_with_place": 0.09,
    "goes_on_with_part": 0.58,
    "begun_with_kind": 0.29,
    "begun_with_name": -0.47,
    "hospital_of_it": -1.39,
    "country_agrees": 0.71,
    "country_differs": -1.86,
    "country_in_name": 0.89,
    "city_agrees": 0.49,
    "region_agrees": 0.16,
    "place_differs": -0.81,
    "parent_named": 0.17,
    "university_parent_named": -0.72,
    "child_named": -0.06,
    "education": -0.05,
    "company": 0.93,
    "nonprofit": -0.14,
    "archive": -0.28,
    "government": -1.44,
    "government_among_others": 0.30,
    "known_government": 0.37,
    "funder": 0.20,
    "funder_among_others": -0.37,
    "known_funder": 0.62,
    "healthcare": -0.16,
    "facility": -0.35,
    "facility_among_others": 0.27,
    "obscure": 0.64,
    "prominent": 2.84,
    "quite_prominent": -2.65,
    "very_prominent": -1.35,
    "partly_named_prominent": 1.06,
    "acronym_of_prominent": 0.56,
    "better_known_namesake": -0.75,
    "better_spelled_namesake": -1.15,
    "part_by_name": -1.80,
    "body_by_name": -0.85,
    "top_by_name": -1.13,
    "nothing_by_name": -0.95,
    "university_by_name": 0.77,
    "closed": -0.04,
}
# End of what is learned.
"""Log-odds that each claim adds at full strength."""

LOWEST, HIGHEST = -20.0, 12.0
"""Scores beyond which odds no longer change anything."""


def choose(strings: Ints, firsts: Ints, lasts: Ints, claims: Floats) -> Floats:
    """The probability that each institution is meant by its string: [m].

    Args:
        strings: [m] the string, rising.
        firsts: [m] the first token of the run, and `lasts` [m] the last.
        lasts: see `firsts`.
        claims: [m, c] in the order of `CLAIMS`.
    """
    scores = START + claims @ np.array([WEIGHTS[claim] for claim in CLAIMS])
    pairs = pair_up(strings, firsts, lasts)
    odds = np.exp(np.clip(scores, LOWEST, HIGHEST))
    same, others = (
        np.bincount(pairs.left[chosen], weights=odds[pairs.right[chosen]], minlength=len(scores))
        for chosen in (pairs.overlap, ~pairs.overlap)
    )
    margin = scores - SHARE_SAME * np.log1p(same) - SHARE_OTHERS * np.log1p(others)
    return np.asarray(1.0 / (1.0 + np.exp(-margin)), dtype=np.float64)
