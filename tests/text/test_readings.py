"""Kana, kanji and rival romanizations are read in Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.model import Script
from partnermatch.text.readings import letters, read_aloud, romanize, to_hepburn


@pytest.mark.parametrize(
    ("kana", "romaji"),
    [
        ("チューリッヒ", "chu-rihhi"), ("ウィーン", "wi-n"), ("ウェルズ", "weruzu"), ("イェール", "ye-ru"),
        ("クァンタム", "kwantamu"),
        ("ツァイス", "tsaisu"), ("ディリマン", "diriman"), ("ヴァージニア", "va-jinia"), ("フュ", "fyu"), ("デュ", "dyu"),
        ("ジュネーヴ", "june-vu"), ("チェコ", "cheko"), ("きょうと", "kyouto"), ("がっこう", "gakkou"), ("", ""),
    ],
)  # fmt: skip
def test_kana_are_romanized(kana: str, romaji: str) -> None:
    assert romanize(kana) == romaji


@given(text=st.text())
def test_any_text_is_romanized_to_latin_letters_only(text: str) -> None:
    assert romanize(text).isascii()


@pytest.mark.parametrize(
    ("kunrei", "hepburn"),
    [
        ("sizuoka", "shizuoka"), ("tyubu", "chubu"), ("hitotubasi", "hitotsubashi"), ("kitakyusyu", "kitakyushu"),
        ("zyosai", "josai"), ("titibu", "chichibu"), ("hukui", "fukui"), ("sapporo", "sapporo"), ("berlin", "berlin"),
    ],
)  # fmt: skip
def test_kunrei_becomes_hepburn(kunrei: str, hepburn: str) -> None:
    assert to_hepburn(kunrei) == hepburn


@given(word=st.text(alphabet="aiueokstnhmryz", max_size=12))
def test_hepburn_stays_hepburn(word: str) -> None:
    assert to_hepburn(to_hepburn(word)) == to_hepburn(word)


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
