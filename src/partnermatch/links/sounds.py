"""Words of different scripts that sound alike: they share a key of their sound, and are near once measured."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from operator import itemgetter
from typing import NamedTuple, Self

import numpy as np

from partnermatch.links.findings import NAMED, NOTHING, Findings, Vocabulary
from partnermatch.links.holders import Holders
from partnermatch.links.variants import Hashed, hash_variants, may_meet
from partnermatch.model import Atoms, Flags, Floats, Ints, Role, Script
from partnermatch.settings import LinkSettings
from partnermatch.text.sound import Bones, Origin, count_consonants, list_bones, spell
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
        heard: [w] spellings laid out to be compared.
    """

    atoms: Ints
    foreign: Flags
    places: Flags
    least: Floats
    heard: Heard


class Sounds(NamedTuple):
    """The spellings of a vocabulary by their keys of sound: those from Latin script, and those from others.

    Attributes:
        spoken: all spellings.
        latin: of the keys of those from Latin script.
        foreign: of the keys of the others.
    """

    spoken: Spoken
    latin: Holders
    foreign: Holders

    @classmethod
    def build(cls, vocabulary: Vocabulary) -> Self:
        """Index a vocabulary. A key that too many Latin spellings hold leads nowhere, from neither side."""
        spoken, latin, foreign = vocabulary.once(_list_spoken)
        held = Holders.build(latin, MAX_MEETING)
        return cls(spoken, held, Holders.build(foreign, without=held.crowded))

    @staticmethod
    def may_find(vocabulary: Vocabulary) -> bool:
        """Whether there are words of two scripts, and one of them may share a key with one of the other."""
        if len({origin == Origin.LATIN for origin, readings in vocabulary.once(_list_read).items() if readings}) < 2:
            return False
        rows, bones = vocabulary.once(_list_ways), vocabulary.once(_list_bones)
        foreign = np.array([rows[place][1] for place in bones.places], dtype=np.bool_)
        return may_meet(bones.texts, np.array(bones.missing, dtype=np.int64), foreign)

    def find(self, vocabulary: Vocabulary) -> Findings:
        """Words of the other script that sound like those that ask."""
        spoken, latin, foreign = vocabulary.once(_list_spoken)
        if not any(len(keys.words) and len(met.keys) for keys, met in ((foreign, self.latin), (latin, self.foreign))):
            return NOTHING
        answered = vocabulary.asks[self.spoken.atoms[self.spoken.foreign]].all()
        # if so, all that a known Latin word would find finds it
        first = int(np.searchsorted(spoken.atoms, vocabulary.known)) if answered else 0
        parts = []
        for start in range(0, len(spoken.atoms), ASKED_AT_ONCE):
            stop = start + ASKED_AT_ONCE
            left, right = self.latin.meet(foreign.cut(start, stop))
            parts.append(_compare(spoken, left, self.spoken, right, vocabulary.settings))
            left, right = self.foreign.meet(latin.cut(max(start, first), stop))
            found_there = vocabulary.asks[self.spoken.atoms[right]] & (spoken.atoms[left] < vocabulary.known)
            left, right = left[~found_there], right[~found_there]
            parts.append(_compare(self.spoken, right, spoken, left, vocabulary.settings))
        return Findings(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _compare(foreign: Spoken, left: Ints, latin: Spoken, right: Ints, settings: LinkSettings) -> Findings:
    """Measure pairs of a foreign and a Latin way; two places that both are known are two places, however they sound."""
    unknown = ~(foreign.places[left] & latin.places[right])
    left, right = left[unknown], right[unknown]
    least = np.maximum(foreign.least.take(left), latin.least.take(right))
    alike = likeness(foreign.heard, left, latin.heard, right, least)
    near = alike >= least
    doubt = settings.sound_doubt * (1.0 - alike[near])
    return Findings(foreign.atoms[left[near]], latin.atoms[right[near]], 1.0 - doubt)


def _list_spoken(vocabulary: Vocabulary) -> tuple[Spoken, Hashed, Hashed]:
    """All ways of the named atoms, and their keys: of those from Latin script, and of the others.

    Kanji with a meaning (西日本) are a name only if they are romanized the same.
    """
    atoms, settings = vocabulary.atoms, vocabulary.settings
    rows = vocabulary.once(_list_ways)
    owner: Ints = np.array([number for number, _, _ in rows], dtype=np.int64)
    foreign = np.array([own for _, own, _ in rows], dtype=np.bool_)
    spelled = [way for *_, way in rows]
    least = np.full(len(rows), settings.min_sound)
    least[foreign & (atoms.scripts[owner] == Script.KANJI)] = max(settings.min_kanji_sound, settings.min_sound)
    few = np.array(count_consonants(spelled), dtype=np.int64) < settings.min_sound_consonants
    least[few] = max(EXACT, settings.min_sound)  # consonants too few to tell anything
    spoken = Spoken(owner, foreign, atoms.roles[owner] == Role.PLACE, least, hear(spelled))
    return spoken, *_hash_bones(vocabulary.once(_list_bones), foreign)


def _list_bones(vocabulary: Vocabulary) -> Bones:
    """What the keys of all ways are made of."""
    return list_bones([way for *_, way in vocabulary.once(_list_ways)])


def _hash_bones(bones: Bones, foreign: Flags) -> tuple[Hashed, Hashed]:
    """Keys of spellings: of those from Latin script, and of the others."""
    missing, kept = (np.array(column, dtype=np.int64) for column in (bones.missing, bones.kept))
    rows, hashes = hash_variants(bones.texts, missing, kept)
    ways = np.array(bones.places, dtype=np.int64)[rows]
    latin, other = (foreign[ways] == side for side in (False, True))
    return Hashed(ways[latin], hashes[latin]), Hashed(ways[other], hashes[other])


def _has_names(atoms: Atoms, span: int) -> bool:
    """Whether all words of a span are names."""
    return all(atoms.roles[member] in NAMED for member in atoms.members[span])


def _list_read(vocabulary: Vocabulary) -> dict[Origin, list[tuple[int, str]]]:
    """How the named atoms are read, by what each reading was made from."""
    atoms = vocabulary.atoms
    read: dict[Origin, list[tuple[int, str]]] = {origin: [] for origin in Origin}
    for number, script in zip(vocabulary.named, atoms.scripts[vocabulary.named].tolist(), strict=True):
        if script != Script.KANJI or _has_names(atoms, number):
            for origin, reading in _list_readings(atoms, number, script):
                read[origin].append((number, reading))
    return read


def _list_ways(vocabulary: Vocabulary) -> list[tuple[int, bool, str]]:
    """The ways in which the named atoms may sound: the atom, whether it is from a script other than Latin, the spelling."""
    rows = [
        (number, origin != Origin.LATIN, spelled)
        for origin, readings in vocabulary.once(_list_read).items()
        for (number, _), ways in zip(readings, spell([own for _, own in readings], origin=origin), strict=True)
        for spelled in ways
        if len(spelled) >= MIN_SPELLED
    ]
    rows.sort(key=itemgetter(0))
    few = [count <= MAX_CONSONANTS for count in count_consonants([spelled for *_, spelled in rows])]
    return list(compress(rows, few))


def _list_readings(atoms: Atoms, number: int, script: int) -> Iterator[tuple[Origin, str]]:
    """How an atom is read, each reading with what it was made from."""
    readings = atoms.readings[number]
    if script == Script.LATIN:
        yield from ((Origin.LATIN, reading) for reading in readings)
        return
    latin = {form.replace(" ", "") for form in atoms.forms[number] if form.isascii()}
    for place, reading in enumerate(readings):
        kana = place == 0 and script != Script.HANGUL
        yield Origin.LATIN if reading in latin else Origin.KANA if kana else Origin.CHARACTERS, reading
