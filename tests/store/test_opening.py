"""Opening and writing a store that cannot be: one clear sentence each, and nothing changed."""

from __future__ import annotations

import builtins
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from stores import ORIGIN, list_ids, make_rows, write_run

from partnermatch.errors import StoreBusy, StoreError
from partnermatch.store import Store, connecting, migrations
from partnermatch.store.judgements import Decision
from partnermatch.store.schema import ABOUT

BUSY = "{} is being written by another run; wait until it has ended, and run this again."


def refuse(place: str | Path, **options: Any) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(place, **options)
    return str(caught.value)


def fill(place: str | Path) -> dict[str, str]:
    with Store.open(place) as store:
        write_run(store, {"a": 0, "b": 0, "c": 1})
        store.judge([Decision("a", "c", False, "Ann", "")])
        return list_ids(store)


# What is there is no store


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    place = tmp_path / "names.csv"
    place.write_bytes("name\n東京大学\n".encode() * 200)
    before = place.read_bytes()
    assert refuse(place) == f"{place} is no store: it is not a SQLite file. Name another file."
    assert place.read_bytes() == before


def test_a_file_whose_first_table_is_damaged_is_said_to_be(tmp_path: Path) -> None:
    place = tmp_path / "ids.sqlite"
    fill(place)
    with sqlite3.connect(place) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = opened.execute("PRAGMA page_size").fetchone()[0]
        page = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'about'").fetchone()[0]
    with place.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert refuse(place) == f"{place} is damaged. Restore it from a copy."


def test_a_database_of_something_else_is_left_alone(place: str) -> None:
    engine = connecting.connect(place)
    for table, columns in (("notes", "text TEXT"), ("about", "text TEXT"), ("about", "name TEXT, value TEXT")):
        with connecting.open_to_write(engine, place) as connection:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
            connection.exec_driver_sql(f"CREATE TABLE {table} ({columns})")
            if table == "about" and "value" in columns:
                connection.exec_driver_sql("INSERT INTO about VALUES ('format', 'of the notes')")
        shown = connecting.describe_place(place)
        assert refuse(place) == f"{shown} is no store: it holds other tables. Name another file or database."
        assert set(sa.inspect(engine).get_table_names()) == {"notes", table}
    engine.dispose()


def test_a_store_of_a_newer_version_is_left_alone(place: str) -> None:
    ids = fill(place)
    engine = connecting.connect(place)
    set_format(engine, place, 99)
    assert refuse(place) == (
        f"{connecting.describe_place(place)} was made by a newer version of partnermatch (format 99, this version knows "
        f"{len(migrations.STEPS)}). Install that version."
    )
    set_format(engine, place, len(migrations.STEPS))
    engine.dispose()
    with Store.open(place) as store:
        assert list_ids(store) == ids


def set_format(engine: sa.Engine, place: str, number: int) -> None:
    with connecting.open_to_write(engine, place) as connection:
        connection.execute(ABOUT.update().values(value=str(number)))


def test_a_damaged_file_is_named_and_never_written(tmp_path: Path) -> None:
    place = tmp_path / "ids.sqlite"
    fill(place)
    whole = place.read_bytes()
    pages = 4096
    for start in range(pages, len(whole), pages):
        place.write_bytes(whole[:start] + b"\xff" * pages + whole[start + pages :])
        try:
            with Store.open(place) as store:
                store.members()
                faults = store.check()
        except StoreError as error:
            assert str(error).startswith(f"{place} ")
            assert "damaged" in str(error) or "cannot be used" in str(error) or "no store" in str(error)
        else:
            assert faults != []
    place.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match=r"is damaged\. Restore it from a copy"), Store.open(place) as store:
        store.check()


def test_a_store_that_is_not_there_is_not_made_to_be_read(tmp_path: Path) -> None:
    place = tmp_path / "ids.sqlite"
    assert refuse(place, create=False) == (
        f"There is no store {place}; `partnermatch dedupe --store {place}` makes one."
    )
    assert not place.exists()
    place.touch()
    assert refuse(place, create=False) == f"{place} is empty; `partnermatch dedupe --store` makes a store of it."
    assert refuse(tmp_path / "no" / "ids.sqlite") == (
        f"{tmp_path}/no/ids.sqlite cannot be opened. Check the path, and that its folder exists and can be written."
    )


