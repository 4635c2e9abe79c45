"""The part of a store that new rows may change: entities near to them, and all that hangs together with these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from partnermatch.store.judgements import Judgement
from partnermatch.store.rows import slice_up
from partnermatch.store.schema import MEMBERSHIPS, REVIEWS


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
