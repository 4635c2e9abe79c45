"""What names of a registry are looked for in strings, and what is known of their institutions; kept in its index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from partnermatch.mentions.institutions import Entries, Institutions, build_institutions
from partnermatch.mentions.names import NameIndex, build_names
from partnermatch.mentions.vocabulary import Vocabulary, build_vocabulary
from partnermatch.settings import TextSettings
from partnermatch.text.affiliations import Affiliation


class Gazetteer(NamedTuple):
    """A registry, ready to be found in strings; arrays all the way down.

    Attributes:
        names: by what they mean.
        institutions: where they are, how known.
        vocabulary: the words of the names.
    """

    names: NameIndex
    institutions: Institutions
    vocabulary: Vocabulary


def build_gazetteer(
    entries: Entries, read: Sequence[Affiliation], weights: Mapping[str, float], settings: TextSettings
) -> Gazetteer:
    """Lay a registry out.

    Args:
        entries: what it says.
        read: [n] its names.
        weights: of each meaning, 0..1.
        settings: how strings are made safe.
    """
    names = build_names(read, entries.owners, entries.kinds, weights)
    return Gazetteer(names, build_institutions(entries, settings), build_vocabulary(read))
