"""Places that are written alike: Kochi is a prefecture of Japan, its capital, and a city in India.

A name says only the written form; which of its places was read from it is chance, so all of them answer for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np

from partnermatch.links.findings import Findings, Vocabulary
from partnermatch.links.holders import Holders
from partnermatch.model import Atoms, Ints, Role


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
    def build(cls, atoms: Atoms) -> Self:
        """Index a vocabulary."""
        places = _pick_places(atoms, np.arange(len(atoms.keys)))
        return cls(places, Holders.build(_pick(atoms.spellings, places)), Holders.build(_pick(atoms.forms, places)))

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Other places that are known by a form in which those that ask were met, and those that were met by theirs."""
        places = _pick_places(vocabulary.atoms, vocabulary.asking)
        known = self.known.meet(_pick(vocabulary.atoms.forms, places))
        met = self.met.meet(_pick(vocabulary.atoms.spellings, places))
        one, two = (np.concatenate(ends) for ends in zip(known, met, strict=True))
        one, two = places[one], self.places[two]
        other = one != two
        return Findings(one[other], two[other], np.ones(np.count_nonzero(other)))


def _pick_places(atoms: Atoms, numbers: Ints) -> Ints:
    places: Ints = numbers[atoms.roles[numbers] == Role.PLACE]
    return places


def _pick(forms: Sequence[tuple[str, ...]], places: Ints) -> list[tuple[str, ...]]:
    return [forms[place] for place in places.tolist()]
