"""Kana, kanji and letter names are read in Latin letters."""

from __future__ import annotations

import pytest

from partnermatch.model import Script
from partnermatch.text.readings import letters, read_aloud


@pytest.mark.parametrize(
    ("kana", "spelled"),
    [
        ("エヌ・ティ・ティ", "ntt"), ("エイ・イー・エス", "aes"), ("エヌエイチケイ", "nhk"), ("ジェイアール", "jr"),
        ("オーエスジー", "osg"), ("アイビーエム", "ibm"),
        ("ダブリュー", ""), ("トヨタ", ""), ("エスト", ""), ("", ""),
    ],
)  # fmt: skip
def test_letters_are_read_by_their_names(kana: str, spelled: str) -> None:
    assert letters(kana) == spelled


@pytest.mark.parametrize(
    ("text", "script", "reading", "among"),
    [
        ("清華", Script.KANJI, "セイカ", ("seika", "qinghua")),
        ("延世", Script.KANJI, "エンセイ", ("ensei", "yeonse")),
        ("トヨタ", Script.KANA, "トヨタ", ("toyota",)),
        ("エヌティティ", Script.KANA, "エヌティティ", ("enutiti", "ntt")),
        ("karolinska", Script.LATIN, "", ("karolinska",)),
        ("연세", Script.HANGUL, "", ("yeonse",)),
    ],
)
def test_a_word_is_read_in_every_language_it_may_be(
    text: str, script: Script, reading: str, among: tuple[str, ...]
) -> None:
    readings = read_aloud(text, script, reading)
    assert set(among) <= set(readings)
    assert readings[0] == among[0]
