"""Every command in benchmarks/ says what it is for before it loads what it needs, and starts nothing when asked for that."""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"
COMMANDS = [file for file in sorted(FOLDER.glob("*.py")) if "\nif __name__ ==" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda file: file.name)
def test_a_command_says_what_it_is_for(
    command: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [str(command), "--help"])
    monkeypatch.setenv("COLUMNS", "1000")
    monkeypatch.syspath_prepend(FOLDER)
    with pytest.raises(SystemExit) as done:
        runpy.run_path(str(command), run_name="__main__")
    purpose = (ast.get_docstring(ast.parse(command.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    assert done.value.code == 0
    assert f"\n{purpose}\n" in capsys.readouterr().out
