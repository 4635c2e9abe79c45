"""Runs of a store without names to be read: rows by key, and the cluster of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from partnermatch.store import Store
from partnermatch.store.rows import Review, Row
from partnermatch.store.runs import Origin

ORIGIN = Origin("settings", "", "0.1.0")


def make_rows(keys: Sequence[str]) -> list[Row]:
    """A row a key, of one source."""
    return [Row("id", key, f"Institute {key}", "JP") for key in keys]


def write_run(
    store: Store,
    clusters: Mapping[str, int],
    *,
    claims: Mapping[int, str] | None = None,
    reviews: Sequence[tuple[str, str, float]] = (),
    nameless: Sequence[str] = (),
) -> dict[str, str]:
    """Write a run in which all rows that the store knows are placed; gives the ID of each key."""
    asked: list[Review] = []
    with store.run(ORIGIN, len(clusters)) as run:
        numbers = dict(zip(clusters, run.note(make_rows(list(clusters)), make_rows(nameless)), strict=True))
        ids = run.place({numbers[key]: cluster for key, cluster in clusters.items()}, claims or {})
        for one, two, chance in reviews:
            left, right = sorted((numbers[one], numbers[two]))
            asked.append(Review(left, right, "possible_match", chance))
        run.ask(asked)
    return {key: ids[cluster] for key, cluster in clusters.items()}


def drop_guards(connection: sa.Connection) -> None:
    """Take away the triggers that refuse what would damage a store."""
    if connection.dialect.name == "sqlite":
        for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    else:
        connection.exec_driver_sql("DROP FUNCTION partnermatch_refuse CASCADE")


def list_ids(store: Store) -> dict[str, str]:
    """The ID of each key now."""
    return {member.key: member.canonical_id for member in store.members()}
