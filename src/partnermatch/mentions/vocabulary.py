"""The words of a registry's names, and as which of them a word is read that stands in none: its neighbour by one edit.

Names are found by what their words mean, and a misspelled word that the lexicon does not know means nothing that a name
means. Its neighbours are the words of names that a letter too many, too few or wrong, or two that changed places, tell it from
(optimal string alignment), and that begin with its first letter: Rider is no Ider. Short words have several, and so may a
word that is right and that no registry knows. So it is read as a neighbour only where that makes a name: where, with the
words beside it, or alone between two commas, it means what a whole name means; of several the one that makes the longest, then
the commonest. How it is written stays as it was, for what follows to judge.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Literal, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from partnermatch.csr import expand, sort_pairs
from partnermatch.mentions.names import NameIndex, find_groups
from partnermatch.mentions.spotting import MAX_TOKENS, list_runs
from partnermatch.mentions.tokens import LEVELS, lay_tokens
from partnermatch.model import Flags, Ints
from partnermatch.strings import StringLists, Strings, hash_strings
from partnermatch.text.affiliations import Affiliation, Token
from partnermatch.text.spelling import deletions, short_words

MIN_LETTERS, MAX_LETTERS = 4, 30
"""Letters of a word that may be misspelled. Of ROR's words of three letters each is the neighbour of another."""
MIN_LONE_LETTERS = 6
"""Letters from which a misspelled word may be a name by itself: Genenetech."""
MAX_NEIGHBOURS = 20
"""Neighbours of a word that are looked at, the commonest. In affiliations half of the words that have any have two, one in a
hundred more than eleven."""
MAX_MISSPELLED = 12
"""Words of a string that may be misspelled: mostly one, and none of 9,157 affiliations has more than ten. What has more says
nothing that the registry knows, and trying all of it out would take long."""
AT_ONCE = 2_000
"""Readings that are tried at once; what they take is little memory then, whatever the strings are."""
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_WORD = re.compile("[a-z]+")

Meaning = tuple[tuple[str, ...], str]
"""What a token means: its keys and its level."""


class Vocabulary(NamedTuple):
    """The words of names, and what each becomes without one of its letters.

    Attributes:
        hashes: [v] number of each word, rising.
        words: [v] as folded.
        counts: [v] how many times names have it; 0 where that is as an acronym, a short form or a part of something longer, as
            which no other word is read: each of their letters stands for a word.
        meanings: [v] what it means most often.
        levels: [v] place of its level in `LEVELS`.
        variants: [d] number of each word that has a count, and of all that one deletion makes of it, rising.
        places: [d] the word that each variant is of.
    """

    hashes: Ints
    words: Strings
    counts: Ints
    meanings: StringLists
    levels: Ints
    variants: Ints
    places: Ints

    def has(self, words: Sequence[str]) -> Flags:
        """Whether each word stands in a name."""
        wanted = hash_strings(words)
        found = np.searchsorted(self.hashes, wanted)
        return np.asarray(np.append(self.hashes, 0)[found] == wanted) & (found < len(self.hashes))

    def find_neighbours(self, words: Sequence[str]) -> dict[str, list[int]]:
        """Words that stand in no name and have neighbours in names, each with their places, the commonest first.

        Source: the symmetric-delete scheme of SymSpell (Garbe, 2012), with a sorted array in place of its dictionary.
        """
        asked = [word for word, known in zip(words, self.has(words).tolist(), strict=True) if not known]
        shortened = [deletions(word) for word in asked]
        hashes = hash_strings(chain.from_iterable(shortened))
        met, source = expand(*(np.searchsorted(self.variants, hashes, side) for side in _SIDES))
        own = np.repeat(np.arange(len(asked)), [len(variants) for variants in shortened])[source]
        own, places = sort_pairs(own, self.places[met])
        order = np.lexsort((places, -self.counts[places], own))
        own, places = own[order], places[order]
        left, right = [asked[place] for place in own.tolist()], self.words.take(places)
        near = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=1) == 1 if left else ()
        found: dict[str, list[int]] = {}
        for word, other, place, is_near in zip(left, right, places.tolist(), near, strict=True):
            if is_near and word[0] == other[0]:
                found.setdefault(word, []).append(place)
        return {word: neighbours[:MAX_NEIGHBOURS] for word, neighbours in found.items()}


def build_vocabulary(read: Sequence[Affiliation]) -> Vocabulary:
    """Gather the words of names that were read."""
    seen = _count_meanings(read)
    texts = sorted(word for word in seen if MIN_LETTERS - 1 <= len(word) <= MAX_LETTERS + 1)
    hashes = hash_strings(texts)
    order = np.argsort(hashes, kind="stable")
    words = [texts[place] for place in order.tolist()]
    counts = [seen[word].total() for word in words]
    meant = [_find_commonest(seen[word]) for word in words]
    shortened = [deletions(word) if count else [] for word, count in zip(words, counts, strict=True)]
    variants = hash_strings(chain.from_iterable(shortened))
    places = np.repeat(np.arange(len(words)), [len(own) for own in shortened])
    rising = np.argsort(variants, kind="stable")
    return Vocabulary(
        hashes=hashes[order],
        words=Strings.of(words),
        counts=np.array(counts, dtype=np.int64),
        meanings=StringLists.of(keys for keys, _ in meant),
        levels=np.array([LEVELS.index(level) for _, level in meant], dtype=np.int64),
        variants=variants[rising],
        places=places[rising],
    )


