"""The pins: everything by version and hash, nothing by address, and the tests run on what users get."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==[^ ]+( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def read_lines(file: str) -> list[str]:
    return (ROOT / file).read_text(encoding="utf-8").splitlines()


def list_names(file: str) -> set[str]:
    return {pin["name"] for line in read_lines(file) if (pin := PIN.match(line))}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-test.txt"])
def test_every_line_is_a_pin_or_a_hash(file: str) -> None:
    assert [line for line in read_lines(file) if not PIN.match(line) and not HASH.match(line)] == []


@pytest.mark.parametrize(("file", "extras"), [("requirements.txt", []), ("requirements-test.txt", ["test"])])
def test_every_dependency_of_the_project_is_pinned(file: str, extras: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(name for extra in extras for name in project["optional-dependencies"][extra])]
    assert {re.split(r"[<>=!~ ;\[]", name)[0] for name in wanted} <= list_names(file)


def test_the_tests_run_on_the_versions_that_users_get() -> None:
    assert set(read_lines("requirements.txt")) - set(read_lines("requirements-test.txt")) == set()
