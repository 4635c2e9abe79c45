"""A kanji word that the lexicon does not have is what its pieces are, or a name."""

from __future__ import annotations

import pytest

from partnermatch.text.fold import fold
from partnermatch.text.lexemes import read_lexemes


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