# URLs


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "mysql://ann:secret@host/ids",
            "mysql://ann:***@host/ids is no store: partnermatch keeps identities in a SQLite file or on a PostgreSQL "
            "server, and has no driver for mysql.",
        ),
        (
            "postgresql+nodriver://host/ids",
            "postgresql+nodriver://host/ids is no store: partnermatch keeps identities in a SQLite file or on a "
            "PostgreSQL server, and has no driver for postgresql+nodriver.",
        ),
        ("://ids", "://… is no URL of a store: postgresql://user@host/database is."),
    ],
)
def test_a_url_that_names_no_store(url: str, message: str) -> None:
    assert refuse(url) == message


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    said = refuse(f"postgresql://ann:secret@/ids?host={tmp_path}")
    assert said.startswith("postgresql://ann:***@/ids?host=")
    assert " cannot be reached: connection" in said
    assert said.endswith(". Check that the server runs and the URL is right.")
    assert "secret" not in said


def test_a_database_that_is_not_there_is_named(server: str) -> None:
    assert refuse(server.format("nowhere")).endswith(
        ' cannot be reached: database "nowhere" does not exist. Check that the server runs and the URL is right.'
    )


def test_without_the_driver_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def refuse_driver(name: str, *options: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "psycopg":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return load(name, *options, **more)

    monkeypatch.setattr(builtins, "__import__", refuse_driver)
    assert refuse("postgresql://host/ids") == (
        "postgresql://host/ids needs the package psycopg, which is not installed: "
        "pip install 'partnermatch[postgresql]'."
    )


def test_the_package_is_loaded_without_the_packages_of_the_store() -> None:
    code = "import sys, partnermatch.pipeline; print(*{'sqlalchemy', 'psycopg'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


# Writing that fails


def test_the_second_writer_is_told_at_once(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "WAIT_SECONDS", 0.1)
    with Store.open(place) as first, Store.open(place) as second:
        ids = write_run(first, {"a": 0, "b": 1})
        with first.run(ORIGIN, 1) as run:
            run.note(make_rows(["c"]), [])
            assert list_ids(second) == ids  # reading goes on
            for write in (lambda: write_run(second, {"a": 0}), lambda: second.judge([]), lambda: second.undo(1)):
                with pytest.raises(StoreBusy) as caught:
                    write()
                assert str(caught.value) == BUSY.format(second.place)
            run.place({1: 0, 2: 1, 3: 1}, {})
        assert list_ids(second) == {**ids, "c": ids["b"]}
        assert write_run(second, {"a": 0, "b": 1, "c": 1}) == list_ids(first)
        assert second.check() == []


def test_a_store_that_is_being_made_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "WAIT_SECONDS", 0.1)
    place = tmp_path / "ids.sqlite"
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert refuse(place) == BUSY.format(place)
    holder.close()
    fill(place)


def test_a_read_only_file_can_be_read_and_says_so_when_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "ids.sqlite"
    ids = fill(place)
    before = place.read_bytes()
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    with Store.open(place) as store:
        assert list_ids(store) == ids
        assert store.check() == []
        for write in (lambda: write_run(store, {"d": 0}), lambda: store.undo(1)):
            with pytest.raises(StoreError) as caught:
                write()
            assert str(caught.value) == (
                f"{place} cannot be written: it is read-only. Allow writing, or name another file."
            )
    assert place.read_bytes() == before


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_server_that_may_only_be_read_says_so(place: str) -> None:
    ids = fill(place)
    with Store.open(f"{place}&options=-cdefault_transaction_read_only%3Don") as store:
        assert list_ids(store) == ids
        with pytest.raises(StoreError, match=r"cannot be written: the server is read-only\. Name one that can be"):
            write_run(store, {"d": 0})


def limit_pages(more: int) -> Callable[[Any, Any], None]:
    """A disk that is full after so many more pages, as SQLite itself sees it."""

    def limit(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + more}")

    return limit


