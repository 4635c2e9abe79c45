"""What a registry said of records: remembered for runs without it, and never overruled but by a person who knew of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from partnermatch.store.judgements import Judgement
from partnermatch.store.rows import slice_up
from partnermatch.store.schema import (
    ENTITIES,
    MEMBERSHIPS,
    REGISTRY_IDS,
    REVIEWS,
    RUNS,
    cut_query,
    end_rows,
    insert_rows,
)

Said = tuple[str, float]
"""A registry's ID, and the probability that a record means it."""
_OPEN = REGISTRY_IDS.c.until.is_(None)


def recall_registered(connection: sa.Connection, within: Collection[int] | None) -> dict[int, Said]:
    """What a registry said of some records, or of all for None, where it knew one."""
    query = sa.select(REGISTRY_IDS.c.record, REGISTRY_IDS.c.id, REGISTRY_IDS.c.probability).where(_OPEN)
    parts = cut_query(query, REGISTRY_IDS.c.record, within)
    return {record: (identity, chance) for part in parts for record, identity, chance in connection.execute(part)}


def note_registered(
    connection: sa.Connection, run: int, said: Mapping[int, Said], within: Collection[int] | None
) -> None:
    """Write what a registry says of some records, or of all for None, from now on.

    Args:
        connection: that writes.
        run: its number.
        said: by record; nothing of those that are not in it.
        within: the records in question.
    """
    before = recall_registered(connection, within)
    ended = [{"record": record} for record in sorted(before) if said.get(record) != before[record]]
    end_rows(connection, REGISTRY_IDS, ended, run)
    begun = [
        {"record": record, "since": run, "id": said[record][0], "probability": said[record][1]}
        for record in sorted(said)
        if before.get(record) != said[record]
    ]
    insert_rows(connection, REGISTRY_IDS, begun)


def find_holders(connection: sa.Connection, ids: Collection[str]) -> set[int]:
    """The entities that have one of these IDs, or a record of which a registry said so."""
    belongs = MEMBERSHIPS.c.until.is_(None)
    query = sa.select(MEMBERSHIPS.c.entity).where(belongs).distinct()
    says = query.join(REGISTRY_IDS, (REGISTRY_IDS.c.record == MEMBERSHIPS.c.record) & _OPEN)
    has = query.join(ENTITIES, ENTITIES.c.number == MEMBERSHIPS.c.entity)
    found: set[int] = set()
    for some in slice_up(sorted(ids)):
        found.update(connection.scalars(says.where(REGISTRY_IDS.c.id.in_(some))))
        found.update(connection.scalars(has.where(ENTITIES.c.id.in_(some))))
    return found


def list_insisted(connection: sa.Connection, judgements: Sequence[Judgement]) -> set[int]:
    """Numbers of the yeses about pairs that a person had been shown as two institutions of a registry."""
    query = (
        sa.select(REVIEWS.c.left_record, REVIEWS.c.right_record, sa.func.min(RUNS.c.judgement))
        .join(RUNS, RUNS.c.number == REVIEWS.c.since)
        .where(REVIEWS.c.kind == "registry_ids")
        .group_by(REVIEWS.c.left_record, REVIEWS.c.right_record)
    )
    shown = {(left, right): last for left, right, last in connection.execute(query)}
    return {
        judgement.number
        for judgement in judgements
        if judgement.same and judgement.number > shown.get((judgement.left, judgement.right), judgement.number)
    }
