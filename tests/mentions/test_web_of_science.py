"""Addresses as Web of Science writes them: each names the institution that it names in full."""

from __future__ import annotations

import pandas as pd
import pytest
from cases import read_cases

import partnermatch as pm

CASES = read_cases("affiliations/web_of_science.tsv")


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    rows = sorted({(name, country) for _, name, country in CASES})
    table = pd.DataFrame(rows, columns=["name", "country"])
    registry = pm.Registry.from_table(table.assign(id=table["name"]), id="id", name="name", country="country")
    strings = [string for string, *_ in CASES]
    return dict(zip(strings, pm.resolve(strings, registry)["canonical_id"], strict=True))


@pytest.mark.parametrize(("string", "name"), [row[:2] for row in CASES])
def test_an_address_that_is_cut_short_names_its_institution(string: str, name: str, answers: dict[str, str]) -> None:
    assert answers[string] == name


def test_a_centre_that_is_cut_short_is_no_unit() -> None:
    table = pd.DataFrame(
        [("md", "The University of Texas MD Anderson Cancer Center", "US")], columns=["id", "name", "country"]
    )
    registry = pm.Registry.from_table(table, id="id", name="name", country="country")
    answer = pm.resolve(["Univ Texas MD Anderson Canc Ctr, Houston, TX USA"], registry).iloc[0]
    assert (answer["canonical_id"], answer["unit"]) == ("md", "")
