"""Kana that is written together is cut where words stand, loses no letter, and is cut at the least cost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from cases import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.settings import TextSettings
from partnermatch.text.fold import fold
from partnermatch.text.kana import Run, cut_kana, cut_run, find_ways
from partnermatch.text.lexemes import read_lexemes
from partnermatch.text.names import read_name, written
from partnermatch.text.segment import segment

KANA = st.text(alphabet="かがくちばンーョウシセタノリケテムょ", min_size=1, max_size=9)
NAMES = st.text(alphabet="かがくちばンーョウシセンタ 大ab・", max_size=16)


@pytest.mark.parametrize(("name", "cut"), read_cases("text_cases/kana.tsv"))
def test_kana_is_cut_where_words_stand(name: str, cut: str) -> None:
    folded = fold(name)
    assert "|".join(folded[word.start : word.end] for word in cut_kana(segment(folded))) == cut


@pytest.mark.parametrize(
    ("kana", "keys"),
    [
        ("こくりつびょういん", ["qualifier:national", "kind:hospital"]),
        ("コクリツビョウイン", ["qualifier:national", "kind:hospital"]),
        ("タンキ ダイガクブ", ["topic:junior", "kind:college"]),
        ("ナゴヤシ エイセイ ケンキュウジョ", ["place:city:1856057", "topic:health", "kind:institute"]),
        ("セイフティ", ["topic:safety"]),
        ("センイ", ["rest:センイ"]),  # 繊維, if it is no name
        ("にほんきしょうがっかい", ["country:JP", "rest:キショウ", "kind:society"]),
    ],
)
def test_what_is_known_by_its_sound_means_what_its_kanji_mean(kana: str, keys: list[str]) -> None:
    assert [key for lexeme in read_lexemes(fold(kana)) for key in lexeme.keys] == keys


def test_spaces_between_all_words_end_no_name() -> None:
    name = read_name("コクリツ リョウヨウジョ オク コウミョウエン", TextSettings())
    assert written(name, name.parts.own) == "コクリツ リョウヨウジョ オク コウミョウエン"


@given(text=NAMES)
@settings(max_examples=200)
def test_words_stand_where_they_say_in_order_and_none_is_lost(text: str) -> None:
    folded = fold(text)
    words = cut_kana(segment(folded))
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert all(folded[word.start : word.end].replace(" ", "") == word.text.replace(" ", "") for word in words)
    assert "".join(word.text for word in words) == "".join(word.text for word in segment(folded))


@given(kana=KANA, stop=st.integers(0, 9), spaced=st.booleans())
@settings(max_examples=200)
def test_a_run_is_cut_at_the_least_cost(kana: str, stop: int, spaced: bool) -> None:
    run = Run(kana, frozenset({0, min(stop, len(kana)), len(kana)}), spaced)
    pieces = cut_run(run)
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
    assert pieces[-1].end == len(kana)
    cost = sum(min(way for way, _ in find_ways(run, piece.start, piece.end)) for piece in pieces)
    assert cost == pytest.approx(min(all_costs(run, 0)))


def all_costs(run: Run, start: int) -> Iterator[float]:
    """What every way to cut the rest of a run costs: slow, but plain."""
    if start == len(run.kana):
        yield 0.0
    for end in range(start + 1, len(run.kana) + 1):
        for cost, _ in find_ways(run, start, end):
            yield from (cost + rest for rest in all_costs(run, end))
