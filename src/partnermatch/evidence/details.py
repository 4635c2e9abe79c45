"""What the numbers, places and countries say that two names carry as words."""

from __future__ import annotations

import numpy as np

from partnermatch.evidence.words import Explained
from partnermatch.model import Flags, Floats


def compare_details(there: Explained, back: Explained, one_script: Flags) -> dict[str, Floats | Flags]:
    """The claims `numbers_differ`, `places_differ`, `scopes_differ_in_one_script` and both of `abroad_missing`: [p] each.

    Args:
        there: how the right names explain the left ones.
        back: how the left names explain the right ones.
        one_script: [p] whether both are written in Latin letters, or neither is.
    """
    one_sided = there.has_number ^ back.has_number
    unmet = ~there.numbered & ~back.numbered
    missing = ~there.numbered | ~back.numbered
    places = there.has_place & back.has_place
    foreign = np.minimum(there.missing_country, back.missing_country) > 0
    abroad = np.maximum(there.missing_abroad, back.missing_abroad)
    scopes = (_is_wider(there, back) | _is_wider(back, there)) & one_script
    return {
        "numbers_differ": np.where(unmet, 1.0, np.where(one_sided & missing, 0.5, 0.0)),
        "places_differ": np.where(foreign, 1.0, np.where(places, 1.0 - np.maximum(there.placed, back.placed), 0.0)),
        "scopes_differ_in_one_script": scopes,
        "abroad_missing": abroad,
        "abroad_missing_in_one_script": abroad * one_script,
    }


def _is_wider(one: Explained, other: Explained) -> Flags:
    """Whether one name says a country and no place, and the other a place that is not explained, and no country."""
    placed = other.has_place & (other.placed == 0) & ~other.has_country
    return np.asarray(one.has_country & ~one.has_place & placed, dtype=np.bool_)
