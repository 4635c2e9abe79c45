"""Which institutions of a registry each of its distinct names means, where several have it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from partnermatch.csr import mark
from partnermatch.mentions.institutions import Institutions
from partnermatch.model import Flags, Ints, Profiles, Readings
from partnermatch.strings import hash_strings


def list_owners(
    owners: Ints, kinds: Sequence[str], readings: Readings, profiles: Profiles, institutions: Institutions
) -> tuple[Ints, Ints]:
    """The institutions that each profile means, as CSR: [n + 1] where those of each begin, and [p] their rows.

    Args:
        owners: [m] row of the institution of each name of a registry, -1 where none may be answered.
        kinds: [m] what each name is.
        readings: [m] of the names.
        profiles: [n] of them.
        institutions: whose names they are.
    """
    named = (readings.profiles >= 0) & (owners >= 0)
    rows, owners, beside = readings.profiles[named], owners[named], readings.beside[named]
    acronym, shown = (
        np.array([kind == wanted for kind in kinds], dtype=np.bool_)[named] for wanted in ("acronym", "display")
    )
    meant = ~(_need_words(rows, beside, len(profiles)) | _are_spelled_out(rows, acronym, profiles))
    many = len(institutions.countries)
    pairs, place = np.unique(rows[meant] * many + owners[meant], return_inverse=True)
    shows = mark(place[shown[meant]], len(pairs))
    pairs = pairs[~(_stand_back(pairs, shows, institutions) | _are_namesakes(pairs // many, shows))]
    return np.searchsorted(pairs // many, np.arange(len(profiles) + 1)), pairs % many


def _need_words(rows: Ints, beside: Flags, count: int) -> Flags:
    """Whether a name needs the words beside it, since another is the same without any: Amity University, Gurgaon."""
    plain = np.bincount(rows[~beside], minlength=count) > 0
    return np.asarray(beside & plain[rows], dtype=np.bool_)


def _are_spelled_out(rows: Ints, acronym: Flags, profiles: Profiles) -> Flags:
    """Whether a name is an acronym that the lexicon spells out as another's name: of all whose acronym is MIT, one is MIT."""
    names = hash_strings(profiles.folded)
    several = np.array([" " in folded for folded in profiles.folded], dtype=np.bool_)
    return np.asarray(acronym & several[rows] & np.isin(names[rows], names[rows[~acronym]]), dtype=np.bool_)


def _are_namesakes(rows: Ints, shown: Flags) -> Flags:
    """Whether an institution also goes by a name by which another of its country is shown: Ōtani University, Shinshū University.

    Args:
        rows: [p] profile of each pair; each is of one country.
        shown: [p] whether the institution is shown by a name of that profile.
    """
    held = np.bincount(rows[shown], minlength=int(rows.max(initial=-1)) + 1) > 0
    return np.asarray(held[rows] & ~shown, dtype=np.bool_)


def _stand_back(pairs: Ints, shown: Flags, institutions: Institutions) -> Flags:
    """Whether a profile means another institution of the same family.

    The one below stands back, as which a registry may list a name of the whole (US Geological Survey, for one of its
    programs), unless it alone is shown by that name. Of two that are each above the other neither does.

    Args:
        pairs: [p] profile times the number of institutions, and institution, rising.
        shown: [p] whether the institution is shown by a name of that profile.
        institutions: of the registry.
    """
    own = pairs % len(institutions.countries)
    above, below = institutions.list_above(own)
    sought = (pairs - own)[below] + above
    place = np.searchsorted(pairs, sought)
    met = pairs.take(place, mode="clip") == sought
    above, below = place[met], below[met]
    circle = np.isin(above * len(pairs) + below, below * len(pairs) + above)
    above, below = above[~circle], below[~circle]
    return mark(np.where(shown[below] & ~shown[above], above, below), len(pairs))
