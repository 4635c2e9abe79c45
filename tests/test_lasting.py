"""Dedupe with a store: IDs that last, the same answer in one run or in many, and people's decisions above all scores."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from cases import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch.errors import InputError
from partnermatch.store.judgements import Decision
from partnermatch.tables import DEDUPE_COLUMNS, read_table

DEMO = read_table(FIXTURES / "demo_names.csv")
NAMES = sorted(set(read_table(FIXTURES / "partners.csv")["name"]))[:400]
TABLES = st.lists(st.sampled_from([*DEMO["name"], *NAMES]), min_size=1, max_size=12)
SHOWN = [column for column in DEDUPE_COLUMNS if column not in ("canonical_id", "unit_id", "root_id")]
WHOLLY = pm.Settings()
IN_PART = pm.Settings.from_dict({"store": {"min_known": 0}})
IDS = ["canonical_id", "unit_id", "root_id"]


def make_table(names: Sequence[object], first: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"row": [str(first + place) for place in range(len(names))], "name": names}, dtype=object)


def dedupe(table: pd.DataFrame, store: pm.Store, **options: Any) -> pd.DataFrame:
    answer: pd.DataFrame = pm.dedupe(table, name="name", id="row", store=store, **options)
    return answer


def list_groups(pairs: Iterator[tuple[str, str]]) -> set[frozenset[str]]:
    """Which keys have one ID."""
    groups: dict[str, set[str]] = {}
    for key, identity in pairs:
        if identity:
            groups.setdefault(identity, set()).add(key)
    return {frozenset(keys) for keys in groups.values()}


def groups_of(store: pm.Store) -> set[frozenset[str]]:
    return list_groups((member.key, member.canonical_id) for member in store.members())


def same_shape(one: pd.Series, two: pd.Series) -> bool:
    """Whether two columns of IDs are the same but for the names of the IDs."""
    pairs = set(zip(one, two, strict=True))
    return len(pairs) == len(set(one)) == len(set(two)) and all((a == "") == (b == "") for a, b in pairs)


def test_the_answer_is_that_without_a_store_but_for_the_ids(store: pm.Store) -> None:
    plain = pm.dedupe(DEMO, name="name", country="country", id="row_id")
    kept = pm.dedupe(DEMO, name="name", country="country", id="row_id", store=store)
    pd.testing.assert_frame_equal(kept[SHOWN], plain[SHOWN])
    assert all(same_shape(kept[column], plain[column]) for column in IDS)
    pd.testing.assert_frame_equal(pm.dedupe(DEMO, name="name", country="country", id="row_id", store=store), kept)
    pd.testing.assert_frame_equal(pm.dedupe(DEMO, name="name", country="country", id="row_id"), plain)
    assert store.check() == []


@given(names=TABLES, cuts=st.lists(st.integers(0, 12), max_size=3), again=st.sampled_from((WHOLLY, IN_PART)))
@settings(max_examples=60)
def test_many_runs_say_what_one_says(names: list[str], cuts: list[int], again: pm.Settings) -> None:
    table = make_table(names)
    whole = pm.dedupe(table, name="name", id="row")
    bounds = [0, *sorted(cuts), len(table)]
    with tempfile.TemporaryDirectory() as folder, pm.Store.open(Path(folder) / "ids.sqlite") as store:
        answers = [dedupe(table[one:two], store, settings=again) for one, two in pairwise(bounds) if one < two]
        assert groups_of(store) == list_groups(zip(whole["row"], whole["canonical_id"], strict=True))
        last, same = answers[-1], [column for column in SHOWN if column != "confidence"]
        pd.testing.assert_frame_equal(last[same], whole[same].loc[last.index])
        sure = [pd.to_numeric(frame["confidence"]) for frame in (last, whole.loc[last.index])]
        assert (abs(sure[0] - sure[1]).fillna(0) <= again.store.near).all()
        assert [store.current(identity) for identity in last["canonical_id"] if identity] == [
            identity for identity in last["canonical_id"] if identity
        ]
        assert store.check() == []


@given(names=TABLES, order=st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_a_rerun_in_any_order_changes_nothing(names: list[str], order: Any) -> None:
    table = make_table(names)
    with tempfile.TemporaryDirectory() as folder, pm.Store.open(Path(folder) / "ids.sqlite") as store:
        first = dedupe(table, store)
        places = list(range(len(names)))
        order.shuffle(places)
        second = dedupe(table.iloc[places], store)
        pd.testing.assert_frame_equal(second.loc[first.index], first)
        assert store.diff(1, 2) == []
        assert {event.kind for identity in first["canonical_id"] if identity for event in store.history(identity)} <= {
            "minted"
        }


def test_new_rows_alone_get_the_ids_of_what_is_known(store: pm.Store) -> None:
    first = dedupe(make_table(["東京大学", "京都大学"]), store)
    second = dedupe(
        make_table(["Univ. of Tokyo", "Kyoto University, Faculty of Medicine", "Osaka University"], 2), store
    )
    assert second["canonical_id"].tolist()[:2] == first["canonical_id"].tolist()
    assert second["canonical_id"][2] not in first["canonical_id"].tolist()
    assert second["decision"].tolist() == ["match", "match", "none"]


def test_the_top_of_a_family_keeps_its_id_when_it_is_named_itself(store: pm.Store) -> None:
    first = dedupe(make_table(["中国科学院 化学研究所"]), store)
    second = dedupe(make_table(["中国科学院"], 1), store)
    assert second["canonical_id"][0] == first["root_id"][0] != first["canonical_id"][0]
    assert store.check() == []


def test_a_row_is_known_again_by_its_id_whatever_it_says(store: pm.Store) -> None:
    first = dedupe(make_table(["東京大学", "京都大学"]), store)
    second = dedupe(make_table(["東京大學 医学部", "Osaka University"]), store)
    assert second["canonical_id"][0] == first["canonical_id"][0]
    assert len(store.members()) == 2
    assert [member.name for member in store.as_of(1)] == ["東京大学", "京都大学"]
    third = dedupe(make_table(["東京大学", ""]), store)
    assert third["canonical_id"].tolist() == [first["canonical_id"][0], ""]
    assert len(store.members()) == 1
    assert store.check() == []


def test_the_same_id_of_another_source_is_another_row(store: pm.Store) -> None:
    first = dedupe(make_table(["東京大学"]), store, source="list A")
    second = dedupe(make_table(["京都大学"]), store, source="list B")
    assert first["canonical_id"][0] != second["canonical_id"][0]
    assert [(member.source, member.key) for member in store.members()] == [("id:list A", "0"), ("id:list B", "0")]


def test_without_ids_a_row_is_what_it_says(store: pm.Store) -> None:
    table = pd.DataFrame({"name": ["東京大学", "Univ. of Tokyo", "東京大学"], "in": ["JP", None, "JP"]})
    first = pm.dedupe(table, name="name", country="in", store=store)
    assert first["canonical_id"].nunique() == 1
    assert [member.key for member in store.members()] == ["東京大学\tJP", "Univ. of Tokyo"]
    again = pm.dedupe(pl.DataFrame({"name": ["Univ. of Tokyo"]}), name="name", store=store)
    assert isinstance(again, pl.DataFrame)
    assert again["canonical_id"].to_list() == [first["canonical_id"][0]]
    assert len(store.members()) == 2


def test_names_of_any_kind_are_kept_as_they_are(store: pm.Store) -> None:
    cells = ["a\x00b University", "東京大学\ud800", b"Kyoto University", 7, None, "x" * 3_000]
    first = dedupe(make_table(cells), store)
    pd.testing.assert_frame_equal(dedupe(make_table(cells), store), first)
    assert store.diff(1, 2) == []


# Decisions of people


def judge(store: pm.Store, *decisions: tuple[str, str, bool]) -> None:
    store.judge([Decision(one, two, same, "Ann", "I asked them") for one, two, same in decisions])


def test_decisions_outrank_the_scores_and_survive_reruns(store: pm.Store) -> None:
    table = make_table(["東京大学", "Univ. of Tokyo", "京都大学", "Osaka University"])
    first = dedupe(table, store)
    assert first["canonical_id"].nunique() == 3
    judge(store, ("東京大学", "Univ. of Tokyo", False), ("京都大学", "Osaka University", True))
    for _ in range(2):
        answer = dedupe(table, store)
        ids = answer["canonical_id"].tolist()
        assert ids[0] != ids[1]
        assert ids[2] == ids[3] == store.current(first["canonical_id"][3])
        assert answer["reason"].tolist()[2:] == ["judged", "judged"]
        assert answer["decision"].tolist()[:2] == ["none", "none"]
        assert answer["confidence"].tolist()[2:] == [1.0, 1.0]
    assert store.reviews() == []
    judge(store, ("東京大学", "Univ. of Tokyo", True))
    assert dedupe(table, store)["canonical_id"][0] == first["canonical_id"][0]
    assert store.check() == []


def test_a_decision_counts_for_rows_that_come_later(store: pm.Store) -> None:
    dedupe(make_table(["東京大学", "Tokyo Imperial College of Agriculture"]), store)
    judge(store, ("0", "1", True))
    later = dedupe(make_table(["Univ. of Tokyo"], 2), store)
    assert groups_of(store) == {frozenset("012")}
    assert later["reason"].tolist() == ["other_script"]


def test_what_contradicts_becomes_a_review_and_joins_nothing(store: pm.Store) -> None:
    table = make_table(["東京大学", "京都大学", "Osaka University"])
    dedupe(table, store)
    judge(store, ("0", "1", True), ("1", "2", True), ("0", "2", False))
    dedupe(table, store)
    assert groups_of(store) == {frozenset("0"), frozenset("12")}
    (review,) = store.reviews()
    assert (review.kind, review.left.key, review.right.key, review.probability) == ("contradiction", "0", "1", None)


def test_uncertain_pairs_become_reviews_until_somebody_decides(store: pm.Store) -> None:
    table = make_table(["リヨン第一研究所", "リヨン第二研究所"]).assign(country="FR")
    answer = dedupe(table, store, country="country")
    assert answer["decision"].tolist() == ["review", "review"]
    (review,) = store.reviews()
    assert (review.kind, review.left.name, review.right.name) == (
        "possible_match",
        "リヨン第一研究所",
        "リヨン第二研究所",
    )
    judge(store, ("0", "1", False))
    assert dedupe(table, store, country="country")["decision"].tolist() == ["none", "none"]
    assert store.reviews() == []


# Bad input


def test_whatever_is_asked_can_be_decided(store: pm.Store) -> None:
    table = read_table(FIXTURES / "partners.csv").rename(columns={"row_id": "row"})
    for part in (table[:500], table[800:], table[:800]):
        pm.dedupe(part, name="name", country="country", store=store)
    asked = store.reviews()
    assert asked
    store.judge([Decision(f"#{pair.left.record}", f"#{pair.right.record}", False, "Ann", "") for pair in asked])
    pm.dedupe(table[:800], name="name", country="country", store=store)
    assert {(pair.left, pair.right) for pair in store.reviews()}.isdisjoint((pair.left, pair.right) for pair in asked)


def test_two_ids_that_are_one_as_text_are_refused(store: pm.Store) -> None:
    with pytest.raises(InputError, match=r"^Rows 1 and 2 both have '1' in the column 'row'"):
        dedupe(pd.DataFrame({"row": [1, "1"], "name": ["東京大学", "京都大学"]}, dtype=object), store)
    assert store.runs() == []


def test_what_is_no_store_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"^A store is opened with pm\.Store\.open; this is str\.$"):
        pm.dedupe(DEMO, name="name", store="ids.sqlite")  # type: ignore[arg-type]
