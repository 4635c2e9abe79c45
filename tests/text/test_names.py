"""Names are taken apart as the cases say, and any value at all is read without harm."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pandas as pd
import pytest
from cases import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.settings import TextSettings
from partnermatch.text.clean import Status
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.names import Name, country_code, find_capitals, read_name, read_names, unit_written, written

SETTINGS = TextSettings()
PLAIN = """東京 大学 医学部 附属病院 研究所 中国科学院 センタ一 ㈱ （ ） ( ) 、 , ・ University of the Tokyo Dept. MIT
Inst d'Optique A&amp;M 2 第 三 Ⅲ Zürich 서울"""
WORDS = st.sampled_from((*PLAIN.split(), "\ud800", "\u202e", "\u0301", "\x00"))
TEXTS = st.text() | st.tuples(st.sampled_from(("", " ")), st.lists(WORDS, max_size=10)).map(lambda t: t[0].join(t[1]))
FLOODS = [
    "a" + "\u0301" * 100_000,
    "東" * 10_000_000,
    "University of " * 700_000,
    "\ud800" * 1_999,
    "\x00" * 2_000,
    "\u202e" * 2_000,
    "ﷺ" * 2_000,
    "大学" * 1_000,
    "(" * 2_000,
    "東京大学医学部" * 280,
    "a," * 1_000,
    "d'" * 1_000,
    "é" * 2_000,
    "University of " * 142,
    "セ一" * 1_000,
    "&" + "amp;" * 499,
    "qq" + "elektrotechnik" * 140,
    "物理大学病院" * 330,
    "工" * 2_000,
    "エイ" * 1_000,
    "こくりつ" * 500,
]


def list_lexemes(name: Name) -> Iterator[Lexeme]:
    yield from (*name.parts.own, *name.parts.whole, *name.parts.aside)
    for unit in name.parts.unit:
        yield from unit


@pytest.mark.parametrize(("text", "own", "unit", "whole"), read_cases("text_cases/parts.tsv"))
def test_a_name_is_taken_apart(text: str, own: str, unit: str, whole: str) -> None:
    name = read_name(text, SETTINGS)
    found = written(name, name.parts.own), unit_written(name), written(name, name.parts.whole)
    assert found == tuple(part.removeprefix("-") for part in (own, unit, whole))


@given(value=TEXTS | st.none() | st.floats() | st.integers() | st.booleans() | st.binary(max_size=8) | st.just(pd.NA))
@settings(max_examples=400)
def test_any_value_is_read(value: object) -> None:
    name = read_name(value, SETTINGS)
    lexemes = list(list_lexemes(name))
    assert (name.status == Status.NAMED) == bool(name.parts.own)
    assert len({(lexeme.start, lexeme.end, lexeme.text) for lexeme in lexemes}) == len(lexemes)
    assert not lexemes or written(name, name.parts.own).strip()


@given(text=TEXTS)
@settings(max_examples=200)
def test_what_is_shown_stands_in_the_text(text: str) -> None:
    name = read_name(text, SETTINGS)
    shown = written(name, name.parts.own)
    assert all(piece in name.text or piece in name.folded for piece in shown.split(" "))


@given(text=TEXTS)
@settings(max_examples=200)
def test_space_around_a_name_changes_nothing(text: str) -> None:
    assert read_name(f" {text}\n", SETTINGS) == read_name(text, SETTINGS)


@given(texts=st.lists(TEXTS, max_size=8))
@settings(max_examples=200)
def test_names_that_are_read_together_are_read_as_each_alone(texts: list[str]) -> None:
    assert read_names(texts, SETTINGS) == [read_name(text, SETTINGS) for text in texts]


@pytest.mark.parametrize("flood", FLOODS, ids=lambda flood: f"{flood[:7]!a}x{len(flood)}")
def test_a_flood_is_read_or_refused_quickly(flood: str) -> None:
    read_name("東京 University", SETTINGS)
    begun = time.perf_counter()
    status = read_name(flood, SETTINGS).status
    assert status in Status
    # Generous for a slow machine; what is quadratic in a flood takes minutes.
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (None, Status.EMPTY),
        ("", Status.EMPTY),
        ("\u202e\x00", Status.EMPTY),
        ("!?", Status.NO_WORDS),
        ("the", Status.NO_WORDS),
    ],
)
def test_where_there_is_no_name_the_status_says_why(value: object, status: Status) -> None:
    assert read_name(value, SETTINGS).status == status


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("JP", "JP"),
        ("jp ", "JP"),
        ("日本", "JP"),
        ("アメリカ", "US"),
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("大韓民国", "KR"),
    ],
)
def test_a_country_is_known_by_code_or_name(cell: str, code: str) -> None:
    assert country_code(cell) == code


@given(cell=TEXTS | st.none() | st.just(pd.NA) | st.floats() | st.integers())
def test_any_country_cell_gives_a_code_or_nothing(cell: object) -> None:
    assert len(country_code(cell)) in (0, 2)


def test_capitals_are_acronyms_only_among_small_letters() -> None:
    assert find_capitals("Max Planck Institute (MPI) and QBiC") == ("mpi", "qbic")
    assert find_capitals("MAX PLANCK INSTITUTE") == ()
    assert find_capitals("CNRS") == ("cnrs",)
    assert find_capitals("UNIVERSITY OF TOKYO, Tokyo") == ()
    assert find_capitals("JAPAN SOCIETY OF PLASMA SCIENCE & NUCLEAR FUSION RES., Toki, Japan") == ()
    assert find_capitals("LABORATOIRE DE LA MATIÈRE CONDENSÉe") == ()
    assert find_capitals("CNRS UMR IRD Montpellier") == ("cnrs", "ird", "umr")
