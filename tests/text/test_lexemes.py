"""What Sudachi cuts wrongly, or leaves whole, is mended where the lexicon says so, and nowhere else."""

from __future__ import annotations

import pytest

from partnermatch.text.fold import fold
from partnermatch.text.lexemes import mend_cuts, read_lexemes
from partnermatch.text.segment import segment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("漢陽大学校", ["漢陽", "大学校"]),
        ("日本橋梁建設協会", ["日本", "橋梁", "建設", "協会"]),
        ("高圧力技術", ["高", "圧力", "技術"]),
        ("日本赤十字社長岡", ["日本", "赤十字", "社", "長岡"]),
        ("河南城建学院", ["河南", "城", "建学", "院"]),  # 南城 is a place, and so is 河南
    ],
)
def test_a_kanji_goes_to_the_word_that_it_makes(text: str, words: list[str]) -> None:
    assert [word.text for word in mend_cuts(segment(fold(text)))] == words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("光産業", ["topic:optics", "topic:industry"]),
        ("東長野", ["topic:east", "place:region:JP.26"]),
        ("中電工", ["rest:中電工"]),  # a name: 中 is not said of a field
        ("東プレ", ["rest:東プレ"]),
    ],
)
def test_a_kanji_word_is_what_its_pieces_are(text: str, keys: list[str]) -> None:
    assert [key for lexeme in read_lexemes(fold(text)) for key in lexeme.keys] == keys
