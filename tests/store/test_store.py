"""A store on SQLite and on PostgreSQL: what is written can be read as it was after any run, and nothing gets lost."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import ORIGIN, list_ids, make_rows, write_run

from partnermatch.errors import InputError
from partnermatch.store import Store
from partnermatch.store.judgements import Decision
from partnermatch.store.minting import is_minted
from partnermatch.store.recalling import recall_all
from partnermatch.store.rows import Row

KEYS = "abcdefg"
GROUPINGS = st.fixed_dictionaries({"a": st.integers(0, 3)}, optional={key: st.integers(0, 3) for key in KEYS[1:]})
REGISTRY = "https://ror.org/057zh3y96"


def group(*parts: str) -> dict[str, int]:
    """Clusters written as words: the letters of each are one institution."""
    return {key: number for number, part in enumerate(parts) for key in part}


def list_events(store: Store, identity: str) -> list[tuple[int, str, str, str]]:
    return [(event.run, event.id, event.kind, event.other) for event in store.history(identity)]


# Keeping, merging, splitting


def test_an_empty_store_has_nothing_to_say(store: Store) -> None:
    assert (store.runs(), store.members(), store.redirects(), store.reviews(), store.check()) == ([], [], [], [], [])


def test_new_records_get_minted_ids_and_keep_them(store: Store) -> None:
    first = write_run(store, group("ab", "c"))
    assert first["a"] == first["b"] != first["c"]
    assert all(is_minted(identity) for identity in first.values())
    assert write_run(store, group("c", "ab")) == first
    later = write_run(store, group("c", "abd", "e"))
    assert {key: later[key] for key in first} == first
    assert later["d"] == first["a"]
    assert list_ids(store) == later
    assert store.check() == []


def test_a_merge_keeps_the_larger_and_the_other_redirects(store: Store) -> None:
    first = write_run(store, group("a", "bc"))
    assert set(write_run(store, group("abc")).values()) == {first["b"]}
    assert store.current(first["a"]) == store.current(first["b"]) == first["b"]
    assert store.redirects() == [(first["a"], first["b"])]
    assert list_events(store, first["a"]) == [
        (1, first["a"], "minted", ""),
        (1, first["b"], "minted", ""),
        (2, first["a"], "merged", first["b"]),
    ]
    entry = store.show(first["a"])
    assert (entry.status, entry.current, entry.members) == ("merged", first["b"], [])
    assert [member.key for member in store.show(first["b"]).members] == ["a", "b", "c"]


def test_redirects_stay_flat_when_what_they_lead_to_is_merged(store: Store) -> None:
    first = write_run(store, group("a", "bc", "defg"))
    write_run(store, group("abc", "defg"))
    write_run(store, group("abcdefg"))
    assert store.redirects() == sorted((first[key], first["d"]) for key in "ab")
    assert store.check() == []


def test_a_split_leaves_the_id_with_the_largest_part(store: Store) -> None:
    first = write_run(store, group("abc"))
    second = write_run(store, group("ab", "c"))
    assert second["a"] == second["b"] == first["a"] != second["c"]
    assert list_events(store, second["c"]) == [
        (2, second["c"], "minted", ""),
        (2, second["c"], "split_from", first["a"]),
    ]
    assert store.check() == []


def test_a_registrys_id_goes_first_and_takes_in_the_minted_one(store: Store) -> None:
    first = write_run(store, group("ab", "c"))
    second = write_run(store, group("ab", "c"), claims={0: REGISTRY})
    assert (second["a"], second["c"]) == (REGISTRY, first["c"])
    assert store.current(first["a"]) == REGISTRY
    assert store.show(REGISTRY).origin == "registry"
    assert write_run(store, group("ab", "c")) == second
    assert store.check() == []


def test_a_registrys_id_can_come_back(store: Store) -> None:
    write_run(store, group("a", "bc"), claims={0: REGISTRY})
    merged = write_run(store, group("abc"))
    assert store.current(REGISTRY) == merged["a"] != REGISTRY
    back = write_run(store, group("a", "bc"), claims={0: REGISTRY})
    assert back["a"] == store.current(REGISTRY) == REGISTRY
    assert "restored" in {event.kind for event in store.history(REGISTRY)}
    assert store.check() == []


def test_a_record_that_says_no_name_any_more_leaves_and_its_id_is_retired(store: Store) -> None:
    first = write_run(store, group("a", "b"))
    write_run(store, group("b"), nameless=["a"])
    assert list_ids(store) == {"b": first["b"]}
    assert (store.show(first["a"]).status, store.current(first["a"])) == ("retired", first["a"])
    again = write_run(store, group("a", "b"))
    assert again["a"] not in first.values()
    assert store.check() == []


def test_what_a_record_says_is_kept_as_it_was(store: Store) -> None:
    name = "a\tb\0c\ud800\\"
    with store.run(ORIGIN, 1) as run:
        numbers = run.note([Row("id:x", "1", name, "日本")], [])
        run.place({numbers[0]: 0}, {})
    (member,) = store.members()
    assert (member.source, member.key, member.name, member.country) == ("id:x", "1", name, "日本")
    with store.run(ORIGIN, 0) as run:
        assert recall_all(run.connection, []).rows == [Row("id:x", "1", name, "日本")]
        assert run.find([Row("id:x", "1", "other", ""), Row("id:y", "1", name, "")]) == [1, -1]


# Any history


def write_all(store: Store, groupings: list[Mapping[str, int]], first: int = 0) -> list[dict[str, str]]:
    """Runs one after another, from one on; what a run does not place stays where an earlier one put it."""
    states: list[dict[str, str]] = []
    known: dict[str, int] = {}
    for number, grouping in enumerate(groupings):
        known = {**known, **grouping}
        if number >= first:
            write_run(store, known)
            states.append(list_ids(store))
    return states


@given(groupings=st.lists(GROUPINGS, min_size=1, max_size=4), seed=st.integers(0, 9))
@settings(max_examples=40)
def test_every_state_can_be_read_again_and_every_change_has_a_reason(
    groupings: list[Mapping[str, int]], seed: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "ids.sqlite"
        with Store.open(place, randomness=Random(seed).randbytes) as store:
            check_history(store, groupings)


def check_history(store: Store, groupings: list[Mapping[str, int]]) -> None:
    states = write_all(store, groupings)
    assert store.check() == []
    for run, state in enumerate(states, start=1):
        assert {member.key: member.canonical_id for member in store.as_of(run)} == state
    for run in range(1, len(states)):
        before, after = states[run - 1], states[run]
        changes = {change.key: change for change in store.diff(run, run + 1)}
        assert {key for key in after if before.get(key) != after[key]} == set(changes)
        for change in changes.values():
            assert (change.before, change.after) == (before.get(change.key, ""), after[change.key])
            assert change.why == "new" if not change.before else change.why.startswith(f"run {run + 1}: ")
    leads = dict(store.redirects())
    assert not set(leads) & set(leads.values())
    given_out = [identity for state in states for identity in state.values()]
    assert all(store.current(identity) == leads.get(identity, identity) for identity in given_out)


def test_a_history_on_either_database(store: Store) -> None:
    check_history(
        store, [group("ab", "c", "de"), group("abc", "de", "fg"), group("a", "bc", "defg"), group("adfg", "bce")]
    )


@given(groupings=st.lists(GROUPINGS, min_size=2, max_size=4), keep=st.integers(0, 2))
@settings(max_examples=30)
def test_runs_that_are_taken_back_leave_the_state_before(groupings: list[Mapping[str, int]], keep: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "ids.sqlite") as store:
        check_undo(store, groupings, min(keep, len(groupings) - 1))


def check_undo(store: Store, groupings: list[Mapping[str, int]], keep: int) -> None:
    states: list[dict[str, str]] = [{}, *write_all(store, groupings)]
    for run in range(len(groupings), keep, -1):
        store.undo(run)
        assert list_ids(store) == states[run - 1]
        assert store.check() == []
    again = write_all(store, groupings, keep)
    former = {identity for state in states[keep + 1 :] for identity in state.values()} - set(states[keep].values())
    assert not former & set(again[-1].values())
    assert store.check() == []


def test_undo_on_either_database(store: Store) -> None:
    check_undo(store, [group("ab", "c", "de"), group("abc", "de", "fg"), group("a", "bc", "defg")], 1)


def test_only_the_last_run_is_taken_back(store: Store) -> None:
    write_run(store, group("a"))
    write_run(store, group("ab"))
    with pytest.raises(InputError, match=r"^Run 1 has others behind it; take back run 2 first\.$"):
        store.undo(1)
    assert store.undo(2) == 3
    for taken in (2, 3):
        with pytest.raises(InputError) as caught:
            store.undo(taken)
        assert str(caught.value) == (
            f"Run {taken} is taken back already, or takes another back itself; dedupe the table again."
        )
    assert store.undo(1) == 4
    assert store.members() == []
    assert [(run.kind, run.undoes) for run in store.runs()] == [
        ("dedupe", None),
        ("dedupe", None),
        ("undo", 2),
        ("undo", 1),
    ]


# Reviews and decisions


def test_reviews_come_the_most_valuable_first_and_go_when_settled(store: Store) -> None:
    reviews = [("a", "b", 0.3), ("b", "cde", 0.25), ("cde", "fg", 0.2)]
    pairs = [(one[0], two[0], chance) for one, two, chance in reviews]
    write_run(store, group("a", "b", "cde", "fg"), reviews=pairs)
    assert [(entry.left.key, entry.right.key, entry.records) for entry in store.reviews()] == [
        ("c", "f", 2),
        ("a", "b", 1),
        ("b", "c", 1),
    ]
    write_run(store, group("a", "b", "cde", "fg"), reviews=[("a", "b", 0.3), ("b", "c", 0.26)])
    assert [(entry.left.key, entry.probability) for entry in store.reviews()] == [("a", 0.3), ("b", 0.26)]
    store.undo(2)
    assert [entry.probability for entry in store.reviews()] == [0.2, 0.3, 0.25]
    assert store.check() == []


def test_decisions_are_written_behind_one_another_and_the_last_holds(place: str) -> None:
    times = iter(datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in range(24))
    with Store.open(place, clock=lambda: next(times)) as store:
        write_run(store, group("a", "b", "c"))
        store.judge([Decision("a", "b", True, "Ann", "one address")])
        store.judge([Decision("#2", "Institute a", False, "Bob", ""), Decision("c", "a", True, "Ann", "")])
        made = [(item.left, item.right, item.same, item.who, item.why, item.replaces) for item in store.judgements()]
        assert made == [(1, 2, False, "Bob", "", 1), (1, 3, True, "Ann", "", None)]
        assert [item.made for item in store.judgements(all=True)] == [
            "2026-01-01T02:00:00+00:00",
            *["2026-01-01T03:00:00+00:00"] * 2,
        ]


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (
            Decision("a", "zz", True, "Ann", ""),
            "no record has the key or the name 'zz'; write it as it stands in the table, or as # and its number in "
            "`ids show`.",
        ),
        (
            Decision("#99999999999999999999", "a", True, "Ann", "", "decisions.csv, row 2"),
            "decisions.csv, row 2: no record has the key or the name '#99999999999999999999'; write it as it stands in "
            "the table, or as # "
            "and its number in `ids show`.",
        ),
        (
            Decision("a", "Institute a", True, "Ann", ""),
            "'a' and 'Institute a' are one record; a decision is about two.",
        ),
    ],
)
def test_a_decision_about_what_is_unknown_changes_nothing(store: Store, decision: Decision, message: str) -> None:
    write_run(store, group("a", "b"))
    with pytest.raises(InputError) as caught:
        store.judge([Decision("a", "b", True, "Ann", ""), decision])
    assert str(caught.value) == message
    assert store.judgements(all=True) == []


def test_a_name_of_several_institutions_is_asked_about(store: Store) -> None:
    rows = [Row("id", "1", "National Hospital", "JP"), Row("id", "2", "National Hospital", "US"), *make_rows(["a"])]
    with store.run(ORIGIN, 3) as run:
        ids = run.place(dict(zip(run.note(rows, []), range(3), strict=True)), {})
    with pytest.raises(InputError) as caught:
        store.judge([Decision("National Hospital", "a", True, "Ann", "")])
    assert str(caught.value) == (
        f"'National Hospital' is a record of 2 institutions ({', '.join(sorted((ids[0], ids[1])))}); "
        "say which one as # and its number in `ids show`."
    )


# What is not there


def test_an_id_or_a_run_that_is_not_there_is_named(store: Store) -> None:
    write_run(store, group("a"))
    for ask in (store.current, store.show, store.history):
        with pytest.raises(InputError) as caught:
            ask("pmnosuchid")
        assert str(caught.value) == "The store has no ID 'pmnosuchid'; IDs are written in full."
    for number in (0, 2):
        with pytest.raises(InputError) as caught:
            store.as_of(number)
        assert str(caught.value) == f"There is no run {number}; the store has 1 to 1."


def test_a_run_that_fails_leaves_nothing(store: Store) -> None:
    first = write_run(store, group("a"))
    with pytest.raises(ZeroDivisionError), store.run(ORIGIN, 1) as run:
        run.place({run.note(make_rows(["b"]), [])[0]: 0}, {})
        raise ZeroDivisionError
    assert list_ids(store) == first
    assert len(store.runs()) == 1
    assert write_run(store, group("a", "b"))["a"] == first["a"]
    assert store.check() == []


def test_the_same_chance_gives_the_same_ids(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        with Store.open(tmp_path / name, randomness=Random(7).randbytes) as store:
            found.append(write_run(store, group("ab", "c")))
    assert found[0] == found[1]


def test_an_id_that_was_given_is_never_given_again(tmp_path: Path) -> None:
    drawn = iter([b"token", bytes(8), bytes(8), b"\x01" * 8, b"token", b"token", bytes(8), b"\x02" * 8])
    with Store.open(tmp_path / "ids.sqlite", randomness=lambda _: next(drawn)) as store:
        first = write_run(store, group("a", "b"))
        write_run(store, group("b"), nameless=["a"])
        assert write_run(store, group("a", "b"))["a"] not in first.values()
