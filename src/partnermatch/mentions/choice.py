"""Which of the institutions whose names were found in a string it means: a probability for each.

Each has odds by its claims; what is found in one string shares them (a conditional logit with an answer of its own for
"none of them", McFadden, 1974): strongly where runs of words overlap, of which only one can be right, and nearly as
strongly elsewhere, since most strings mean one institution. What is not out of the question by that is looked at once
more, by `trees`.
"""

from __future__ import annotations

import numpy as np

from partnermatch.mentions.claims import CLAIMS
from partnermatch.mentions.rivals import find_runs
from partnermatch.mentions.trees import load_trees
from partnermatch.model import Floats, Ints

# Learned by benchmarks/fit_mentions.py.
START, SHARE_SAME, SHARE_OTHERS = -5.14, 0.86, 0.79
SLOPE, SHIFT = 0.891, -0.194
WEIGHTS: dict[str, float] = {
    "telling": 2.37,
    "common": -1.80,
    "partly_named": -1.84,
    "part_in_order": 1.25,
    "whole_name": 0.19,
    "nearly_whole_name": 0.87,
    "alike": 0.64,
    "nearly_alike": 0.15,
    "as_written": 2.40,
    "mostly_fills_part": 1.33,
    "nearly_fills_part": 0.65,
    "alias": -0.50,
    "acronym": -0.94,
    "acronym_in_small_letters": -1.17,
    "three_letters": -1.00,
    "shared": -2.80,
    "namesakes": -0.33,
    "shown_namesake": -0.58,
    "written_rival": 0.13,
    "shared_acronym_unplaced": -0.56,
    "bare_acronym": -1.14,
    "last": 0.94,
    "bracketed": -0.93,
    "named_again": 0.56,
    "university_beside": -0.29,
    "hospital_beside": -0.52,
    "unknown_hospital": -1.60,
    "unknown_top": -0.27,
    "part_beside": 0.22,
    "nonprofit_beside_university": -0.58,
    "goes_on": 0.42,
    "begun": -1.77,
    "behind_other_words": 0.00,
    "goes_on_of": -1.44,
    "goes_on_with_part": 1.08,
    "goes_on_with_body": -0.88,
    "goes_on_with_top": 0.83,
    "hospital_of_it": 1.62,
    "country_agrees": 0.72,
    "country_differs": -1.35,
    "country_in_name": 0.86,
    "city_agrees": 0.71,
    "place_differs": -0.78,
    "parent_named": 0.69,
    "government": -0.65,
    "known_government": -0.07,
    "funder": -0.21,
    "funder_among_others": -0.47,
    "known_funder": 0.40,
    "prominent": 0.83,
    "quite_prominent": 0.89,
    "very_prominent": -2.13,
    "partly_named_prominent": 0.27,
    "acronym_of_prominent": 0.16,
    "part_by_name": -2.15,
    "body_by_name": -1.18,
    "top_by_name": -0.91,
    "nothing_by_name": -1.65,
    "institute_beside_academy": -1.02,
    "university_by_name": 0.62,
    "within_whole_name": -0.24,
    "within_name_below": 1.74,
    "around_written_name": 0.40,
    "around_name_above": 1.03,
    "turned": -0.45,
    "best_placed_namesake": 0.25,
    "telling_as_written": -2.50,
    "telling_in_order": 1.12,
    "begun_with_telling": 1.32,
    "begun_with_parent": 1.17,
    "fills_part_with_parent": -0.89,
    "university_of_hospital": -1.28,
    "top_of_hospital": -0.73,
    "prominent_company": 0.67,
    "company_by_shown_name": 0.76,
    "common_government_among_others": 3.07,
    "shared_and_prominent": 1.05,
    "shared_and_in_city": 0.91,
    "as_written_in_city": -0.37,
    "partly_named_university": -1.81,
    "short_and_prominent": 0.54,
    "turned_university": -0.20,
    "part_in_place": 0.33,
    "part_that_fills": 1.52,
    "but_for_place": 0.57,
    "but_for_place_beside_part": 1.73,
    "ends_in_name": 0.55,
    "department_before": 0.73,
    "much_before": -0.31,
    "acronym_after_much": -0.52,
    "shared_and_prominent_before_name": 0.75,
    "best_known_elsewhere": 0.54,
    "top_shared_in_city": 1.32,
    "institute_before_others": 0.67,
    "university_beside_written": -0.70,
    "rival_beside_part": -1.15,
    "university_of_more": 0.00,
}
# End of what is learned.
"""Log-odds that each claim adds at full strength, and what becomes of the log-odds that the trees say (Platt, 1999)."""

LOWEST, HIGHEST = -20.0, 12.0
"""Scores beyond which odds no longer change anything."""


OPEN = 0.01
"""Probability by the claims alone from which an institution is looked at once more; about two of a string are."""
DIGITS = 6
"""Digits that the trees see: they do not tell what differs by rounding."""


def choose(strings: Ints, firsts: Ints, lasts: Ints, claims: Floats, *, apart: bool = False) -> Floats:
    """The probability that each institution is meant by its string: [m].

    Args:
        strings: [m] the string, rising.
        firsts: [m] the first token of the run, and `lasts` [m] the last.
        lasts: see `firsts`.
        claims: [m, c + d] in the order of `CLAIMS` and `DETAILS`, of which the weights say nothing.
        apart: whether names that do not overlap take nothing from each other, as in running text.
    """
    standing = weigh_claims(strings, firsts, lasts, claims, apart=apart)
    chances, likely = as_chances(standing[:, -1]), find_likely(standing)
    said = load_trees().add_up(lay_columns(claims[likely], standing[likely]))
    chances[likely] = as_chances(SLOPE * said + SHIFT)
    return chances


def weigh_claims(strings: Ints, firsts: Ints, lasts: Ints, claims: Floats, *, apart: bool = False) -> Floats:
    """How each institution stands by its claims and those of the others: [m, 4], see `trees.STANDING`; arguments as of `choose`."""
    weights = np.array([WEIGHTS[claim] for claim in CLAIMS])
    weighed = claims[:, : len(weights)]
    scores = START + np.einsum("mc,c->m", weighed, weights)  # BLAS would wait for threads longer than this takes
    runs = find_runs(strings, firsts, lasts)
    odds = np.exp(np.clip(scores, LOWEST, HIGHEST))
    total = np.bincount(runs.of, weights=odds)
    same, others = (
        np.bincount(runs.left[chosen], weights=total[runs.right[chosen]], minlength=len(total))[runs.of]
        for chosen in (runs.overlap, ~runs.overlap)
    )
    same = np.maximum(same - odds, 0.0)  # an institution takes nothing from itself
    overlapping, elsewhere = np.log1p(same), np.zeros(len(scores)) if apart else np.log1p(others)
    margin = scores - SHARE_SAME * overlapping - SHARE_OTHERS * elsewhere
    return np.stack([scores, overlapping, elsewhere, margin], axis=1)


def find_likely(standing: Floats) -> Ints:
    """Rows that are looked at once more."""
    return np.flatnonzero(as_chances(standing[:, -1]) >= OPEN)


def lay_columns(claims: Floats, standing: Floats) -> Floats:
    """What the trees are asked about: [m, c + d + 4], see `trees.COLUMNS`."""
    return np.concatenate([claims, standing], axis=1).round(DIGITS)


def as_chances(scores: Floats) -> Floats:
    """Log-odds as probabilities."""
    return np.asarray(1.0 / (1.0 + np.exp(-scores)), dtype=np.float64)
