"""Takes a run back: everything that lasts is again as it was before, and that it was otherwise stays on record."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from partnermatch.errors import InputError
from partnermatch.store.reading import RunEntry, check_run, list_runs
from partnermatch.store.schema import ENTITIES, EVENTS, LASTING, STANDINGS, end_rows, find_last, insert_rows

_RUNS = ("since", "until")


def check_undoable(connection: sa.Connection, run: int) -> None:
    """Refuse to take back what later runs build upon.

    Raises:
        InputError: there is no such run, it was taken back already, or others that were not come behind it.
    """
    check_run(connection, run)
    standing = _list_standing(list_runs(connection))
    if run not in standing:
        raise InputError(f"Run {run} is taken back already, or takes another back itself; dedupe the table again.")
    if run != standing[-1]:
        raise InputError(f"Run {run} has others behind it; take back run {standing[-1]} first.")


def take_back(connection: sa.Connection, run: int, number: int) -> None:
    """Write the state before a run as the state of a new one.

    Args:
        connection: that writes.
        run: to take back.
        number: of the run that takes it back.
    """
    touched = set()
    for table in LASTING:
        touched |= _restore(connection, table, run, number)
    _retire_what_it_made(connection, number)
    last = find_last(connection, EVENTS)
    rows = [
        {"number": last + place, "run": number, "entity": entity, "kind": "undone", "other": None, "record_count": 0}
        for place, entity in enumerate(sorted(touched), start=1)
    ]
    insert_rows(connection, EVENTS, rows)


def _list_standing(runs: list[RunEntry]) -> list[int]:
    """The runs that were not taken back, the last one last."""
    standing: list[int] = []
    for run in runs:
        if run.undoes is None:
            standing.append(run.number)
        else:
            standing.remove(run.undoes)
    return standing


def _restore(connection: sa.Connection, table: sa.Table, run: int, number: int) -> set[int]:
    """Give a table the rows that held before a run; returns the entities that these or their successors name."""
    now = _read(connection, table, table.c.until.is_(None) & (table.c.since >= run))
    before = _read(connection, table, (table.c.since < run) & (table.c.until >= run))
    keys = [column.name for column in table.primary_key if column.name not in _RUNS]
    ended = sorted(now[row] for row in now if row not in before)
    begun = sorted((row for row in before if row not in now), key=before.__getitem__)
    names = [column.name for column in table.columns if column.name not in _RUNS]
    end_rows(connection, table, [dict(zip(keys, pair, strict=True)) for pair in ended], number)
    insert_rows(connection, table, [{**dict(zip(names, row, strict=True)), "since": number} for row in begun])
    if "entity" not in names:
        return set()
    return {row[names.index("entity")] for row in (*now, *before) if (row in now) != (row in before)}


def _read(
    connection: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool]
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Rows without their runs, each with its key."""
    names = [column.name for column in table.columns if column.name not in _RUNS]
    keys = [names.index(column.name) for column in table.primary_key if column.name not in _RUNS]
    rows = connection.execute(sa.select(*(table.c[name] for name in names)).where(condition))
    return {tuple(row): tuple(row[key] for key in keys) for row in rows}


def _retire_what_it_made(connection: sa.Connection, number: int) -> None:
    """An ID that a run made and that goes back with it is never given again."""
    standing = (STANDINGS.c.entity == ENTITIES.c.number) & STANDINGS.c.until.is_(None)
    query = sa.select(ENTITIES.c.number).outerjoin(STANDINGS, standing).where(STANDINGS.c.entity.is_(None))
    rows = [{"entity": entity, "since": number, "status": "retired"} for entity in connection.scalars(query)]
    insert_rows(connection, STANDINGS, rows)
