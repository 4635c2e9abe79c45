"""The lexicon: what means the same in two languages is one set of ideas; second names are one institution."""

from __future__ import annotations

import pytest
from cases import read_cases

import partnermatch as pm
from partnermatch.text.fold import fold
from partnermatch.text.lexemes import read_lexemes


def list_ideas(text: str) -> set[str]:
    return {key for lexeme in read_lexemes(fold(text)) for key in lexeme.keys if not key.startswith("stop:")}


@pytest.mark.parametrize(("verdict", "japanese", "latin"), read_cases("text_cases/meanings.tsv"))
def test_words_mean_the_same_or_not(verdict: str, japanese: str, latin: str) -> None:
    assert (list_ideas(japanese) == list_ideas(latin)) is (verdict == "same")


@pytest.mark.parametrize(("verdict", "one", "other"), read_cases("text_cases/second_names.tsv"))
def test_second_names_are_one_institution(verdict: str, one: str, other: str) -> None:
    assert (pm.compare(one, other).decision == "match") is (verdict == "same")
