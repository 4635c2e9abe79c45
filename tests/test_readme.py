"""What the README shows is true: every command runs, every Python example gives what stands under it."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def list_blocks(kind: str) -> list[str]:
    return [block["body"] for block in BLOCK.finditer(TEXT) if block["kind"] == kind]


def list_commands() -> list[str]:
    return [line[2:] for block in list_blocks("console") for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a checkout, to run the examples in one after another."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "fixtures", place / "fixtures")
    (place / "out").mkdir()
    return place


@pytest.mark.parametrize("command", list_commands())
def test_a_command_runs(command: str, folder: Path) -> None:
    if command.startswith("make "):
        assert re.search(rf"^{command.split()[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr if done.returncode else "") == (0, "")


@pytest.mark.parametrize("number", range(len(list_blocks("python"))))
def test_a_python_example_gives_what_it_shows(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    examples = doctest.DocTestParser().get_doctest(list_blocks("python")[number], {}, f"README {number}", None, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
    runner.run(examples)
    assert examples.examples, "a python block shows examples with >>>"
    assert runner.summarize(verbose=False).failed == 0, capsys.readouterr().out


def test_the_readme_shows_commands_and_python() -> None:
    assert list_commands()
    assert list_blocks("python")
