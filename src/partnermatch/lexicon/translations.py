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
from partnermatch.lexicon.tsv import Columns, Line, read_columns, read_lines, split_forms

GLOSS_ALIKE = 0.95
"""How nearly a dictionary's rendering answers for its word, 0..1: less than the word itself."""
PART_ALIKE = 0.7
"""How nearly one word of a rendering of several answers: 余熱 is waste heat."""
SPOKEN_ALIKE = 0.85
"""How nearly a word answers for its sound, which other words may share: kogyo is 工業, and may be 鉱業."""
ORIGINS = ("ja", "zh", "both")
_ROLES = ("rest", "topic", "kind", "qualifier", "country", "place", "stop")
_KEY = f"(?:{'|'.join(_ROLES)}):[^ |]+"
_KEYS = re.compile(f"{_KEY}(?:[ |]{_KEY})*")
"""Cells, joined by `|`, that hold nothing but keys."""


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
def glosses() -> Mapping[str, str]:
    """What a dictionary calls a Japanese word, by its key: renderings, separated by `|`, each the keys of its words.

    Raises:
        LexiconError: a word stands twice, is in Latin letters, has no rendering, or a key has no known role.
    """
    return read_glosses()


def read_glosses(text: str | None = None) -> Mapping[str, str]:
    """The content of jmdict.tsv, or a text in its place (tests)."""
    return _read_cells("jmdict.tsv", text, latin=False)


@cache
def spoken() -> Mapping[str, str]:
    """What a sound may mean: by the key of an unknown word in kana or Latin letters, the concepts that are said so.

    Raises:
        LexiconError: a sound stands twice, has no meaning, or a key has no known role.
    """
    return read_spoken()


def read_spoken(text: str | None = None) -> Mapping[str, str]:
    """The content of spoken.tsv, or a text in its place (tests)."""
    return _read_cells("spoken.tsv", text, latin=True)


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

    The dictionary is long, and is not loaded for a word that it cannot have.

    >>> answers("rest:緑内障"), answers("rest:denshi")
    ((('rest:glaucoma', 0.95),), (('topic:electron', 0.85),))
    """
    translated, rendered = translations().get(key, ()), renderings().get(key, ())
    glossed, said = "" if key.isascii() else glosses().get(key, ""), spoken().get(key, "")
    if not (translated or rendered or glossed or said):
        return ()  # as for nearly every name
    found: dict[str, float] = {}
    ways = [
        *translated,
        *rendered,
        *((part, alike) for text in split_forms(glossed) for part, alike in _parts(text)),
        *((meaning, SPOKEN_ALIKE) for meaning in split_forms(said)),
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


def _read_cells(file: str, text: str | None, *, latin: bool) -> Mapping[str, str]:
    """A file of unknown words, written without their role, and what stands for each: cells, cut only where one is asked for.

    Args:
        file: its name.
        text: its content (tests).
        latin: whether words may be in Latin letters.
    """
    read = read_columns(file, 2, text)
    words, cells = read.cells
    table = dict(zip(map("rest:".__add__, words), cells, strict=True))
    sound = len(table) == len(words) and "rest:" not in table and (latin or not any(map(str.isascii, words)))
    if not sound or not _KEYS.fullmatch("|".join(cells)):
        _check_lists(read, latin)
    return MappingProxyType(table)


def _check_lists(read: Columns, latin: bool) -> None:
    """Name the line of a file of words that is wrong, if one is."""
    seen = {""}
    for line in read.lines():
        word, items = line.cells[0], split_forms(line.cells[1])
        if word in seen:
            raise line.error(f"the word {word!r} is empty or stands twice")
        if word.isascii() and not latin:
            raise line.error(f"the word {word!r} is in Latin letters")
        if not items:
            raise line.error(f"the word {word!r} has nothing beside it")
        for key in (part for item in items for part in item.split()):
            _check_key(line, key)
        seen.add(word)


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
