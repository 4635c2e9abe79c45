"""Profiles: a row a distinct name, whatever the order and whatever stands in the cells, and each row knows its own."""

from __future__ import annotations

from dataclasses import fields
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import TEXTS, slice_rows

from partnermatch.model import Atoms, Profiles, Readings, Role, Units
from partnermatch.profiles import build_profiles
from partnermatch.settings import Settings, TextSettings

CELLS = TEXTS | st.none() | st.integers() | st.floats() | st.binary(max_size=6) | st.just(pd.NA)
COUNTRIES = st.sampled_from((None, "", "JP", "ドイツ", "Atlantis", 5))
TABLES = st.lists(st.tuples(CELLS, COUNTRIES), max_size=6)
Table = list[tuple[object, object]]


def build(rows: Table) -> tuple[Profiles, Readings]:
    return build_profiles([value for value, _ in rows], [country for _, country in rows], Settings())


def read_texts(*texts: str) -> tuple[Profiles, list[int]]:
    profiles, readings = build([(text, None) for text in texts])
    return profiles, readings.profiles.tolist()


def assert_equal(one: Profiles | Atoms, two: Profiles | Atoms) -> None:
    for field in fields(one):
        left, right = getattr(one, field.name), getattr(two, field.name)
        if isinstance(left, Atoms):
            assert_equal(left, right)
        elif isinstance(left, np.ndarray):
            assert left.tolist() == right.tolist(), field.name
        else:
            assert left == right, field.name


@given(rows=TABLES)
@settings(max_examples=200)
def test_every_cell_gets_a_profile_or_a_reason(rows: Table) -> None:
    profiles, readings = build(rows)
    assert len(readings.profiles) == len(readings.reasons) == len(readings.units) == len(rows)
    for profile, reason, unit in zip(readings.profiles.tolist(), readings.reasons, readings.units, strict=True):
        assert (profile >= 0) == (reason == "")
        assert reason in ("", "empty", "too_long", "no_words")
        assert profile < len(profiles)
        assert profile >= 0 or unit == ""


@given(rows=TABLES)
@settings(max_examples=200)
def test_columns_are_of_one_length_and_point_to_what_is_there(rows: Table) -> None:
    profiles = build(rows)[0]
    atoms, count = profiles.atoms, len(profiles)
    assert all(len(getattr(profiles, name)) == count for name in ("folded", "countries", "families", "wholes"))
    assert all(len(getattr(atoms, field.name)) == len(atoms.keys) for field in fields(atoms))
    for starts, values in ((profiles.starts, profiles.values), (profiles.aside_starts, profiles.aside_values)):
        assert (len(starts), starts[0], starts[-1]) == (count + 1, 0, len(values))
        assert (np.diff(starts) >= 0).all()
        assert ((values >= 0) & (values < len(atoms.keys))).all()
        assert all(len(set(row)) == len(row) for row in slice_rows(starts, values))
    assert (np.diff(profiles.starts) > 0).all()
    assert ((profiles.wholes >= -1) & (profiles.wholes < count)).all()
    assert (profiles.wholes != np.arange(count)).all()
    assert list(atoms.keys) == sorted(set(atoms.keys))
    assert ((atoms.weights >= 0) & (atoms.weights <= 1)).all()


@given(rows=TABLES, order=st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_of_the_rows_changes_no_profile(rows: Table, order: Random) -> None:
    places = list(range(len(rows)))
    order.shuffle(places)
    one, read = build(rows)
    two, shuffled = build([rows[place] for place in places])
    assert_equal(one, two)
    assert shuffled.profiles.tolist() == [int(read.profiles[place]) for place in places]
    assert shuffled.units == tuple(read.units[place] for place in places)


@given(rows=TABLES)
def test_equal_cells_lead_to_one_profile(rows: Table) -> None:
    profiles = build(rows + rows)[1].profiles.tolist()
    assert profiles[: len(rows)] == profiles[len(rows) :]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("東京大学", "東京大学 医学部"),
        ("東京大学", "東京大學"),
        ("東京大学", " 東京大学\u200b"),
        ("University of Tokyo", "UNIVERSITY OF  TOKYO"),
        ("University of Tokyo", "The University of Tokyo"),
        ("Kyoto University", "Kyoto University, Faculty of Medicine"),
        ("日立製作所", "㈱日立製作所"),
        ("Ｋｙｏｔｏ University", "Kyoto University"),
        ("Université de Zürich", "Universite de Zurich"),
    ],
)
def test_what_differs_in_unit_marks_or_folding_is_one_profile(one: str, two: str) -> None:
    profiles, rows = read_texts(one, two)
    assert rows[0] == rows[1] >= 0
    assert len(profiles) == 1


