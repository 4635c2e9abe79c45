"""Letters written by their names or one by one become one word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.text.fold import fold
from partnermatch.text.letters import join_letters, spell_out
from partnermatch.text.lexemes import read_lexemes
from partnermatch.text.segment import segment


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("エヌティティ", "ntt"), ("エイイーエス", "aes"), ("エヌエイチケイ", "nhk"), ("ジェイアール", "jr"),
        ("オーエスジー", "osg"), ("アイビーエム", "ibm"), ("シイエムケイ", "cmk"),
        ("ダブリュー", "w"), ("トヨタ", ""), ("エスト", ""), ("", ""), ("デイケア", ""),
    ],
)  # fmt: skip
def test_letters_are_spelled_out(kana: str, letters: str) -> None:
    assert spell_out(kana) == letters


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("エヌ・ティ・ティ", ["ntt"]), ("エフ・シー・シー", ["fcc"]), ("F.C.C. Co.", ["fcc", "co"]), ("A&D", ["ad"]),
        ("A & D Company", ["ad", "company"]), ("エー・アンド・デイ", ["ad"]), ("O-M Ltd.", ["om", "ltd"]),
        ("ケージーエス株式会社", ["kgs", "株式", "会社"]), ("アイビー", ["アイビー"]), ("アイ", ["アイ"]),
        ("U.S. Army", ["u", "s", "army"]), ("K.K. Toshiba", ["k", "k", "toshiba"]), ("S.p.A.", ["s", "p", "a"]),
        ("Texas A&M", ["texas", "a", "&", "m"]), ("J. R. Smith", ["j", "r", "smith"]), ("エーアイ", ["エーアイ"]),
        ("タマティーエルオー", ["タマ", "tlo"]), ("エヌティティデータ", ["ntt", "データ"]),
        ("メディアイーエス", ["メディアイーエス"]),
        ("ロック・アンド・ロール", ["ロック", "・", "アンド", "・", "ロール"]),
    ],
)  # fmt: skip
def test_letters_that_belong_together_are_joined(name: str, words: list[str]) -> None:
    assert [word.text for word in join_letters(segment(fold(name)))] == words


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("エス・イーケミカル", "S.E. Chemical"), ("エヌティティデータ", "NTT Data"), ("エー・アンド・デイ", "A&D"),
        ("アイ・アール・エム", "IRM"), ("日本シイエムケイ", "日本CMK"),
    ],
)  # fmt: skip
def test_two_ways_to_write_letters_are_one_word(one: str, two: str) -> None:
    keys = [[key for lexeme in read_lexemes(fold(name)) for key in lexeme.keys] for name in (one, two)]
    assert keys[0] == keys[1]


@given(text=st.text(alphabet="abエムティー・アンド&-. 研究", max_size=12))
def test_joining_keeps_the_order_and_loses_no_place(text: str) -> None:
    words = segment(fold(text))
    joined = join_letters(words)
    assert [word.start for word in joined] == sorted({word.start for word in joined})
    assert not words or (joined[0].start, joined[-1].end) == (words[0].start, words[-1].end)
    assert all(before.end <= after.start for before, after in pairwise(joined))
