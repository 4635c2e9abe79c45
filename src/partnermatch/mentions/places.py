"""Claims about where an institution is: what the string says of countries, cities and regions outside its name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from partnermatch.csr import expand_rows
from partnermatch.mentions.institutions import Institutions, Meanings
from partnermatch.mentions.spotting import Spotted
from partnermatch.mentions.tokens import Tokens, count_within, hash_meanings
from partnermatch.model import Flags, Ints
from partnermatch.text.affiliations import Affiliation

CODED = ("US", "CA", "AU")
"""Countries whose states are written as codes in addresses: Berkeley, CA."""


def describe_places(
    affiliations: Sequence[Affiliation],
    tokens: Tokens,
    spotted: Spotted,
    countries: Sequence[str],
    known: Institutions,
) -> dict[str, Flags]:
    """What the rest of the string says about where it is: a column a claim.

    Args:
        affiliations: [s] the strings.
        tokens: theirs.
        spotted: what was found.
        countries: [s] the country given with each, empty if unknown.
        known: of the registry.
    """
    said = Said(tokens)
    rows = spotted.institutions
    own = known.countries[rows]
    country = tokens.mark("country:")
    given = hash_meanings([f"country:{code}" for code in countries])[spotted.strings]
    has_given = np.array([bool(code) for code in countries], dtype=np.bool_)[spotted.strings]
    state = _has_code(affiliations, spotted, known.codes[rows])
    agrees = said.outside(np.arange(len(rows)), own, spotted) | state | (has_given & (given == own))
    named = has_given | (count_outside(tokens, country, spotted) > 0)
    city = said.all_outside(known.cities, spotted)
    return {
        "country_agrees": agrees,
        "country_differs": named & ~agrees,
        "country_unsaid": ~named & ~agrees,
        "country_in_name": said.within(own, spotted),
        "city_agrees": city,
        "region_agrees": state | said.all_outside(known.regions, spotted),
        "place_differs": ~city & (count_outside(tokens, tokens.mark("place:"), spotted) > 0),
    }


def count_outside(tokens: Tokens, flags: Flags, spotted: Spotted) -> Ints:
    """How many tokens of its string outside each run have the flag."""
    begins, ends = tokens.starts[spotted.strings], tokens.starts[spotted.strings + 1] - 1
    return count_within(flags, begins, ends) - count_within(flags, spotted.firsts, spotted.lasts)


def _has_code(affiliations: Sequence[Affiliation], spotted: Spotted, codes: Ints) -> Flags:
    """Whether the string has the code of a state or province in capitals, in countries where people write them."""
    pairs = [(row, code) for row, affiliation in enumerate(affiliations) for code in sorted(affiliation.codes)]
    if not pairs:
        return np.zeros(len(codes), dtype=np.bool_)
    wanted = {f"{country}-{code}" for country in CODED for _, code in pairs}
    texts = sorted(wanted)
    number = dict(zip(texts, hash_meanings(texts).tolist(), strict=True))
    said = {(row, number[f"{country}-{code}"]) for row, code in pairs for country in CODED}
    asked = zip(spotted.strings.tolist(), codes.tolist(), strict=True)
    return np.array([pair in said for pair in asked], dtype=np.bool_)


class Said:
    """Where each string says what."""

    def __init__(self, tokens: Tokens) -> None:
        keys, source = tokens.list_keys(np.arange(len(tokens.parts)))
        self._hashes, self._count, self._tokens = tokens.hashes, max(len(tokens.parts), 1), tokens
        self._places = np.sort(keys * self._count + source)

    def outside(self, items: Ints, hashes: Ints, spotted: Spotted) -> Flags:
        """Whether the string of each item says this somewhere outside its run."""
        if not len(self._hashes):
            return np.zeros(len(items), dtype=np.bool_)
        key = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        known = self._hashes[key] == hashes
        starts, base = self._tokens.starts, key * self._count
        strings = spotted.strings[items]
        total = self._count_between(base + starts[strings], base + starts[strings + 1])
        within = self._count_between(base + spotted.firsts[items], base + spotted.lasts[items] + 1)
        return np.asarray(known & (total > within))

    def within(self, hashes: Ints, spotted: Spotted) -> Flags:
        """Whether the run of each item says this."""
        if not len(self._hashes):
            return np.zeros(len(hashes), dtype=np.bool_)
        key = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        base = key * self._count
        count = self._count_between(base + spotted.firsts, base + spotted.lasts + 1)
        return np.asarray((self._hashes[key] == hashes) & (count > 0))

    def all_outside(self, meanings: Meanings, spotted: Spotted) -> Flags:
        """Whether all meanings of each institution, at least one, stand outside its run."""
        places, items = expand_rows(meanings.starts, spotted.institutions)
        said = self.outside(items, meanings.hashes[places], spotted)
        count = len(spotted.strings)
        missing = np.bincount(items[~said], minlength=count)
        return np.asarray((missing == 0) & (np.bincount(items, minlength=count) > 0))

    def _count_between(self, low: Ints, high: Ints) -> Ints:
        return np.searchsorted(self._places, high) - np.searchsorted(self._places, low)
