"""How a word may be read aloud, in Latin letters: Japanese from its kana, Chinese and Korean names from their characters.

A kanji name may be Japanese, Chinese or Korean, and nothing in it says which, so all readings are alternatives. Chinese
characters are read in pinyin and Wade-Giles (pypinyin), hanja by the table of Korean readings; both after the fold to
modern Japanese forms, which pypinyin knows. Kana may spell letters out: エヌ・ティ・ティ is NTT.
"""

from __future__ import annotations

import re
from functools import cache

from partnermatch import lexicon
from partnermatch.model import Script
from partnermatch.text.fold import spell_hangul

MAX_READ = 6
"""Characters; a longer run of unknown kanji is no name that is carried over by sound."""

_MORAE = {
    "ア": "a", "イ": "i", "ウ": "u", "エ": "e", "オ": "o", "カ": "ka", "キ": "ki", "ク": "ku", "ケ": "ke", "コ": "ko",
    "サ": "sa", "シ": "shi", "ス": "su", "セ": "se", "ソ": "so", "タ": "ta", "チ": "chi", "ツ": "tsu", "テ": "te",
    "ト": "to", "ナ": "na", "ニ": "ni", "ヌ": "nu", "ネ": "ne", "ノ": "no", "ハ": "ha", "ヒ": "hi", "フ": "fu",
    "ヘ": "he", "ホ": "ho", "マ": "ma", "ミ": "mi", "ム": "mu", "メ": "me", "モ": "mo", "ヤ": "ya", "ユ": "yu",
    "ヨ": "yo", "ラ": "ra", "リ": "ri", "ル": "ru", "レ": "re", "ロ": "ro", "ワ": "wa", "ヰ": "i", "ヱ": "e", "ヲ": "o",
    "ン": "n", "ガ": "ga", "ギ": "gi", "グ": "gu", "ゲ": "ge", "ゴ": "go", "ザ": "za", "ジ": "ji", "ズ": "zu",
    "ゼ": "ze", "ゾ": "zo", "ダ": "da", "ヂ": "ji", "ヅ": "zu", "デ": "de", "ド": "do", "バ": "ba", "ビ": "bi",
    "ブ": "bu", "ベ": "be", "ボ": "bo", "パ": "pa", "ピ": "pi", "プ": "pu", "ペ": "pe", "ポ": "po", "ヴ": "vu",
    "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa", "ー": "-",
}  # fmt: skip
_SMALL = dict(zip("ァィゥェォャュョヮ", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "wa"), strict=True))
_STEMS = {"u": "w", "i": "y", "ku": "kw", "gu": "gw"}
_OLDER_INITIAL = {"g": "k", "d": "t", "b": "p", "j": "ch"}
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


# Letters by name, the longest names first: エイチ is h, not エイ and チ.
_LETTER_NAMES = {
    "ダブリュー": "w", "ダブリュ": "w", "ダブル": "w", "エックス": "x", "ゼット": "z", "ジェイ": "j", "ジェー": "j",
    "エイチ": "h", "エッチ": "h", "キュー": "q", "アール": "r", "ティー": "t", "ディー": "d", "ヴイ": "v",
    "ブイ": "v", "ズィー": "z", "エー": "a", "エイ": "a", "ビー": "b", "シー": "c", "イー": "e",
    "エフ": "f", "ジー": "g", "アイ": "i", "ケー": "k", "ケイ": "k", "エル": "l", "エム": "m",
    "エヌ": "n", "オー": "o", "ピー": "p", "エス": "s", "ティ": "t", "ディ": "d", "テー": "t",
    "ユー": "u", "ワイ": "y",
}  # fmt: skip
_LETTER = re.compile("|".join(sorted(_LETTER_NAMES, key=len, reverse=True)))
_LETTERS = re.compile(f"(?:{_LETTER.pattern}){{2,}}")
_HEPBURN = {
    "sya": "sha", "syu": "shu", "syo": "sho", "tya": "cha", "tyu": "chu", "tyo": "cho", "zya": "ja", "zyu": "ju",
    "zyo": "jo", "si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu",
}  # fmt: skip
_KUNREI = re.compile("|".join(_HEPBURN))
_ROMAJI = re.compile(r"(?:(?:[kgnhbpmrstz]y|[kgsztdnhbpmrw])?[aiueo]|y[auo]|n(?![aiueoy])|m(?=[bpm])|([kstp])(?=\1))+")


