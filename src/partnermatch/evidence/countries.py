"""What it says that two institutions are of one country, or of two.

That two are of one country says the more the fewer institutions the country has: among those of the United States, nothing is
near to agree in it.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from partnermatch import lexicon
from partnermatch.evidence.columns import number_country
from partnermatch.model import Flags, Floats, Ints
from partnermatch.settings import EvidenceSettings


def compare_countries(
    countries: Ints, left: Ints, right: Ints, settings: EvidenceSettings
) -> dict[str, Floats | Flags]:
    """The claims `countries_agree`, by how much that says, and `countries_differ`: [p] each.

    Args:
        countries: [n] number of the country of each name, -1 if unknown.
        left: [p] rows of the names.
        right: [p] rows of the names.
        settings: how few institutions a country has of which agreeing says all that it can.
    """
    one, two = countries[left], countries[right]
    known = (one >= 0) & (two >= 0)
    agree = known & (one == two)
    numbers, telling = _list_telling(settings.full_country)
    place = np.minimum(numbers.searchsorted(one), len(numbers) - 1)
    says = np.where(numbers[place] == one, telling[place], 1.0)
    return {
        "countries_differ": known & ~agree,
        "countries_agree": agree * says,
    }


@cache
def _list_telling(full: float) -> tuple[Ints, Floats]:
    """The numbers of countries, sorted, and how much it says, 0..1, that two institutions are of each: by its information."""
    counts = lexicon.country_sizes()
    total = sum(counts.values())
    says = {number_country(code): math.log(count / total) / math.log(full) for code, count in counts.items()}
    numbers = sorted(says)
    return np.array(numbers, dtype=np.int64), np.minimum(1.0, np.array([says[number] for number in numbers]))
