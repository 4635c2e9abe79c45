"""Put profiles behind others, in one vocabulary: what is asked behind what is known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from partnermatch.csr import sort_once
from partnermatch.model import Atoms, Ints, Profiles
from partnermatch.strings import Joined


def append_profiles(known: Profiles, more: Profiles) -> Profiles:
    """All rows of both, the known ones first and unchanged.

    Args:
        known: [n] names.
        more: [m] names, with a vocabulary of their own.

    Returns:
        [n + m] names; atoms that only `more` has come behind the known ones.
    """
    places = {key: _find(known.atoms.keys, key) for key in dict.fromkeys(more.atoms.keys)}
    renumber = np.array([places[key] for key in more.atoms.keys], dtype=np.int64)
    fresh = np.flatnonzero(renumber < 0)
    renumber[fresh] = np.arange(len(fresh)) + len(known.atoms.keys)
    offset = len(known)
    return Profiles(
        atoms=_append_atoms(known.atoms, more.atoms, fresh, renumber),
        texts=Joined(known.texts, more.texts),
        folded=Joined(known.folded, more.folded),
        countries=Joined(known.countries, more.countries),
        starts=_append_starts(known.starts, more.starts),
        values=np.concatenate([known.values, renumber[more.values]]),
        aside_starts=_append_starts(known.aside_starts, more.aside_starts),
        aside_values=np.concatenate([known.aside_values, renumber[more.aside_values]]),
        families=np.concatenate([known.families, more.families]),
        acronyms=Joined(known.acronyms, more.acronyms),
        initials=Joined(known.initials, more.initials),
        letters=Joined(known.letters, more.letters),
        wholes=np.concatenate([known.wholes, np.where(more.wholes >= 0, more.wholes + offset, -1)]),
    )


def list_atoms(profiles: Profiles, first: int, known: int) -> Ints:
    """The atoms of the profiles from a row on, sorted, each once: of their names, beside them, and of their countries.

    Args:
        profiles: [n] names, those that are known first.
        first: row of the first other.
        known: how many atoms are known, the first ones, sorted by key.
    """
    own, aside = profiles.values[profiles.starts[first] :], profiles.aside_values[profiles.aside_starts[first] :]
    codes = sorted({profiles.countries[row] for row in range(first, len(profiles))} - {""})
    keys = [f"country:{code}" for code in codes]
    found = [(bisect_left(profiles.atoms.keys, key, 0, known), key) for key in keys]
    countries = [place for place, key in found if place < known and profiles.atoms.keys[place] == key]
    return sort_once(np.concatenate([own, aside, np.array(countries, dtype=np.int64)]))


def _find(keys: Sequence[str], key: str) -> int:
    """Place of a key among sorted ones, -1 if it is not there."""
    place = bisect_left(keys, key)
    return place if place < len(keys) and keys[place] == key else -1


def _append_atoms(known: Atoms, more: Atoms, fresh: Ints, renumber: Ints) -> Atoms:
    rows = fresh.tolist()
    return Atoms(
        keys=Joined(known.keys, [more.keys[row] for row in rows]),
        roles=np.concatenate([known.roles, more.roles[fresh]]),
        weights=np.concatenate([known.weights, more.weights[fresh]]),
        families=np.concatenate([known.families, more.families[fresh]]),
        scripts=np.concatenate([known.scripts, more.scripts[fresh]]),
        forms=Joined(known.forms, [more.forms[row] for row in rows]),
        spellings=Joined(known.spellings, [more.spellings[row] for row in rows]),
        readings=Joined(known.readings, [more.readings[row] for row in rows]),
        members=Joined(known.members, [tuple(renumber[list(more.members[row])].tolist()) for row in rows]),
    )


def _append_starts(known: Ints, more: Ints) -> Ints:
    return np.concatenate([known, more[1:] + known[-1]])
