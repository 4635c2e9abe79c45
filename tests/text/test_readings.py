"""Kana and kanji are read in Latin letters."""

from __future__ import annotations

import pytest

from partnermatch.model import Script
from partnermatch.text.readings import languages, read_aloud


@pytest.mark.parametrize(
    ("text", "script", "reading", "among"),
    [
        ("清華", Script.KANJI, "セイカ", ("seika", "qinghua")),
        ("延世", Script.KANJI, "エンセイ", ("ensei", "yeonse")),
        ("トヨタ", Script.KANA, "トヨタ", ("toyota",)),
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


@pytest.mark.parametrize(
    ("countries", "read", "unread"),
    [
        (["JP"], {"seika"}, {"qinghua", "cheonghwa"}),
        (["CN"], {"seika", "qinghua"}, {"cheonghwa"}),
        (["KR"], {"seika", "cheonghwa"}, {"qinghua"}),
        (["JP", "TW"], {"seika", "qinghua"}, {"cheonghwa"}),
        (["JP", ""], {"seika", "qinghua", "cheonghwa"}, set()),
        (["US"], {"seika", "qinghua", "cheonghwa"}, set()),
    ],
)
def test_the_country_says_in_which_languages_kanji_are_read(
    countries: list[str], read: set[str], unread: set[str]
) -> None:
    readings = set(read_aloud("清華", Script.KANJI, "セイカ", languages(countries)))
    assert read <= readings and not unread & readings


@pytest.mark.parametrize("text", ["日立アステモ", "美ら", "玉石けん"])
def test_what_has_kana_is_read_in_japanese_only(text: str) -> None:
    assert len(read_aloud(text, Script.KANJI, "")) == 1


def test_a_word_that_the_lexicon_knows_is_read_too() -> None:
    assert read_aloud("八幡", Script.KANJI, "", languages(["JP"])) == ("hachiman",)
