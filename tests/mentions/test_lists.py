"""Strings that list several affiliations: each names its institution, and what only looks like a list is one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from cases import FIXTURES, read_cases
from hypothesis import given
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch.resolution import join_list
from partnermatch.settings import TextSettings
from partnermatch.text.clean import clean
from partnermatch.text.lists import cut_list

CASES = read_cases("affiliations/lists.tsv")
TEXT = TextSettings()
LISTED = ("Univ. of Oslo", ", Norway", ", UK", " / ", ". ", "; ", "1 ", " 2 ", "(3) ", "\n", "CERN", "東京大学")


@pytest.fixture(scope="module")
def registry() -> pm.Registry:
    partners = pd.read_csv(Path(FIXTURES / "affiliations/registry.csv"), keep_default_na=False)
    return pm.Registry.from_table(partners, id="id", name="name", country="country", alias="alias")


@pytest.fixture(scope="module")
def answers(registry: pm.Registry) -> pd.DataFrame:
    found: pd.DataFrame = pm.resolve([text.replace("\\n", "\n") for text, _ in CASES], registry, candidates=3)
    return found


@pytest.mark.parametrize(("place", "meant"), [(place, ids) for place, (_, ids) in enumerate(CASES)])
def test_all_institutions_of_a_list_are_answered(place: int, meant: str, answers: pd.DataFrame) -> None:
    answer = answers.iloc[place]
    assert set(answer["all_ids"].split(";")) == set(meant.split())
    assert answer["canonical_id"] in meant.split()
    assert set(meant.split()) <= set(answer["candidate_ids"].split(";"))


def test_a_country_of_the_row_is_not_that_of_all(registry: pm.Registry) -> None:
    rows = pd.DataFrame({"name": ["Harvard University; Kyoto University"] * 3, "country": ["US", "JP", ""]})
    found = pm.resolve(rows, registry, name="name", country="country")["all_ids"]
    assert [set(ids.split(";")) for ids in found] == [{"harvard", "kyoto"}] * 3


def test_what_only_the_whole_string_names_is_meant() -> None:
    def cells(*ids: str) -> tuple[str, str, str, str, str, float, str, str, str]:
        return (ids[0] if ids else "", "", "", "", "", 0.9, "", "", ";".join(ids))

    a, b, below, nothing = cells("a"), cells("b"), cells("below"), cells()
    assert join_list(a, [[a], [b]], 0)[-1] == "a;b"
    assert join_list(below, [[a], [b]], 0) == below
    assert join_list(nothing, [[a], [nothing, nothing]], 0) == nothing
    assert join_list(nothing, [[nothing, a], [b, nothing]], 0)[-1] == "a;b"
    assert join_list(a, [[cells("a", "c")], [cells("c", "b")]], 0)[-1] == "a;c;b"


@given(
    st.text(alphabet="aB1 ,.;/()[]\n\r\u2028UK", max_size=60)
    | st.lists(st.sampled_from(LISTED), max_size=6).map("".join)
)
def test_a_cut_loses_no_letter(text: str) -> None:
    def letters(text: str) -> str:
        return "".join(sign for sign in text if sign.isalpha())

    stretches = cut_list(text, TEXT)
    assert letters("".join(stretches)) == letters(clean(text, TEXT).text)
    assert all(stretch == stretch.strip(" ,") for stretch in stretches[1:])


@pytest.mark.parametrize(
    "text",
    ["Berlin, St. Louis, MO, USA", "Bosnia and Herzegovina", "3M, Minnesota", "A&amp;M University", "", "1", "7 2 1"],
)
def test_no_list_is_one(text: str) -> None:
    assert len(cut_list(text, TEXT)) == 1


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("3M, St Paul, USA; 4TU; 21st Century Centre", ["3M, St Paul, USA", "4TU", "21st Century Centre"]),
        ("1CERN; 2University of Oslo", ["CERN", "University of Oslo"]),
        (
            "Columbia University; New York; New York University",
            ["Columbia University, New York", "New York University"],
        ),
        ("CERN; Harvard Medical School; Boston, MA, USA", ["CERN", "Harvard Medical School, Boston, MA, USA"]),
        (
            "Univ. of Sarajevo, Bosnia and Herzegovina and CERN",
            ["Univ. of Sarajevo, Bosnia and Herzegovina and CERN"],
        ),
    ],
)
def test_numbers_of_names_and_places_stay_where_they_are(text: str, listed: list[str]) -> None:
    assert cut_list(text, TEXT) == listed


@pytest.mark.parametrize(
    "value", [None, float("nan"), 7, b"a; b", "\ud800; x", "\u0301" * 10_000 + ";a", ";" * 100_000]
)
def test_any_value_is_cut(value: object) -> None:
    assert all(isinstance(stretch, str) for stretch in cut_list(value, TEXT))
