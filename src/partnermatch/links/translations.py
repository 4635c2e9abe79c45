"""Words that a dictionary, or what was learned from names in two languages, gives for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from partnermatch.lexicon.translations import answers
from partnermatch.links.findings import Findings, Vocabulary, gather
from partnermatch.model import Atoms


class Translations:
    """The words of a vocabulary by their key, and by what may answer for them."""

    def __init__(self, atoms: Atoms) -> None:
        """Index a vocabulary."""
        self._numbers = {key: place for place, key in enumerate(atoms.keys)}
        self._asked_by: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, key in enumerate(atoms.keys):
            for target, alike in answers(key):
                self._asked_by[target].append((place, alike))

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that answer for those that ask, and words for which these answer."""
        return gather(self._find(vocabulary))

    def _find(self, vocabulary: Vocabulary) -> Iterator[tuple[int, int, float]]:
        for place in vocabulary.asking.tolist():
            key = vocabulary.atoms.keys[place]
            for target, alike in answers(key):
                if target in self._numbers:
                    yield place, self._numbers[target], alike
            for source, alike in self._asked_by.get(key, ()):
                if not (vocabulary.asks[source] and place < vocabulary.known):
                    yield source, place, alike
