"""What evidence asks of each profile by itself, as columns: laid out once for a registry, continued for what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from partnermatch import lexicon
from partnermatch.csr import differ_from_last, expand_rows, sort_once
from partnermatch.model import Flags, Ints, Profiles
from partnermatch.strings import hash_strings

_CJK = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]")
ATOMS = 1 << 32
"""More than there are atoms: profile and atom fit into one number."""
RANKS = frozenset(f"qualifier:{rank}" for rank in ("autonomous", "central", "federal", "joint", "public"))
"""Standings that tell two universities of one place apart; names of one and the same often differ in `national` or `general`."""
FIRST = "number:1"
NO_COUNTRY = "-"
"""What the lexicon has for the country of a part of the world."""
_LAND_BITS = 16
"""Bits of the number of a country."""
FAMILIES = 1_000
"""More than there are families of kinds: profile and family fit into one number."""


class Columns(NamedTuple):
    """Columns over profiles, and one over their vocabulary.

    Attributes:
        offered: sorted, what each profile offers as an explanation, as profile * ATOMS + atom: own words, words beside,
            words of the whole.
        families: sorted, the family of each kind among these, as profile * FAMILIES + family.
        texts: [n] hash of the folded text: equal where the texts are, and hardly ever else.
        countries: [n] number of the country, -1 if unknown.
        homes: [n] the same; where it is unknown, of the country in which all places of the name lie.
        latin: [n] whether the name was written without kanji, kana or hangul.
        bare: [n] whether the name is an acronym and nothing else.
        spoken: [n] whether the name has an acronym.
        spellers: hashes of the letters that translations have, once for each name that has them, sorted; beside a registry
            only names of it count, so that no question bears on the answer to another.
        named: [a] number of the country that an atom names, -2 for all others.
        lying: [a] number of the country that a place lies in, -1 for all others.
        ranking: [a] whether an atom is one of `RANKS`.
        later: [a] whether an atom is a number other than one, which goes without saying.
    """

    offered: Ints
    families: Ints
    texts: Ints
    countries: Ints
    homes: Ints
    latin: Flags
    bare: Flags
    spoken: Flags
    spellers: Ints
    named: Ints
    lying: Ints
    ranking: Flags
    later: Flags


def lay_columns(profiles: Profiles, known: Columns | None = None) -> Columns:
    """Lay out profiles.

    Args:
        profiles: [n] names.
        known: columns of the first of these profiles and of the first atoms of their vocabulary, which are kept.
    """
    rows, atoms = (len(known.texts), len(known.named)) if known else (0, 0)
    offered = sort_once(_list_offers(profiles, np.arange(rows, len(profiles))))
    family = profiles.atoms.families[offered % ATOMS]
    folded, acronyms = profiles.folded[rows:], profiles.acronyms[rows:]
    countries = _number_all(profiles.countries[rows:])
    lying = np.array([_find_land(key) for key in profiles.atoms.keys[atoms:]], dtype=np.int64)
    more = Columns(
        offered=offered,
        families=np.sort((offered // ATOMS * FAMILIES + family)[family >= 0]),
        texts=hash_strings(folded),
        countries=countries,
        homes=_find_homes(profiles, countries, np.append(known.lying, lying) if known else lying),
        latin=_flag([text.isascii() or not _CJK.search(text) for text in profiles.texts[rows:]]),
        bare=_flag([text in own for text, own in zip(folded, acronyms, strict=True)]),
        spoken=_flag([bool(own) for own in acronyms]),
        spellers=np.sort(hash_strings(letters for row in profiles.letters[rows:] for letters in row)),
        named=np.array([_name_country(key) for key in profiles.atoms.keys[atoms:]], dtype=np.int64),
        lying=lying,
        ranking=_flag([key in RANKS for key in profiles.atoms.keys[atoms:]]),
        later=_flag([key.startswith("number:") and key != FIRST for key in profiles.atoms.keys[atoms:]]),
    )
    return _append(known, more) if known else more


def _append(known: Columns, more: Columns) -> Columns:
    return Columns(
        offered=np.concatenate([known.offered, more.offered]),
        families=np.concatenate([known.families, more.families]),
        texts=np.concatenate([known.texts, more.texts]),
        countries=np.concatenate([known.countries, more.countries]),
        homes=np.concatenate([known.homes, more.homes]),
        latin=np.concatenate([known.latin, more.latin]),
        bare=np.concatenate([known.bare, more.bare]),
        spoken=np.concatenate([known.spoken, more.spoken]),
        spellers=known.spellers,
        named=np.concatenate([known.named, more.named]),
        lying=np.concatenate([known.lying, more.lying]),
        ranking=np.concatenate([known.ranking, more.ranking]),
        later=np.concatenate([known.later, more.later]),
    )


def _list_offers(profiles: Profiles, rows: Ints) -> Ints:
    """(profile, atom) as one number: own words, words beside, words of the whole."""
    parts = rows[profiles.wholes[rows] >= 0]
    place, source = expand_rows(profiles.starts, np.concatenate([rows, profiles.wholes[parts]]))
    own = np.concatenate([rows, parts])[source] * ATOMS + profiles.values[place]
    place, source = expand_rows(profiles.aside_starts, rows)
    return np.concatenate([own, rows[source] * ATOMS + profiles.aside_values[place]])


def _find_homes(profiles: Profiles, countries: Ints, lying: Ints) -> Ints:
    """The countries of the last profiles, or where one is unknown, that in which all places of its name lie."""
    (unknown,) = (countries < 0).nonzero()
    place, source = expand_rows(profiles.starts, unknown + len(profiles) - len(countries))
    land = lying[profiles.values[place]]
    (placed,) = (land >= 0).nonzero()
    if not len(placed):
        return countries
    pairs = sort_once(source[placed] << _LAND_BITS | land[placed])
    begins = differ_from_last(pairs >> _LAND_BITS)
    alone = pairs[begins & np.append(begins[1:], True)]  # of a row with one country
    homes = countries.copy()
    homes[unknown[alone >> _LAND_BITS]] = alone & ((1 << _LAND_BITS) - 1)
    return homes


def _find_land(key: str) -> int:
    """The country that a place lies in; a part of the world lies in none."""
    country = lexicon.places()[key.rpartition(":")[2]].country if key.startswith("place:") else NO_COUNTRY
    return number_country(country) if country != NO_COUNTRY else -1


def _name_country(key: str) -> int:
    return number_country(key.removeprefix("country:")) if key.startswith("country:") else -2


def number_country(code: str) -> int:
    """A country's two letters as a number."""
    return int.from_bytes(code.encode(), "big")


def _number_all(codes: Sequence[str]) -> Ints:
    """[n] numbers of countries, -1 where none is known."""
    numbers = {code: number_country(code) if code else -1 for code in set(codes)}
    return np.array([numbers[code] for code in codes], dtype=np.int64)


def _flag(values: Sequence[bool]) -> Flags:
    return np.array(values, dtype=np.bool_)
