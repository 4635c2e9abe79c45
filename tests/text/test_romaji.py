"""Kana are romanized, and rival romanizations of one word share a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.text.romaji import fold_romaji, is_romaji, romanize, to_hepburn

MORAE = st.lists(
    st.from_regex("(k|s|sh|t|ts|ch|n|h|f|m|mb|mp|y|r|w|g|z|j|jy|ky|sy|ty|b|p|kk|tch|kw)?[aeiou]|n", fullmatch=True),
    max_size=6,
).map("".join)


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
    "rivals",
    [
        "ono oono ohno o-no", "joban jyoban zyoban", "gunma gumma", "tokyo toukyou tohkyo tookyoo", "hotchu hocchu hottyu",
        "sosho sousyou sohshoh", "inoue inouye", "kansai kwansai", "shinbashi shimbashi sinbasi", "niigata nigata",
        "maekawa mayekawa", "fukuoka hukuoka",
    ],
)  # fmt: skip
def test_rival_romanizations_share_a_key(rivals: str) -> None:
    assert len({fold_romaji(word) for word in rivals.split()}) == 1
    assert all(is_romaji(word) for word in rivals.split() if "-" not in word)


@pytest.mark.parametrize("words", ["sano sanno", "oka okka", "saga saka", "kei ke", "toho tomo", "kai kae", "shu su"])
def test_other_words_do_not(words: str) -> None:
    assert len({fold_romaji(word) for word in words.split()}) == 2


@pytest.mark.parametrize("word", ["berlin", "kyoto's", "pmi", "cern", "", "toyotas", "lion", "karolinska"])
def test_what_is_not_japanese_is_not_romaji(word: str) -> None:
    assert not is_romaji(word)


@pytest.mark.parametrize("mora", ["sshi", "ttsu", "tchi", "ohha", "nna", "mbo"])
def test_a_long_word_takes_no_longer_than_its_length(mora: str) -> None:
    assert is_romaji(mora * 200)
    assert not is_romaji(mora * 200 + "q")  # one that is tried in every way would not end


@given(one=MORAE, two=MORAE)
def test_the_key_of_a_beginning_is_a_beginning_of_the_key(one: str, two: str) -> None:
    assert fold_romaji(one + two).startswith(fold_romaji(one))
    assert fold_romaji(fold_romaji(one) + two) == fold_romaji(one + two)


@given(word=MORAE)
def test_a_key_is_its_own_key_and_romaji_itself(word: str) -> None:
    key = fold_romaji(word)
    assert fold_romaji(key) == key
    assert fold_romaji(to_hepburn(word)) == key
    assert not word or is_romaji(key)
