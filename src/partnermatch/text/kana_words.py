"""The words that kana may stand for: what the lexicon writes in kana, how its kanji words are read, and a dictionary's.

Laid out once, by the sound in katakana: こくりつ and コクリツ are 国立. What several words of different meaning share says
only that a word stands there (きこう is 機構 and 気候).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from partnermatch import lexicon
from partnermatch.lexicon.translations import glosses
from partnermatch.text.fold import HIRAGANA, KANJI, KATAKANA, fold, fold_kana, to_katakana
from partnermatch.text.phrases import Meaning, phrases
from partnermatch.text.romaji import romanize
from partnermatch.text.segment import read_kana

MIN_PLURAL = 4
"""Kana of a loanword whose plural is looked for."""
MIN_DICTIONARY = 3
"""Kana of a dictionary's word that is looked for inside unknown katakana."""
COINED = frozenset({"テック"})
"""What coined names end in; they are one word in Latin letters, too (Fujitec)."""
KIND, SUFFIX, WRITTEN, READ, REGION, PLACE, DICTIONARY = (
    "kind", "suffix", "written", "read", "region", "place", "dictionary",
)  # fmt: skip
"""What a word is or where it comes from: a kind of organization, one of a single kanji (会), else the lexicon's kana, its
kanji read aloud, a prefecture, another Japanese place, a dictionary's katakana."""

_KANA = re.compile(f"[{HIRAGANA}{KATAKANA}]+")
_KATAKANA = re.compile(f"[{KATAKANA}]+")
_HAS_KANJI = re.compile(f"[{KANJI}]")
_LONG_E = re.compile("(?<=[エケゲセゼテデネヘベペメレェ])ー")
_WITHOUT_SMALL = str.maketrans("", "", "ァィゥェォャュョ")
_READ_ROLES = frozenset({"topic", "kind", "qualifier", "expand"})
_JAPAN = "country:JP"
_SUFFIXES = ("", "shi", "ken", "fu", "to", "do", "ku", "machi", "cho", "mura")


class Sound(NamedTuple):
    """A word that is known by its sound.

    Attributes:
        form: as `phrases` has it; empty where the sound alone does not say which word it is.
        source: where it comes from.
    """

    form: str
    source: str


def count_morae(kana: str) -> int:
    """Beats of a word in katakana: small vowels and ャュョ make one with what stands before them."""
    return len(kana.translate(_WITHOUT_SMALL))


@cache
def sounds() -> Mapping[str, Sound]:
    """Every word by its sound, folded as `fold_kana` does; loaded once, in about 0.2 s."""
    table: dict[str, Sound] = {}
    for form, meaning in phrases().japanese.items():
        source = _source_of_kana(meaning) if _KANA.fullmatch(form) and form not in COINED else ""
        if source:
            table.setdefault(fold_kana(to_katakana(form)), Sound(form, source))
    for loanword, sound in tuple(table.items()):
        for variant in _variants(loanword) if sound.source in (KIND, WRITTEN) else ():
            table.setdefault(variant, sound)
    _add_kanji(table, READ, _read_words())
    _add_kanji(table, PLACE, _read_places())
    known = Sound("", DICTIONARY)
    for key in glosses():
        word = key.removeprefix("rest:")
        if len(word) >= MIN_DICTIONARY and _KATAKANA.fullmatch(word):
            table.setdefault(word, known)
    return MappingProxyType(table)


def _variants(loanword: str) -> Iterator[str]:
    """Other ways to write a loanword: セイフティ for セーフティ, and its plural."""
    yield _LONG_E.sub("イ", loanword)
    if len(loanword) >= MIN_PLURAL:
        yield loanword + "ズ"


def _add_kanji(table: dict[str, Sound], source: str, words: Iterator[tuple[str, str, Meaning]]) -> None:
    """Add kanji words; where kana mean the same, the kanji stand for them, since longer forms are made of these.

    A topic is left to what `spoken` says of its sound: テイキョウ may be 提供, and is a name all the same.
    """
    found: defaultdict[str, dict[tuple[str, ...], tuple[str, Meaning]]] = defaultdict(dict)
    for sound, form, meaning in words:
        found[sound].setdefault(meaning.concepts, (form, meaning))
    for sound, meanings in found.items():
        known = table.get(sound)
        form, meaning = next(iter(meanings.values()))
        if known is None:
            what = (KIND if len(form) > 1 else SUFFIX) if meaning.role == "kind" else source
            clear = source == PLACE or (len(meanings) == 1 and meaning.role != "topic")  # of places, the largest
            table[sound] = Sound(form if clear else "", what)
        elif known.source == READ and source == PLACE:
            table[sound] = Sound("", READ)
        elif known.form and (same := meanings.get(phrases().japanese[known.form].concepts)):
            table[sound] = known._replace(form=same[0])


def _source_of_kana(meaning: Meaning) -> str:
    """Foreign places are left out: their names are made of any sounds, and a name of two words is seldom one of them."""
    if meaning.role == "place":
        region = any(key.startswith("place:region") for key in meaning.concepts)
        return (REGION if region else PLACE) if _in_japan(meaning) else ""
    if meaning.role == "kind":
        return KIND
    if meaning.role == "short":
        return ""  # a name of several words is found by these
    return "" if meaning.role == "stop" and meaning.concepts != ("stop:and",) else WRITTEN


def _read_words() -> Iterator[tuple[str, str, Meaning]]:
    """Sound, form and meaning of the kanji words; two morae of a single kanji are in too many words, but for 会 and 省."""
    for form, meaning in phrases().japanese.items():
        known = meaning.role in _READ_ROLES or meaning.concepts == (_JAPAN,)
        if known and _HAS_KANJI.search(form):
            sound = _read(form)
            if sound and (len(form) > 1 or count_morae(sound) > 2 or meaning.role == "kind"):
                yield sound, form, meaning


def _read_places() -> Iterator[tuple[str, str, Meaning]]:
    """Japanese places whose reading is their name in Latin letters, the larger first, those without 市 and 県 before."""
    read = []
    for form, meaning in phrases().japanese.items():
        if meaning.role == "place" and _in_japan(meaning) and _HAS_KANJI.search(form) and (sound := _read(form)):
            names = lexicon.places()[meaning.concepts[0].rpartition(":")[2]].entry.latin
            written = {_shorten(fold(name).replace(" ", "")) for name in names}
            spoken = _shorten(romanize(sound))
            suffixes = [suffix for suffix in _SUFFIXES if spoken.removesuffix(suffix) in written]
            if suffixes:
                read.append((bool(suffixes[0]), sound, form, meaning))
    read.sort(key=lambda found: found[0])
    yield from (found[1:] for found in read)


def _in_japan(meaning: Meaning) -> bool:
    return _japanese_places().issuperset(meaning.concepts)


@cache
def _japanese_places() -> frozenset[str]:
    """The keys of what they mean."""
    return frozenset(
        key for place in lexicon.places().values() if place.country == "JP" for key in place.entry.concepts
    )


def _read(form: str) -> str:
    """The reading of a form in folded katakana; empty where Sudachi has none."""
    sound = fold_kana(read_kana(form))
    return sound if len(sound) > 1 and _KATAKANA.fullmatch(sound) else ""


def _shorten(romaji: str) -> str:
    return romaji.replace("-", "").replace("ou", "o").replace("oo", "o").replace("uu", "u")
