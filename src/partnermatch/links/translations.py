"""Words that a dictionary, or what was learned from names in two languages, gives for each other."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

from partnermatch.lexicon.translations import answers
from partnermatch.links.findings import NOTHING, Findings, Vocabulary
from partnermatch.links.holders import Holders
from partnermatch.links.variants import Hashed, hash_keys
from partnermatch.model import Floats, Ints


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
    def build(cls, vocabulary: Vocabulary) -> Self:
        """Index a vocabulary."""
        sources, targets, alike = vocabulary.once(_hash_answers)
        return cls(Holders.build(vocabulary.once(_hash_words)), sources, alike, Holders.build(targets))

    @staticmethod
    def may_find(vocabulary: Vocabulary) -> bool:
        """Whether a word is an answer for another."""
        words = frozenset(vocabulary.once(_list_words))
        return any(target in words for _, target, _ in vocabulary.once(_list_answers))

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words that answer for those that ask, and words for which these answer."""
        sources, targets, alike = vocabulary.once(_hash_answers)
        if not (len(sources) or len(self.sources)):
            return NOTHING
        asked, answer = self.words.meet(targets)
        if vocabulary.asks_itself:  # then what a word answers for finds it
            return Findings(sources[asked], answer, alike[asked])
        asking, row = self.targets.meet(vocabulary.once(_hash_words))
        found_there = vocabulary.asks[self.sources[row]] & (vocabulary.asking[asking] < vocabulary.known)
        asking, row = asking[~found_there], row[~found_there]
        return Findings(
            np.concatenate([sources[asked], self.sources[row]]),
            np.concatenate([answer, vocabulary.asking[asking]]),
            np.concatenate([alike[asked], self.alike[row]]),
        )


def _list_words(vocabulary: Vocabulary) -> list[str]:
    """The keys of the words that ask."""
    return [vocabulary.atoms.keys[place] for place in vocabulary.asking.tolist()]


def _hash_words(vocabulary: Vocabulary) -> Hashed:
    return hash_keys([(key,) for key in vocabulary.once(_list_words)])


def _list_answers(vocabulary: Vocabulary) -> list[tuple[int, str, float]]:
    """Which keys may answer for the words that ask: the word, the key, and how nearly."""
    words = zip(vocabulary.asking.tolist(), vocabulary.once(_list_words), strict=True)
    return [(place, target, alike) for place, key in words for target, alike in answers(key)]


def _hash_answers(vocabulary: Vocabulary) -> tuple[Ints, Hashed, Floats]:
    """The same in columns."""
    rows = vocabulary.once(_list_answers)
    sources = np.array([place for place, _, _ in rows], dtype=np.int64)
    alike = np.array([alike for _, _, alike in rows], dtype=np.float64)
    return sources, hash_keys([(target,) for _, target, _ in rows]), alike
