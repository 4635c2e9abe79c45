"""Which rows does a markdown document hold under a given table heading, and on which lines?

Contract: a page break repeats the heading row and the separator row; both are skipped. A table goes on over blank lines
and prose until the heading of another table that was named, so that a row after a page break without its heading is not
lost. Rows before the first heading are handed on too, marked `headed=False`. Lines count from 1 and end in LF, CRLF
or CR. One pass over the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partnermatch.errors import EmptyInput, InputError

_LINE_END = re.compile(r"\r\n|\r|\n")
_CELL_WALL = re.compile(r"(?<!\\)\|")
_SEPARATOR_CELL = re.compile(r":?-+:?")


@dataclass(frozen=True)
class Heading:
    """A table heading: every one of `labels` opens a cell of the heading row."""

    labels: tuple[str, ...]

    def matches(self, cells: Sequence[str]) -> bool:
        """Say whether these cells are the heading row."""
        return all(any(cell.startswith(label) for cell in cells) for label in self.labels)


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells without outer whitespace, and where it stands.

    Attributes:
        line: line number, from 1.
        raw: the line as written, without outer whitespace.
        cells: the cells, blank ones as empty strings.
        closed: whether the row ends in `|`; a row that does not was cut off while it was written.
        headed: whether a heading of its table stands somewhere above.
    """

    line: int
    raw: str
    cells: tuple[str, ...]
    closed: bool
    headed: bool = True


def read_table(text: str, heading: Heading, others: Sequence[Heading]) -> list[Row]:
    """Gather the rows of every part of the table with this heading.

    Args:
        text: the whole document.
        heading: the heading of the table.
        others: headings of the document's other tables, where this one ends.

    Returns:
        The rows in the document's order, heading and separator rows left out.

    Raises:
        EmptyInput: the text is blank.
        InputError: the heading stands nowhere in the text.
    """
    if not text.strip():
        raise EmptyInput("The document")
    rows: list[Row] = []
    inside, headed = True, False
    for row in _iterate_rows(text):
        if heading.matches(row.cells):
            inside = headed = True
        elif any(other.matches(row.cells) for other in others):
            inside = False
        elif inside and not _is_separator(row.cells):
            rows.append(Row(row.line, row.raw, row.cells, row.closed, headed))
    if not headed:
        raise InputError(
            f"The document has no table with the heading {' | '.join(heading.labels)}: "
            "give the document that this reader is for, as markdown."
        )
    return rows


def _iterate_rows(text: str) -> Iterator[Row]:
    """Cut every line that opens with `|` into cells."""
    for number, line in enumerate(_LINE_END.split(text), start=1):
        raw = line.strip().lstrip("\ufeff")
        if raw.startswith("|"):
            parts = _CELL_WALL.split(raw[1:])
            closed = parts[-1] == "" and len(parts) > 1
            cells = parts[:-1] if closed else parts
            yield Row(number, raw, tuple(" ".join(cell.replace("\\|", "|").split()) for cell in cells), closed)


def _is_separator(cells: Sequence[str]) -> bool:
    """Say whether the row only draws the line under a heading."""
    return all(_SEPARATOR_CELL.fullmatch(cell) for cell in cells)
