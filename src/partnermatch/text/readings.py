"""How a word may be read aloud, in Latin letters: Japanese from its kana, Chinese and Korean names from their characters.

A kanji name may be Japanese, Chinese or Korean, and only the country of the institution says which; where it is unknown,
all readings are alternatives, and the Japanese one always is: Japanese lists read 清華 as seika, too. Chinese
characters are read in pinyin and Wade-Giles (pypinyin), hanja by the table of Korean readings; both after the fold to
modern Japanese forms, which pypinyin knows.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from partnermatch import lexicon
from partnermatch.model import Script
from partnermatch.text.fold import KANJI, spell_hangul
from partnermatch.text.romaji import romanize
from partnermatch.text.segment import read_kana

MAX_READ = 6
"""Characters; a longer run of unknown kanji is no name that is carried over by sound."""

_LANGUAGES = {"JP": (), "CN": ("zh",), "TW": ("zh",), "HK": ("zh",), "MO": ("zh",), "KR": ("ko",), "KP": ("ko",)}
_ONLY_KANJI = re.compile(f"[{KANJI}]{{2,{MAX_READ}}}")
_OLDER_INITIAL = {"g": "k", "d": "t", "b": "p", "j": "ch"}


def languages(countries: Collection[str]) -> frozenset[str]:
    """The languages besides Japanese that a kanji name may be in: `zh`, `ko`.

    Args:
        countries: ISO codes of where the institutions with this word are; an empty one is unknown.

    >>> sorted(languages(["JP"])), sorted(languages(["TW", "JP"])), sorted(languages([""]))
    ([], ['zh'], ['ko', 'zh'])
    """
    return frozenset(language for code in countries for language in _LANGUAGES.get(code, ("zh", "ko")))


def read_aloud(
    text: str, script: Script, reading: str, spoken: Collection[str] = frozenset({"zh", "ko"})
) -> tuple[str, ...]:
    """Readings of a word in Latin letters, the Japanese one first.

    Args:
        text: the folded word.
        script: its script.
        reading: its Japanese reading in kana; empty if it is to be looked up.
        spoken: languages besides Japanese that a kanji word may be in.

    >>> read_aloud("清華", Script.KANJI, "セイカ")
    ('seika', 'qinghua', 'chinghua', 'cheonghwa', 'chonghwa')
    >>> read_aloud("天馬", Script.KANJI, "テンマ", languages(["JP"]))
    ('tenma',)
    """
    if script == Script.LATIN:
        return (text.replace(" ", ""),)
    if script == Script.HANGUL:
        return (spell_hangul(text),)
    readings = [romanize(reading or (read_kana(text) if script == Script.KANJI else text))]
    if _ONLY_KANJI.fullmatch(text):
        readings += _read_chinese(text) if "zh" in spoken else ()
        readings += _read_hanja(text) if "ko" in spoken else ()
    return tuple(dict.fromkeys(found for found in readings if found))


@lru_cache(maxsize=1 << 14)
def _read_chinese(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    written = [_write_syllable(syllable) for syllable in lazy_pinyin(text, style=Style.TONE, errors="ignore")]
    return "".join(plain for plain, _ in written), "".join(older for _, older in written)


@cache
def _write_syllable(toned: str) -> tuple[str, str]:
    """A syllable in pinyin and Wade-Giles, without its tone: there are some 1,300, and each takes long to write."""
    from pypinyin import Style
    from pypinyin.style import convert

    plain, older = (convert(toned, style, strict=True) for style in (Style.NORMAL, Style.WADEGILES))
    return plain, "".join(letter for letter in older if letter.isalpha())


def _read_hanja(text: str) -> tuple[str, ...]:
    """Revised Romanization, and nearer to McCune-Reischauer: 慶北 is gyeongbuk and kyongpuk, 釜山 busan and pusan."""
    table = lexicon.hanja()
    if not all(character in table for character in text):
        return ()
    syllables = [table[character][0] for character in text]
    older = [_OLDER_INITIAL.get(syllable[0], syllable[0]) + syllable[1:] for syllable in syllables]
    return ("".join(syllables), "".join(older).replace("eo", "o").replace("eu", "u"))
