"""Brings the tables of a store to the newest form, one numbered step after another, each done once.

A step is never changed after it was published; what is to be otherwise becomes the next step.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from partnermatch.errors import StoreError
from partnermatch.store.guards import create_guards
from partnermatch.store.schema import ABOUT, METADATA, REGISTRY_IDS

FORMAT = "format"
"""Name in `about` of the number of the last step that was done."""


def _create_tables(connection: sa.Connection) -> None:
    tables = [table for table in METADATA.sorted_tables if table is not REGISTRY_IDS]
    METADATA.create_all(connection, tables, checkfirst=False)


def _create_registry_ids(connection: sa.Connection) -> None:
    REGISTRY_IDS.create(connection)


STEPS: tuple[Callable[[sa.Connection], None], ...] = (_create_tables, _create_registry_ids, create_guards)


def find_format(connection: sa.Connection, place: str) -> int:
    """The number of the last step that a store has seen; 0 for an empty database.

    Raises:
        StoreError: the database holds something else, or a store that a newer version made.
    """
    present = set(sa.inspect(connection).get_table_names())
    if ABOUT.name not in present:
        if present:
            raise StoreError(f"{place} is no store: it holds other tables. Name another file or database.")
        return 0
    columns = {column["name"] for column in sa.inspect(connection).get_columns(ABOUT.name)}
    ours = columns >= set(ABOUT.c.keys())
    found = connection.scalar(sa.select(ABOUT.c.value).where(ABOUT.c.name == FORMAT)) if ours else None
    if found is None or not found.isdecimal():
        raise StoreError(f"{place} is no store: it holds other tables. Name another file or database.")
    if int(found) > len(STEPS):
        raise StoreError(
            f"{place} was made by a newer version of partnermatch (format {found}, this version knows {len(STEPS)}). "
            "Install that version."
        )
    return int(found)


def migrate(connection: sa.Connection, place: str) -> None:
    """Do the steps that are left."""
    done = find_format(connection, place)
    for number, step in enumerate(STEPS[done:], start=done + 1):
        step(connection)
        if number == 1:
            connection.execute(ABOUT.insert().values(name=FORMAT, value=str(number)))
        else:
            connection.execute(ABOUT.update().where(ABOUT.c.name == FORMAT).values(value=str(number)))
