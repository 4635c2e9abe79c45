"""Kana in Latin letters, and one key for a Japanese word whatever romanization it is written in.

Hepburn, Kunrei and Nihon-shiki, and what people write besides (Ohno, Jyoban, Sosho, Kwansei) differ in the letters of a
mora, in whether long vowels are shown, and in n or m before b and p. `fold_romaji` takes all that away, so that words
that are one in Japanese are found by equality.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from partnermatch.text.fold import to_katakana

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

_HEPBURN = {
    "sya": "sha", "syu": "shu", "syo": "sho", "tya": "cha", "tyu": "chu", "tyo": "cho", "zya": "ja", "zyu": "ju",
    "zyo": "jo", "si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu",
}  # fmt: skip
_KUNREI = re.compile("|".join(_HEPBURN))
_KUNREI_WORD = re.compile(
    r"(?:(?:[kgnhbpmrstz]y|[kgsztdnhbpmrw])?[aiueo]|y[auo]|n(?![aiueoy])|m(?=[bpm])|([kstp])(?=\1))+"
)
# A word in any romanization: morae, n, m before b, p and m, doubled consonants, and h that makes o long. No two ways
# begin alike, or a long word would be tried in all ways together.
_ROMAJI_WORD = re.compile(
    r"(?:(?:[kgnhbpmrsztj]y|[kg]w|[sc]h|ts|dz|[kgsztdnhbpmrwyjf])?[aiueo]|n(?![aiueoy])|m(?=[bpm])|([kstpgdbzjcfh])(?=\1)"
    r"|t(?=ch)|(?<=o)h(?![aiueoyh]))+"
)
_NOT_BEHIND = {"hu": "(?<![sc])", "si": "(?<!t)"}  # shu, chu, tsi
# Each mora begins with a consonant and ends with a vowel, so that none reaches into another: all are replaced at once.
# ディ is far more common than ヂ in Nihon-shiki.
_MORA = re.compile("|".join(_NOT_BEHIND.get(mora, "") + mora for mora in _HEPBURN if mora != "di"))
_RIVALS = tuple(
    (re.compile(rival), hepburn)
    for rival, hepburn in (
        ("jy", "j"), ("dz", "z"), ("([kg])wa", r"\1a"), ("wo", "o"), ("ye", "e"),
        ("tch", "cch"), ("oh(?![aiueoy])", "o"), ("m(?=[bpm])", "n"),
        (r"([aiue])\1+", r"\1"), ("o[ou]+", "o"),
    )
)  # fmt: skip


def romanize(kana: str) -> str:
    """Kana in Hepburn letters, long vowels as `-`.

    >>> romanize("チューリッヒ"), romanize("ディリマン"), romanize("きょうと")
    ('chu-rihhi', 'diriman', 'kyouto')
    """
    letters: list[str] = []
    double = False
    for character in to_katakana(kana):
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
    return _KUNREI.sub(lambda found: _HEPBURN[found.group()], romaji) if _KUNREI_WORD.fullmatch(romaji) else romaji


def is_romaji(word: str) -> bool:
    """Whether a word in small Latin letters is made of Japanese morae, in any romanization.

    >>> is_romaji("ohno"), is_romaji("jyoban"), is_romaji("hotchu"), is_romaji("berlin"), is_romaji("pmi")
    (True, True, True, False, False)
    """
    return bool(_ROMAJI_WORD.fullmatch(word))


@lru_cache(maxsize=1 << 16)
def fold_romaji(word: str) -> str:
    """The key that a word shares with all other romanizations of it, from `romanize` or as it is written.

    The key of a beginning of a word (in whole morae) is a beginning of its key.

    >>> {fold_romaji(word) for word in ("ohno", "oono", "ouno", "ōno".replace("ō", "o"), "o-no")}
    {'ono'}
    >>> fold_romaji("gumma"), fold_romaji("syowa"), fold_romaji("jyoban"), fold_romaji("teikyou"), fold_romaji("hotchu")
    ('gunma', 'showa', 'joban', 'teikyo', 'hocchu')
    """
    return _fold(word)


def fold_all_romaji(words: Sequence[str]) -> list[str]:
    """The keys of many words, which are folded in one piece, each a line; in none of them is an end of a line.

    >>> fold_all_romaji(["gumma", "o-no"])
    ['gunma', 'ono']
    """
    return _fold("\n".join(words)).split("\n") if words else []


def _fold(text: str) -> str:
    folded = _MORA.sub(lambda mora: _HEPBURN[mora.group()], text.replace("-", ""))
    for rival, hepburn in _RIVALS:
        folded = rival.sub(hepburn, folded)
    return folded