def _count_meanings(read: Sequence[Affiliation]) -> Mapping[str, Counter[Meaning]]:
    """How many times each word means what by itself."""
    short = short_words()
    seen: defaultdict[str, Counter[Meaning]] = defaultdict(Counter)
    for affiliation in read:
        for token in affiliation.tokens:
            surface = affiliation.folded[token.start : token.end]
            for word in _WORD.findall(surface):
                own = seen[word]
                if word == surface and word not in short and not _is_acronym(affiliation, token):
                    own[token.keys, token.level] += 1
    return seen


def _find_commonest(counts: Counter[Meaning]) -> Meaning:
    """What a word means most often; of equals the first in order, and nothing where it never means anything by itself."""
    return min(counts, key=lambda meaning: (-counts[meaning], meaning), default=((), ""))


def mend_words(affiliations: Sequence[Affiliation], vocabulary: Vocabulary, names: NameIndex) -> list[Affiliation]:
    """The strings, with misspelled words read as the words of names that they stand for; their text is as it was.

    Args:
        affiliations: [s] strings that were read.
        vocabulary: of the registry's names.
        names: the same names.
    """
    mended = list(affiliations)
    doubts = _list_doubts(affiliations, vocabulary)
    trials = (_try_out(affiliations, doubt, place, vocabulary) for doubt in doubts for place in doubt.neighbours)
    reach = _measure_all(trials, names)
    for doubt in doubts:
        own = list(islice(reach, len(doubt.neighbours)))
        longest = max(own)
        if longest:
            mended[doubt.string] = _read_as(
                mended[doubt.string], doubt.token, doubt.neighbours[own.index(longest)], vocabulary
            )
    return mended


class _Doubt(NamedTuple):
    """A word that may be misspelled: its string, its token and the places of its neighbours in the vocabulary."""

    string: int
    token: int
    neighbours: list[int]


class _Trial(NamedTuple):
    """A word read as one of its neighbours: the string as far as a run reaches, its token there, whether it may be a name alone."""

    string: Affiliation
    token: int
    alone: bool


def _list_doubts(affiliations: Sequence[Affiliation], vocabulary: Vocabulary) -> list[_Doubt]:
    """The words that may be misspelled, of strings that have not too many."""
    strange = [
        (string, place, word)
        for string, affiliation in enumerate(affiliations)
        for place, token in enumerate(affiliation.tokens)
        if (word := _read_strange(affiliation, token))
    ]
    neighbours = vocabulary.find_neighbours(sorted({word for _, _, word in strange}))
    doubts = [_Doubt(string, place, neighbours[word]) for string, place, word in strange if word in neighbours]
    counts = Counter(doubt.string for doubt in doubts)
    return [doubt for doubt in doubts if counts[doubt.string] <= MAX_MISSPELLED]


def _read_strange(affiliation: Affiliation, token: Token) -> str:
    """The word of a token if it is one that the lexicon does not know, long enough, and no acronym; empty otherwise."""
    if not MIN_LETTERS <= token.end - token.start <= MAX_LETTERS:
        return ""
    word = affiliation.folded[token.start : token.end]
    strange = token.keys == (f"rest:{word}",) and _WORD.fullmatch(word) and not _is_acronym(affiliation, token)
    return word if strange else ""


def _is_acronym(affiliation: Affiliation, token: Token) -> bool:
    """Whether a word is in capitals, and neither is all that stands beside it: in some strings everything is."""
    return token.capitals and (len(affiliation.tokens) == 1 or not affiliation.text.isupper())


def _try_out(affiliations: Sequence[Affiliation], doubt: _Doubt, place: int, vocabulary: Vocabulary) -> _Trial:
    string, at = affiliations[doubt.string], doubt.token
    token, first = string.tokens[at], max(0, at - MAX_TOKENS + 1)
    beside = (*string.tokens[at - 1 : at], *string.tokens[at + 1 : at + 2])
    alone = token.end - token.start >= MIN_LONE_LETTERS and token.part not in {other.part for other in beside}
    near = string._replace(tokens=string.tokens[first : at + MAX_TOKENS])
    return _Trial(_read_as(near, at - first, place, vocabulary), at - first, alone)


def _read_as(string: Affiliation, at: int, place: int, vocabulary: Vocabulary) -> Affiliation:
    """A string with a token that means what a word of the vocabulary does."""
    keys, level = vocabulary.meanings[place], LEVELS[vocabulary.levels[place]]
    token = string.tokens[at]._replace(keys=keys, level=level)
    return string._replace(tokens=(*string.tokens[:at], token, *string.tokens[at + 1 :]))


def _measure_all(trials: Iterator[_Trial], names: NameIndex) -> Iterator[int]:
    """What `_measure_reach` says of each, in little memory whatever the strings are."""
    while portion := list(islice(trials, AT_ONCE)):
        yield from _measure_reach(portion, names).tolist()


def _measure_reach(trials: Sequence[_Trial], names: NameIndex) -> Ints:
    """[r] Words of the longest run with the word in question that means what a whole name means; 0 if none does."""
    tokens = lay_tokens([trial.string for trial in trials])
    runs = list_runs(tokens, names.weigh(tokens.hashes))
    own = tokens.owners()[runs.firsts]
    word = tokens.starts[own] + np.array([trial.token for trial in trials], dtype=np.int64)[own]
    alone = np.array([trial.alone for trial in trials], dtype=np.bool_)[own]
    held = np.flatnonzero((runs.firsts <= word) & (word <= runs.lasts) & (alone | (runs.firsts < runs.lasts)))
    named = held[find_groups(names.whole, runs.sums[held])[1]]
    reach = np.zeros(len(trials), dtype=np.int64)
    np.maximum.at(reach, own[named], runs.lasts[named] - runs.firsts[named] + 1)
    return reach
