"""Segmenting loses no letter, keeps its offsets, and takes any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.model import Script
from partnermatch.text.fold import fold
from partnermatch.text.segment import segment

TEXTS = st.text() | st.text(
    alphabet=st.sampled_from("東京大学センターカロリンスカUniv.of'd, ・()0１가나ヶ\u3099-"), max_size=20
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("東京大学", ["東京", "大学"]),
        ("univ. of tokyo", ["univ", "of", "tokyo"]),
        ("l'institut d'optique", ["l", "institut", "d", "optique"]),
        ("lab.2", ["lab", "2"]),
        ("서울대학교", ["서울대학교"]),
    ],
)
def test_a_text_is_cut_into_words(text: str, words: list[str]) -> None:
    assert [word.text for word in segment(text)] == words


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("大学", Script.KANJI),
        ("センター", Script.KANA),
        ("mit", Script.LATIN),
        ("42", Script.NUMBER),
        (",", Script.MARK),
    ],
)
def test_a_word_has_its_script(text: str, script: Script) -> None:
    assert [word.script for word in segment(text)] == [script]


def test_japanese_words_are_read_in_katakana() -> None:
    assert [(word.text, word.reading) for word in segment("京都大学")] == [("京都", "キョウト"), ("大学", "ダイガク")]


@given(text=TEXTS)
@settings(max_examples=200)
def test_words_stand_where_they_say_and_in_order(text: str) -> None:
    folded = fold(text)
    end = 0
    for word in segment(folded):
        assert word.start >= end
        found = folded[word.start :].replace("'", "") if word.script == Script.LATIN else folded[word.start :]
        assert found.startswith(word.text)
        end = word.start + len(word.text)


@given(text=TEXTS)
@settings(max_examples=200)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    folded = fold(text)
    kept = "".join(word.text for word in segment(folded))
    assert [c for c in folded if c.isalnum()] == [c for c in kept if c.isalnum()]
