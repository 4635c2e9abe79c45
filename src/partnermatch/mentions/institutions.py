"""What a registry says of its institutions beside their names: where they are, how known, what is above them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from partnermatch.csr import expand
from partnermatch.mentions.tokens import count_up, hash_meanings, lay_tokens
from partnermatch.model import Flags, Floats, Ints
from partnermatch.settings import TextSettings
from partnermatch.text.affiliations import read_affiliations

TYPES = ("archive", "company", "education", "facility", "funder", "government", "healthcare", "nonprofit")
LISTING_COUNT = 6
"""Relations that an id in another registry counts for in prominence; a well-known one often has several in one registry."""
FACTS = ("names", "acronyms", "parents", "children", "fundref", "grid", "isni", "wikidata")
"""What is counted of each: its names, what it belongs to and what belongs to it, its ids in other registries."""
CHOSEN, CHOSEN_FACTS = 1.0, (3, 1, 0, 2, 2, 1, 1, 1)
"""Prominence and facts of what a registry names only, and of all where no institution has such an id: on a list of one's own
stand those that one hears of, and the facts are the medians of those that affiliation strings mean."""


class Meanings(NamedTuple):
    """Some meanings of each institution, by their numbers.

    Attributes:
        starts: [k + 1] and `hashes` [m]: the meanings.
        hashes: see `starts`.
    """

    starts: Ints
    hashes: Ints


class Institutions(NamedTuple):
    """Columns of the k institutions that a registry holds, and behind them of those that it names only.

    Attributes:
        listed: [k] whether the registry holds each; what it names only is never an answer.
        cities: what the name of its city means, and `regions` that of its region.
        regions: see `cities`.
        codes: [k] number that stands for the code of its region.
        countries: [k] number that stands for its country.
        types: [k] its types, a bit each in the order of `TYPES`.
        prominence: [k] how many relations and listings it has, as a logarithm, against the mean; `CHOSEN` without listings.
        facts: [k, f] counts in the order of `FACTS`; `CHOSEN_FACTS` without listings.
        above: pairs of an institution and one above it, each as one number: row times k and row, rising.
    """

    listed: Flags
    cities: Meanings
    regions: Meanings
    codes: Ints
    countries: Ints
    types: Ints
    prominence: Floats
    facts: Ints
    above: Ints

    def list_above(self, rows: Ints) -> tuple[Ints, Ints]:
        """All institutions above some, and which of them each is above."""
        count = len(self.countries)
        places, source = expand(*(np.searchsorted(self.above, (rows + more) * count) for more in (0, 1)))
        return self.above[places] % count, source

    def is_above(self, one: int, other: int) -> bool:
        """Whether one institution is above another."""
        pair = other * len(self.countries) + one
        place = int(np.searchsorted(self.above, pair))
        return place < len(self.above) and bool(self.above[place] == pair)

    def are(self, rows: Ints, type: str) -> Flags:
        """Whether each institution is of this type."""
        return np.asarray(self.types[rows] >> TYPES.index(type) & 1, dtype=np.bool_)


class Entries(NamedTuple):
    """What a registry says of k institutions and n names, as far as they are looked for in strings.

    It holds the first h of the institutions, and only names the others.

    Attributes:
        texts: [n] names.
        kinds: [n] what each name is.
        owners: [n] row of its institution, of its successor if it was withdrawn; -1 where none is left.
        countries: [k] ISO codes.
        cities: [k] names.
        regions: [k] names.
        region_codes: [k] codes within the country.
        types: [k] of institutions.
        parents: [k] rows of the current records right above.
        kin: [h, 2] how many institutions it belongs to, and how many belong to it, whether the registry has them or not.
        relations: [h] how many relations it has.
        listings: [h, r] how many ids each other registry has for it: the last r of `FACTS`.
    """

    texts: Sequence[str]
    kinds: Sequence[str]
    owners: Ints
    countries: Sequence[str]
    cities: Sequence[str]
    regions: Sequence[str]
    region_codes: Sequence[str]
    types: Sequence[tuple[str, ...]]
    parents: Sequence[Collection[int]]
    kin: Ints
    relations: Ints
    listings: Ints


def build_institutions(entries: Entries, settings: TextSettings) -> Institutions:
    """Lay out what a registry says of its institutions."""
    codes = [f"{country}-{code}" for country, code in zip(entries.countries, entries.region_codes, strict=True)]
    types = [sum(1 << TYPES.index(type) for type in own if type in TYPES) for own in entries.types]
    more = len(types) - len(entries.listings)
    return Institutions(
        np.arange(len(types)) < len(entries.listings),
        _read_places(entries.cities, settings),
        _read_places(entries.regions, settings),
        hash_meanings(codes),
        hash_meanings([f"country:{code}" for code in entries.countries]),
        np.array(types, dtype=np.int64),
        np.append(_measure_prominence(entries.relations, entries.listings.sum(axis=1)), np.full(more, CHOSEN)),
        np.append(_count_facts(entries), np.full((more, len(FACTS)), CHOSEN_FACTS), axis=0),
        _list_above(entries.parents),
    )


def _measure_prominence(relations: Ints, listings: Ints) -> Floats:
    """How well known each is: see `Institutions`."""
    if not listings.any():
        return np.full(len(listings), CHOSEN)
    logs = np.log1p(relations + LISTING_COUNT * listings)
    return np.asarray(logs - logs.mean())


def _count_facts(entries: Entries) -> Ints:
    """What is counted of each: see `Institutions`."""
    count = len(entries.listings)
    if not entries.listings.any():
        return np.tile(np.array(CHOSEN_FACTS, dtype=np.int64), (count, 1))
    owned, acronyms = entries.owners >= 0, np.array([kind == "acronym" for kind in entries.kinds], dtype=np.bool_)
    names = [np.bincount(entries.owners[chosen], minlength=count)[:count] for chosen in (owned, owned & acronyms)]
    return np.asarray(np.concatenate([np.stack(names, axis=1), entries.kin, entries.listings], axis=1))


def _read_places(names: Sequence[str], settings: TextSettings) -> Meanings:
    distinct = sorted(set(names))
    tokens = lay_tokens(read_affiliations(distinct, settings))
    keys, source = tokens.list_keys(np.arange(len(tokens.parts)))
    owner = tokens.owners()[source]
    read = [tokens.hashes[keys[slice(*bounds)]].tolist() for bounds in _bounds(owner, len(distinct))]
    number = {name: place for place, name in enumerate(distinct)}
    lists = [read[number[name]] for name in names]
    return Meanings(
        count_up([len(found) for found in lists]), np.array([key for found in lists for key in found], dtype=np.int64)
    )


def _bounds(owner: Ints, count: int) -> list[list[int]]:
    bounds = [np.searchsorted(owner, np.arange(count), side) for side in ("left", "right")]
    return [list(pair) for pair in zip(*(side.tolist() for side in bounds), strict=True)]


def _list_above(parents: Sequence[Collection[int]]) -> Ints:
    pairs = []
    for row in range(len(parents)):
        found: set[int] = set()
        waiting = [row] if parents[row] else []
        while waiting:
            fresh = set(parents[waiting.pop()]) - found
            found |= fresh
            waiting.extend(fresh)
        pairs += [row * len(parents) + other for other in found - {row}]
    return np.array(sorted(pairs), dtype=np.int64)
