"""Which of the institutions whose names were found in a string it means: a probability for each.

Each has odds by its claims; what is found in one string shares them (a conditional logit with an answer of its own for
"none of them", McFadden, 1974): strongly where runs of words overlap, of which only one can be right, and nearly as
strongly elsewhere, since most strings mean one institution.
"""

from __future__ import annotations

import numpy as np

from partnermatch.mentions.claims import CLAIMS
from partnermatch.mentions.rivals import pair_up
from partnermatch.model import Floats, Ints

# Learned by benchmarks/fit_mentions.py.
START, SHARE_SAME, SHARE_OTHERS = -5.94, 0.87, 0.83
WEIGHTS: dict[str, float] = {
    "telling": 2.54,
    "common": -2.59,
    "partly_named": -1.47,
    "end_of_name": -0.15,
    "part_in_order": 1.18,
    "whole_name": 0.32,
    "nearly_whole_name": 0.85,
    "alike": 0.28,
    "nearly_alike": -0.08,
    "same_order": 1.08,
    "as_written": 2.47,
    "fills_part": 0.61,
    "mostly_fills_part": 0.75,
    "nearly_fills_part": 0.43,
    "shown_name": 0.49,
    "alias": -0.32,
    "acronym": -0.31,
    "acronym_in_small_letters": -1.31,
    "one_word": 0.28,
    "three_letters": -1.08,
    "four_letters": -0.36,
    "alone_of_the_name": 0.36,
    "shared": -1.59,
    "shared_and_unplaced": -0.40,
    "shared_acronym_unplaced": -0.85,
    "bare_acronym": -0.99,
    "last": 0.77,
    "bracketed": -0.40,
    "others_named": 0.14,
    "others_before": -0.16,
    "university_beside": -0.40,
    "nonprofit_beside_university": -0.55,
    "goes_on": 0.36,
    "begun": -1.81,
    "goes_on_of": -1.66,
    "goes_on_with_place": 0.27,
    "goes_on_with_part": 0.46,
    "begun_with_kind": 0.20,
    "begun_with_name": -0.09,
    "hospital_of_it": 0.48,
    "country_agrees": 0.72,
    "country_differs": -1.59,
    "country_in_name": 0.97,
    "city_agrees": 0.73,
    "region_agrees": 0.18,
    "place_differs": -0.70,
    "parent_named": 0.65,
    "university_parent_named": -0.48,
    "child_named": -0.28,
    "education": -0.05,
    "company": -0.77,
    "nonprofit": -0.14,
    "archive": -0.40,
    "government": -1.43,
    "government_among_others": 0.03,
    "known_government": 0.42,
    "funder": 0.30,
    "funder_among_others": -0.45,
    "known_funder": 0.54,
    "healthcare": -0.05,
    "facility": -0.14,
    "facility_among_others": 0.00,
    "obscure": 0.73,
    "prominent": 2.57,
    "quite_prominent": -2.33,
    "very_prominent": -1.52,
    "partly_named_prominent": 0.61,
    "acronym_of_prominent": 0.27,
    "better_known_namesake": -0.26,
    "better_spelled_namesake": 0.11,
    "part_by_name": -2.18,
    "body_by_name": -1.25,
    "top_by_name": -1.29,
    "nothing_by_name": -1.50,
    "academy_by_name": 0.23,
    "institute_beside": -0.20,
    "institute_beside_academy": -1.14,
    "university_by_name": 0.68,
    "closed": 0.06,
    "namesake_above": -0.24,
    "namesake_below": -0.07,
    "within_whole_name": 0.04,
    "within_written_name": -0.16,
    "within_part_of_name": -0.21,
    "around_whole_name": 0.33,
    "around_written_name": 0.00,
    "across_written_name": -0.31,
    "turned": -0.05,
    "turned_beside_straight": -0.45,
    "better_placed_namesake": 0.12,
    "best_placed_namesake": 0.59,
    "telling_as_written": -2.57,
    "telling_in_order": 0.76,
    "begun_with_telling": 1.30,
    "begun_with_parent": 1.39,
    "fills_part_with_parent": -0.77,
    "university_of_hospital": -1.01,
    "top_of_hospital": -1.01,
    "prominent_company": 1.65,
    "company_by_shown_name": 1.45,
    "common_government_among_others": 1.61,
    "shared_and_prominent": 0.84,
    "shared_and_in_city": 0.67,
    "whole_but_better_spelled_namesake": -1.22,
    "as_written_in_city": -0.61,
    "partly_named_nothing": 0.57,
    "most_of_the_name": -1.19,
    "turned_university": -0.32,
    "part_alone_of_the_name": -0.16,
    "part_in_place": 0.55,
    "part_that_fills": 1.59,
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
