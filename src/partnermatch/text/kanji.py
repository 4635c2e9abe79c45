"""Read a kanji name character by character, as far as it then sounds like a given word: 北楡 is Hokuyu.

A dictionary does not have most names of institutions, and cuts and reads them wrongly. Each character has a few readings;
together they are far too many, and most are nobody's. So they are only followed while what is read so far is the beginning
of a word that is looked for: a walk down their sorted list.

Measured on 694 unknown kanji words of Japanese institutions (`benchmarks/readings.py`): Sudachi reads 59.5 % as the
institution does, with these alternatives 65.3 %; with pykakasi's reading instead of them 61.8 %, and 65.4 % with all three.
Readings that only names use, and two characters read one in the Chinese and one in the Japanese way, add less than one
right word to ten wrong ones and are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from partnermatch import lexicon
from partnermatch.text.romaji import fold_romaji, romanize

MAX_CHARACTERS = 6
"""Characters; a longer run is no single name."""
MIN_MIXED = 3
"""Characters of a name of which some may be read in the Chinese and some in the Japanese way: 西日本 Nishi-Nippon."""
MIN_LETTERS = 2
"""Letters a kanji has on average; a shorter word is met by chance."""
_ON, _KUN = 1, 2
_VOICED = {"k": "g", "sh": "j", "ch": "j", "ts": "z", "s": "z", "t": "d", "h": "b", "f": "b"}
_DOUBLING = {"ku": "k", "ki": "k", "chi": "kstc", "tsu": "kstc"}
"""What a reading in the Chinese way ends with where it doubles what comes behind it: 学会 gakkai, 日清 nisshin."""
_PARTICLES = ("no", "ga")
"""Said between names in the Japanese way, and often not written: 山上 Yamanoue, 鈴峰 Suzugamine."""
_SWALLOWED = {"a": "a", "i": "i", "u": "u", "e": "e", "o": "ou"}
_REPEATED = "々"


class _Sound(NamedTuple):
    """One way to read a character.

    Attributes:
        letters: folded.
        way: in the Chinese (on) or the Japanese way (kun); 0 for kana.
        doubles: letters with which the next character must begin for its first to be doubled (学 + 会 gakkai); empty if
            nothing is.
    """

    letters: str
    way: int
    doubles: str


def read_characters(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Which of the words a kanji name may be, read by its characters; sorted.

    Args:
        text: kanji and kana, folded.
        words: what is looked for, by its folded romanization; sorted, so that what begins alike meets.

    >>> read_characters("北楡", ["hokkai", "hokunire", "hokuyu", "kitanire"])
    ('hokuyu', 'kitanire')
    """
    if len(text) > MAX_CHARACTERS:
        return ()
    parts = [_sounds(text[place - (text[place] == _REPEATED and place > 0)]) for place in range(len(text))]
    walks = {_Walk("", "", 0)}
    for sounds in parts:
        walks = {further for walk in walks for further in _go_on(walk, sounds, words)}
    found = {walk.key for walk in walks if not walk.doubled and (len(text) >= MIN_MIXED or walk.ways != _ON | _KUN)}
    least = MIN_LETTERS * sum(character in lexicon.kanji() for character in text)
    return tuple(sorted(key for key in found if len(key) >= least and _find(words, key) == key))


@cache
def list_openings(character: str) -> frozenset[str]:
    """First letters of the readings of a character: most names are nobody's that is looked for, by their first alone.

    >>> sorted(list_openings("北"))
    ['h', 'k']
    """
    return frozenset(sound.letters[:1] for sound in _sounds(character))


class _Walk(NamedTuple):
    """How far a name was read: the key, with what the next must begin to be doubled, and the ways of its characters."""

    key: str
    doubled: str
    ways: int


def _go_on(walk: _Walk, sounds: Sequence[_Sound], words: Sequence[str]) -> Iterator[_Walk]:
    """The walk with one more character, as far as a word begins so."""
    key, doubled, ways = walk
    for sound in sounds:
        particles = _PARTICLES if key and not doubled and ways == _KUN == sound.way else ()
        for letters in (*_join(key, doubled, sound), *[particle + sound.letters for particle in particles]):
            longer = _append(key, letters)
            if _find(words, longer).startswith(longer):
                yield _Walk(longer, sound.doubles, ways | sound.way)


def _find(words: Sequence[str], beginning: str) -> str:
    """The first word that begins so, if any does."""
    place = bisect_left(words, beginning)
    return words[place] if place < len(words) else ""


def _append(before: str, letters: str) -> str:
    """The fold of two folded stretches behind each other: only a vowel may fall into the one before it."""
    swallowed = _SWALLOWED.get(before[-1:], "")
    return before + (letters.lstrip(swallowed) if swallowed else letters)


def _join(before: str, doubled: str, sound: _Sound) -> Iterator[str]:
    """How a sound may begin behind another: as it is, voiced (rendaku), or doubled (sokuon); h is p behind n and っ."""
    letters = sound.letters
    if doubled:
        if letters[0] in "hf" and doubled != "k":
            yield "pp" + letters[1:]
        elif letters[0] in doubled:
            yield letters[0] + letters
        return
    yield letters
    if not before:
        return
    if letters[0] in "hf" and before.endswith("n"):
        yield "p" + letters[1:]
    voiced = _VOICED.get(letters[:2]) or _VOICED.get(letters[:1])
    if voiced:
        plain = letters[2:] if letters[:2] in _VOICED else letters[1:]
        yield voiced + plain.removeprefix("y" if voiced == "j" else "")


@cache
def _sounds(character: str) -> tuple[_Sound, ...]:
    """The ways to read a kanji, or the one of a kana."""
    readings = lexicon.kanji().get(character)
    if readings is None:
        kana = romanize(character)
        return (_Sound(fold_romaji(kana), 0, ""),) if kana.strip("-") else ()
    sounds = [_Sound(fold_romaji(letters), _ON, "") for letters in readings.on]
    sounds += [
        _Sound(fold_romaji(letters.removesuffix(ending)), _ON, doubles)
        for letters in readings.on
        for ending, doubles in _DOUBLING.items()
        if letters.endswith(ending) and letters != ending
    ]
    return (*sounds, *(_Sound(fold_romaji(letters), _KUN, "") for letters in readings.kun))
