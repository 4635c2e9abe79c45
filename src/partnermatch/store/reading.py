"""Reads a store: what an ID stands for now, what it stood for after a run, what changed between two, and why."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import sqlalchemy as sa

from partnermatch.errors import InputError
from partnermatch.store.escapes import unescape
from partnermatch.store.rows import WHOLE
from partnermatch.store.schema import CONTENTS, ENTITIES, EVENTS, MEMBERSHIPS, RECORDS, REVIEWS, RUNS, STANDINGS


class RunEntry(NamedTuple):
    """A run as the store keeps it.

    Attributes:
        number: of the run, rising in time.
        token: chance, which tells it from a run of the same number in a copy of the store.
        kind: one of `schema.RUN_KINDS`.
        begun: when, in UTC.
        ended: when, in UTC.
        settings: hash of the settings.
        registry: hash of the registry; empty without one.
        version: of partnermatch.
        rows: how many it was given.
        judgement: number of the last judgement that it knew.
        undoes: number of the run that it takes back; None for most.
    """

    number: int
    token: str
    kind: str
    begun: str
    ended: str
    settings: str
    registry: str
    version: str
    rows: int
    judgement: int
    undoes: int | None


class Member(NamedTuple):
    """A record and the ID of its institution."""

    record: int
    source: str
    key: str
    name: str
    country: str
    canonical_id: str


class EntityEntry(NamedTuple):
    """What an ID stands for.

    Attributes:
        id: the ID that was asked for.
        current: the ID that holds in its place; the same unless it was merged.
        status: one of `schema.STATUSES`.
        origin: `minted`, or `registry` where the ID is a registry's.
        run: the run that made it.
        registry: hash of the registry that the run was made with; empty where the ID is minted.
        members: the records that belong to it now.
    """

    id: str
    current: str
    status: str
    origin: str
    run: int
    registry: str
    members: list[Member]


class EventEntry(NamedTuple):
    """What a run did to an entity; `other` is the ID that it was merged into or that records came from."""

    run: int
    ended: str
    id: str
    kind: str
    other: str
    records: int


class Change(NamedTuple):
    """A record whose ID is another after a run than before; empty where it had none; `why` names the event."""

    record: int
    source: str
    key: str
    name: str
    before: str
    after: str
    why: str


class ReviewEntry(NamedTuple):
    """A pair that a person should look at, with what both records say; `records` would get another ID by a yes."""

    kind: str
    probability: float | None
    records: int
    left: Member
    right: Member


_TARGET = ENTITIES.alias("target")
_STANDING = (STANDINGS.c.entity == ENTITIES.c.number) & STANDINGS.c.until.is_(None)
_CURRENT = (
    sa.select(ENTITIES.c.id, _TARGET.c.id)
    .join(STANDINGS, _STANDING)
    .outerjoin(_TARGET, _TARGET.c.number == STANDINGS.c.target)
    .where(ENTITIES.c.id == sa.bindparam("identity"))
)
"""Made once: putting a query together takes longer than asking it."""


def find_current(connection: sa.Connection, identity: str) -> str:
    """The ID that holds in place of one; its own unless it was merged.

    Raises:
        InputError: the store never gave that ID.
    """
    found = connection.execute(_CURRENT, {"identity": identity}).first()
    if found is None:
        raise InputError(f"The store has no ID {identity!r}; IDs are written in full.")
    return str(found[1] or found[0])


def list_runs(connection: sa.Connection) -> list[RunEntry]:
    """All runs, the first first."""
    found = connection.execute(sa.select(RUNS).order_by(RUNS.c.number))
    return [
        RunEntry(
            row.number,
            row.token,
            row.kind,
            row.begun,
            row.ended,
            row.settings,
            row.registry,
            row.version,
            row.row_count,
            row.judgement,
            row.undoes,
        )
        for row in found
    ]


def list_members(connection: sa.Connection, run: int | None = None) -> list[Member]:
    """All records with the ID that they had after a run, or have now; organizations that no row gives are left out.

    Raises:
        InputError: there is no such run.
    """
    if run is not None:
        check_run(connection, run)
    query = _select_members(run).where(RECORDS.c.source != WHOLE).order_by(RECORDS.c.number)
    return [_as_member(row) for row in connection.execute(query)]


def show_entity(connection: sa.Connection, identity: str) -> EntityEntry:
    """What an ID stands for.

    Raises:
        InputError: the store never gave that ID.
    """
    current = find_current(connection, identity)
    query = (
        sa.select(ENTITIES.c.origin, ENTITIES.c.run, RUNS.c.registry, STANDINGS.c.status)
        .join(STANDINGS, _STANDING)
        .join(RUNS, RUNS.c.number == ENTITIES.c.run)
        .where(ENTITIES.c.id == identity)
    )
    origin, run, registry, status = connection.execute(query).one()
    members = connection.execute(_select_members(None).where(ENTITIES.c.id == identity).order_by(RECORDS.c.number))
    known = registry if origin == "registry" else ""
    return EntityEntry(identity, current, status, origin, run, known, [_as_member(row) for row in members])


def list_events(connection: sa.Connection, identity: str | None = None) -> list[EventEntry]:
    """What happened to an ID and to those that lead to it, or to all, the first first.

    Raises:
        InputError: the store never gave that ID.
    """
    other = ENTITIES.alias("other")
    query = (
        sa.select(EVENTS.c.run, RUNS.c.ended, ENTITIES.c.id, EVENTS.c.kind, other.c.id, EVENTS.c.record_count)
        .join_from(EVENTS, ENTITIES, ENTITIES.c.number == EVENTS.c.entity)
        .join(RUNS, RUNS.c.number == EVENTS.c.run)
        .outerjoin(other, other.c.number == EVENTS.c.other)
        .order_by(EVENTS.c.number)
    )
    if identity is not None:
        current = find_current(connection, identity)
        number = sa.select(ENTITIES.c.number).where(ENTITIES.c.id.in_((identity, current)))
        leads = sa.select(STANDINGS.c.entity).where(STANDINGS.c.target.in_(number))
        about = [column.in_(chosen) for column in (EVENTS.c.entity, EVENTS.c.other) for chosen in (number, leads)]
        query = query.where(sa.or_(*about))
    return [
        EventEntry(run, ended, one, kind, two or "", count)
        for run, ended, one, kind, two, count in connection.execute(query)
    ]


def list_redirects(connection: sa.Connection) -> list[tuple[str, str]]:
    """Every ID that was merged, with the one that holds in its place, sorted."""
    query = (
        sa.select(ENTITIES.c.id, _TARGET.c.id)
        .join(STANDINGS, _STANDING)
        .join(_TARGET, _TARGET.c.number == STANDINGS.c.target)
    )
    return sorted((str(one), str(two)) for one, two in connection.execute(query))


def list_changes(connection: sa.Connection, before: int, after: int) -> list[Change]:
    """The records whose ID is another after one run than after another.

    Raises:
        InputError: there is no such run.
    """
    one = {member.record: member for member in list_members(connection, before)}
    two = {member.record: member for member in list_members(connection, after)}
    kinds: dict[tuple[str, str], str] = {}
    for event in list_events(connection):
        if before < event.run <= after:
            ways = {"merged": (event.id, event.other), "undone": ("", "")}
            way = ways.get(event.kind, (event.other, event.id))
            kinds[way] = f"run {event.run}: {event.kind}"
    changes = []
    for record in sorted(one.keys() | two.keys()):
        known = two.get(record) or one[record]
        was = one[record].canonical_id if record in one else ""
        now = two[record].canonical_id if record in two else ""
        if was != now:
            said = "new" if record not in one else "no name any more" if record not in two else ""
            why = said or kinds.get((was, now)) or "over several runs"
            changes.append(Change(record, known.source, known.key, known.name, was, now, why))
    return changes


def list_reviews(connection: sa.Connection) -> list[ReviewEntry]:
    """Pairs that a person should look at, the most valuable first.

    What contradicts comes first; then a pair is worth its probability times the records that would get another ID. What rows
    only name above their institutions is no row, about which a person could decide, and is left out.
    """
    members = {row[0]: _as_member(row) for row in connection.execute(_select_members(None))}
    sizes = Counter(member.canonical_id for member in members.values())
    query = sa.select(REVIEWS).where(REVIEWS.c.until.is_(None))
    found = []
    for row in connection.execute(query):
        left, right = members.get(row.left_record), members.get(row.right_record)
        if left is None or right is None or WHOLE in (left.source, right.source):
            continue
        smaller = min(sizes[side.canonical_id] for side in (left, right))
        found.append(ReviewEntry(row.kind, row.probability, smaller, left, right))
    return sorted(found, key=_rank_review)


def check_run(connection: sa.Connection, run: int) -> None:
    """Refuse a run that is not there.

    Raises:
        InputError: there is no such run.
    """
    numbers = [entry.number for entry in list_runs(connection)]
    if run not in numbers:
        has = f"1 to {numbers[-1]}" if numbers else "none"
        raise InputError(f"There is no run {run}; the store has {has}.")


def _rank_review(entry: ReviewEntry) -> tuple[bool, float, int, int]:
    chance = entry.probability if entry.probability is not None else 1.0
    return entry.kind == "possible_match", -chance * entry.records, entry.left.record, entry.right.record


def _select_members(run: int | None) -> sa.Select[int, str, str, str, str, str]:
    return (
        sa.select(RECORDS.c.number, RECORDS.c.source, RECORDS.c.key, CONTENTS.c.name, CONTENTS.c.country, ENTITIES.c.id)
        .join_from(RECORDS, CONTENTS, (CONTENTS.c.record == RECORDS.c.number) & holds(CONTENTS, run))
        .join(MEMBERSHIPS, (MEMBERSHIPS.c.record == RECORDS.c.number) & holds(MEMBERSHIPS, run))
        .join(ENTITIES, ENTITIES.c.number == MEMBERSHIPS.c.entity)
    )


def holds(table: sa.Table, run: int | None) -> sa.ColumnElement[bool]:
    """Whether a row holds after a run; now, for None."""
    if run is None:
        return table.c.until.is_(None)
    return (table.c.since <= run) & (table.c.until.is_(None) | (table.c.until > run))


def _as_member(row: sa.Row[int, str, str, str, str, str]) -> Member:
    number, source, key, name, country, identity = row
    return Member(number, source, key, unescape(name), unescape(country), identity)
