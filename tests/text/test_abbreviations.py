"""Abbreviations: what is cut short is spelled out, with or without its full stop, and nothing else is."""

from __future__ import annotations

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from partnermatch import lexicon
from partnermatch.settings import TextSettings
from partnermatch.text.abbreviations import fill_in, find_short, plain_words, spell_all
from partnermatch.text.affiliations import read_affiliation
from partnermatch.text.fold import fold

TEXTS = st.lists(st.sampled_from([*lexicon.abbreviations(), "Univ", "Oslo", "U", "of", "&", ",", ".", "(", "é"])).map(
    " ".join
)


@pytest.mark.parametrize(("string", "words"), read_cases("text_cases/abbreviations.tsv"))
def test_a_string_is_spelled_out(string: str, words: str) -> None:
    read = read_affiliation(string, TextSettings())
    assert plain_words(read.folded, read.short) == words


@given(TEXTS)
def test_every_place_of_a_text_spelled_out_is_one_of_the_text(text: str) -> None:
    folded = fold(text)
    spelled, places = spell_all(folded, find_short(text.title()))
    assert len(places) == len(spelled) + 1
    assert places == sorted(places)
    assert places[-1] == len(folded)


def test_a_side_stands_before_a_word() -> None:
    assert plain_words("e china normal univ", frozenset("e")) == "east china normal university"
    assert plain_words("e 12, univ oslo", frozenset("e")) == "e 12 university oslo"


def test_only_function_words_are_filled_in() -> None:
    name = "institut national de la recherche scientifique"
    assert fill_in("institut national recherche scientifique", name) == name
    assert fill_in("recherche scientifique institut national", name) != name
    assert fill_in("institut national recherche", name) != name
