"""Names that a registry leaves out, and which of several institutions a name of the registry means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cases import read_cases

import partnermatch as pm
from partnermatch import lexicon
from partnermatch.index.second_names import add_second_names
from partnermatch.mentions.institutions import Entries
from partnermatch.settings import TextSettings

CASES = read_cases("affiliations/second_names.tsv")
USC = ("University of Southern California", "US")


def make_registry(rows: list[tuple[str, str]]) -> pm.Registry:
    table = pd.DataFrame(rows, columns=["name", "country"])
    return pm.Registry.from_table(table.assign(id=table["name"]), id="id", name="name", country="country")


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    registry = make_registry([(name, country) for _, name, country in CASES if name])
    strings = [string for string, *_ in CASES]
    return dict(zip(strings, pm.resolve(strings, registry)["canonical_id"], strict=True))


@pytest.mark.parametrize(("string", "name"), [row[:2] for row in CASES])
def test_a_second_name_means_its_institution_and_nothing_like_it_does(
    string: str, name: str, answers: dict[str, str]
) -> None:
    assert answers[string] == name


def enter(rows: list[tuple[str, str, str]]) -> Entries:
    """Institutions, each by one name, its kind and its country."""
    count = len(rows)
    names, kinds, countries = (list(column) for column in zip(*rows, strict=True))
    nothing, none = [""] * count, np.zeros((count, 0), dtype=np.int64)
    return Entries(
        texts=names, kinds=kinds, owners=np.arange(count), countries=countries, cities=nothing, regions=nothing,
        region_codes=nothing, types=[()] * count, parents=[()] * count, kin=np.zeros((count, 2), dtype=np.int64),
        relations=np.zeros(count, dtype=np.int64), listings=none,
    )  # fmt: skip


def list_added(*rows: tuple[str, str, str]) -> list[tuple[str, int, int]]:
    entries, holders = add_second_names(enter(list(rows)), np.arange(len(rows)), len(rows), TextSettings())
    added = slice(len(rows), None)
    assert set(entries.kinds[added]) <= {"second"}
    return list(zip(entries.texts[added], entries.owners[added].tolist(), holders[added].tolist(), strict=True))


def test_an_institution_is_known_by_its_name_and_country() -> None:
    wanted = [(other, 1, 1) for other in lexicon.second_names()[USC]]
    assert list_added(("Elsewhere", "display", "US"), ("University of southern  California", "label", "US")) == wanted
    assert list_added(("Elsewhere", "display", ""), (USC[0], "alias", "")) == wanted
    assert list_added((USC[0], "display", "AU")) == []
    assert list_added((USC[0], "acronym", "US")) == []


def test_a_name_that_the_registry_has_is_the_registrys() -> None:
    first, *others = lexicon.second_names()[USC]
    added = list_added((USC[0], "display", "US"), (first.upper(), "display", "US"))
    assert added == [(other, 0, 0) for other in others]


def test_a_name_that_would_be_that_of_two_is_that_of_none() -> None:
    both = {other for *_, others in lexicon.second_names().items() for other in others} & {
        form for _, entry in lexicon.short_forms() for form in entry.latin
    }
    other = "osaka university of foreign studies"
    assert other in both
    assert other in [name for name, *_ in list_added(("Osaka University", "display", "JP"))]
    added = list_added(("Osaka University", "display", "JP"), ("大阪外国語大学", "display", "JP"))
    assert other not in [name for name, *_ in added]


def test_no_institution_has_a_second_name_twice() -> None:
    added = list_added(*[(name, "display", country) for name, country in lexicon.second_names()])
    assert len({(name.casefold(), row) for name, row, _ in added}) == len(added)


def test_any_name_of_a_registry_may_be_looked_at() -> None:
    odd = ["", "\ud800", "a\nb", "e" + "\u0301" * 5_000, "x" * 1_000_000]
    assert list_added(*[(name, "display", "US") for name in odd]) == []


def test_what_the_registry_does_not_hold_has_its_second_names_behind_all_others() -> None:
    count = len(lexicon.second_names()[USC])
    entries = enter([("Elsewhere", "display", "US"), (USC[0], "display", "US")])
    added, holders = add_second_names(entries, np.arange(1), 1, TextSettings())
    assert holders.tolist() == [0]
    assert added.texts[:2] == ["Elsewhere", USC[0]]
    assert added.owners.tolist() == [0, *[1] * (count + 1)]


def lay_dump(path: Path, *records: dict[str, Any]) -> pm.Registry:
    """A registry of records, each with an id, a country and names of which the first is shown."""
    laid = []
    for record in records:
        names = [
            {"value": name, "types": [kind]}
            for kind, own in (("ror_display", record["names"][:1]), ("label", record["names"][1:]))
            for name in own
        ]
        names += [{"value": name, "types": ["acronym"]} for name in record.get("acronyms", ())]
        place = {"geonames_details": {"country_code": record["country"]}}
        above = [{"type": "parent", "id": id} for id in record.get("parents", ())]
        laid.append(
            {"id": record["id"], "status": "active", "names": names, "locations": [place], "relationships": above}
        )
    path.write_text(json.dumps(laid), encoding="utf-8")
    return pm.Registry.from_ror(path)


def test_an_acronym_that_is_spelled_out_is_not_the_name_of_all_who_have_it(tmp_path: Path) -> None:
    registry = lay_dump(
        tmp_path / "dump.json",
        {"id": "nz", "country": "NZ", "names": ["Manukau Institute of Technology"], "acronyms": ["MIT"]},
        {"id": "us", "country": "US", "names": ["Massachusetts Institute of Technology"], "acronyms": ["MIT"]},
    )
    assert pm.resolve(["マサチューセッツ工科大学"], registry)["canonical_id"].tolist() == ["us"]


def test_a_name_of_a_whole_and_of_a_part_of_it_means_the_whole(tmp_path: Path) -> None:
    registry = lay_dump(
        tmp_path / "dump.json",
        {"id": "whole", "country": "JP", "names": ["RIKEN"]},
        {"id": "part", "country": "JP", "names": ["Advanced Science Institute", "理化学研究所"], "parents": ["whole"]},
    )
    assert pm.resolve(["理化学研究所"], registry)["canonical_id"].tolist() == ["whole"]


def test_of_two_in_a_circle_neither_stands_back(tmp_path: Path) -> None:
    registry = lay_dump(
        tmp_path / "dump.json",
        {"id": "one", "country": "JP", "names": ["月見大学"], "parents": ["two"]},
        {"id": "two", "country": "JP", "names": ["月見大学"], "parents": ["one"]},
    )
    answer = pm.resolve(["月見大学"], registry, candidates=2).iloc[0]
    assert set(answer["candidate_ids"].split(";")) == {"one", "two"}


def test_but_the_part_that_alone_is_shown_by_it(tmp_path: Path) -> None:
    registry = lay_dump(
        tmp_path / "dump.json",
        {"id": "whole", "country": "JP", "names": ["月見学園", "月見大学"]},
        {"id": "part", "country": "JP", "names": ["月見大学"], "parents": ["whole"]},
    )
    assert pm.resolve(["月見大学"], registry)["canonical_id"].tolist() == ["part"]
