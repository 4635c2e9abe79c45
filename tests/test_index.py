"""The index of a registry: what goes in comes out, a damaged file is refused, and a dump is read once."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cases import FIXTURES
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from synthetic import TEXTS

import partnermatch as pm
from partnermatch.cli import main
from partnermatch.errors import InputError, WrongIndex
from partnermatch.index import container, origin
from partnermatch.index.folder import find_place
from partnermatch.index.known import Known
from partnermatch.index.leaves import take_apart
from partnermatch.settings import LinkSettings, ScoreSettings, Settings

DUMP = FIXTURES / "registry_cases/dump.json"
ASKED = ["月見大学", "Tsukimi University Hospital", "Univ. of Tsukimi", "カロリンスカ研究所", "", "NIH"]


@pytest.fixture(scope="module")
def registry() -> pm.Registry:
    return pm.Registry.from_ror(DUMP)


@pytest.fixture(scope="module")
def index(registry: pm.Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "ror.pmindex"
    registry.save(path)
    return path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the index of the dump is kept, in an empty folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return find_place(hashlib.sha256(DUMP.read_bytes()).hexdigest())


def ask(registry: pm.Registry) -> pd.DataFrame:
    answer: pd.DataFrame = pm.resolve([*ASKED, *registry.texts], registry, candidates=5)
    return answer


def refuse(path: Path, settings: Settings | None = None) -> str:
    with pytest.raises(WrongIndex) as caught:
        pm.Registry.open(path, settings=settings)
    return str(caught.value)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def list_leaves(known: Known) -> dict[str, tuple[str, Any]]:
    return {name: (array.dtype.str, array.tolist()) for name, array in take_apart(known, "known")}


# what goes in comes out


def test_an_opened_registry_says_what_the_read_one_says(registry: pm.Registry, index: Path) -> None:
    opened = pm.Registry.open(index)
    for name in pm.Registry.__dataclass_fields__:
        if name not in ("owners", "listings", "kept"):
            assert getattr(opened, name) == getattr(registry, name)
    assert opened.owners.tolist() == registry.owners.tolist()
    assert opened.listings.tolist() == registry.listings.tolist()
    assert [opened.root(id) for id in opened.ids] == [registry.root(id) for id in registry.ids]
    assert [opened.names_of(id) for id in opened.ids] == [registry.names_of(id) for id in registry.ids]
    assert repr(opened) == repr(registry)


def test_an_opened_registry_answers_as_the_read_one(registry: pm.Registry, index: Path) -> None:
    pd.testing.assert_frame_equal(ask(pm.Registry.open(index)), ask(registry))


def test_what_was_read_comes_back_array_by_array(registry: pm.Registry, index: Path) -> None:
    kept = pm.Registry.open(index).kept
    assert kept
    assert list_leaves(kept.known) == list_leaves(registry.read(Settings()))


@given(names=st.lists(TEXTS.filter(str.strip), min_size=1, max_size=6))
def test_any_names_come_back(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    table = pd.DataFrame({"id": [str(row) for row in range(len(names))], "name": names}, dtype=object)
    registry = pm.Registry.from_table(table, id="id", name="name")
    path = tmp_path_factory.mktemp("any") / "own.pmindex"
    registry.save(path)
    opened = pm.Registry.open(path)
    assert opened.texts == registry.texts
    pd.testing.assert_frame_equal(
        pm.resolve(names, opened, candidates=3), pm.resolve(names, registry, candidates=3), check_dtype=False
    )


def test_the_same_registry_gives_the_same_bytes_whatever_the_hash_seed(index: Path, tmp_path: Path) -> None:
    code = "import sys, partnermatch as pm; pm.Registry.from_ror(sys.argv[1]).save(sys.argv[2])"
    for seed in ("1", "2"):
        path = tmp_path / seed
        arguments = [sys.executable, "-c", code, str(DUMP), str(path)]
        subprocess.run(arguments, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        assert path.read_bytes() == index.read_bytes()


def test_other_settings_are_read_anew_and_those_that_do_not_matter_are_not(index: Path) -> None:
    opened = pm.Registry.open(index)
    assert opened.kept
    assert opened.read(Settings(scores=ScoreSettings(match=0.9))) is opened.kept.known
    assert opened.read(Settings(links=LinkSettings(min_sound=0.9))) is not opened.kept.known


# damaged and foreign files


@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_changed_byte_is_found(
    index: Path, place: float, flip: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(index.read_bytes())
    data[int(place * len(data))] ^= flip
    path = tmp_path_factory.mktemp("changed") / "ror.pmindex"
    path.write_bytes(data)
    assert str(path) in refuse(path)


@pytest.mark.parametrize("byte", range(80))
def test_every_byte_of_the_head_counts(index: Path, byte: int, tmp_path: Path) -> None:
    data = bytearray(index.read_bytes())
    data[byte] ^= 1
    path = tmp_path / "ror.pmindex"
    path.write_bytes(data)
    assert str(path) in refuse(path)


@given(length=st.floats(0, 1, exclude_max=True), more=st.binary(min_size=1, max_size=5))
def test_a_file_cut_short_or_made_longer_is_refused(
    index: Path, length: float, more: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = index.read_bytes()
    path = tmp_path_factory.mktemp("cut") / "ror.pmindex"
    for changed in (data[: int(length * len(data))], data + more):
        path.write_bytes(changed)
        assert str(path) in refuse(path)


@pytest.mark.parametrize(("length", "said"), [(0, "no index"), (10, "no index"), (40, "damaged"), (1000, "damaged")])
def test_what_is_left_of_a_file_says_what_it_is(index: Path, length: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "ror.pmindex"
    path.write_bytes(index.read_bytes()[:length])
    assert said in refuse(path)


def test_what_is_no_index_is_refused_in_one_sentence() -> None:
    assert refuse(DUMP) == f"{DUMP} is no index of a registry: give the file that `partnermatch index` wrote."
    with pytest.raises(InputError, match="cannot be read: No such file"):
        pm.Registry.open("nothing.pmindex")


def test_objects_are_never_read(tmp_path: Path) -> None:
    path = tmp_path / "ror.pmindex"
    container.write_container(path, {}, {"harm": np.array([1, 2])})
    data = path.read_bytes()
    start = len(container.MAGIC) + 4 + 8
    header = data[start + 32 :].replace(b'"<i8"', b'"|O8"')
    path.write_bytes(data[:start] + hashlib.blake2b(header, digest_size=32).digest() + header)
    with pytest.raises(WrongIndex, match="damaged"):
        container.read_container(path)


def test_another_format_is_refused(index: Path, tmp_path: Path) -> None:
    data = bytearray(index.read_bytes())
    data[len(container.MAGIC)] = 7
    path = tmp_path / "ror.pmindex"
    path.write_bytes(data)
    assert refuse(path) == f"{path} has format 7 of an index where 1 is read. {container.AGAIN}"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("partnermatch", "another version of partnermatch"),
        ("program", "another state of the program"),
        ("lexicon", "another lexicon"),
        ("packages", "other versions of the packages that read names"),
        ("settings", "other settings"),
    ],
)
def test_an_index_of_another_origin_is_refused(index: Path, key: str, said: str, tmp_path: Path) -> None:
    content, path = container.read_container(index), tmp_path / "ror.pmindex"
    other = {**content.about, "origin": {**content.about["origin"], key: "other"}}
    container.write_container(path, other, content.arrays)
    assert refuse(path) == f"{path} was made with {said}. {container.AGAIN}"


def test_other_settings_are_refused_when_they_are_asked_for(index: Path) -> None:
    assert "was made with other settings" in refuse(index, Settings(links=LinkSettings(min_sound=0.9)))
    assert pm.Registry.open(index, settings=Settings(scores=ScoreSettings(match=0.9)))


def test_an_index_that_lacks_an_array_is_damaged(index: Path, tmp_path: Path) -> None:
    content, path = container.read_container(index), tmp_path / "ror.pmindex"
    arrays = {name: array for name, array in content.arrays.items() if name != "known.columns.offered"}
    container.write_container(path, content.about, arrays)
    assert "is a damaged index" in refuse(path)


# from a dump


def test_the_index_of_a_dump_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, told = tmp_path / "ror.pmindex", list[tuple[str, int, int]]()
    made = pm.Registry.from_ror(DUMP, index=path, progress=lambda *step: told.append(step))
    assert told[0] == ("reading registry", 0, len(made.texts))
    before = path.stat().st_mtime_ns
    monkeypatch.setattr("partnermatch.registry.read_ror", None)  # it is not read again
    opened = pm.Registry.from_ror(DUMP, index=path)
    assert path.stat().st_mtime_ns == before
    assert made.kept and opened.kept
    assert (made.kept.path, opened.kept.path) == (path, path)
    pd.testing.assert_frame_equal(ask(opened), ask(made))


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def belong_to_another_dump(path: Path) -> None:
    content = container.read_container(path)
    other = {**content.about, "origin": {**content.about["origin"], "sha256": "other"}}
    container.write_container(path, other, {name: array.copy() for name, array in content.arrays.items()})


@pytest.mark.parametrize("change", [damage, belong_to_another_dump, Path.unlink])
def test_an_index_that_does_not_fit_is_made_anew(change: Callable[[Path], None], index: Path, tmp_path: Path) -> None:
    path = tmp_path / "ror.pmindex"
    shutil.copy(index, path)
    change(path)
    pm.Registry.from_ror(DUMP, index=path)
    assert path.read_bytes() == index.read_bytes()


def test_an_index_of_other_settings_is_made_anew(index: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "ror.pmindex", Settings(links=LinkSettings(min_sound=0.9))
    shutil.copy(index, path)
    made = pm.Registry.from_ror(DUMP, index=path, settings=other)
    assert made.kept and made.kept.settings == origin.hash_settings(other)
    assert pm.Registry.open(path, settings=other)


def test_what_is_no_index_is_never_written_over(tmp_path: Path, registry: pm.Registry) -> None:
    path = tmp_path / "names.csv"
    path.write_text("name\n")
    with pytest.raises(WrongIndex, match="is left as it is"):
        pm.Registry.from_ror(DUMP, index=path)
    with pytest.raises(WrongIndex, match="is left as it is"):
        registry.save(path)
    assert path.read_text() == "name\n"


def test_a_folder_that_cannot_be_written_costs_only_time(cache: Path, registry: pm.Registry) -> None:
    cache.parent.parent.write_text("a file where the folder must stand")
    made = pm.Registry.from_ror(DUMP, index=True)
    assert made.notes[:-1] == registry.notes
    assert made.notes[-1].startswith("What was read of the names is not kept for the next start. ")
    assert made.kept and made.kept.path is None
    pd.testing.assert_frame_equal(ask(made), ask(registry))
    with pytest.raises(InputError, match="cannot be written"):
        pm.Registry.from_ror(DUMP, index=cache)


def test_a_user_without_a_home_keeps_nothing(registry: pm.Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", fail)
    made = pm.Registry.from_ror(DUMP, index=True)
    assert made.notes[-1].startswith("What was read of the names is not kept for the next start. ")
    assert made.ids == registry.ids


def test_a_file_of_arrays_that_holds_no_registry_is_refused(tmp_path: Path, cache: Path) -> None:
    for place in (tmp_path / "other.pmindex", cache):
        place.parent.mkdir(parents=True, exist_ok=True)
        container.write_container(place, {"about": "segments"}, {"numbers": np.arange(3)})
    with pytest.raises(WrongIndex, match="Make it anew"):
        pm.Registry.open(tmp_path / "other.pmindex")
    made = pm.Registry.from_ror(DUMP, index=True)
    assert made.kept and made.kept.path == cache


def make_index(path: str) -> None:
    pm.Registry.from_ror(DUMP, index=path)


def test_two_that_make_one_index_at_a_time_leave_a_whole_one(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "ror.pmindex"
    spawn = multiprocessing.get_context("spawn")
    running = [spawn.Process(target=make_index, args=(str(path),)) for _ in range(2)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    assert [process.exitcode for process in running] == [0, 0]
    assert path.read_bytes() == index.read_bytes()
    assert [item.name for item in tmp_path.iterdir()] == ["ror.pmindex"]


@pytest.mark.parametrize(
    ("platform", "named", "expected"),
    [
        ("linux", "/x/cache", "/x/cache"),
        ("linux", "relative", "/home/a/.cache"),
        ("linux", "", "/home/a/.cache"),
        ("darwin", "", "/home/a/Library/Caches"),
        ("win32", "", "/home/a/AppData/Local"),
    ],
)
def test_the_folder_is_the_one_that_the_platform_has_for_it(
    platform: str, named: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/a"))
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert find_place("ab" * 32) == Path(expected) / "partnermatch" / f"{'ab' * 16}.pmindex"


# the command line


def resolve_names(tmp_path: Path, *options: str) -> tuple[list[str], str]:
    """What is said, and what is written."""
    names, out = tmp_path / "names.csv", tmp_path / "out.csv"
    names.write_text("name\n" + "\n".join(ASKED[:4]) + "\n", encoding="utf-8")
    result = run("resolve", str(names), "-o", str(out), "--name", "name", *options)
    assert result.exit_code == 0, result.output
    return result.stderr.splitlines(), out.read_text(encoding="utf-8")


def test_a_dump_is_read_once_and_says_so(cache: Path, tmp_path: Path) -> None:
    first, answer = resolve_names(tmp_path, "--registry", str(DUMP))
    second, again = resolve_names(tmp_path, "--registry", str(DUMP))
    third, anew = resolve_names(tmp_path, "--registry", str(DUMP), "--no-index")
    assert first[:2] == [f"Reading the 24 names of {DUMP}, once for all runs ...", f"Kept in the index {cache}."]
    assert second[0] == f"Using the index {cache}."
    assert first[2:] == second[1:] == third
    assert answer == again == anew


def test_an_index_is_made_by_a_command_and_takes_the_place_of_the_dump(tmp_path: Path, index: Path) -> None:
    path = tmp_path / "ror.pmindex"
    result = run("index", str(DUMP), "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[-1] == f"13 institutions with 24 names. Written to {path}."
    assert path.read_bytes() == index.read_bytes()
    _, answer = resolve_names(tmp_path, "--registry", str(path))
    _, anew = resolve_names(tmp_path, "--registry", str(DUMP), "--no-index")
    said, named = resolve_names(tmp_path, "--registry", str(DUMP), "--index", str(path))
    assert said[0] == f"Using the index {path}."
    assert answer == anew == named


def test_a_damaged_index_is_code_3_and_one_sentence(index: Path, tmp_path: Path) -> None:
    path, names = tmp_path / "ror.pmindex", tmp_path / "names.csv"
    path.write_bytes(index.read_bytes()[:-1])
    names.write_text("name\nA\n")
    result = run("resolve", str(names), "--name", "name", "--registry", str(path))
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        f"partnermatch: {path} is a damaged index: it was cut short or changed. {container.AGAIN}\n"
    )


def test_two_options_that_exclude_each_other_are_code_2(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name\nA\n")
    options = ("--registry", str(DUMP), "--index", "a.pmindex", "--no-index")
    assert run("resolve", str(names), "--name", "name", *options).exit_code == 2
