"""Read one data file of the lexicon: lines of cells separated by tabs, `#` for comments, every line checked."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from itertools import repeat
from typing import NamedTuple

from partnermatch.errors import LexiconError


class Line(NamedTuple):
    """One line of a data file, with where it stands."""

    file: str
    number: int
    cells: tuple[str, ...]

    def error(self, reason: str) -> LexiconError:
        """The error that names this line."""
        return LexiconError(self.file, self.number, reason)


class Columns(NamedTuple):
    """The lines of a data file that carry data, column by column: a long file is checked and laid out so at once.

    Attributes:
        file: its name.
        numbers: where each line stands.
        cells: a list a column.
    """

    file: str
    numbers: list[int]
    cells: list[list[str]]

    def lines(self) -> Iterator[Line]:
        """The same line by line."""
        return map(Line, repeat(self.file), self.numbers, zip(*self.cells, strict=True))


def read_lines(file: str, columns: int, text: str | None = None) -> Iterator[Line]:
    """The lines of a data file that carry data.

    Args:
        file: name inside the package's `lexicon/data`.
        columns: cells that every line must have.
        text: the content, where it does not come from the package (tests).

    Raises:
        LexiconError: a line has another number of cells; says file, line and reason.
    """
    return read_columns(file, columns, text).lines()


def read_columns(file: str, columns: int, text: str | None = None) -> Columns:
    """The same as `read_lines`, column by column."""
    rows = (text if text is not None else _package_text(file)).split("\n")
    numbers = [number for number, row in enumerate(rows, start=1) if row and row[0] != "#" and not row.isspace()]
    rows = [rows[number - 1] for number in numbers]
    for number, tabs in zip(numbers, map(str.count, rows, repeat("\t")), strict=True):
        if tabs != columns - 1:
            raise LexiconError(file, number, f"{tabs + 1} cells where {columns} belong")
    cells = list(map(str.strip, "\t".join(rows).split("\t"))) if rows else []
    return Columns(file, numbers, [cells[column::columns] for column in range(columns)])


def split_forms(cell: str) -> tuple[str, ...]:
    """The forms of one cell, separated by `|`."""
    if "|" in cell:
        return tuple(filter(None, map(str.strip, cell.split("|"))))
    form = cell.strip()
    return (form,) if form else ()


def _package_text(file: str) -> str:
    return resources.files("partnermatch.lexicon").joinpath("data", file).read_text(encoding="utf-8")
