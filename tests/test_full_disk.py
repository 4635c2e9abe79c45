"""A disk that is full: one clear sentence, the store as it was, and no decision lost that was acknowledged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import psycopg
import pytest
from cases import FIXTURES
from click.testing import CliRunner
from endings import small_disk
from stores import list_ids, write_run

from partnermatch.cli import main
from partnermatch.errors import StoreError
from partnermatch.store import Store
from partnermatch.store.judgements import Decision
from partnermatch.tables import read_table

PARTNERS = read_table(FIXTURES / "partners.csv").drop_duplicates("name")
KIB = 1024
FULL = ": the disk is full. Make room, and run this again.\n"
Known = tuple[object, ...]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder, 2_048) as missing:
        if missing:
            pytest.skip(missing)
        yield folder


def leave(disk: Path, kib: int) -> None:
    """Fill a disk up to so many KiB."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    room = os.statvfs(disk)
    filler.write_bytes(bytes(max(room.f_bavail * room.f_frsize - kib * KIB, 0)))


def free(disk: Path) -> None:
    (disk / "filler").unlink()


def lay_out(folder: Path, name: str, rows: pd.DataFrame) -> str:
    path = folder / name
    rows[["name", "country"]].to_csv(path, index=False)
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stderr


def look(place: Path) -> Known:
    with Store.open(place) as store:
        assert store.check() == []
        return store.members(), store.judgements(all=True), store.runs(), store.reviews()


@pytest.mark.parametrize("command", ["dedupe", "judge", "undo", "export"])
def test_a_command_that_finds_the_disk_full_changes_nothing(disk: Path, tmp_path: Path, command: str) -> None:
    place, out = disk / "ids.sqlite", str(tmp_path / "out.csv")
    first, second = lay_out(tmp_path, "1.csv", PARTNERS[:40]), lay_out(tmp_path, "2.csv", PARTNERS[40:80])
    columns = ("-o", out, "--name", "name", "--country", "country", "--store", str(place))
    assert run("dedupe", first, *columns)[0] == 0
    decisions = pd.DataFrame(
        [(f"#{number}", f"#{number + 1}", "no", "x" * 2_000) for number in range(1, 40)],
        columns=["left", "right", "same", "why"],
    )
    decisions.to_csv(tmp_path / "decisions.csv", index=False)
    arguments = {
        "dedupe": ("dedupe", second, *columns),
        "judge": ("judge", "--from", str(tmp_path / "decisions.csv"), "--who", "Ann", "--store", str(place)),
        "undo": ("ids", "undo", "1", "--store", str(place)),
        "export": ("ids", "export", "-o", out, "--store", str(place)),
    }[command]
    refused = 0
    for kib in (0, 16, 32, 64, 96, 1_000):
        before = look(place)
        leave(disk, kib)
        code, said = run(*arguments)
        free(disk)
        assert not list(disk.glob(".*"))
        if code == 0:
            break
        refused += 1
        assert (code, said.startswith(f"partnermatch: {place} cannot be "), said.endswith(FULL)) == (3, True, True), (
            said
        )
        assert look(place) == before
    assert code == 0
    assert refused > 0
    assert (look(place) == before) == (command == "export")


def test_no_decision_is_lost_that_was_acknowledged_before_the_disk_was_full(disk: Path) -> None:
    place = disk / "ids.sqlite"
    with Store.open(place) as store:
        write_run(store, {str(number): number for number in range(50)})
        leave(disk, 200)
        kept = []
        with pytest.raises(StoreError, match="the disk is full"):
            for number in range(10_000):
                decision = Decision(str(number % 49), str(number % 49 + 1), True, "Ann", "x" * 500)
                kept += store.judge([decision])
        assert len(kept) > 3
        assert store.judgements(all=True) == kept
    assert look(place)[1] == kept
    free(disk)
    with Store.open(place) as store:
        assert len(store.judge([Decision("0", "1", False, "Ann", "")])) == 1
    assert look(place)[1][:-1] == kept  # type: ignore[index]


def test_a_full_disk_for_the_answer_leaves_the_store_with_the_run(disk: Path, tmp_path: Path) -> None:
    place, table = tmp_path / "ids.sqlite", lay_out(tmp_path, "1.csv", PARTNERS[:40])
    columns = ("--name", "name", "--country", "country", "--store", str(place))
    leave(disk, 4)
    code, said = run("dedupe", table, "-o", str(disk / "out.csv"), *columns)
    assert (code, said) == (3, f"partnermatch: {disk / 'out.csv'} cannot be written: No space left on device.\n")
    assert [path.name for path in disk.iterdir()] == ["filler"]
    before = look(place)[0]
    assert run("dedupe", table, "-o", str(tmp_path / "out.csv"), *columns)[0] == 0
    assert look(place)[0] == before


def test_a_full_disk_of_a_server(server: str) -> None:
    host = Path(unquote(server.rpartition("host=")[2]))
    folder, owner = host / "small", host.stat()
    folder.mkdir()
    with small_disk(folder, 14 * KIB) as missing, psycopg.connect(server.format("postgres"), autocommit=True) as asked:
        if missing:
            pytest.skip(missing)
        os.chown(folder, owner.st_uid, owner.st_gid)
        asked.execute(f"CREATE TABLESPACE small LOCATION '{folder}'".encode())
        asked.execute("CREATE DATABASE small TABLESPACE small STRATEGY file_copy")
        with Store.open(server.format("small")) as store:
            ids = write_run(store, {"a": 0, "b": 0, "c": 1})
            store.judge([Decision("a", "c", False, "Ann", "")])
            judged = store.judgements()
            with pytest.raises(StoreError) as caught:
                write_run(store, {**dict.fromkeys("abc", 0), **{f"key {row}" * 40: row for row in range(30_000)}})
            assert str(caught.value) == (
                f"{store.place} cannot be written: the disk of the server is full. Make room, and run this again."
            )
            assert (list_ids(store), store.judgements(), len(store.runs()), store.check()) == (ids, judged, 1, [])
            assert write_run(store, {"a": 0, "b": 0, "c": 1, "d": 2})["a"] == ids["a"]
        asked.execute("DROP DATABASE small")
        asked.execute("DROP TABLESPACE small")