@pytest.mark.parametrize(("one", "two"), [("東京大学", "京都大学"), ("リヨン第一大学", "リヨン第二大学")])
def test_different_names_are_different_profiles(one: str, two: str) -> None:
    assert read_texts(one, two)[1] in ([0, 1], [1, 0])


def test_one_name_in_two_countries_is_two_profiles() -> None:
    rows = build([("Cambridge University", "GB"), ("Cambridge University", "US"), ("Cambridge University", "イギリス")])
    assert rows[1].profiles.tolist() == [0, 1, 0]
    assert rows[0].countries == ("GB", "US")


def test_the_organization_above_has_a_profile_of_its_own() -> None:
    profiles, rows = read_texts("中国科学院 化学研究所", "中国科学院")
    assert profiles.wholes[rows[0]] == rows[1]
    assert profiles.wholes[rows[1]] == -1


def test_words_have_the_roles_that_their_meaning_gives_them() -> None:
    atoms = read_texts("カロリンスカ研究所", "東京国立物理大学 2")[0].atoms
    roles = {key.partition(":")[0]: Role(int(role)) for key, role in zip(atoms.keys, atoms.roles, strict=True)}
    expected = {"rest": Role.REST, "kind": Role.KIND, "place": Role.PLACE, "topic": Role.TOPIC}
    assert roles.items() >= {**expected, "number": Role.NUMBER, "qualifier": Role.QUALIFIER}.items()


def test_what_many_institutions_share_weighs_less() -> None:
    atoms = read_texts("Karolinska Institute of Physics")[0].atoms
    weights = dict(zip(atoms.keys, atoms.weights.tolist(), strict=True))
    assert weights["rest:karolinska"] > weights["topic:physics"] > weights["kind:institute"] > 0


def test_names_of_the_same_words_may_be_read_in_two_ways() -> None:
    texts = (
        "コウリツ ヤメ ソウゴウ ビョウイン",
        "コウリツヤメ ソウゴウ ビョウイン",
    )  # beside コウリツ, ヤメ is no city but a name
    profiles, rows = read_texts(*texts)
    assert rows[0] == rows[1]
    spans = [key for key in profiles.atoms.keys if key.startswith("span:")]
    assert spans == ["span:コウリツヤメ"]


def test_each_distinct_string_is_read_once() -> None:
    told: list[int] = []
    build_profiles(["東京大学", "東京大学", None, "", "京都大学"], [None] * 5, Settings(), told.append)
    assert sum(told) == 3


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "empty"),
        ("", "empty"),
        (float("nan"), "empty"),
        (pd.NA, "empty"),
        ("\u202e\x00 ", "empty"),
        ("・", "no_words"),
        ("x" * 11, "too_long"),
    ],
)
def test_a_cell_without_a_name_says_why(value: object, reason: str) -> None:
    short = Settings(text=TextSettings(max_characters=10))
    assert build_profiles([value], [None], short)[1].reasons == (reason,)


def test_a_word_glued_to_a_short_form_is_read() -> None:
    assert build_profiles(["ScienceCNRS"], [None], Settings())[1].reasons == ("",)


def test_no_rows_are_no_profiles() -> None:
    profiles, readings = build([])
    assert (len(profiles), len(profiles.atoms.keys), len(readings.profiles)) == (0, 0, 0)
    assert profiles.starts.tolist() == [0]


def test_a_word_has_every_reading_that_it_was_met_with() -> None:
    profiles, _ = build([("常磐大学", "JP"), ("常磐興産", "JP")])
    readings = profiles.atoms.readings[profiles.atoms.keys.index("rest:常磐")]
    assert set(readings) == {"tokiwa", "jouban"}


@pytest.mark.parametrize(
    ("text", "cell", "country"),
    [
        ("Sony Corporation, Tokyo, Japan", "", "JP"),
        ("Sony Corporation (Thailand)", None, "TH"),
        ("Sony Corporation (Thailand)", "JP", "JP"),
        ("Bank of Japan", "", ""),
        ("Sony Corporation, Vietnam, Japan", "", ""),
    ],
)
def test_a_country_beside_a_name_is_its_country_where_the_table_says_none(
    text: str, cell: object, country: str
) -> None:
    profiles, readings = build([(text, cell)])
    assert profiles.countries[int(readings.profiles[0])] == country


@pytest.mark.parametrize(
    ("text", "cell", "country"),
    [
        ("（株）トプコン", "", "JP"),
        ("国立大学法人東京大学", None, "JP"),
        ("株式会社トプコン", "NL", "NL"),
        ("ソニー株式会社 (タイ)", "", "TH"),
        ("財團法人工業技術研究院", "", ""),
        ("東京大学", "", ""),
    ],
)
def test_a_registry_is_asked_for_a_japanese_legal_form_in_japan(text: str, cell: object, country: str) -> None:
    profiles, readings = build_profiles([text], [cell], Settings(), units=Units.ASK)
    assert profiles.countries[int(readings.profiles[0])] == country
