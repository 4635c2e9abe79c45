"""Dedupe beside a registry: its IDs where it is sure, what it takes for two kept apart, and people above it."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from cases import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st
from test_lasting import DEMO, IN_PART, NAMES, SHOWN, WHOLLY, dedupe, groups_of, judge, list_groups, make_table

import partnermatch as pm
from partnermatch.tables import read_table

LISTED = read_table(FIXTURES / "affiliations" / "registry.csv")
UNIVERSITIES = pm.Registry.from_table(LISTED, id="id", name="name", country="country", alias="alias")
OKAZAKI = pm.Registry.from_table(
    pd.DataFrame(
        {"id": ["one", "two"], "name": ["Okazaki National Research Institutes", "Okazaki Research Institutes"]}
    ),
    id="id",
    name="name",
)
"""Two institutions whose names nobody would tell apart."""
BOTH = make_table(["Okazaki National Research Institutes", "Okazaki Research Institutes"])
DOUBTFUL = pm.Registry.from_table(
    pd.concat([LISTED, pd.DataFrame({"id": DEMO["row_id"], "name": DEMO["name"]})[:24]]).fillna(""),
    id="id",
    name="name",
)
"""Also says that every name of the demo is an institution of its own."""
TABLES = st.lists(st.sampled_from([*DEMO["name"], *LISTED["name"], *NAMES[::8]]), min_size=1, max_size=10)


def test_what_a_registry_knows_has_its_id() -> None:
    table = make_table(
        ["東京大学 医学部", "Univ. of Tokyo", "京都大学", "Technical University of Munich", "ミュンヘン工科大学", ""]
    )
    answer = pm.dedupe(table, name="name", registry=UNIVERSITIES)
    plain = pm.dedupe(table, name="name")
    ids = answer["canonical_id"].tolist()
    assert ids[:3] == ["utokyo", "utokyo", "kyoto"]
    assert ids[3:] == plain["canonical_id"].tolist()[3:]
    assert answer["reason"].tolist() == [
        "registry",
        "registry",
        "registry",
        "other_script",
        "other_script",
        "empty",
    ]
    assert answer["decision"].tolist() == ["match"] * 5 + ["none"]
    assert answer["root_id"].tolist() == ids
    pd.testing.assert_series_equal(answer["unit"], plain["unit"])
    assert all(0.8 <= chance <= 1 for chance in answer["confidence"][:3])


def test_names_that_only_the_registry_joins_are_one() -> None:
    registry = pm.Registry.from_table(
        pd.DataFrame({"id": ["x"], "name": ["Okazaki National Research Institutes"], "also": ["三河総合センター"]}),
        id="id",
        name="name",
        alias="also",
    )
    table = make_table(["Okazaki National Research Institutes", "三河総合センター"])
    assert pm.dedupe(table, name="name")["canonical_id"].nunique() == 2
    assert pm.dedupe(table, name="name", registry=registry)["canonical_id"].tolist() == ["x", "x"]


def test_two_names_of_one_institution_of_the_registry_match() -> None:
    names = ["Okazaki National Research Institutes", "三河総合センター"]
    registry = pm.Registry.from_table(pd.DataFrame({"id": ["x", "x"], "name": names}), id="id", name="name")
    alone, known = pm.compare(*names), pm.compare(*names, registry=registry)
    assert (alone.decision, alone.a.registry_id) == ("none", "")
    assert (known.decision, known.a.registry_id, known.b.registry_id) == ("match", "x", "x")
    assert known.probability == min(known.a.registry_confidence, known.b.registry_confidence) > alone.probability
    assert "   registry x (" in known.to_text()


def test_two_names_of_two_institutions_of_the_registry_are_for_a_person_to_look_at() -> None:
    alone, known = pm.compare(*BOTH["name"]), pm.compare(*BOTH["name"], registry=OKAZAKI)
    assert (alone.decision, known.decision) == ("match", "review")
    assert (known.a.registry_id, known.b.registry_id) == ("one", "two")


def test_what_it_takes_for_two_is_never_joined_in_silence() -> None:
    assert pm.dedupe(BOTH, name="name")["canonical_id"].nunique() == 1
    answer = pm.dedupe(BOTH, name="name", registry=OKAZAKI)
    assert answer["canonical_id"].tolist() == ["one", "two"]
    assert answer[["decision", "reason"]].values.tolist() == [["review", "registry_ids"]] * 2


def test_what_is_no_registry_is_a_type_error() -> None:
    with pytest.raises(TypeError, match=r"^A registry is made by pm\.Registry; this is str\.$"):
        pm.dedupe(BOTH, name="name", registry="ror.zip")  # type: ignore[arg-type]


# With a store


def test_the_answer_is_that_without_a_store(store: pm.Store) -> None:
    table = make_table([*DEMO["name"], *LISTED["name"]])
    plain = pm.dedupe(table, name="name", registry=UNIVERSITIES)
    kept = dedupe(table, store, registry=UNIVERSITIES)
    pd.testing.assert_frame_equal(kept[SHOWN], plain[SHOWN])
    own = plain["canonical_id"].isin(LISTED["id"])
    assert own.sum() > 70
    assert kept["canonical_id"][own].tolist() == plain["canonical_id"][own].tolist()
    assert store.runs()[0].registry == UNIVERSITIES.sha256
    assert store.show("utokyo").registry == UNIVERSITIES.sha256
    assert store.check() == []


@given(
    names=TABLES,
    cuts=st.lists(st.integers(0, 10), max_size=3),
    registry=st.sampled_from((UNIVERSITIES, DOUBTFUL)),
    again=st.sampled_from((WHOLLY, IN_PART)),
)
@settings(max_examples=40)
def test_many_runs_say_what_one_says(
    names: list[str], cuts: list[int], registry: pm.Registry, again: pm.Settings
) -> None:
    table = make_table(names)
    whole = pm.dedupe(table, name="name", registry=registry)
    bounds = [0, *sorted(cuts), len(table)]
    with tempfile.TemporaryDirectory() as folder, pm.Store.open(Path(folder) / "ids.sqlite") as store:
        parts = [table[one:two] for one, two in pairwise(bounds) if one < two]
        answers = [dedupe(part, store, registry=registry, settings=again) for part in parts]
        assert groups_of(store) == list_groups(zip(whole["row"], whole["canonical_id"], strict=True))
        now = {member.key: member.canonical_id for member in store.members()}
        given_out = whole[whole["canonical_id"].isin(registry.ids)]
        assert [now[row] for row in given_out["row"]] == given_out["canonical_id"].tolist()
        columns = [column for column in SHOWN if column != "confidence"]
        pd.testing.assert_frame_equal(answers[-1][columns], whole[columns].loc[answers[-1].index])
        before = store.members()
        dedupe(parts[-1], store, settings=again)  # without the registry, what it said holds
        assert [item[:2] for item in store.members()] == [item[:2] for item in before]
        assert [item.canonical_id for item in store.members()] == [item.canonical_id for item in before]
        assert store.check() == []


def test_a_minted_id_leads_to_that_of_the_registry(store: pm.Store) -> None:
    table = make_table(["東京大学", "Univ. of Tokyo"])
    first = dedupe(table, store)["canonical_id"][0]
    assert dedupe(table, store, registry=UNIVERSITIES)["canonical_id"].tolist() == ["utokyo"] * 2
    assert store.current(first) == "utokyo"
    assert [event.kind for event in store.history("utokyo")] == ["minted", "registered", "merged"]
    assert dedupe(make_table(["東京大學"], 2), store)["canonical_id"].tolist() == ["utokyo"]
    store.undo(3)
    store.undo(2)
    assert {member.canonical_id for member in store.members()} == {first}
    assert store.check() == []


def test_two_institutions_of_the_registry_are_listed_until_a_person_decides(store: pm.Store) -> None:
    for registry in (OKAZAKI, None):  # without the registry, what it said holds
        answer = dedupe(BOTH, store, registry=registry)
        assert answer["canonical_id"].tolist() == ["one", "two"]
        (review,) = store.reviews()
        assert (review.kind, review.left.key, review.right.key) == ("registry_ids", "0", "1")
    judge(store, ("0", "1", False))
    assert dedupe(BOTH, store, registry=OKAZAKI)["decision"].tolist() == ["match", "match"]
    assert store.reviews() == []
    judge(store, ("0", "1", True))
    assert dedupe(BOTH, store, registry=OKAZAKI)["canonical_id"].tolist() == ["one", "one"]
    assert store.reviews() == []
    assert store.current("two") == "one"
    assert store.check() == []


def test_a_yes_from_before_the_registry_joins_no_two_of_its_institutions(store: pm.Store) -> None:
    assert dedupe(BOTH, store)["canonical_id"].nunique() == 1
    judge(store, ("0", "1", True))
    for _ in range(2):
        assert dedupe(BOTH, store, registry=OKAZAKI)["canonical_id"].tolist() == ["one", "two"]
        assert {review.kind for review in store.reviews()} == {"registry_ids"}
    judge(store, ("0", "1", True))
    assert dedupe(BOTH, store, registry=OKAZAKI)["canonical_id"].nunique() == 1
    assert store.reviews() == []


def test_a_no_keeps_names_of_one_institution_apart(store: pm.Store) -> None:
    table = make_table(["東京大学", "University Tokyo", "UTokyo"])
    assert set(dedupe(table, store, registry=UNIVERSITIES)["canonical_id"]) == {"utokyo"}
    judge(store, ("0", "1", False))
    for registry in (UNIVERSITIES, None):
        ids = dedupe(table, store, registry=registry)["canonical_id"].tolist()
        assert ids[0] != ids[1]
        assert ids.count("utokyo") == 2
    assert store.reviews() == []
    assert store.check() == []
