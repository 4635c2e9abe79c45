"""Words that a dictionary, or what was learned from names in two languages, gives for each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

import numpy as np

from partnermatch.lexicon.translations import answers
from partnermatch.links.findings import Findings, Vocabulary
from partnermatch.links.holders import Holders
from partnermatch.model import Atoms, Floats, Ints


class Translations(NamedTuple):
    """The words of a vocabulary by their key, and by what may answer for them.

    Attributes:
        words: by their key.
        sources: [t] words that something may answer for.
        alike: [t] how nearly.
        targets: which of these have a key for an answer.
    """

    words: Holders
    sources: Ints
    alike: Floats
    targets: Holders

    @classmethod
    def build(cls, atoms: Atoms) -> Self:
        """Index a vocabulary."""
        sources, targets, alike = _list_answers(enumerate(atoms.keys))
        return cls(Holders.build([(key,) for key in atoms.keys]), sources, alike, Holders.build(targets))

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that answer for those that ask, and words for which these answer."""
        keys = [vocabulary.atoms.keys[place] for place in vocabulary.asking.tolist()]
        sources, targets, alike = _list_answers(zip(vocabulary.asking.tolist(), keys, strict=True))
        asked, answer = self.words.meet(targets)
        asking, row = self.targets.meet([(key,) for key in keys])
        found_there = vocabulary.asks[self.sources[row]] & (vocabulary.asking[asking] < vocabulary.known)
        asking, row = asking[~found_there], row[~found_there]
        return Findings(
            np.concatenate([sources[asked], self.sources[row]]),
            np.concatenate([answer, vocabulary.asking[asking]]),
            np.concatenate([alike[asked], self.alike[row]]),
        )


def _list_answers(words: Iterable[tuple[int, str]]) -> tuple[Ints, list[tuple[str]], Floats]:
    """Which keys may answer for some words: the word, the key, and how nearly."""
    rows = [(place, target, alike) for place, key in words for target, alike in answers(key)]
    sources = np.array([place for place, _, _ in rows], dtype=np.int64)
    return sources, [(target,) for _, target, _ in rows], np.array([alike for _, _, alike in rows], dtype=np.float64)
