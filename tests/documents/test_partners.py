"""The partner cell: which partners it names, and with which country."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from partnermatch.documents.countries import learn_countries
from partnermatch.documents.partners import split_partner_cell

CASES = pd.read_csv(
    Path(__file__).parents[2] / "fixtures" / "documents_cases" / "partner_cells.csv", dtype=str, keep_default_na=False
)
COUNTRIES = learn_countries(["カナダ", "北国連邦", "測定研究所"])


@pytest.mark.parametrize("case", list(CASES.itertuples(index=False, name=None)), ids=lambda case: case[0])
def test_cell_names_these_partners(case: tuple[str, str, str, str]) -> None:
    cell, several, partners, countries = case
    found = split_partner_cell(cell, COUNTRIES, several_countries=several == "yes").partners
    assert ";".join(partner.name for partner in found) == partners
    assert ";".join(partner.country for partner in found) == countries


def test_what_is_dropped_from_a_cell_is_reported() -> None:
    cell = split_partner_cell("連携協定 カナダ ノース大学、東南アジア等", COUNTRIES, several_countries=True)
    assert [partner.name for partner in cell.partners] == ["ノース大学"]
    assert [text for text, _ in cell.dropped] == ["連携協定", "東南アジア等"]


def test_an_institution_in_the_place_of_a_country_is_not_learned() -> None:
    assert not COUNTRIES.is_country("測定研究所")
    assert COUNTRIES.is_country("北国連邦")
    assert COUNTRIES.is_country("未知共和国")
