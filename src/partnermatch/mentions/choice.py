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
START, SHARE_SAME, SHARE_OTHERS = -3.10, 0.84, 0.77
SLOPE, SHIFT = 0.896, -0.160
WEIGHTS: dict[str, float] = {
    "telling": 2.33,
    "common": -2.01,
    "partly_named": -0.97,
    "part_in_order": -0.73,
    "whole_name": -1.67,
    "nearly_whole_name": 1.46,
    "alike": -0.17,
    "nearly_alike": 0.22,
    "as_written": 2.51,
    "mostly_fills_part": 1.00,
    "nearly_fills_part": 0.81,
    "alias": -0.53,
    "acronym": -1.01,
    "acronym_in_small_letters": -1.25,
    "three_letters": -0.86,
    "shared": -2.92,
    "namesakes": -0.26,
    "shown_namesake": -0.32,
    "written_rival": 0.05,
    "shared_acronym_unplaced": -0.74,
    "bare_acronym": -1.16,
    "last": 0.97,
    "bracketed": -0.95,
    "named_again": 0.65,
    "university_beside": -0.38,
    "hospital_beside": -0.36,
    "unknown_hospital": -0.55,
    "unknown_top": -0.36,
    "part_beside": 0.28,
    "nonprofit_beside_university": -0.57,
    "goes_on": 0.48,
    "begun": -1.62,
    "behind_other_words": -1.18,
    "goes_on_of": -0.36,
    "goes_on_with_part": 1.03,
    "goes_on_with_body": -0.46,
    "goes_on_with_top": 0.90,
    "hospital_of_it": 0.72,
    "country_agrees": 0.86,
    "country_differs": -1.42,
    "country_in_name": 0.76,
    "city_agrees": 0.68,
    "place_differs": -0.51,
    "parent_named": 1.84,
    "government": -0.74,
    "known_government": -0.04,
    "funder": -0.51,
    "funder_among_others": -0.52,
    "known_funder": 0.56,
    "prominent": 0.82,
    "quite_prominent": 1.01,
    "very_prominent": -2.42,
    "partly_named_prominent": -0.09,
    "acronym_of_prominent": 0.11,
    "part_by_name": -1.94,
    "body_by_name": -0.92,
    "top_by_name": -0.69,
    "nothing_by_name": -1.56,
    "institute_beside_academy": -1.44,
    "university_by_name": 0.50,
    "within_whole_name": -0.51,
    "within_name_below": 1.48,
    "around_written_name": 0.39,
    "around_name_above": 0.73,
    "turned": -0.56,
    "best_placed_namesake": 0.40,
    "telling_as_written": -2.62,
    "telling_in_order": 1.07,
    "begun_with_telling": 1.42,
    "begun_with_parent": 0.79,
    "fills_part_with_parent": -2.06,
    "university_of_hospital": -1.01,
    "top_of_hospital": -0.36,
    "prominent_company": 0.72,
    "company_by_shown_name": 0.81,
    "common_government_among_others": 2.88,
    "shared_and_prominent": 1.26,
    "shared_and_in_city": 0.48,
    "as_written_in_city": -0.45,
    "partly_named_university": -2.29,
    "short_and_prominent": 0.73,
    "turned_university": -0.42,
    "part_in_place": 0.93,
    "part_that_fills": 1.17,
    "but_for_place": 0.48,
    "but_for_place_beside_part": 1.72,
    "ends_in_name": 0.64,
    "department_before": 0.32,
    "much_before": -0.29,
    "acronym_after_much": -0.57,
    "shared_and_prominent_before_name": 0.64,
    "best_known_elsewhere": 0.29,
    "top_shared_in_city": 1.28,
    "institute_before_others": 0.59,
    "university_beside_written": -0.39,
    "rival_beside_part": -1.05,
    "university_of_more": -1.11,
    "unlisted": 0.36,
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
