"""Triggers with which the database itself refuses to delete or write over what a store keeps, whoever asks.

What was written stays: judgements, events, records and entities as they are, a run once it has ended, and of what lasted from
one run to another nothing once it has ended. Undoing needs no more: it ends what holds and writes what held before.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from partnermatch.store.schema import ENTITIES, EVENTS, JUDGEMENTS, LASTING, RECORDS, RUNS

_ALWAYS = ""
_FIXED = {
    **{table.name: _ALWAYS for table in (JUDGEMENTS, EVENTS, RECORDS, ENTITIES)},
    RUNS.name: "WHEN (OLD.ended <> '')",
    **{table.name: "WHEN (OLD.until IS NOT NULL)" for table in LASTING},
}
"""When a row of a table is not to be changed any more."""
_FUNCTION = """
CREATE FUNCTION partnermatch_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was written to % stays as it is', TG_TABLE_NAME; END $$
"""


def create_guards(connection: sa.Connection) -> None:
    """Make the triggers of all tables."""
    postgresql = connection.dialect.name == "postgresql"
    for statement in _list_for_postgresql() if postgresql else _list_for_sqlite():
        connection.exec_driver_sql(statement)


def _list_for_sqlite() -> Iterator[str]:
    for table, when in _FIXED.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, 'what was written to {table} stays as it is'); END"
        yield f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {when} {refuse}"
        yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}"


def _list_for_postgresql() -> Iterator[str]:
    yield _FUNCTION.replace("%", "%%")
    for table, when in _FIXED.items():
        refuse = "EXECUTE FUNCTION partnermatch_refuse()"
        yield f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {when} {refuse}"
        yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
        yield f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
