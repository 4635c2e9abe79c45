"""Places that are written alike: Kochi is a prefecture of Japan, its capital, and a city in India.

A name says only the written form; which of its places was read from it is chance, so all of them answer for each other. So do
a place and the country that is read from its form: 中国 is China, and the west of Honshu.
"""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from partnermatch.links.findings import NOTHING, Findings, Vocabulary, have_role, share_key
from partnermatch.links.holders import Holders
from partnermatch.links.variants import Hashed, hash_keys
from partnermatch.model import Ints, Role

_PLACES = (int(Role.PLACE), int(Role.COUNTRY))
"""Roles of words that say where something is."""


class Namesakes(NamedTuple):
    """Places by the forms that are known of them, and by those in which they were met.

    Attributes:
        places: [p] atoms.
        known: of the forms that are known of them.
        met: of the forms in which they were met.
    """

    places: Ints
    known: Holders
    met: Holders

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> Self:
        """Index a vocabulary."""
        places, known, met = vocabulary.once(_hash_places)
        return cls(places, Holders.build(known), Holders.build(met))

    @staticmethod
    def may_find(vocabulary: Vocabulary) -> bool:
        """Whether two places are known by one form: what one was met by is among these."""
        places, spellings = vocabulary.once(_list_places).tolist(), vocabulary.atoms.spellings
        return len(places) > 1 and share_key((place, form) for place in places for form in spellings[place])

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Other places that are known by a form in which those that ask were met, and those that were met by theirs."""
        places, known, met = vocabulary.once(_hash_places)
        if not len(places):
            return NOTHING
        ends = zip(self.known.meet(met), self.met.meet(known), strict=True)
        one, two = (np.concatenate(end) for end in ends)
        one, two = places[one], self.places[two]
        other = one != two
        return Findings(one[other], two[other], np.ones(np.count_nonzero(other)))


def _list_places(vocabulary: Vocabulary) -> Ints:
    """The places and countries that ask."""
    places: Ints = vocabulary.asking[have_role(vocabulary.atoms.roles[vocabulary.asking], _PLACES)]
    return places


def _hash_places(vocabulary: Vocabulary) -> tuple[Ints, Hashed, Hashed]:
    """The places and countries, the forms that are known of each, and those in which it was met; of countries only these."""
    atoms, places = vocabulary.atoms, vocabulary.once(_list_places)
    known, met = ([forms[place] for place in places.tolist()] for forms in (atoms.spellings, atoms.forms))
    return places, hash_keys(known), hash_keys(met)
