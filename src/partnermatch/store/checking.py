"""Checks that a store is what it must be: whole, without gaps, redirects flat, and every change of an ID explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from partnermatch.store.minting import is_minted
from partnermatch.store.schema import (
    CONTENTS,
    ENTITIES,
    EVENTS,
    JUDGEMENTS,
    LASTING,
    MEMBERSHIPS,
    RECORDS,
    REGISTRY_IDS,
    RUNS,
    STANDINGS,
)

_OPEN_STANDING = (STANDINGS.c.entity == ENTITIES.c.number) & STANDINGS.c.until.is_(None)


def find_faults(connection: sa.Connection) -> list[str]:
    """What is wrong with a store, a sentence each; empty if nothing is."""
    return [fault for check in _CHECKS for fault in check(connection)]


def _check_file(connection: sa.Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield f"The file is damaged: {said}."
    for table, row, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} names a row of {target} that is not there."


def _check_runs(connection: sa.Connection) -> Iterator[str]:
    for number in connection.scalars(sa.select(RUNS.c.number).where(RUNS.c.ended == "")):
        yield f"Run {number} never ended."


def _check_ids(connection: sa.Connection) -> Iterator[str]:
    for identity in connection.scalars(sa.select(ENTITIES.c.id).where(ENTITIES.c.origin == "minted")):
        if not is_minted(identity):
            yield f"The ID {identity} has check characters that do not fit."


def _check_standings(connection: sa.Connection) -> Iterator[str]:
    query = sa.select(ENTITIES.c.id).outerjoin(STANDINGS, _OPEN_STANDING).where(STANDINGS.c.entity.is_(None))
    for identity in connection.scalars(query):
        yield f"Nothing says whether {identity} is active."
    member = (MEMBERSHIPS.c.entity == ENTITIES.c.number) & MEMBERSHIPS.c.until.is_(None)
    query = (
        sa.select(ENTITIES.c.id, STANDINGS.c.status, sa.func.count(MEMBERSHIPS.c.record))
        .join(STANDINGS, _OPEN_STANDING)
        .outerjoin(MEMBERSHIPS, member)
        .group_by(ENTITIES.c.id, STANDINGS.c.status)
        .having((STANDINGS.c.status == "active") != (sa.func.count(MEMBERSHIPS.c.record) > 0))
    )
    for identity, status, count in connection.execute(query):
        yield f"{identity} is {status} and has {count} records."


def _check_redirects(connection: sa.Connection) -> Iterator[str]:
    further = STANDINGS.alias("further")
    query = (
        sa.select(ENTITIES.c.id)
        .join(STANDINGS, _OPEN_STANDING)
        .join(further, (further.c.entity == STANDINGS.c.target) & further.c.until.is_(None))
        .where(further.c.status == "merged")
    )
    for identity in connection.scalars(query):
        yield f"{identity} leads to an ID that leads further."


def _check_contents(connection: sa.Connection) -> Iterator[str]:
    says = (CONTENTS.c.record == RECORDS.c.number) & CONTENTS.c.until.is_(None)
    belongs = (MEMBERSHIPS.c.record == RECORDS.c.number) & MEMBERSHIPS.c.until.is_(None)
    query = (
        sa.select(RECORDS.c.number)
        .outerjoin(CONTENTS, says)
        .outerjoin(MEMBERSHIPS, belongs)
        .where(CONTENTS.c.record.is_(None) != MEMBERSHIPS.c.record.is_(None))
    )
    for number in connection.scalars(query):
        yield f"Record {number} has a name and no ID, or an ID and no name."
    nameless = (
        sa.select(REGISTRY_IDS.c.record)
        .outerjoin(CONTENTS, (CONTENTS.c.record == REGISTRY_IDS.c.record) & CONTENTS.c.until.is_(None))
        .where(REGISTRY_IDS.c.until.is_(None), CONTENTS.c.record.is_(None))
    )
    for number in connection.scalars(nameless):
        yield f"Record {number} means an institution of a registry and has no name."


def _check_times(connection: sa.Connection) -> Iterator[str]:
    for table in LASTING:
        other = table.alias("other")
        keys = [column.name for column in table.primary_key if column.name not in ("since", "until")]
        same = sa.and_(*(table.c[key] == other.c[key] for key in keys))
        overlap = (table.c.since < other.c.since) & (table.c.until.is_(None) | (table.c.until > other.c.since))
        count = connection.scalar(sa.select(sa.func.count()).select_from(table.join(other, same & overlap)))
        if count:
            yield f"{count} rows of {table.name} hold at the same time as others of theirs."


def _check_changes(connection: sa.Connection) -> Iterator[str]:
    """Every change of an ID has an event that says why, or a run that took another back."""
    later = MEMBERSHIPS.alias("later")
    old, new = MEMBERSHIPS.c.entity, later.c.entity
    moved = EVENTS.c.kind.in_(("moved", "split_from")) & (EVENTS.c.entity == new) & (EVENTS.c.other == old)
    merged = (EVENTS.c.kind == "merged") & (EVENTS.c.entity == old) & (EVENTS.c.other == new)
    told = sa.select(EVENTS.c.number).where((EVENTS.c.run == later.c.since) & (moved | merged)).exists()
    query = (
        sa.select(later.c.since, sa.func.count())
        .join_from(
            MEMBERSHIPS, later, (later.c.record == MEMBERSHIPS.c.record) & (later.c.since == MEMBERSHIPS.c.until)
        )
        .join(RUNS, RUNS.c.number == later.c.since)
        .where(old != new, RUNS.c.kind != "undo", ~told)
        .group_by(later.c.since)
    )
    for run, count in connection.execute(query):
        yield f"Run {run} gave {count} records another ID, and nothing says why."


def _check_judgements(connection: sa.Connection) -> Iterator[str]:
    former = JUDGEMENTS.alias("former")
    same = (former.c.left_record == JUDGEMENTS.c.left_record) & (former.c.right_record == JUDGEMENTS.c.right_record)
    query = (
        sa.select(JUDGEMENTS.c.number)
        .join(former, former.c.number == JUDGEMENTS.c.replaces)
        .where(~(same & (former.c.number < JUDGEMENTS.c.number)))
    )
    for number in connection.scalars(query):
        yield f"Judgement {number} replaces one about another pair."


_CHECKS: tuple[Callable[[sa.Connection], Iterator[str]], ...] = (
    _check_file,
    _check_runs,
    _check_ids,
    _check_standings,
    _check_redirects,
    _check_contents,
    _check_times,
    _check_changes,
    _check_judgements,
)
