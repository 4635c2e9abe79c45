"""A misprint of a word of the lexicon is recognized; what is a word by itself is left alone."""

from __future__ import annotations

import pytest

from partnermatch.text.fold import fold
from partnermatch.text.lexemes import read_lexemes
from partnermatch.text.spelling import correct_kanji


def list_ideas(text: str) -> set[str]:
    return {key for lexeme in read_lexemes(fold(text)) for key in lexeme.keys}


@pytest.mark.parametrize(
    ("misprint", "right"),
    [
        ("国家実動物センター", "国家実験動物センター"),
        ("分子生吻学研究所", "分子生物学研究所"),
        ("計算机科学研究所", "計算機科学研究所"),
    ],
)
def test_a_misprinted_field_in_kanji_is_read_as_what_is_meant(misprint: str, right: str) -> None:
    assert list_ideas(misprint) == list_ideas(right)


@pytest.mark.parametrize("name", ["大湾区精准医学", "高速鉄路", "三省堂", "東萌学園"])
def test_what_is_no_misprint_stays_as_it_is(name: str) -> None:
    for cut in range(len(name)):
        assert all(not correct_kanji(name[cut:end]) for end in range(cut + 3, len(name) + 1))