@pytest.mark.parametrize("more", range(4))
def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path, more: int) -> None:
    place = tmp_path / "ids.sqlite"
    ids = fill(place)
    with Store.open(place) as store:
        store._engine.dispose()
        limit = limit_pages(more)
        sa.event.listen(store._engine, "connect", limit)
        with pytest.raises(StoreError) as caught:
            write_run(store, {**dict.fromkeys("abc", 0), **{f"key {number}" * 20: number for number in range(2_000)}})
        assert str(caught.value) == f"{place} cannot be written: the disk is full. Make room, and run this again."
        sa.event.remove(store._engine, "connect", limit)
        store._engine.dispose()
        assert (list_ids(store), len(store.runs()), store.check()) == (ids, 1, [])
        assert write_run(store, {"a": 0, "b": 0, "c": 1, "d": 2})["a"] == ids["a"]


# What was written stays

CHANGES = (
    "UPDATE judgements SET same = 1",
    "UPDATE events SET kind = 'moved'",
    "UPDATE runs SET settings = 'others'",
    "UPDATE records SET key = 'other'",
    "UPDATE entities SET id = 'other'",
    "UPDATE memberships SET entity = 2 WHERE until IS NOT NULL",
    "UPDATE contents SET name = 'other' WHERE until IS NOT NULL",
    "UPDATE standings SET status = 'active' WHERE until IS NOT NULL",
    "UPDATE reviews SET probability = 1 WHERE until IS NOT NULL",
    *(
        f"DELETE FROM {table}"
        for table in (
            "judgements",
            "events",
            "runs",
            "records",
            "entities",
            "memberships",
            "contents",
            "standings",
            "reviews",
        )
    ),
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_refuses_to_write_over_or_delete(place: str, change: str) -> None:
    fill(place)
    with Store.open(place) as store:
        write_run(store, {"a": 0, "b": 1, "c": 2}, reviews=[("a", "b", 0.3)], nameless=["d"])
        write_run(store, {"a": 0, "b": 0}, nameless=["c"])
        before = (store.members(), store.events(), store.judgements(all=True), store.runs(), store.reviews())
        with pytest.raises(StoreError) as caught, store._write() as connection:
            connection.exec_driver_sql(change)
        table = change.split()[1 if change.startswith("UPDATE") else 2]
        assert str(caught.value) == f"{store.place} cannot be used: what was written to {table} stays as it is."
        after = (store.members(), store.events(), store.judgements(all=True), store.runs(), store.reviews())
        assert after == before
        assert store.check() == []
        store.undo(3)
        assert store.check() == []


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_server_refuses_to_empty_a_table(place: str) -> None:
    fill(place)
    with (
        Store.open(place) as store,
        pytest.raises(StoreError, match="what was written to runs stays as it is"),
        store._write() as connection,
    ):
        connection.exec_driver_sql("TRUNCATE runs CASCADE")


# Migrations


def test_a_store_from_before_is_brought_up_to_date(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        first = migrations.STEPS[:1]
        patch.setattr(migrations, "STEPS", first)
        patch.setattr("partnermatch.store.STEPS", first)
        with Store.open(place) as store:
            ids = write_run(store, {"a": 0, "b": 0, "c": 1})
    with Store.open(place) as store:
        assert list_ids(store) == ids
        with pytest.raises(StoreError, match="stays as it is"), store._write() as connection:
            connection.exec_driver_sql("DELETE FROM events")
        assert write_run(store, {"a": 0, "b": 0, "c": 1}) == ids
        assert store.check() == []


def test_steps_that_are_left_are_done_once(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = fill(place)
    done = []

    def add_column(connection: sa.Connection) -> None:
        done.append(True)
        connection.exec_driver_sql("ALTER TABLE runs ADD COLUMN remark TEXT")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_column))
    monkeypatch.setattr("partnermatch.store.STEPS", migrations.STEPS)
    for _ in range(2):
        with Store.open(place) as store:
            assert list_ids(store) == ids
    assert done == [True]


def test_a_step_that_fails_leaves_the_store_as_it_was(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = fill(place)

    def fail(connection: sa.Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE runs ADD COLUMN remark TEXT")
        connection.exec_driver_sql("this is no SQL")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, fail))
        patch.setattr("partnermatch.store.STEPS", (*migrations.STEPS, fail))
        assert " cannot be used: " in refuse(place)
    with Store.open(place) as store:
        assert list_ids(store) == ids
        assert store.check() == []
