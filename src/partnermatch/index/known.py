"""What is read of a registry's names, ready to be asked.

A registry's names walk down the first step once; whoever asks then walks with them, in one vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from partnermatch.evidence.columns import Columns, lay_columns
from partnermatch.index.owners import list_owners
from partnermatch.index.second_names import add_second_names
from partnermatch.links import LinkIndex, index_links
from partnermatch.mentions.gazetteer import Gazetteer, build_gazetteer
from partnermatch.mentions.institutions import Entries
from partnermatch.model import Ints, Profiles, Units
from partnermatch.postings import Postings, build_postings
from partnermatch.profiles import build_profiles
from partnermatch.profiles.pack import pack_profiles
from partnermatch.profiles.reading import read_parts, without_collecting
from partnermatch.settings import Settings
from partnermatch.text.affiliations import Affiliation, read_affiliations


class Known(NamedTuple):
    """A registry's names as profiles; arrays all the way down.

    Attributes:
        profiles: [n] distinct names.
        links: its vocabulary, ready to be asked for links.
        columns: what evidence asks of each.
        postings: inverted lists over the profiles.
        starts: [n + 1] and `owners` [m]: institutions that go by each name, withdrawn ones as their successor.
        gazetteer: the names by what they mean, to be found in longer strings.
        roots: [k] for each institution the row of the top of its family.
    """

    profiles: Profiles
    links: LinkIndex
    columns: Columns
    postings: Postings
    starts: Ints
    owners: Ints
    roots: Ints
    gazetteer: Gazetteer


def read_names(
    entries: Entries,
    holders: Ints,
    roots: Ints,
    settings: Settings,
    advance: Callable[[int], None] = lambda _: None,
    *,
    workers: int = 1,
) -> Known:
    """Read all names of a registry, and the second names of its institutions.

    Args:
        entries: what the registry says; names behind the first n are those of institutions that it does not hold, and are
            only looked for in longer strings.
        holders: [n] row of the institution that has each name.
        roots: [k] row of the top of each institution's family.
        settings: of the run.
        advance: told how many names were read since the last call.
        workers: processes that read, at most.
    """
    entries, holders = add_second_names(entries, holders, len(roots), settings.text)

    def read_part(texts: Sequence[str]) -> list[Affiliation]:
        return read_affiliations(texts, settings.text)

    countries = [entries.countries[holder] for holder in holders.tolist()]
    texts = entries.texts[: len(holders)]
    profiles, readings = build_profiles(texts, countries, settings, advance, units=Units.STAND, workers=workers)
    with without_collecting():
        parts = read_parts(read_part, entries.texts, lambda _: None, workers)
        read = [affiliation for part in parts for affiliation in part]
        weights = dict(zip(profiles.atoms.keys, profiles.atoms.weights.tolist(), strict=True))
        gazetteer = build_gazetteer(entries, read, weights, settings.text)
    owners = np.where(entries.owners < len(roots), entries.owners, -1)[: len(holders)]
    starts, owners = list_owners(owners, entries.kinds[: len(holders)], readings, profiles, gazetteer.institutions)
    links = index_links(profiles.atoms, settings.links)
    return Known(
        pack_profiles(profiles),
        links,
        lay_columns(profiles),
        build_postings(profiles),
        starts,
        owners,
        roots,
        gazetteer,
    )
