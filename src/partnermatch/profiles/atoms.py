"""The vocabulary of some names: one atom a distinct meaning or unknown word, with its weight, spellings and readings."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from partnermatch import lexicon
from partnermatch.model import Atoms, Floats, Role, Script
from partnermatch.settings import WeightSettings
from partnermatch.text.fold import fold, fold_kana
from partnermatch.text.kinds import family_number
from partnermatch.text.readings import languages, read_aloud

MAX_ACRONYM, MAX_SPELLED = 3, 4
"""Letters of words in capitals that are spelled out; of four letters only those that cannot be read: CNRS, but not ELNA."""
_UNREADABLE = re.compile("[^aeiouy]{3}|^[^aeiouy]+$")
REGISTRY_NAMES = 150_000
"""Names that the counts of rarity.tsv were taken from, rounded."""

_REST, _PLACE = Role.REST, Role.PLACE  # a member of an enumeration takes long to be found
_CARRIED = frozenset({_REST, _PLACE})
"""Roles of words that are carried over by sound."""
_ROLE_OF = {
    "rest": Role.REST,
    "place": Role.PLACE,
    "number": Role.NUMBER,
    "topic": Role.TOPIC,
    "country": Role.COUNTRY,
    "qualifier": Role.QUALIFIER,
    "kind": Role.KIND,
    "stop": Role.STOP,
    "span": Role.REST,
}


Word = tuple[str, str, Script, tuple[str, ...]]
"""Text, reading, script and keys of a lexeme."""


class Way(NamedTuple):
    """How a word was met: Sudachi reads 常磐 by what stands beside it.

    Attributes:
        text: the word, folded.
        reading: katakana, if the word is unknown.
        script: its script.
        several: whether it means several things at once, as MPI does.
    """

    text: str
    reading: str
    script: Script
    several: bool


class Met(NamedTuple):
    """All that is known of a word of some names.

    Attributes:
        key: what it means.
        ways: how it was met, sorted.
        acronym: whether it is spelled out, not read.
        spoken: languages besides Japanese that it may be in, sorted.
        members: of a span, its words.
    """

    key: str
    ways: tuple[Way, ...]
    acronym: bool
    spoken: tuple[str, ...]
    members: tuple[Met, ...] = ()


def meet(
    words: Iterable[Word],
    countries: Mapping[Word, Collection[str]],
    spans: Mapping[str, tuple[str, ...]],
    capitals: Collection[str],
) -> dict[str, Met]:
    """What is known of the words of some names, by key.

    Args:
        words: all of them.
        countries: those of the institutions that have a word, an empty one for unknown, where its reading depends on them.
        spans: keys of names in a row, with the keys of their words.
        capitals: words written in capitals.
    """
    ways: defaultdict[str, set[Way]] = defaultdict(set)
    for text, reading, script, keys in words:
        way = Way(text, reading, script, len(keys) > 1)
        for key in keys:
            ways[key].add(way)
    where: defaultdict[str, set[str]] = defaultdict(set)
    for word, own in countries.items():
        for key in word[3]:
            where[key].update(own)
    met: dict[str, Met] = {}
    for key in sorted(ways, key=spans.__contains__):  # words before the spans that are made of them
        spoken = _list_spoken(frozenset(where[key])) if key in where else ()
        members = tuple([met[member] for member in spans[key]]) if key in spans else ()
        met[key] = Met(key, tuple(sorted(ways[key])), _is_acronym(key, capitals), spoken, members)
    return met


@lru_cache(maxsize=1 << 12)
def _list_spoken(countries: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(languages(countries)))


def build_atoms(vocabulary: Sequence[Met], weights: WeightSettings) -> tuple[Atoms, list[int]]:
    """Lay a vocabulary out.

    Args:
        vocabulary: [v] words in any order, the members of spans themselves among them.
        weights: of the roles.

    Returns:
        The atoms by key, and [v] the number of each word: words of different scopes that are the same are one atom.
    """
    met: list[Met] = []
    numbers = [0] * len(vocabulary)
    for place in sorted(range(len(vocabulary)), key=vocabulary.__getitem__):
        if not met or vocabulary[place] != met[-1]:
            met.append(vocabulary[place])
        numbers[place] = len(met) - 1
    number = dict(zip(map(id, vocabulary), numbers, strict=True))  # to hash all that they hold takes ten times as long
    keys = tuple(word.key for word in met)
    forms = tuple([_list_forms(word.ways) for word in met])
    roles = [_ROLE_OF[key.partition(":")[0]] for key in keys]
    atoms = Atoms(
        keys=keys,
        roles=np.array(roles, dtype=np.int64),
        weights=_weigh(keys, roles, weights),
        families=np.array([family_number(key) for key in keys], dtype=np.int64),
        scripts=np.array([word.ways[0].script for word in met], dtype=np.int64),
        forms=forms,
        spellings=tuple(_spellings(key, met_forms) for key, met_forms in zip(keys, forms, strict=True)),
        readings=tuple(() if word.acronym else _readings(word, role) for word, role in zip(met, roles, strict=True)),
        members=tuple([tuple([number[id(member)] for member in word.members]) for word in met]),
    )
    return atoms, numbers


def _list_forms(ways: Sequence[Way]) -> tuple[str, ...]:
    """The different texts of a word, sorted; most words have one."""
    return (ways[0].text,) if len(ways) == 1 else tuple(sorted({way.text for way in ways}))


def _is_acronym(key: str, capitals: Collection[str]) -> bool:
    """Short words in capitals are spelled out, not read: PMI does not sound like anything."""
    word = key.removeprefix("rest:")
    if word not in capitals:
        return False
    return len(word) <= MAX_ACRONYM or (len(word) <= MAX_SPELLED and bool(_UNREADABLE.search(word)))


def _spellings(key: str, met: tuple[str, ...]) -> tuple[str, ...]:
    if not key.startswith("place:"):
        return met
    latin, japanese = _fold_place(key)
    return tuple(sorted({*met, *latin, *japanese}))


@cache
def _fold_place(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms of a place that the lexicon knows, folded: the Latin and the Japanese ones."""
    entry = lexicon.places()[key.rpartition(":")[2]].entry
    return tuple(map(fold, entry.latin)), tuple([fold_kana(fold(form)) for form in entry.ja])


