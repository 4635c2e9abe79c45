"""A Japanese name with one character wrong is found by its letters; one that is right as it stands is another institution's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

import partnermatch as pm
from partnermatch.misprints import CONFIDENCE, find_misprints
from partnermatch.settings import TextSettings
from partnermatch.spellings import MAX_SHARED
from partnermatch.text.misprint import MAX_CHARACTERS, leave_out_form

FOLDER = Path(__file__).parents[1] / "fixtures" / "affiliations"
ROWS = [
    (*line.split("\t"), "")[:3]
    for line in (FOLDER / "misprints.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
NAMES = pd.read_csv(FOLDER / "misprint_names.csv", keep_default_na=False)
REGISTRY = pm.Registry.from_table(NAMES, id="id", name="name", country="country")
LETTERS = "群馬大学医部附属病院株式会社第一二 、A1"


def find(*texts: str) -> list[str]:
    """The institutions that texts are a misprint of the name of."""
    rows = find_misprints(texts, REGISTRY, TextSettings()).tolist()
    return [REGISTRY.ids[row] if row >= 0 else "-" for row in rows]


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    found: pd.DataFrame = pm.resolve([text for text, meant, _ in ROWS if meant != "-"], REGISTRY)
    return found.set_index("name")


@pytest.mark.parametrize(("text", "meant", "unit"), [row for row in ROWS if row[1] != "-"])
def test_a_misprint_is_answered(text: str, meant: str, unit: str, answers: pd.DataFrame) -> None:
    answer = answers.loc[text]
    assert [answer[column] for column in ("canonical_id", "all_ids", "decision", "reason")] == [
        meant, meant, "match", "registry",
    ]  # fmt: skip
    assert not unit or answer["unit"] == unit


@pytest.mark.parametrize("text", [text for text, meant, _ in ROWS if meant == "-"])
def test_another_name_is_no_misprint(text: str) -> None:
    assert find(text) == ["-"]


def test_another_country_is_another_institution() -> None:
    table = pd.DataFrame({"name": ["孫正義育財団"] * 3, "country": ["JP", "", "CN"]})
    found = pm.resolve(table, REGISTRY, name="name", country="country")
    assert found["canonical_id"].tolist() == ["masason", "masason", ""]


def test_it_is_the_first_candidate_and_no_answer_where_precision_is_asked_for() -> None:
    [answer] = pm.resolve(["日本学校保会"], REGISTRY, candidates=2).to_dict("records")
    assert answer["confidence"] == CONFIDENCE
    assert answer["candidate_ids"].split(";")[0] == "school-health"
    assert answer["candidate_scores"].split(";")[0] == f"{CONFIDENCE:.4f}"
    assert pm.resolve(["日本学校保会"], REGISTRY, precision=0.95)["canonical_id"].tolist() == [""]


def test_running_text_has_no_misprints() -> None:
    assert pm.extract("本研究は日本学校保会の支援を受けた。", REGISTRY) == []


def test_an_institution_that_is_left_out_is_no_answer() -> None:
    row = REGISTRY.find("masason")
    assert find_misprints(["孫正義育財団"] * 2, REGISTRY, TextSettings(), [row, -1]).tolist() == [-1, row]


def test_a_series_is_not_looked_at() -> None:
    names = [f"月見研究所{chr(0x4E00 + place)}号" for place in range(MAX_SHARED + 1)]
    table = pd.DataFrame({"id": names, "name": names})
    for some, found in ((table, False), (table[:1], True)):
        registry = pm.Registry.from_table(some, id="id", name="name")
        assert (find_misprints(["月見研究所号"], registry, TextSettings()) >= 0).tolist() == [found]


@pytest.mark.parametrize(
    "text",
    ["", "\ud800東京", "東" * 100_000, "東" * MAX_CHARACTERS, "株式会社" * 50, "、。、", "\u3000\n", "か\u3099" * 40],
)
def test_anything_may_be_asked(text: str) -> None:
    assert find(text) == ["-"]
    assert pm.resolve([text], REGISTRY)["canonical_id"].tolist() == [""]


def test_a_registry_without_japanese_names_has_none() -> None:
    table = pd.DataFrame({"id": ["a"], "name": ["Tsukimi University"]})
    registry = pm.Registry.from_table(table, id="id", name="name")
    assert find_misprints(["月見大学医学部"], registry, TextSettings()).tolist() == [-1]
    assert find_misprints([], registry, TextSettings()).tolist() == []


@st.composite
def nearly_names(draw: st.DrawFn) -> str:
    """A name with something left out and something put in."""
    name = draw(st.sampled_from(NAMES["name"].tolist()))
    start = draw(st.integers(0, len(name)))
    end = draw(st.integers(start, min(start + 2, len(name))))
    return str(name[:start] + draw(st.text(alphabet=LETTERS, max_size=2)) + name[end:])


@given(text=nearly_names())
@example(text="群馬大学医学部附属病院")
def test_what_is_found_is_the_only_institution_one_edit_away(text: str) -> None:
    [found] = find(text)
    letters = "".join(character for character in text.casefold() if character.isalnum())
    ways = {(letters, False), (leave_out_form(letters), True)}
    near = {
        id: min(OSA.distance(way, own) for way, _ in ways for own in (name, leave_out_form(name)))
        for id, name in zip(NAMES["id"], NAMES["name"], strict=True)
    }
    assert found == "-" or near[found] == 1
    assert found == "-" or {id for id, far in near.items() if far <= 1} == {found}


@given(texts=st.lists(nearly_names(), max_size=6))
def test_no_text_bears_on_another(texts: list[str]) -> None:
    assert find(*texts) == [one for text in texts for one in find(text)]
