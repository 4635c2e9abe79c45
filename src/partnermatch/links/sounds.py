"""Words of different scripts that sound alike: they share a key of their sound, and are near once measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from partnermatch.links.findings import Findings, Vocabulary, gather, pick_named
from partnermatch.links.holders import Holders
from partnermatch.model import Atoms, Flags, Floats, Ints, Role, Script
from partnermatch.settings import LinkSettings
from partnermatch.text.sound import Origin, blocking_keys, count_consonants, spell
from partnermatch.text.sound_distance import Heard, hear, likeness

MAX_MEETING = 400
"""Latin spellings that may share a key of sound; more say that it is too short to tell anything."""
MIN_SPELLED = 3
"""Symbols of a spelling; a shorter one is the sound of too many words."""
MAX_CONSONANTS = 40
"""Consonants; a longer word is no word, and its keys would fill the memory."""
EXACT = 0.99
"""Similarity that is sameness but for rounding."""
ASKED_AT_ONCE = 2_048
"""Spellings whose meetings are held in memory together."""


class Spoken(NamedTuple):
    """Ways in which atoms may sound.

    Attributes:
        atoms: [w] the atom of each.
        foreign: [w] whether it comes from a script other than Latin.
        places: [w] whether the atom is a known place.
        least: [w] the similarity that it needs, at least.
        spelled: [w] the spelling.
        heard: [w] spellings laid out to be compared.
    """

    atoms: Ints
    foreign: Flags
    places: Flags
    least: Floats
    spelled: list[str]
    heard: Heard


class Sounds:
    """The spellings of a vocabulary by their keys of sound: those from Latin script, and those from others."""

    def __init__(self, atoms: Atoms, settings: LinkSettings) -> None:
        """Index a vocabulary. A key that too many Latin spellings hold leads nowhere, from neither side."""
        self._settings = settings
        self._spoken = _list_spoken(atoms, np.arange(len(atoms.keys)), settings)
        self._latin = np.flatnonzero(~self._spoken.foreign)
        self._foreign = np.flatnonzero(self._spoken.foreign)
        spelled = self._spoken.spelled
        self._latin_holders = Holders([blocking_keys(spelled[way]) for way in self._latin], MAX_MEETING)
        crowded = self._latin_holders.crowded
        led = [[key for key in blocking_keys(spelled[way]) if key not in crowded] for way in self._foreign]
        self._foreign_holders = Holders(led, len(led))

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words of the other script that sound like those that ask."""
        spoken = _list_spoken(vocabulary.atoms, vocabulary.asking, self._settings)
        parts = []
        for start in range(0, len(spoken.spelled), ASKED_AT_ONCE):
            ways = np.arange(start, min(start + ASKED_AT_ONCE, len(spoken.spelled)))
            foreign, latin = ways[spoken.foreign[ways]], ways[~spoken.foreign[ways]]
            left, right = self._latin_holders.meet([blocking_keys(spoken.spelled[way]) for way in foreign])
            parts.append(self._compare(spoken, foreign[left], self._spoken, self._latin[right]))
            left, right = self._foreign_holders.meet([blocking_keys(spoken.spelled[way]) for way in latin])
            left, right = latin[left], self._foreign[right]
            found_there = vocabulary.asks[self._spoken.atoms[right]] & (spoken.atoms[left] < vocabulary.known)
            parts.append(self._compare(self._spoken, right[~found_there], spoken, left[~found_there]))
        return Findings(*(np.concatenate(columns) for columns in zip(*parts, strict=True))) if parts else gather([])

    def _compare(self, foreign: Spoken, left: Ints, latin: Spoken, right: Ints) -> Findings:
        """Measure pairs of a foreign and a Latin way; two places that both are known are two places, however they sound."""
        unknown = ~(foreign.places[left] & latin.places[right])
        left, right = left[unknown], right[unknown]
        least = np.maximum(foreign.least.take(left), latin.least.take(right))
        alike = likeness(foreign.heard, left, latin.heard, right, least)
        near = alike >= least
        doubt = self._settings.sound_doubt * (1.0 - alike[near])
        return Findings(foreign.atoms[left[near]], latin.atoms[right[near]], 1.0 - doubt)


def _list_spoken(atoms: Atoms, numbers: Ints, settings: LinkSettings) -> Spoken:
    """All ways of the named atoms; kanji with a meaning (西日本) are a name only if they are romanized the same."""
    rows = [
        (number, foreign, spelled, consonants)
        for number in pick_named(atoms, numbers)
        if atoms.scripts[number] != Script.KANJI or _has_names(atoms, number)
        for foreign, spelled in _ways(atoms, number)
        if len(spelled) >= MIN_SPELLED and (consonants := count_consonants(spelled)) <= MAX_CONSONANTS
    ]
    owner: Ints = np.array([row[0] for row in rows], dtype=np.int64)
    foreign = np.array([row[1] for row in rows], dtype=np.bool_)
    few = np.array([row[3] < settings.min_sound_consonants for row in rows], dtype=np.bool_)
    spelled = [row[2] for row in rows]
    least = np.full(len(rows), settings.min_sound)
    least[foreign & (atoms.scripts[owner] == Script.KANJI)] = max(settings.min_kanji_sound, settings.min_sound)
    least[few] = max(EXACT, settings.min_sound)  # consonants too few to tell anything
    return Spoken(owner, foreign, atoms.roles[owner] == Role.PLACE, least, spelled, hear(spelled))


def _has_names(atoms: Atoms, span: int) -> bool:
    """Whether all words of a span are names."""
    members = atoms.members[span]
    return len(pick_named(atoms, np.array(members, dtype=np.int64))) == len(members)


def _ways(atoms: Atoms, number: int) -> Iterator[tuple[bool, str]]:
    """The ways an atom may sound, each with whether it is foreign: from a script other than Latin."""
    latin = {form.replace(" ", "") for form in atoms.forms[number] if form.isascii()}
    for place, reading in enumerate(atoms.readings[number]):
        foreign = not (reading in latin or atoms.scripts[number] == Script.LATIN)
        hangul = atoms.scripts[number] == Script.HANGUL
        origin = Origin.LATIN if not foreign else Origin.KANA if place == 0 and not hangul else Origin.CHARACTERS
        yield from ((foreign, spelled) for spelled in spell(reading, origin=origin))
