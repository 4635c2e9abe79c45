"""The part of a store that new rows may change: entities near to them, and all that hangs together with these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from partnermatch.store.escapes import unescape
from partnermatch.store.judgements import Judgement
from partnermatch.store.rows import WHOLE, Remembered, Row, slice_up
from partnermatch.store.schema import CONTENTS, MEMBERSHIPS, RECORDS, REVIEWS


def find_entities(connection: sa.Connection, records: Iterable[int]) -> dict[int, int]:
    """The entity of each record that has one."""
    found: dict[int, int] = {}
    for some in slice_up(sorted(set(records))):
        belongs = MEMBERSHIPS.c.record.in_(some) & MEMBERSHIPS.c.until.is_(None)
        found.update(connection.execute(sa.select(MEMBERSHIPS.c.record, MEMBERSHIPS.c.entity).where(belongs)).all())
    return found


def close_over(
    connection: sa.Connection, entities: Collection[int], judgements: Sequence[Judgement], match: float
) -> set[int]:
    """The entities, and those that people's decisions or likely pairs tie to them, as far as these ties reach.

    Args:
        connection: that reads.
        entities: to begin with.
        judgements: that hold.
        match: probability from which a pair between two entities may join parts of them when other parts leave.
    """
    likely = REVIEWS.c.until.is_(None) & (REVIEWS.c.probability >= match)
    pairs = [(judgement.left, judgement.right) for judgement in judgements]
    pairs += [
        (one, two)
        for one, two in connection.execute(sa.select(REVIEWS.c.left_record, REVIEWS.c.right_record).where(likely))
    ]
    entity_of = find_entities(connection, (record for pair in pairs for record in pair))
    ties: defaultdict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        one, two = (entity_of.get(record, 0) for record in pair)
        if one and two:
            ties[one].add(two)
            ties[two].add(one)
    reached, waiting = set(entities), sorted(entities)
    while waiting:
        for other in sorted(ties[waiting.pop()] - reached):
            reached.add(other)
            waiting.append(other)
    return reached


def recall_entities(
    connection: sa.Connection, entities: Collection[int], besides: Collection[int]
) -> tuple[Remembered, Remembered]:
    """The records of some entities but for some: those that rows gave, and organizations that rows name above others."""
    query = _select_contents().join(
        MEMBERSHIPS, (MEMBERSHIPS.c.record == RECORDS.c.number) & MEMBERSHIPS.c.until.is_(None)
    )
    parts = [query.where(MEMBERSHIPS.c.entity.in_(some)) for some in slice_up(sorted(entities))]
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
