"""What tells two schools apart, and in part two hospitals, though it would not tell two organizations of another kind."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from partnermatch.evidence.kinds import NEVER_OTHERS, SCHOOL, flag_families
from partnermatch.evidence.words import Explained
from partnermatch.model import Flags, Floats, Ints
from partnermatch.text.kinds import family_number


def compare_schools(
    there: Explained,
    back: Explained,
    left: Ints,
    right: Ints,
    one_script: Flags,
    words: Mapping[str, Floats | Flags],
) -> dict[str, Floats | Flags]:
    """The claims about numbers, fields, standings and places that tell schools apart: [p] each.

    Args:
        there: how the right names explain the left ones.
        back: how the left names explain the right ones.
        left: [p] family of the kind that the head of the left name says, -1 if it says none.
        right: [p] the same of the right name.
        one_script: [p] whether both are written in Latin letters, or neither is.
        words: the claims about words that are missing, see `missing.compare_words`.
    """
    school = family_number(f"kind:{SCHOOL}")
    teach = (left == school) & (right == school)
    return {
        "school_numbers_differ": _carry_other_numbers(there, back, left, right),
        "fields_taught_differ": words["field_missing"] * teach,
        "fields_taught_differ_in_one_script": words["field_missing_in_one_script"] * teach,
        "schools_standing_missing_in_one_script": (
            teach & one_script & (np.maximum(there.missing_rank, back.missing_rank) > 0)
        ),
        "school_place_missing_in_one_script": (
            teach & one_script & there.only_places & back.only_places & (words["name_missing"] > 0)
        ),
    }


def _carry_other_numbers(there: Explained, back: Explained, left: Ints, right: Ints) -> Flags:
    """Whether two schools or hospitals, by their families, carry different numbers, or one of them one that is not the first."""
    differ = (there.lacks_later | back.lacks_later) & (
        (there.has_number ^ back.has_number) | ~(there.numbered | back.numbered)
    )
    return np.asarray(differ & (left == right) & flag_families(NEVER_OTHERS)[left], dtype=np.bool_)
