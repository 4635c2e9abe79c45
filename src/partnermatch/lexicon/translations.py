"""Translations that the hand lexicon does not hold: learned ones, a dictionary's, and its own words as they sound.

Each table leads from the key of a word in one name to keys that may answer for it in the other: from Japanese or Chinese
to English (`translations`, `glosses`), from sound to meaning (`spoken`), from a concept to one that translators use for
it (`renderings`, by hand). Whoever links words adds the way back. Every table loads its file on first use and keeps it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from partnermatch.lexicon import words
from partnermatch.lexicon.tsv import Line, read_lines, split_forms

GLOSS_ALIKE = 0.95
"""How nearly a dictionary's rendering answers for its word, 0..1: less than the word itself."""
PART_ALIKE = 0.7
"""How nearly one word of a rendering of several answers: 余熱 is waste heat."""
SPOKEN_ALIKE = 0.85
"""How nearly a word answers for its sound, which other words may share: kogyo is 工業, and may be 鉱業."""
ORIGINS = ("ja", "zh", "both")
_ROLES = ("rest", "topic", "kind", "qualifier", "country", "place", "stop")
_KEYS = re.compile(rf"(?:(?:{'|'.join(_ROLES)}):[^\s|]+[\s|]*)+")
"""A cell that holds nothing but keys."""


@cache
def translations() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Learned translations by the key of the word, the nearest first, with how nearly each answers, 0..1.

    Raises:
        LexiconError: a key has no known role, a weight or count is no number in its range, or a pair stands twice.
    """
    return read_translations()


def read_translations(text: str | None = None) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """The content of translations.tsv, or a text in its place (tests)."""
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in read_lines("translations.tsv", 5, text):
        source, target, weight, institutions, origin = line.cells
        _check_key(line, source)
        _check_key(line, target)
        if target in table[source]:
            raise line.error(f"the pair {source!r}, {target!r} stands twice")
        if not institutions.isdigit() or origin not in ORIGINS:
            raise line.error(f"the count {institutions!r} or the origin {origin!r} is wrong")
        table[source][target] = _weight(line, weight)
    return MappingProxyType({source: _nearest_first(targets) for source, targets in table.items()})


@cache
def glosses() -> Mapping[str, tuple[str, ...]]:
    """What a dictionary calls a Japanese word, by its key: renderings, each the keys of its words, separated by a space.

    Raises:
        LexiconError: a word stands twice, has no rendering, or a key has no known role.
    """
    return read_glosses()


def read_glosses(text: str | None = None) -> Mapping[str, tuple[str, ...]]:
    """The content of jmdict.tsv, or a text in its place (tests)."""
    return _read_lists("jmdict.tsv", text)


@cache
def spoken() -> Mapping[str, tuple[str, ...]]:
    """What a sound may mean: by the key of an unknown word in kana or Latin letters, the concepts that are said so.

    Raises:
        LexiconError: a sound stands twice, has no meaning, or a key has no known role.
    """
    return read_spoken()


def read_spoken(text: str | None = None) -> Mapping[str, tuple[str, ...]]:
    """The content of spoken.tsv, or a text in its place (tests)."""
    return _read_lists("spoken.tsv", text)


@cache
def renderings() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Concepts that translators choose between, by the key of the first, with how nearly the other answers, 0..1.

    Raises:
        LexiconError: a concept is in neither words.tsv nor kinds.tsv, a weight is out of its range, or a pair stands twice.
    """
    return read_renderings()


def read_renderings(text: str | None = None) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """The content of renderings.tsv, or a text in its place (tests)."""
    named = {key.partition(":")[2]: key for entry in words() for key in entry.concepts if entry.role != "expand"}
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in read_lines("renderings.tsv", 3, text):
        one, two, weight = line.cells
        for name in (one, two):
            if name not in named:
                raise line.error(f"the concept {name!r} is in neither kinds.tsv nor words.tsv")
        if named[two] in table[named[one]] or named[one] in table[named[two]]:
            raise line.error(f"the pair {one!r}, {two!r} stands twice")
        table[named[one]][named[two]] = _weight(line, weight)
    return MappingProxyType({source: _nearest_first(targets) for source, targets in table.items() if targets})


def answers(key: str) -> tuple[tuple[str, float], ...]:
    """Which keys may answer for the word of a key, the nearest first, with how nearly, 0..1.

    >>> answers("rest:緑内障"), answers("rest:denshi")
    ((('rest:glaucoma', 0.95),), (('topic:electron', 0.85),))
    """
    translated, rendered = translations().get(key, ()), renderings().get(key, ())
    glossed, said = glosses().get(key, ()), spoken().get(key, ())
    found: dict[str, float] = {}
    if not (translated or rendered or glossed or said):
        return ()  # as for nearly every name
    ways = [
        *translated,
        *rendered,
        *((part, alike) for text in glossed for part, alike in _parts(text)),
        *((meaning, SPOKEN_ALIKE) for meaning in said),
    ]
    for target, alike in ways:
        if target != key:
            found[target] = max(alike, found.get(target, 0.0))
    return _nearest_first(found)


def _parts(rendering: str) -> list[tuple[str, float]]:
    parts = rendering.split()
    return [(part, GLOSS_ALIKE if len(parts) == 1 else PART_ALIKE) for part in parts]


def _nearest_first(targets: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(targets.items(), key=lambda item: (-item[1], item[0])))


def _read_lists(file: str, text: str | None) -> Mapping[str, tuple[str, ...]]:
    """A file of unknown words, written without their role, and what stands for each."""
    table: dict[str, tuple[str, ...]] = {}
    for line in read_lines(file, 2, text):
        word, items = line.cells[0], tuple(split_forms(line.cells[1]))
        if not word or f"rest:{word}" in table:
            raise line.error(f"the word {word!r} is empty or stands twice")
        if not items:
            raise line.error(f"the word {word!r} has nothing beside it")
        if not _KEYS.fullmatch(line.cells[1]):
            for key in (part for item in items for part in item.split()):
                _check_key(line, key)
        table[f"rest:{word}"] = items
    return MappingProxyType(table)


def _check_key(line: Line, key: str) -> None:
    role, _, name = key.partition(":")
    if role not in _ROLES or not name:
        raise line.error(f"{key!r} is no key: it begins with none of {', '.join(_ROLES)}")


def _weight(line: Line, cell: str) -> float:
    try:
        weight = float(cell)
    except ValueError:
        raise line.error(f"the weight {cell!r} is no number") from None
    if not 0.0 < weight <= 1.0:
        raise line.error(f"the weight {cell!r} is not above 0 and at most 1")
    return weight
