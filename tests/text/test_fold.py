"""Folding makes one of what is one spelling, keeps apart what is not, and is done after one pass."""

from __future__ import annotations

import pytest
from cases import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch import lexicon
from partnermatch.settings import TextSettings
from partnermatch.text.clean import clean
from partnermatch.text.fold import _fold_once, fold, fold_all, fold_kana, fold_kana_all

TRICKY = "セタンー一-‐—−ｰ・･ヴァヂヶケが国髙﨑學大第十二〇㈱①½ⅧÅéßſİıΣς가ﷺﾞ゛\u0300\u0345\u3099\ufe0f\ud800 '’"
JAPANESE = "".join(
    sorted(
        {
            *"ーアイうえ会一ヶケがヵカ々〇ゟヿ・塚﨑Å",
            *"".join(lexicon.spellings()),
            *"".join(lexicon.spellings().values()),
        }
    )
)
TEXTS = st.text() | st.text(alphabet=st.sampled_from(TRICKY), max_size=12)


@pytest.mark.parametrize(("one", "other", "verdict"), read_cases("text_cases/fold.tsv"))
def test_two_spellings_fold_to_one_or_stay_two(one: str, other: str, verdict: str) -> None:
    assert (fold(one) == fold(other)) == (verdict == "same")


@given(text=TEXTS)
@settings(max_examples=300)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.text(alphabet=st.sampled_from(JAPANESE), max_size=12))
@settings(max_examples=1000)
def test_a_text_that_is_left_alone_is_its_own_fold(text: str) -> None:
    assert _fold_once(fold(text)) == fold(text)


def test_a_character_that_is_left_alone_is_its_own_fold() -> None:
    characters = map(chr, [*range(0x80, 0xD800), *range(0xE000, 0x30000)])
    assert [text for text in characters if fold(text) == text != _fold_once(text)] == []


@given(text=TEXTS)
@settings(max_examples=300)
def test_folding_kana_twice_is_folding_once(text: str) -> None:
    folded = fold_kana(fold(text))
    assert fold_kana(folded) == folded


@given(texts=st.lists(TEXTS))
@settings(max_examples=300)
def test_many_fold_at_once_as_each_does(texts: list[str]) -> None:
    cleaned = [clean(text, TextSettings()).text for text in texts]
    folded = fold_all(cleaned)
    assert folded == [fold(text) for text in cleaned]
    assert fold_kana_all(folded) == [fold_kana(text) for text in folded]


@given(text=st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_ascii_only_loses_its_case(text: str) -> None:
    assert fold(text) == text.lower()


@pytest.mark.parametrize(
    ("one", "other"),
    [("ヴェルナー", "ベルナー"), ("ヂーゼル", "ジーゼル"), ("コンピュータ", "コンピューター"), ("茅ヶ崎", "茅ケ崎")],
)
def test_kana_spellings_of_one_word_fold_to_one(one: str, other: str) -> None:
    assert fold_kana(one) == fold_kana(other)
