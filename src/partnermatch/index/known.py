"""What is read of a registry's names, ready to be asked.

A registry's names walk down the first step once; whoever asks then walks with them, in one vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from partnermatch.evidence.columns import Columns, lay_columns
from partnermatch.links import LinkIndex, index_links
from partnermatch.model import Ints, Profiles, Units
from partnermatch.profiles import build_profiles
from partnermatch.profiles.pack import pack_profiles
from partnermatch.settings import Settings
from partnermatch.shortlist import Postings, build_postings


class Known(NamedTuple):
    """A registry's names as profiles; arrays all the way down.

    Attributes:
        profiles: [n] distinct names.
        links: its vocabulary, ready to be asked for links.
        columns: what evidence asks of each.
        postings: inverted lists over the profiles.
        starts: [n + 1] and `owners` [m]: institutions that go by each name, withdrawn ones as their successor.
        roots: [k] for each institution the row of the top of its family.
    """

    profiles: Profiles
    links: LinkIndex
    columns: Columns
    postings: Postings
    starts: Ints
    owners: Ints
    roots: Ints


def read_names(
    texts: Sequence[str],
    countries: Sequence[str],
    owners: Ints,
    roots: Ints,
    settings: Settings,
    advance: Callable[[int], None] = lambda _: None,
    *,
    workers: int = 1,
) -> Known:
    """Read all names of a registry.

    Args:
        texts: [n] names.
        countries: [n] of the institution of each.
        owners: [n] row of the institution of each, of its successor if it was withdrawn.
        roots: [k] row of the top of each institution's family.
        settings: of the run.
        advance: told how many names were read since the last call.
        workers: processes that read, at most.
    """
    profiles, readings = build_profiles(texts, countries, settings, advance, units=Units.STAND, workers=workers)
    named = readings.profiles >= 0
    pairs = np.unique(np.stack([readings.profiles[named], owners[named]]), axis=1)
    starts = np.zeros(len(profiles) + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs[0], minlength=len(profiles)), out=starts[1:])
    links = index_links(profiles.atoms, settings.links)
    return Known(
        pack_profiles(profiles), links, lay_columns(profiles), build_postings(profiles), starts, pairs[1], roots
    )
