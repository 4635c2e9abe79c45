"""Places that are written alike: Kochi is a prefecture of Japan, its capital, and a city in India.

A name says only the written form; which of its places was read from it is chance, so all of them answer for each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from partnermatch.links.findings import Findings, Vocabulary, gather
from partnermatch.model import Atoms, Ints, Role


class Namesakes:
    """Places by the forms that are known of them, and by those in which they were met."""

    def __init__(self, atoms: Atoms) -> None:
        """Index a vocabulary."""
        self._known: defaultdict[str, list[int]] = defaultdict(list)
        self._met: defaultdict[str, list[int]] = defaultdict(list)
        for place in _pick_places(atoms, np.arange(len(atoms.keys))):
            for form in atoms.spellings[place]:
                self._known[form].append(place)
            for form in atoms.forms[place]:
                self._met[form].append(place)

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Other places that are known by a form in which those that ask were met, and those that were met by theirs."""
        return gather(self._find(vocabulary))

    def _find(self, vocabulary: Vocabulary) -> Iterator[tuple[int, int, float]]:
        atoms = vocabulary.atoms
        for place in _pick_places(atoms, vocabulary.asking):
            for form in atoms.forms[place]:
                yield from ((place, other, 1.0) for other in self._known.get(form, ()) if other != place)
            for form in atoms.spellings[place]:
                yield from ((place, other, 1.0) for other in self._met.get(form, ()) if other != place)


def _pick_places(atoms: Atoms, numbers: Ints) -> list[int]:
    picked: list[int] = numbers[atoms.roles[numbers] == Role.PLACE].tolist()
    return picked
