"""Step 2, profiles to links: which different words of the vocabulary may answer for each other, and how nearly.

Found once per pair of distinct words, never on rows. Misspellings share a word with one letter deleted; misread katakana
share what is left when voicing marks, small kana and long marks are ignored; words of different scripts share a key of
their sound. Each finding is then measured and kept above a threshold. What translates what comes from the lexicon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from partnermatch.lexicon.translations import answers
from partnermatch.model import Atoms, Links, Role, Script
from partnermatch.settings import LinkSettings
from partnermatch.text.sound import Origin, blocking_keys, count_consonants, similarity, spell
from partnermatch.text.spelling import deletions

MAX_SHARED = 400
"""Words that may share a deletion; more say that it is too short to tell anything."""
MAX_LETTERS = 40
"""Letters; a longer word is no word, and its deletions would fill the memory."""
MAX_MEETING = 400
"""Latin spellings that may share a key of sound; more say that it is too short to tell anything."""
MIN_SPELLED = 3
"""Symbols of a spelling; a shorter one is the sound of too many words."""
EXACT = 0.99
"""Similarity that is sameness but for rounding."""

_NAMED = (int(Role.REST), int(Role.PLACE))
_PLAIN = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポァィゥェォッャュョー",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホアイウエオツヤユヨ\0",
)

_KATAKANA = re.compile("[ァ-ヺー]+")

Finding = tuple[int, int, float]


class Spoken(NamedTuple):
    """One way an atom may sound."""

    atom: int
    foreign: bool
    spelled: str


def find_links(atoms: Atoms, settings: LinkSettings, *, first: int = 0) -> Links:
    """Find which atoms may answer for each other.

    Args:
        atoms: the vocabulary.
        settings: thresholds.
        first: number of the first atom that asks; two atoms before it are not linked. Those of a registry come before.

    Returns:
        Each pair once, with the best similarity found.
    """
    best: dict[tuple[int, int], float] = {}
    for findings in (
        _typos(atoms, settings, first),
        _misread(atoms, settings, first),
        _sounds(atoms, settings, first),
        _translations(atoms, first),
    ):
        for one, two, alike in findings:
            for source, target in (*_answers(atoms, one, two), *_answers(atoms, two, one)):
                if source != target:
                    best[source, target] = max(alike, best.get((source, target), 0.0))
    pairs = sorted(best)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Links(ends[:, 0], ends[:, 1], np.array([best[pair] for pair in pairs], dtype=np.float64))


def _answers(atoms: Atoms, asking: int, answering: int) -> Iterator[tuple[int, int]]:
    """Who asks and who answers: in a span, each of its words asks by itself."""
    yield from ((member, answering) for member in atoms.members[asking] or (asking,))


def _typos(atoms: Atoms, settings: LinkSettings, first: int) -> Iterator[Finding]:
    """Latin words one edit apart, two where they are long; of two known words, neither is a misspelling."""
    spelled = [
        (form, number)
        for number in _named(atoms)
        for form in atoms.spellings[number]
        if settings.min_typo_letters <= len(form) <= MAX_LETTERS and form.isascii() and form.isalpha()
    ]
    asking = [number >= first for _, number in spelled]
    for left, right in _sharing([tuple(deletions(form)) for form, _ in spelled], asking):
        (word, one), (other, two) = spelled[left], spelled[right]
        if atoms.roles[one] != Role.REST and atoms.roles[two] != Role.REST:
            continue
        allowed = 2 if min(len(word), len(other)) >= settings.two_typo_letters else 1
        edits = OSA.distance(word, other, score_cutoff=allowed)
        if edits <= allowed:
            yield one, two, 1.0 - edits / min(len(word), len(other))


def _translations(atoms: Atoms, first: int) -> Iterator[Finding]:
    """Words that a dictionary, or what was learned from names in two languages, gives for each other."""
    number = {key: place for place, key in enumerate(atoms.keys)}
    for key, place in number.items():
        for target, alike in answers(key):
            if target in number and max(place, number[target]) >= first:
                yield place, number[target], alike


def _misread(atoms: Atoms, settings: LinkSettings, first: int) -> Iterator[Finding]:
    """Katakana words that differ in what is misread or spelled by turns: バ and パ, ュ and ユ, a missing ー."""
    spelled = [
        (form, number)
        for number in _named(atoms)
        for form in atoms.spellings[number]
        if 2 <= len(form) <= MAX_LETTERS and _KATAKANA.fullmatch(form)
    ]
    plain = [form.translate(_PLAIN).replace("\0", "") for form, _ in spelled]
    variants = [tuple(deletions(form)) if len(form) > 3 else (form,) for form in plain]
    for left, right in _sharing(variants, [number >= first for _, number in spelled]):
        edits = OSA.distance(plain[left], plain[right], score_cutoff=1)
        if edits <= 1:
            share = edits / min(len(plain[left]), len(plain[right]))
            yield spelled[left][1], spelled[right][1], settings.misread - share


def _sounds(atoms: Atoms, settings: LinkSettings, first: int) -> Iterator[Finding]:
    """Words of different scripts that sound alike."""
    spoken = [
        way
        for number in _named(atoms)
        for way in _ways(atoms, number)
        if len(way.spelled) >= MIN_SPELLED and count_consonants(way.spelled) <= MAX_LETTERS
    ]
    pairs = [
        (left, right) for left, right in _meeting(spoken, first) if _one_unknown(atoms, spoken[left], spoken[right])
    ]
    alike = similarity([spoken[left].spelled for left, _ in pairs], [spoken[right].spelled for _, right in pairs])
    for row in np.flatnonzero(alike >= settings.min_sound).tolist():
        left, right = pairs[row]
        if alike[row] < _least(atoms, spoken[left], spoken[right], settings):
            continue
        yield spoken[left].atom, spoken[right].atom, 1.0 - settings.sound_doubt * (1.0 - float(alike[row]))


def _least(atoms: Atoms, left: Spoken, right: Spoken, settings: LinkSettings) -> float:
    """The similarity that two spellings need: all of it where there are too few consonants to tell anything."""
    if min(count_consonants(left.spelled), count_consonants(right.spelled)) < settings.min_sound_consonants:
        return EXACT
    return settings.min_kanji_sound if atoms.scripts[left.atom] == Script.KANJI else settings.min_sound


def _meeting(spoken: Sequence[Spoken], first: int) -> list[tuple[int, int]]:
    """Places of a foreign and a Latin spelling that share a key, of which one asks, each pair once, in order."""
    held: defaultdict[str, list[int]] = defaultdict(list)
    for place, way in enumerate(spoken):
        if not way.foreign:
            for key in blocking_keys(way.spelled):
                held[key].append(place)
    return [
        (place, other)
        for place, way in enumerate(spoken)
        if way.foreign
        for other in sorted(
            {
                other
                for key in blocking_keys(way.spelled)
                if len(held.get(key, ())) <= MAX_MEETING
                for other in held.get(key, ())
                if max(way.atom, spoken[other].atom) >= first
            }
        )
    ]


def _one_unknown(atoms: Atoms, left: Spoken, right: Spoken) -> bool:
    """Two places that both are known are two places, however they sound."""
    return not (atoms.roles[left.atom] == Role.PLACE and atoms.roles[right.atom] == Role.PLACE)


def _ways(atoms: Atoms, number: int) -> Iterator[Spoken]:
    """The ways an atom may sound; what comes from a script other than Latin is foreign."""
    latin = {form.replace(" ", "") for form in atoms.forms[number] if form.isascii()}
    for place, reading in enumerate(atoms.readings[number]):
        foreign = not (reading in latin or atoms.scripts[number] == Script.LATIN)
        hangul = atoms.scripts[number] == Script.HANGUL
        origin = Origin.LATIN if not foreign else Origin.KANA if place == 0 and not hangul else Origin.CHARACTERS
        for spelled in spell(reading, origin=origin):
            yield Spoken(number, foreign, spelled)


def _named(atoms: Atoms) -> list[int]:
    return [int(number) for number in np.flatnonzero(np.isin(atoms.roles, _NAMED))]


def _sharing(variants: Sequence[Sequence[str]], asking: Sequence[bool]) -> list[tuple[int, int]]:
    """Places of words that share a variant and of which one asks, each pair once, in order."""
    wanted = {variant for spellings, asks in zip(variants, asking, strict=True) if asks for variant in spellings}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, spellings in enumerate(variants):
        for variant in wanted.intersection(spellings):
            holders[variant].append(place)
    return sorted(
        {
            (left, right)
            for places in holders.values()
            if len(places) <= MAX_SHARED
            for position, left in enumerate(places)
            for right in places[position + 1 :]
            if asking[left] or asking[right]
        }
    )