def romanize(kana: str) -> str:
    """Kana in Hepburn letters, long vowels as `-`.

    >>> romanize("チューリッヒ"), romanize("ディリマン"), romanize("きょうと")
    ('chu-rihhi', 'diriman', 'kyouto')
    """
    letters: list[str] = []
    double = False
    for character in kana.translate(_HIRAGANA):
        if character == "ッ":
            double = True
            continue
        sound = _MORAE.get(character, "")
        if character in _SMALL and letters and letters[-1][-1:] in "aiueo":
            letters[-1] = _glide(letters[-1], _SMALL[character])
            continue
        letters.append(sound[:1] + sound if double and sound[:1] not in ("", "-", *"aiueo") else sound)
        double = False
    return "".join(letters)


def _glide(before: str, small: str) -> str:
    """A mora with a small kana behind it: キ+ャ kya, シ+ュ shu, フ+ァ fa, テ+ィ ti, ウ+ィ wi, イ+ェ ye, ク+ァ kwa."""
    stem = _STEMS.get(before, before[:-1])
    if stem.endswith(("sh", "ch", "j")):
        return stem + small.removeprefix("y")
    if small[0] == "y" and stem[-1:] in ("w", "y"):  # ウュ, イャ
        stem = stem[:-1]
    return stem + small


def to_hepburn(romaji: str) -> str:
    """A word in Kunrei or Nihon-shiki letters in Hepburn letters; any other word as it is.

    >>> to_hepburn("sizuoka"), to_hepburn("tyubu"), to_hepburn("berlin")
    ('shizuoka', 'chubu', 'berlin')
    """
    return _KUNREI.sub(lambda found: _HEPBURN[found.group()], romaji) if _ROMAJI.fullmatch(romaji) else romaji


def letters(kana: str) -> str:
    """The letters that kana spell out by their English names; empty unless all of it does, two at least.

    >>> letters("エヌティティ"), letters("エイイーエス"), letters("アール"), letters("トヨタ")
    ('ntt', 'aes', '', '')
    """
    spelled = kana.replace("・", "").replace(" ", "")
    if not _LETTERS.fullmatch(spelled):
        return ""
    return "".join(_LETTER_NAMES[name.group()] for name in _LETTER.finditer(spelled))


def read_aloud(text: str, script: Script, reading: str) -> tuple[str, ...]:
    """Readings of a word in Latin letters, the likeliest first.

    Args:
        text: the folded word.
        script: its script.
        reading: its Japanese reading in kana, if one is known.

    >>> read_aloud("清華", Script.KANJI, "セイカ")
    ('seika', 'qinghua', 'chinghua', 'cheonghwa', 'chonghwa')
    """
    if script == Script.LATIN:
        return (text.replace(" ", ""),)
    if script == Script.HANGUL:
        return (spell_hangul(text),)
    readings = [romanize(reading or text)]
    if script == Script.KANA:
        readings.append(letters(text))
    if script == Script.KANJI and 2 <= len(text) <= MAX_READ:
        readings += [*_read_chinese(text), *_read_hanja(text)]
    return tuple(dict.fromkeys(found for found in readings if found))


@cache
def _read_chinese(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    plain = "".join(lazy_pinyin(text, errors="ignore"))
    older = "".join(lazy_pinyin(text, style=Style.WADEGILES, errors="ignore"))
    return (plain, "".join(letter for letter in older if letter.isalpha()))


def _read_hanja(text: str) -> tuple[str, ...]:
    """Revised Romanization, and nearer to McCune-Reischauer: 慶北 is gyeongbuk and kyongpuk, 釜山 busan and pusan."""
    table = lexicon.hanja()
    if not all(character in table for character in text):
        return ()
    syllables = [table[character][0] for character in text]
    older = [_OLDER_INITIAL.get(syllable[0], syllable[0]) + syllable[1:] for syllable in syllables]
    return ("".join(syllables), "".join(older).replace("eo", "o").replace("eu", "u"))
