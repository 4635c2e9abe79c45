"""What it says that two names are of one kind of organization, of two, or that only one says its kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from partnermatch.evidence.columns import FAMILIES
from partnermatch.evidence.words import Explained
from partnermatch.model import Flags, Ints
from partnermatch.text.kinds import family_number

SCHOOL = "university"
"""A kind of the family of schools."""
NEVER_OTHERS = (SCHOOL, "hospital")
"""Kinds, one a family, that are never translated as one of `SAID`; a foundation may be called a society."""
SAID = (*NEVER_OTHERS, "museum", "ministry", "society", "foundation", "academy")
"""Kinds, one a family, that a name says: Toshiba is not its hospital. A company, an institute or a group often does not."""


def compare_kinds(there: Explained, back: Explained, left: Ints, right: Ints, one_script: Flags) -> dict[str, Flags]:
    """The claims about kinds that differ, are akin, exclude each other or are not said: [p] each.

    Args:
        there: how the right names explain the left ones.
        back: how the left names explain the right ones.
        left: [p] family of the kind that the head of the left name says, -1 if it says none.
        right: [p] the same of the right name.
        one_script: [p] whether both are written in Latin letters, or neither is.
    """
    kinds_differ = _differ(left, right)
    said, alone = flag_families(SAID), flag_families(NEVER_OTHERS)
    one, two, apart = said[left], said[right], alone[left] | alone[right]
    differ = apart & (left != right)
    return {
        "kinds_differ": kinds_differ,
        "kinds_differ_in_one_script": kinds_differ & one_script,
        "kinds_akin_in_one_script": (there.akin | back.akin) & one_script,
        "kinds_exclude": one & two & differ,
        "kinds_exclude_in_one_script": (left >= 0) & (right >= 0) & differ & one_script,
        "kind_unsaid": (one & (right < 0)) | (two & (left < 0)),
    }


@cache
def flag_families(kinds: Sequence[str]) -> Flags:
    """By the number of a family, whether it is that of one of these kinds; the last is for none."""
    flags = np.zeros(FAMILIES, dtype=np.bool_)
    flags[[family_number(f"kind:{kind}") for kind in kinds]] = True
    return flags


def _differ(one: Ints, two: Ints) -> Flags:
    """Whether two numbers are known and differ."""
    return np.asarray((one >= 0) & (two >= 0) & (one != two), dtype=np.bool_)
