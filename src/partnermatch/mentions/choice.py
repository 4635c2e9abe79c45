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
START, SHARE_SAME, SHARE_OTHERS = -5.44, 0.86, 0.84
WEIGHTS: dict[str, float] = {
    "telling": 1.94,
    "common": -2.74,
    "partly_named": -1.08,
    "whole_name": -0.26,
    "nearly_whole_name": 1.32,
    "alike": -0.84,
    "nearly_alike": 0.14,
    "same_order": 2.26,
    "as_written": 0.53,
    "fills_part": 0.77,
    "mostly_fills_part": 0.78,
    "nearly_fills_part": 0.44,
    "shown_name": 0.56,
    "alias": -0.33,
    "acronym": -0.80,
    "acronym_in_small_letters": -1.20,
    "one_word": 0.16,
    "three_letters": -1.03,
    "four_letters": -0.25,
    "alone_of_the_name": 0.09,
    "shared": -0.09,
    "shared_and_unplaced": -1.11,
    "shared_acronym_unplaced": -0.43,
    "bare_acronym": -0.95,
    "last": 0.75,
    "bracketed": -0.49,
    "others_named": 0.17,
    "others_before": 0.02,
    "university_beside": -0.53,
    "nonprofit_beside_university": -0.43,
    "goes_on": 0.41,
    "begun": -0.92,
    "goes_on_of": -1.81,
    "goes_on_with_place": 0.05,
    "goes_on_with_part": 0.53,
    "begun_with_kind": 0.36,
    "begun_with_name": -0.51,
    "hospital_of_it": -1.30,
    "country_agrees": 0.73,
    "country_differs": -1.88,
    "country_in_name": 0.93,
    "city_agrees": 0.46,
    "region_agrees": 0.17,
    "place_differs": -0.82,
    "parent_named": 0.21,
    "university_parent_named": -0.73,
    "child_named": -0.37,
    "education": -0.08,
    "company": 0.91,
    "nonprofit": -0.12,
    "archive": -0.26,
    "government": -1.39,
    "government_among_others": 0.13,
    "known_government": 0.41,
    "funder": 0.20,
    "funder_among_others": -0.39,
    "known_funder": 0.63,
    "healthcare": -0.15,
    "facility": -0.37,
    "facility_among_others": 0.28,
    "obscure": 0.65,
    "prominent": 2.90,
    "quite_prominent": -2.68,
    "very_prominent": -1.43,
    "partly_named_prominent": 1.08,
    "acronym_of_prominent": 0.59,
    "better_known_namesake": -0.72,
    "better_spelled_namesake": -1.15,
    "part_by_name": -1.83,
    "body_by_name": -0.97,
    "top_by_name": -1.19,
    "nothing_by_name": -0.98,
    "academy_by_name": 0.44,
    "institute_beside": -0.33,
    "institute_beside_academy": -1.41,
    "university_by_name": 0.77,
    "closed": -0.04,
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
