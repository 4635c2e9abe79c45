"""New rows in part: what was read is kept and never wrong, and a run looks at no more than it must."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cases import FIXTURES
from stores import list_ids

import partnermatch as pm
from partnermatch import pipeline, segments
from partnermatch.clusters import group
from partnermatch.store.judgements import Decision
from partnermatch.tables import read_table

IN_PART = pm.Settings.from_dict({"store": {"min_known": 0}})
PARTNERS = read_table(FIXTURES / "partners.csv").drop_duplicates("name").head(160).reset_index(drop=True)
PARTNERS["row"] = [str(number) for number in PARTNERS.index]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where segments are kept, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "partnermatch"


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many names each run takes down the stairs."""
    counts: list[int] = []
    resolve = pipeline.resolve_names

    def count(values: Sequence[object], *others: Any, **options: Any) -> Any:
        counts.append(len(values))
        return resolve(values, *others, **options)

    monkeypatch.setattr(pipeline, "resolve_names", count)
    return counts


def dedupe(rows: pd.DataFrame, store: pm.Store, settings: pm.Settings = IN_PART) -> pd.DataFrame:
    answer: pd.DataFrame = pm.dedupe(rows, name="name", country="country", id="row", store=store, settings=settings)
    return answer


def list_groups(store: pm.Store) -> set[frozenset[str]]:
    """Which keys have one ID."""
    groups: dict[str, set[str]] = {}
    for key, identity in list_ids(store).items():
        groups.setdefault(identity, set()).add(key)
    return {frozenset(keys) for keys in groups.values()}


def list_segments(cache: Path) -> list[str]:
    return sorted(file.name.rpartition("-")[0] for file in cache.iterdir())


def test_a_run_looks_at_new_rows_and_what_is_near_to_them(cache: Path, store: pm.Store, looked: list[int]) -> None:
    first = dedupe(PARTNERS[:150], store)
    dedupe(PARTNERS[150:152], store)
    dedupe(PARTNERS[152:153], store)
    assert looked[0] == 150
    assert all(count < 75 for count in looked[1:])
    assert list_segments(cache) == ["1-1", "2-2"]
    again = dedupe(PARTNERS[:150], store)
    pd.testing.assert_series_equal(again["canonical_id"], first["canonical_id"])
    assert store.check() == []


def test_segments_are_put_together_as_they_grow(cache: Path, store: pm.Store) -> None:
    for start in range(0, 160, 20):
        dedupe(PARTNERS[start : start + 20], store)
        if start:
            assert len(list_segments(cache)) <= 3
    spans = [tuple(map(int, name.split("-"))) for name in list_segments(cache)]
    assert [one for one, _ in spans] == [1, *(two + 1 for _, two in spans[:-1])]
    assert spans[-1][1] == 7


@pytest.mark.parametrize("harm", ["deleted", "damaged", "of another program", "cannot be written"])
def test_segments_that_cannot_be_used_are_made_again(
    cache: Path, store: pm.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    with pm.Store.open(tmp_path / "other.sqlite") as other:
        for place in (store, other):
            dedupe(PARTNERS[:100], place)
            dedupe(PARTNERS[100:120], place)
        if harm == "deleted":
            shutil.rmtree(cache)
        elif harm == "cannot be written":
            shutil.rmtree(cache)
            cache.write_text("no folder")
        for file in cache.iterdir() if cache.is_dir() else ():
            data = bytearray(file.read_bytes())
            data[len(data) // 2] ^= 1
            file.write_bytes(data)
        if harm == "of another program":
            monkeypatch.setattr(segments, "find_difference", lambda *_: "another state of the program")
        dedupe(PARTNERS[120:], store)
        monkeypatch.undo()
        dedupe(PARTNERS[120:], other)
        assert list_groups(store) == list_groups(other)


def test_a_copy_of_a_store_that_goes_its_own_way_has_its_own_segments(cache: Path, tmp_path: Path) -> None:
    with pm.Store.open(tmp_path / "ids.sqlite") as store:
        dedupe(PARTNERS[:40], store)
        dedupe(PARTNERS[40:60], store)
    shutil.copy(tmp_path / "ids.sqlite", tmp_path / "copy.sqlite")
    with pm.Store.open(tmp_path / "copy.sqlite") as copy, pm.Store.open(tmp_path / "ids.sqlite") as store:
        dedupe(PARTNERS[60:120], copy)
        dedupe(PARTNERS[60:80], store)
        twin = PARTNERS[100:101].assign(row="twin")
        ids = [dedupe(twin, place)["canonical_id"].iloc[0] for place in (copy, store)]
        assert ids[0] == list_ids(copy)["100"]
        assert ids[1] not in list_ids(copy).values()
    assert len(list_segments(cache)) >= 2


def test_after_a_run_was_taken_back_all_is_looked_at_again(cache: Path, store: pm.Store, looked: list[int]) -> None:
    dedupe(PARTNERS[:100], store)
    dedupe(PARTNERS[100:110], store)
    store.undo(2)
    dedupe(PARTNERS[100:110], store)
    dedupe(PARTNERS[110:112], store)
    assert looked[2] == 110
    assert looked[3] < 60
    assert store.check() == []
    assert cache.exists()


def test_other_settings_look_at_all_again(cache: Path, store: pm.Store, looked: list[int]) -> None:
    dedupe(PARTNERS[:100], store)
    other = pm.Settings.from_dict({"store": {"min_known": 0}, "scores": {"match": 0.5}})
    dedupe(PARTNERS[100:101], store, other)
    assert looked == [100, 101]
    assert not cache.exists()


def test_a_decision_is_obeyed_though_its_records_are_not_near(cache: Path, store: pm.Store, looked: list[int]) -> None:
    dedupe(PARTNERS[:100], store)
    ids = list_ids(store)
    one = "0"
    two = next(key for key in ids if ids[key] != ids[one])
    store.judge([Decision(one, two, True, "Ann", "")])
    dedupe(PARTNERS[150:151], store)
    assert list_ids(store)[one] == list_ids(store)[two]
    store.judge([Decision(one, two, False, "Ann", "")])
    dedupe(PARTNERS[151:152], store)
    assert list_ids(store)[one] != list_ids(store)[two]
    assert max(looked[1:]) < 60
    assert store.check() == []
    assert cache.exists()


def test_a_table_that_gives_all_again_is_looked_at_as_a_whole(store: pm.Store, looked: list[int]) -> None:
    dedupe(PARTNERS[:100], store)
    dedupe(PARTNERS[50:120], store)
    dedupe(PARTNERS[:120], store)
    assert looked[0] == looked[2] - 20 == 100
    assert looked[1] < 120


def test_institutions_that_new_rows_have_nothing_to_do_with_stay_as_they_were(
    store: pm.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = pd.DataFrame({"row": ["a", "b", "c"], "name": ["東京大学", "Univ. of Tokyo", "京都大学"], "country": "JP"})
    dedupe(table, store)

    def split(names: int, *others: Any, **options: Any) -> Any:
        clusters = group(names, *others, **options)
        return replace(clusters, labels=np.arange(names))

    monkeypatch.setattr("partnermatch.pipeline.group", split)
    before = list_ids(store)
    rows = pd.DataFrame({"row": ["d"], "name": ["Tokyo University Press Club"], "country": "JP"})
    dedupe(rows, store)
    assert {key: list_ids(store)[key] for key in before} == before
    dedupe(table[:1].assign(name="東京大學"), store)
    assert list_ids(store)["a"] != list_ids(store)["b"]
    assert store.check() == []
