"""The tables of a store: one schema for SQLite and PostgreSQL.

What may change is kept with the runs between which it held: `since` is the run that wrote it, `until` the run that ended
it, NULL while it holds. Nothing is deleted or written over, so that every earlier state can be read again.

    runs          when, with which settings, registry and version
    records       what IDs are given to: a row of a source by its key
    contents      what a record says: its name and country
    entities      institutions; their ID is a registry's, or minted
    standings     whether an entity is active, merged (and into which), split or retired
    memberships   which entity a record belongs to
    registry_ids  which institution of a registry a record means, where one said so
    judgements    what people decided about two records; the last about a pair holds
    events        what a run did to an entity
    reviews       pairs that a person should look at
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from partnermatch.store.rows import slice_up

Query = TypeVar("Query", bound="sa.Select[*tuple[Any, ...]]")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
STATUSES = ("active", "merged", "split", "retired")
RUN_KINDS = ("dedupe", "undo")
EVENT_KINDS = ("minted", "registered", "merged", "split_from", "moved", "split", "retired", "restored", "undone")
REVIEW_KINDS = ("contradiction", "registry_ids", "possible_match")

METADATA = sa.MetaData(naming_convention=NAMING)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=False)


def _link(name: str, target: str, *, optional: bool = False, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.number"), nullable=optional, primary_key=key)


def _one_of(column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({', '.join(map(repr, values))})", name=column)


def _lasting() -> tuple[SchemaItem, ...]:
    """The runs between which a row holds."""
    return (
        _link("since", "runs", key=True),
        _link("until", "runs", optional=True),
        sa.CheckConstraint("until > since", name="until"),
    )


def _open(table: sa.Table, column: str, *, unique: bool = False) -> None:
    """An index over the rows that hold now."""
    holds = table.c.until.is_(None)
    name = f"ix_{table.name}_open_{column}"
    sa.Index(name, table.c[column], unique=unique, sqlite_where=holds, postgresql_where=holds)


def _table(name: str, *items: SchemaItem) -> sa.Table:
    return sa.Table(name, METADATA, *items, sqlite_strict=True)


ABOUT = _table("about", sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
RUNS = _table(
    "runs",
    _number(),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("begun", sa.Text, nullable=False),
    sa.Column("ended", sa.Text, nullable=False),
    sa.Column("settings", sa.Text, nullable=False),
    sa.Column("registry", sa.Text, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("row_count", sa.Integer, nullable=False),
    sa.Column("judgement", sa.Integer, nullable=False),
    _link("undoes", "runs", optional=True),
    _one_of("kind", RUN_KINDS),
)
RECORDS = _table(
    "records",
    _number(),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    _link("run", "runs"),
)
CONTENTS = _table(
    "contents",
    _link("record", "records", key=True),
    *_lasting(),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text, nullable=False),
)
ENTITIES = _table(
    "entities",
    _number(),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("origin", sa.Text, nullable=False),
    _link("run", "runs"),
    _one_of("origin", ("minted", "registry")),
)
STANDINGS = _table(
    "standings",
    _link("entity", "entities", key=True),
    *_lasting(),
    sa.Column("status", sa.Text, nullable=False),
    _link("target", "entities", optional=True),
    _one_of("status", STATUSES),
    sa.CheckConstraint("(status = 'merged') = (target IS NOT NULL)", name="target"),
    sa.CheckConstraint("target <> entity", name="itself"),
)
MEMBERSHIPS = _table(
    "memberships",
    _link("record", "records", key=True),
    *_lasting(),
    _link("entity", "entities"),
)
REGISTRY_IDS = _table(
    "registry_ids",
    _link("record", "records", key=True),
    *_lasting(),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("probability", sa.REAL, nullable=False),
)
JUDGEMENTS = _table(
    "judgements",
    _number(),
    _link("left_record", "records"),
    _link("right_record", "records"),
    sa.Column("same", sa.Integer, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    _link("replaces", "judgements", optional=True),
    sa.CheckConstraint("left_record < right_record", name="order"),
    sa.CheckConstraint("same IN (0, 1)", name="same"),
)
EVENTS = _table(
    "events",
    _number(),
    _link("run", "runs"),
    _link("entity", "entities"),
    sa.Column("kind", sa.Text, nullable=False),
    _link("other", "entities", optional=True),
    sa.Column("record_count", sa.Integer, nullable=False),
    _one_of("kind", EVENT_KINDS),
)
REVIEWS = _table(
    "reviews",
    _link("left_record", "records", key=True),
    _link("right_record", "records", key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    *_lasting(),
    sa.Column("probability", sa.REAL, nullable=True),
    _one_of("kind", REVIEW_KINDS),
)
LASTING = (CONTENTS, STANDINGS, MEMBERSHIPS, REGISTRY_IDS, REVIEWS)
"""Tables of what may change, which `undo` takes back."""

for _lasting_table in (CONTENTS, MEMBERSHIPS, REGISTRY_IDS):
    _open(_lasting_table, "record", unique=True)
_open(STANDINGS, "entity", unique=True)
_open(STANDINGS, "target")
_open(MEMBERSHIPS, "entity")
_open(REGISTRY_IDS, "id")
_open(REVIEWS, "left_record")
sa.Index("ix_events_entity", EVENTS.c.entity)
sa.Index("ix_events_other", EVENTS.c.other)
sa.Index("ix_judgements_pair", JUDGEMENTS.c.left_record, JUDGEMENTS.c.right_record)


def find_last(connection: sa.Connection, table: sa.Table) -> int:
    """The highest number that a table has, 0 if it is empty."""
    return connection.scalar(sa.select(sa.func.max(table.c.number))) or 0


def cut_query(query: Query, column: sa.ColumnElement[Any], values: Collection[Any] | None) -> Iterator[Query]:
    """A query about some values of a column, cut into as many as it takes to ask for all of them; as it is for None."""
    if values is None:
        yield query
    else:
        yield from (query.where(column.in_(some)) for some in slice_up(sorted(values)))


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows, all with the same columns in the same order; as the driver takes them, which is thrice as fast."""
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    columns, marks = ", ".join(map(quote, rows[0])), ", ".join([mark] * len(rows[0]))
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})"
    connection.exec_driver_sql(statement, [tuple(row.values()) for row in rows])


def end_rows(connection: sa.Connection, table: sa.Table, keys: Sequence[Mapping[str, Any]], run: int) -> None:
    """End what holds now under some keys, each given as the values of the same columns."""
    if not keys:
        return
    matches = [table.c[name] == sa.bindparam(f"is_{name}") for name in keys[0]]
    change = table.update().where(*matches, table.c.until.is_(None)).values(until=run)
    connection.execute(change, [{f"is_{name}": value for name, value in key.items()} for key in keys])
