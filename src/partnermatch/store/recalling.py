"""What the records of a store say now, as rows again: all of them, those of some entities, those since some runs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from partnermatch.store.escapes import unescape
from partnermatch.store.rows import WHOLE, Remembered, Row
from partnermatch.store.schema import CONTENTS, MEMBERSHIPS, RECORDS, cut_query


def recall_all(connection: sa.Connection, besides: Collection[int]) -> Remembered:
    """All records that rows gave, but for some."""
    skipped = set(besides)
    found = connection.execute(_select_contents().where(RECORDS.c.source != WHOLE).order_by(RECORDS.c.number))
    return _as_remembered([(row.number, _as_row(row)) for row in found if row.number not in skipped])


def recall_entities(
    connection: sa.Connection, entities: Collection[int], besides: Collection[int]
) -> tuple[Remembered, Remembered]:
    """The same of some entities: what rows gave, and by itself the organizations that rows name above others."""
    query = _select_contents().join(
        MEMBERSHIPS, (MEMBERSHIPS.c.record == RECORDS.c.number) & MEMBERSHIPS.c.until.is_(None)
    )
    parts = cut_query(query, MEMBERSHIPS.c.entity, entities)
    found = [(row.number, _as_row(row)) for part in parts for row in connection.execute(part)]
    rows = sorted((number, row) for number, row in found if number not in besides)
    given = [(number, row) for number, row in rows if row.source != WHOLE]
    wholes = [(number, row) for number, row in rows if row.source == WHOLE]
    return _as_remembered(given), _as_remembered(wholes)


def recall_runs(connection: sa.Connection, first: int, last: int) -> Remembered:
    """The records, organizations above others among them, that say what they say since some runs."""
    query = _select_contents().where(CONTENTS.c.since >= first, CONTENTS.c.since <= last)
    return _as_remembered(sorted((row.number, _as_row(row)) for row in connection.execute(query)))


def count_records(connection: sa.Connection) -> int:
    """How many records that rows gave say a name."""
    named = CONTENTS.join(RECORDS, (RECORDS.c.number == CONTENTS.c.record) & (RECORDS.c.source != WHOLE))
    return connection.scalar(sa.select(sa.func.count()).select_from(named).where(CONTENTS.c.until.is_(None))) or 0


def _select_contents() -> sa.Select[int, str, str, str, str]:
    says = (CONTENTS.c.record == RECORDS.c.number) & CONTENTS.c.until.is_(None)
    return sa.select(RECORDS.c.number, RECORDS.c.source, RECORDS.c.key, CONTENTS.c.name, CONTENTS.c.country).join_from(
        RECORDS, CONTENTS, says
    )


def _as_row(row: sa.Row[int, str, str, str, str]) -> Row:
    return Row(row[1], row[2], unescape(row[3]), unescape(row[4]))


def _as_remembered(rows: Sequence[tuple[int, Row]]) -> Remembered:
    return Remembered([number for number, _ in rows], [row for _, row in rows])
