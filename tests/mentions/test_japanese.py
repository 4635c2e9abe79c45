"""Japanese affiliation strings: units fold into their institution, several institutions are several."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch.settings import TextSettings
from partnermatch.text.pieces import cut_pieces

FOLDER = Path(__file__).parents[2] / "fixtures" / "affiliations"
ROWS = [
    line.split("\t")
    for line in (FOLDER / "japanese.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
CASES = [
    pytest.param(
        text,
        set(ids.split()),
        unit,
        id=text,
        marks=[pytest.mark.xfail(strict=True, reason="as yet")] if failing else [],
    )
    for text, ids, unit, *failing in ROWS
]


@pytest.fixture(scope="module")
def registry() -> pm.Registry:
    partners = pd.read_csv(FOLDER / "registry.csv", keep_default_na=False)
    return pm.Registry.from_table(partners, id="id", name="name", country="country", alias="alias")


@pytest.fixture(scope="module")
def answers(registry: pm.Registry) -> dict[str, pd.Series]:
    texts = [row[0] for row in ROWS]
    found = pm.resolve(texts, registry)
    return {text: row for text, (_, row) in zip(texts, found.iterrows(), strict=True)}


@pytest.mark.parametrize(("text", "meant", "unit"), CASES)
def test_a_japanese_affiliation_names_its_institutions(
    text: str, meant: set[str], unit: str, answers: dict[str, pd.Series]
) -> None:
    answer = answers[text]
    assert {id for id in answer["all_ids"].split(";") if id} == meant
    assert answer["canonical_id"] in (meant or {""})
    assert unit == "?" or answer["unit"] == unit.strip("-")


def test_there_are_enough_of_them() -> None:
    assert len(ROWS) >= 60
    assert sum(len(row[1].split()) > 1 for row in ROWS) >= 10


@given(text=st.text(alphabet="東京大学理化研究所病院部、;・ )(12および〒-", max_size=40))
def test_pieces_are_cut_from_any_text(text: str) -> None:
    for piece in cut_pieces(text, TextSettings()):
        assert piece.text == piece.text.strip()
        assert bool(piece.whole) == bool(piece.part)


def test_no_string_bears_on_the_answer_to_another(registry: pm.Registry, answers: dict[str, pd.Series]) -> None:
    for text in [row[0] for row in ROWS[::3]]:
        alone = pm.resolve([text], registry).iloc[0]
        assert alone.equals(answers[text].rename(alone.name)), text
