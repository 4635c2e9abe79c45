"""Rows on their way from one file of text to another: read and written without a package of frames, which takes long to load.

What is read is what pandas would read, and what is written is what it would write; a law holds both to that.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class TextTable:
    """Columns of a file of text by their name."""

    cells: Mapping[str, Sequence[Any]]

    @property
    def columns(self) -> list[str]:
        """Their names."""
        return list(self.cells)

    def __getitem__(self, name: str) -> Sequence[Any]:
        return self.cells[name]

    def __len__(self) -> int:
        return len(next(iter(self.cells.values())))


def parse_plain(text: str, separator: str) -> TextTable | None:
    """The table that a text is, if it has at least one row and every row a cell for each named column."""
    rows: list[list[str]] = []
    with suppress(csv.Error):  # pandas says what is wrong
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    header = rows[0] if rows else []
    named = all(header) and len(set(header)) == len(header) and not text.startswith("\ufeff")
    if not named or len(rows) < 2 or set(map(len, rows)) != {len(header)}:
        return None
    return TextTable(dict(zip(header, zip(*rows[1:], strict=True), strict=True)))


def write_rows(table: TextTable, rows: slice, separator: str, quoting: Literal[0, 1]) -> str:
    """Some rows as pandas writes them, under the header if they are the first."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n", quoting=quoting)
    if rows.start == 0:
        writer.writerow(table.columns)
    writer.writerows(zip(*[table[name][rows] for name in table.columns], strict=True))
    return text.getvalue()
