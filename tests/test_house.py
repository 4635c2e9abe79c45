"""The house stands as the README draws it: rooms, their imports, their sizes, and who may do what."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "partnermatch"
FILES = sorted(PACKAGE.rglob("*.py"))
READERS = {"sudachipy", "pykakasi", "pypinyin", "unidecode", "jaconv", "opencc", "yosina"}
NO_NAMES = {"util", "utils", "misc", "helper", "helpers", "common", "base", "manager"}
MAX_LINES = 400
MAX_FUNCTION_LINES = 60


@cache
def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def show(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def read_rooms() -> dict[str, set[str]]:
    """The table under `## The rooms`: what each room may import."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## The rooms\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:3] == "| `"]
    return {
        room.strip("`").removesuffix(".py").strip("/"): set(may.replace("–", "").split(", ")) for room, _, may in rows
    }


ROOMS = read_rooms()


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def list_modules(file: Path) -> Iterator[str]:
    """Dotted names of the modules that a file imports, at any depth of its code."""
    for node in ast.walk(parse(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "partnermatch":
            yield from (f"partnermatch.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{show(file)}: imports are written in full"
            yield str(node.module)


def list_foreign(file: Path) -> set[str]:
    """Rooms and third-party packages that a file imports, its own room aside."""
    found = set()
    for module in list_modules(file):
        parts = module.split(".")
        name = parts[1] if parts[0] == "partnermatch" and len(parts) > 1 else parts[0]
        if parts[0] not in sys.stdlib_module_names and name != room_of(file):
            found.add(name)
    return found


@cache
def graph() -> dict[str, set[str]]:
    """Modules of the package and those of it that each imports when it is loaded."""
    names = {module_of(file): file for file in FILES}
    return {
        name: {to for module in list_modules(file) if (to := nearest(module, names))} for name, file in names.items()
    }


def module_of(file: Path) -> str:
    return ".".join(("partnermatch", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def nearest(module: str, names: dict[str, Path]) -> str:
    return module if module in names and module != "partnermatch" else ""


def list_functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for file in FILES:
        for node in ast.walk(parse(file)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield file, node


def test_every_room_has_a_row_and_every_row_a_room() -> None:
    assert sorted(ROOMS) == sorted({room_of(file) for file in FILES})


@pytest.mark.parametrize("file", FILES, ids=show)
def test_a_room_imports_only_what_its_row_lists(file: Path) -> None:
    assert list_foreign(file) - ROOMS[room_of(file)] == set()


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_row_lists_nothing_that_its_room_does_not_import(room: str) -> None:
    used = {name for file in FILES if room_of(file) == room for name in list_foreign(file)}
    assert ROOMS[room] - used - {""} == set()


def test_no_module_imports_itself_round_a_corner() -> None:
    left = {name: set(targets) for name, targets in graph().items()}
    while free := [name for name, targets in left.items() if not targets & set(left)]:
        for name in free:
            del left[name]
    assert left == {}


@pytest.mark.parametrize("reader", sorted(READERS))
def test_a_third_party_reader_of_language_is_imported_in_one_file_of_text(reader: str) -> None:
    users = [show(file) for file in FILES if reader in {module.split(".")[0] for module in list_modules(file)}]
    assert len(users) <= 1
    assert all(user.startswith("text/") for user in users)


def test_no_module_is_too_long_to_read_in_one_sitting() -> None:
    lengths = {show(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {file: lines for file, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_function_is_too_long() -> None:
    long = [
        f"{show(file)}:{node.lineno} {node.name}"
        for file, node in list_functions()
        if (node.end_lineno or node.lineno) - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [show(file) for file in FILES if file.stem in NO_NAMES or file.parent.name in NO_NAMES] == []


def test_only_the_command_line_prints() -> None:
    printing = {
        show(file)
        for file in FILES
        for node in ast.walk(parse(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert {file for file in printing if file.split("/")[0].removesuffix(".py") != "cli"} == set()


def test_every_module_says_what_it_is_for() -> None:
    assert [show(file) for file in FILES if not ast.get_docstring(parse(file))] == []


def test_importing_the_package_does_no_work() -> None:
    code = "import sys, partnermatch; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = READERS | {
        "numpy",
        "pandas",
        "polars",
        "pyarrow",
        "scipy",
        "rapidfuzz",
        "rich",
        "click",
        "sqlalchemy",
        "psycopg",
    }
    assert heavy & set(done.stdout.split()) == set()
