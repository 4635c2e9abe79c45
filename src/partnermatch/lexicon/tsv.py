"""Read one data file of the lexicon: lines of cells separated by tabs, `#` for comments, every line checked."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
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


def read_lines(file: str, columns: int, text: str | None = None) -> Iterator[Line]:
    """The lines of a data file that carry data.

    Args:
        file: name inside the package's `lexicon/data`.
        columns: cells that every line must have.
        text: the content, where it does not come from the package (tests).

    Raises:
        LexiconError: a line has another number of cells; says file, line and reason.
    """
    content = text if text is not None else _package_text(file)
    for number, row in enumerate(content.split("\n"), start=1):
        if not row.strip() or row.startswith("#"):
            continue
        cells = tuple([cell.strip() for cell in row.split("\t")])
        if len(cells) != columns:
            raise LexiconError(file, number, f"{len(cells)} cells where {columns} belong")
        yield Line(file, number, cells)


def split_forms(cell: str) -> list[str]:
    """The forms of one cell, separated by `|`."""
    return [form for part in cell.split("|") if (form := part.strip())]


def _package_text(file: str) -> str:
    return resources.files("partnermatch.lexicon").joinpath("data", file).read_text(encoding="utf-8")
