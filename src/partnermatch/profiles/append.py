"""Put profiles behind others, in one vocabulary: what is asked behind what is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from partnermatch.model import Atoms, Ints, Profiles


def append_profiles(known: Profiles, more: Profiles, numbers: Mapping[str, int]) -> Profiles:
    """All rows of both, the known ones first and unchanged.

    Args:
        known: [n] names.
        more: [m] names, with a vocabulary of their own.
        numbers: number of each known atom by its key.

    Returns:
        [n + m] names; atoms that only `more` has come behind the known ones.
    """
    fresh = [place for place, key in enumerate(more.atoms.keys) if key not in numbers]
    first = len(known.atoms.keys)
    behind = {more.atoms.keys[place]: first + order for order, place in enumerate(fresh)}
    renumber = np.array([numbers.get(key, behind.get(key, -1)) for key in more.atoms.keys], dtype=np.int64)
    offset = len(known)
    return Profiles(
        atoms=_append_atoms(known.atoms, more.atoms, fresh, renumber),
        texts=known.texts + more.texts,
        folded=known.folded + more.folded,
        countries=known.countries + more.countries,
        starts=_append_starts(known.starts, more.starts),
        values=np.concatenate([known.values, renumber[more.values]]),
        aside_starts=_append_starts(known.aside_starts, more.aside_starts),
        aside_values=np.concatenate([known.aside_values, renumber[more.aside_values]]),
        families=np.concatenate([known.families, more.families]),
        acronyms=known.acronyms + more.acronyms,
        initials=known.initials + more.initials,
        letters=known.letters + more.letters,
        wholes=np.concatenate([known.wholes, np.where(more.wholes >= 0, more.wholes + offset, -1)]),
    )


def list_atoms(profiles: Profiles, first: int) -> Ints:
    """The atoms of the profiles from a row on, those beside their names included, sorted, each once."""
    own, aside = profiles.values[profiles.starts[first] :], profiles.aside_values[profiles.aside_starts[first] :]
    return np.unique(np.concatenate([own, aside]))


def _append_atoms(known: Atoms, more: Atoms, fresh: list[int], renumber: Ints) -> Atoms:
    pick = np.array(fresh, dtype=np.int64)
    return Atoms(
        keys=known.keys + tuple(more.keys[place] for place in fresh),
        roles=np.concatenate([known.roles, more.roles[pick]]),
        weights=np.concatenate([known.weights, more.weights[pick]]),
        families=np.concatenate([known.families, more.families[pick]]),
        scripts=np.concatenate([known.scripts, more.scripts[pick]]),
        forms=known.forms + tuple(more.forms[place] for place in fresh),
        spellings=known.spellings + tuple(more.spellings[place] for place in fresh),
        readings=known.readings + tuple(more.readings[place] for place in fresh),
        members=known.members + tuple(tuple(renumber[list(more.members[place])].tolist()) for place in fresh),
    )


def _append_starts(known: Ints, more: Ints) -> Ints:
    return np.concatenate([known, more[1:] + known[-1]])
