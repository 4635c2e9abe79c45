"""Kanji names are read by their characters where that gives a word that is looked for, and only then."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch import lexicon
from partnermatch.text.kanji import MIN_LETTERS, MIN_MIXED, list_openings, read_characters
from partnermatch.text.romaji import fold_romaji

KANJI = "北楡復光日清井頭植木学会本新座八鹿東萌"
NAMES = st.text(alphabet=KANJI, min_size=2, max_size=3)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("北楡", "hokuyu"), ("復光", "fukkou"), ("創晶", "sosho"), ("井之頭", "inokashira"), ("植木組", "ueki-gumi"),
        ("協友", "kyoyu"), ("日清", "nissin"), ("北海", "hokkai"), ("学会", "gakkai"), ("西日本", "nishinippon"),
        ("三桜", "sanoh"), ("三本", "sanbon"), ("佐々木", "sasaki"), ("きづ川", "kizugawa"), ("発本", "happon"),
        ("鈴峰", "suzugamine"), ("岐セン", "gisen"),
    ],
)  # fmt: skip
def test_a_name_is_read_by_its_characters(name: str, word: str) -> None:
    key = fold_romaji(word)
    assert read_characters(name, sorted([key, "x" + key])) == (key,)


@pytest.mark.parametrize(
    ("name", "word"),
    [("北楡", "kitayu"), ("北楡", "hoku"), ("日本電信電話会社", "nihon"), ("木", "kiki"), ("光", "x"), ("", "x")],
)
def test_other_words_are_not_found(name: str, word: str) -> None:
    assert read_characters(name, [word]) == ()


def read_all(name: str) -> set[str]:
    """Every plain reading, without voicing or doubling: what the walk must find at least."""
    readings = [lexicon.kanji()[character] for character in name]
    found = {"".join(parts) for parts in product(*(reading.on for reading in readings))}
    found |= {"".join(parts) for parts in product(*(reading.kun for reading in readings))}
    if len(name) >= MIN_MIXED:
        found |= {"".join(parts) for parts in product(*(reading.on + reading.kun for reading in readings))}
    return {key for key in map(fold_romaji, found) if len(key) >= MIN_LETTERS * len(name)}


@given(name=NAMES, others=st.lists(NAMES, max_size=3))
def test_the_walk_finds_what_all_combinations_give(name: str, others: list[str]) -> None:
    looked_for = read_all(name).union(*map(read_all, others))
    found = set(read_characters(name, sorted(looked_for)))
    assert read_all(name) <= found <= looked_for
    assert {key[0] for key in found} <= list_openings(name[0])
    for key in sorted(looked_for)[:5]:  # what else is looked for changes nothing
        assert (read_characters(name, [key]) == (key,)) == (key in found)
