"""Reads the cases that are kept as data under fixtures/."""

from __future__ import annotations

from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures"


def read_cases(path: str) -> list[tuple[str, ...]]:
    """Rows of a tab-separated file, `#` for comments; the same number of cells in each."""
    lines = (FIXTURES / path).read_text(encoding="utf-8").split("\n")
    rows = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    assert rows, path
    assert len({len(row) for row in rows}) == 1, path
    return rows
