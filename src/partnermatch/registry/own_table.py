"""Institutions from a table of one's own: rows with the same id are names of one institution."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from partnermatch import tables
from partnermatch.errors import InputError
from partnermatch.registry.records import Institution, Name, NameKind, sort_names


def read_columns(table: Any, flags: Sequence[tuple[str, str | None]]) -> list[list[str]]:
    """The cells of columns as text, blanks off both ends.

    Args:
        table: any frame.
        flags: the option that names a column, and the column; cells are empty where it is None.

    Raises:
        MissingColumn: a column is not there.
    """
    found = {column: tables.column(table, column, flag=flag) for flag, column in flags if column is not None}
    rows = len(next(iter(found.values())))
    return [[""] * rows if column is None else [_as_text(cell) for cell in found[column]] for _, column in flags]


def hash_columns(columns: Sequence[Sequence[str]]) -> str:
    """SHA-256 of the cells."""
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()


def join_rows(
    ids: Sequence[str], countries: Sequence[str], names: Sequence[Sequence[str]]
) -> Iterator[tuple[int, Institution]]:
    """Each institution with the number of its first row.

    Args:
        ids: [r] cells.
        countries: [r] cells; the first that is not empty counts.
        names: [r] cells of a row that hold names; the first name of an institution is the one to show.

    Raises:
        InputError: a row has no id, or an id has no name.
    """
    rows: dict[str, list[int]] = {}
    for row, id in enumerate(ids):
        if not id:
            raise InputError(f"Row {row + 1} of the table has no id: give every row the id of its institution.")
        rows.setdefault(id, []).append(row)
    for id, own in rows.items():
        texts = list(dict.fromkeys(text for row in own for text in names[row] if text))
        if not texts:
            raise InputError(f"Row {own[0] + 1} of the table ({id}) has no name: give every id at least one name.")
        made = [Name(NameKind.DISPLAY, texts[0]), *(Name(NameKind.ALIAS, text) for text in texts[1:])]
        country = next((countries[row] for row in own if countries[row]), "")
        yield own[0] + 1, Institution(id, country, "active", (), sort_names(made))


def _as_text(cell: object) -> str:
    """None, NaN and pandas' NA are nothing; 7.0 is how a column of numbers with gaps writes 7."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(cell, float):
        return "" if cell != cell else str(int(cell)) if cell.is_integer() else str(cell)  # noqa: PLR0124 — NaN
    return (cell.decode("utf-8", errors="replace") if isinstance(cell, bytes) else str(cell)).strip()
