"""What Sudachi cuts wrongly, or leaves whole, is mended where the lexicon says so, and nowhere else."""

from __future__ import annotations

import pytest

from partnermatch.text.cuts import mend_cuts
from partnermatch.text.fold import fold
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