def _readings(word: Met, role: Role) -> tuple[str, ...]:
    """Only what is carried over by sound is read aloud: names and places, not numbers, topics or kinds."""
    if role not in _CARRIED:
        return ()
    way = word.ways[0]
    if role == _REST and len(word.ways) == 1 and not way.several:  # as of most words
        return read_aloud(way.text, way.script, way.reading, word.spoken)
    found: list[str] = []
    for way in word.ways:
        if role == _REST and way.several:  # MPI stands for planck: read that, not the letters
            found.append(word.key.partition(":")[2])
        else:
            found += read_aloud(way.text, way.script, way.reading, word.spoken)
    if role == _PLACE:
        found += [form.replace(" ", "") for form in _fold_place(word.key)[0]]
    return tuple(dict.fromkeys(found))


def _weigh(keys: Sequence[str], roles: Sequence[Role], weights: WeightSettings) -> Floats:
    """The weight of the role of each, less for what many institutions share."""
    base = _weigh_roles(weights)
    floor, most, counts = weights.rarity_floor, math.log1p(REGISTRY_NAMES), lexicon.rarity()
    names = [min(counts.get(key, 0), REGISTRY_NAMES) for key in keys]
    rare = [1.0 - math.log1p(count) / most for count in names]
    return np.array([base[role] * (floor + (1.0 - floor) * share) for role, share in zip(roles, rare, strict=True)])


@lru_cache(maxsize=8)
def _weigh_roles(weights: WeightSettings) -> dict[Role, float]:
    return {role: float(getattr(weights, role.name.lower(), 0.0)) for role in Role}
