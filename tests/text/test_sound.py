"""What one name sounds like in katakana and in Latin letters comes close; the three codes keep their laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from partnermatch.text.readings import romanize
from partnermatch.text.sound import outline, skeleton, voice

READINGS = st.text(alphabet=st.sampled_from("abcdefghijklmnopqrstuvwxyz-"), max_size=20)
NEAR = [
    ("カロリンスカ", "karolinska", "california"),
    ("エディンバラ", "edinburgh", "heidelberg"),
    ("ハイデルベルク", "heidelberg", "edinburgh"),
    ("マックス", "max", "mexico"),
    ("ライデン", "leiden", "london"),
    ("チューリッヒ", "zurich", "tuebingen"),
    ("ケンブリッジ", "cambridge", "columbia"),
    ("ソルボンヌ", "sorbonne", "sussex"),
]


def likeness(kana: str, latin: str) -> float:
    one, two = skeleton(voice(romanize(kana), kana=True)), skeleton(voice(latin, kana=False))
    return Levenshtein.normalized_similarity(outline(one), outline(two))


@pytest.mark.parametrize(("kana", "same", "other"), NEAR)
def test_katakana_sounds_more_like_its_own_name_than_like_another(kana: str, same: str, other: str) -> None:
    assert likeness(kana, same) > likeness(kana, other)


@pytest.mark.parametrize(
    ("one", "two"),
    [("ラ", "la"), ("バ", "va"), ("ス", "th"), ("シ", "si"), ("フ", "hu"), ("ヴァ", "ba"), ("チンパ", "chimpa")],
)
def test_what_katakana_cannot_tell_apart_is_one_class(one: str, two: str) -> None:
    assert outline(skeleton(voice(romanize(one), kana=True))) == outline(skeleton(voice(two, kana=False)))


@given(reading=READINGS, kana=st.booleans())
def test_any_reading_has_a_skeleton_without_vowels(reading: str, kana: bool) -> None:
    bones = skeleton(voice(reading, kana=kana))
    assert not set(bones[1:]) & set("aeiouI")
    assert len(outline(bones)) <= len(bones)


@given(text=st.text())
def test_any_text_is_romanized_to_latin_letters_only(text: str) -> None:
    assert romanize(text).isascii()
