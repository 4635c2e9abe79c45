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
START, SHARE_SAME, SHARE_OTHERS = -5.44, 0.85, 0.83
WEIGHTS: dict[str, float] = {
    "telling": 2.42,
    "common": -2.35,
    "partly_named": -1.28,
    "whole_name": -0.28,
    "nearly_whole_name": 0.84,
    "alike": -0.03,
    "nearly_alike": -0.23,
    "same_order": 1.39,
    "as_written": 2.92,
    "fills_part": 0.17,
    "mostly_fills_part": 1.09,
    "nearly_fills_part": 0.39,
    "shown_name": 0.33,
    "alias": -0.46,
    "acronym": -0.49,
    "acronym_in_small_letters": -1.18,
    "one_word": 0.30,
    "three_letters": -0.96,
    "four_letters": -0.29,
    "alone_of_the_name": 0.11,
    "shared": -1.76,
    "shared_and_unplaced": -0.76,
    "shared_acronym_unplaced": -0.61,
    "bare_acronym": -1.08,
    "last": 0.75,
    "bracketed": -0.37,
    "others_named": 0.17,
    "others_before": -0.11,
    "university_beside": -0.46,
    "nonprofit_beside_university": -0.29,
    "goes_on": 0.28,
    "begun": -1.87,
    "goes_on_of": -1.82,
    "goes_on_with_place": 0.02,
    "goes_on_with_part": 0.64,
    "begun_with_kind": 0.17,
    "begun_with_name": -0.58,
    "hospital_of_it": 0.46,
    "country_agrees": 0.77,
    "country_differs": -1.76,
    "country_in_name": 0.91,
    "city_agrees": 0.72,
    "region_agrees": 0.22,
    "place_differs": -0.74,
    "parent_named": 0.80,
    "university_parent_named": -0.54,
    "child_named": -0.33,
    "education": 0.05,
    "company": -0.67,
    "nonprofit": -0.13,
    "archive": -0.29,
    "government": -1.29,
    "government_among_others": -0.06,
    "known_government": 0.43,
    "funder": 0.33,
    "funder_among_others": -0.40,
    "known_funder": 0.46,
    "healthcare": -0.07,
    "facility": -0.22,
    "facility_among_others": 0.17,
    "obscure": 0.86,
    "prominent": 2.66,
    "quite_prominent": -2.51,
    "very_prominent": -1.38,
    "partly_named_prominent": 0.64,
    "acronym_of_prominent": 0.31,
    "better_known_namesake": -0.31,
    "better_spelled_namesake": 1.66,
    "part_by_name": -1.86,
    "body_by_name": -1.00,
    "top_by_name": -1.11,
    "nothing_by_name": -1.33,
    "academy_by_name": 0.25,
    "institute_beside": -0.30,
    "institute_beside_academy": -1.20,
    "university_by_name": 0.65,
    "closed": 0.09,
    "telling_as_written": -2.72,
    "telling_in_order": 1.26,
    "begun_with_telling": 1.33,
    "begun_with_parent": 1.36,
    "fills_part_with_parent": -0.88,
    "university_of_hospital": -0.85,
    "top_of_hospital": -1.14,
    "prominent_company": 1.83,
    "company_by_shown_name": 1.63,
    "common_government_among_others": 2.15,
    "shared_and_prominent": 0.80,
    "shared_and_in_city": 0.61,
    "whole_but_better_spelled_namesake": -3.01,
    "as_written_in_city": -0.58,
    "partly_named_nothing": 0.63,
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
    scores = START + claims @ np.array([WEIGHTS[claim] for claim in CLAIMS])
    pairs = pair_up(strings, firsts, lasts)
    odds = np.exp(np.clip(scores, LOWEST, HIGHEST))
    same, others = (
        np.bincount(pairs.left[chosen], weights=odds[pairs.right[chosen]], minlength=len(scores))
        for chosen in (pairs.overlap, ~pairs.overlap)
    )
    margin = scores - SHARE_SAME * np.log1p(same) - (0.0 if apart else SHARE_OTHERS) * np.log1p(others)
    return np.asarray(1.0 / (1.0 + np.exp(-margin)), dtype=np.float64)
