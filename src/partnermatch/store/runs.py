"""Writes a run: what records say, which entity each belongs to, and what a person should look at.

A run is one transaction: it is there whole, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from partnermatch.store.assignment import Event, assign
from partnermatch.store.escapes import escape
from partnermatch.store.judgements import Judgement, list_judgements
from partnermatch.store.minting import Randomness, mint
from partnermatch.store.rows import WHOLE, Review, Row, hash_texts, slice_up
from partnermatch.store.schema import (
    CONTENTS,
    ENTITIES,
    EVENTS,
    JUDGEMENTS,
    MEMBERSHIPS,
    RECORDS,
    REVIEWS,
    RUNS,
    STANDINGS,
    cut_query,
    end_rows,
    find_last,
    insert_rows,
)


class Origin(NamedTuple):
    """What a run is made with.

    Attributes:
        settings: hash of the settings.
        registry: hash of the registry; empty without one.
        version: of partnermatch.
    """

    settings: str
    registry: str
    version: str


class Run:
    """A run that is being written."""

    def __init__(self, connection: sa.Connection, number: int, randomness: Randomness) -> None:
        """Write with a connection, as the run of that number; see `begin_run`."""
        self.number = number
        self.connection, self._randomness = connection, randomness

    def find(self, rows: Sequence[Row]) -> list[int]:
        """Number of the record of each row, -1 for one that is new."""
        hashes = [hash_texts(row.source, row.key) for row in rows]
        known: dict[str, int] = {}
        for some in slice_up(sorted(set(hashes))):
            query = sa.select(RECORDS.c.hash, RECORDS.c.number).where(RECORDS.c.hash.in_(some))
            known.update((digest, number) for digest, number in self.connection.execute(query))
        return [known.get(digest, -1) for digest in hashes]

    def find_unchanged(self, rows: Sequence[Row], numbers: Sequence[int]) -> list[int]:
        """Number of the record of each row that says what it said; -1 for all others."""
        said = self._list_open(CONTENTS, "record", [number for number in numbers if number >= 0], "hash")
        digests = [hash_texts(row.name, row.country) for row in rows]
        return [number if said.get(number) == digest else -1 for number, digest in zip(numbers, digests, strict=True)]

    def judgements(self) -> list[Judgement]:
        """What people decided and what holds of it, the earliest first."""
        return list_judgements(self.connection)

    def note(self, rows: Sequence[Row], nameless: Sequence[Row]) -> list[int]:
        """Write what rows say.

        Args:
            rows: with a name, each record once.
            nameless: without one; what their records said before ends.

        Returns:
            The number of the record of each row.
        """
        numbers = self.find(rows)
        first = last = find_last(self.connection, RECORDS)
        fresh = []
        for place, row in enumerate(rows):
            if numbers[place] < 0:
                last += 1
                numbers[place] = last
                digest = hash_texts(row.source, row.key)
                fresh.append({"number": last, "hash": digest, "source": row.source, "key": row.key, "run": self.number})
        insert_rows(self.connection, RECORDS, fresh)
        insert_rows(self.connection, CONTENTS, self._list_changes(rows, numbers, first))
        self._end(CONTENTS, "record", [number for number in self.find(nameless) if number >= 0])
        return numbers

    def forget_wholes(self, besides: Iterable[int]) -> None:
        """End what organizations say that no row names any more above its institution."""
        kept = set(besides)
        query = sa.select(RECORDS.c.number).join(CONTENTS, CONTENTS.c.record == RECORDS.c.number)
        found = self.connection.scalars(query.where(RECORDS.c.source == WHOLE, CONTENTS.c.until.is_(None)))
        self._end(CONTENTS, "record", sorted(number for number in found if number not in kept))

    def place(
        self, placed: Mapping[int, int], claims: Mapping[int, str], within: Collection[int] | None = None
    ) -> dict[int, str]:
        """Write which entity each record belongs to from now on, and the events that explain it.

        Args:
            placed: cluster of every record that says a name, by its number.
            claims: registry ID by cluster, where it is known and the cluster has records.
            within: the entities in question, of which all records must be placed; all if not given.

        Returns:
            The ID of every cluster.
        """
        query = sa.select(MEMBERSHIPS.c.record, MEMBERSHIPS.c.entity).where(MEMBERSHIPS.c.until.is_(None))
        parts = cut_query(query, MEMBERSHIPS.c.entity, within)
        earlier = {record: entity for part in parts for record, entity in self.connection.execute(part)}
        created: list[dict[str, Any]] = []
        last = find_last(self.connection, ENTITIES)

        def create(identity: str, origin: str) -> int:
            number = last + len(created) + 1
            created.append({"number": number, "id": identity, "origin": origin, "run": self.number})
            return number

        claimed = {}
        known = self._find_entities(sorted(set(claims.values())))
        for cluster, identity in claims.items():
            if identity not in known:
                known[identity] = create(identity, "registry")
            claimed[cluster] = known[identity]
        entities, events = assign(placed, earlier, claimed, lambda: create("", "minted"))
        fresh = [entity for entity in created if entity["origin"] == "minted"]
        for entity, identity in zip(fresh, self._mint(len(fresh)), strict=True):
            entity["id"] = identity
        insert_rows(self.connection, ENTITIES, created)
        self._move(placed, earlier, entities)
        self._tell([*self._stand(created, entities, placed, events), *events])
        ids = self.list_ids(sorted(set(entities.values())))
        return {cluster: ids[entity] for cluster, entity in entities.items()}

    def ask(self, reviews: Iterable[Review], within: Collection[int] | None = None) -> None:
        """Write which pairs a person should look at; all others need no look any more.

        Args:
            reviews: the pairs.
            within: the records in question, both of a pair; all if not given.
        """
        wanted = {(review.left, review.right, review.kind): review.probability for review in reviews}
        columns = (REVIEWS.c.left_record, REVIEWS.c.right_record, REVIEWS.c.kind)
        query = sa.select(*columns, REVIEWS.c.probability).where(REVIEWS.c.until.is_(None))
        open_ = [row for part in cut_query(query, columns[0], within) for row in self.connection.execute(part)]
        found = {(row[0], row[1], row[2]): row[3] for row in open_ if within is None or row[1] in within}
        ended = [pair for pair, probability in found.items() if wanted.get(pair, -1.0) != probability]
        names = [column.name for column in columns]
        keys = [dict(zip(names, pair, strict=True)) for pair in sorted(ended)]
        end_rows(self.connection, REVIEWS, keys, self.number)
        fresh = [pair for pair in sorted(wanted) if pair not in found or found[pair] != wanted[pair]]
        insert_rows(
            self.connection,
            REVIEWS,
            [
                {
                    "left_record": left,
                    "right_record": right,
                    "kind": kind,
                    "since": self.number,
                    "probability": wanted[pair],
                }
                for pair in fresh
                for left, right, kind in [pair]
            ],
        )

    def _list_changes(self, rows: Sequence[Row], numbers: Sequence[int], last: int) -> list[dict[str, Any]]:
        """What rows say that their records, up to the last that was known, did not say before; what these said ends."""
        said = self._list_open(CONTENTS, "record", [number for number in numbers if number <= last], "hash")
        changes, ended = [], []
        for row, number in zip(rows, numbers, strict=True):
            digest = hash_texts(row.name, row.country)
            if said.get(number) == digest:
                continue
            if number in said:
                ended.append(number)
            name, country = escape(row.name), escape(row.country)
            changes.append({"record": number, "since": self.number, "hash": digest, "name": name, "country": country})
        self._end(CONTENTS, "record", ended)
        return changes

    def _move(self, placed: Mapping[int, int], earlier: Mapping[int, int], entities: Mapping[int, int]) -> None:
        """End the memberships that changed, and begin others."""
        new = {record: entities[cluster] for record, cluster in placed.items()}
        ended = sorted(record for record, entity in earlier.items() if new.get(record) != entity)
        self._end(MEMBERSHIPS, "record", ended)
        begun = sorted(record for record, entity in new.items() if earlier.get(record) != entity)
        insert_rows(
            self.connection,
            MEMBERSHIPS,
            [{"record": record, "since": self.number, "entity": new[record]} for record in begun],
        )

    def _stand(
        self,
        created: Sequence[Mapping[str, Any]],
        entities: Mapping[int, int],
        placed: Mapping[int, int],
        events: Sequence[Event],
    ) -> list[Event]:
        """Write what becomes of the entities; returns the events of those that a registry brings, or brings back."""
        active = [entity["number"] for entity in created]
        known = sorted(set(entities.values()) - set(active))
        standings = self._list_open(STANDINGS, "entity", known, "status")
        back = sorted(entity for entity, status in standings.items() if status != "active")
        merged = {event.entity: event.other for event in events if event.kind == "merged"}
        gone = {event.entity: event.kind for event in events if event.kind in ("split", "retired")}
        followers = self._list_followers(sorted(merged))
        redirects = {**{one: merged[entity] for one, entity in followers.items()}, **merged}
        self._end(STANDINGS, "entity", [*back, *sorted(redirects), *sorted(gone)])
        rows = [
            *((entity, "active", None) for entity in [*active, *back]),
            *((entity, "merged", target) for entity, target in sorted(redirects.items())),
            *((entity, status, None) for entity, status in sorted(gone.items())),
        ]
        insert_rows(
            self.connection,
            STANDINGS,
            [
                {"entity": entity, "since": self.number, "status": status, "target": target}
                for entity, status, target in rows
            ],
        )
        sizes: dict[int, int] = {}
        for cluster in placed.values():
            sizes[entities[cluster]] = sizes.get(entities[cluster], 0) + 1
        registered = [entity["number"] for entity in created if entity["origin"] == "registry"]
        told = [*((entity, "registered") for entity in registered), *((entity, "restored") for entity in back)]
        return [Event(entity, kind, None, sizes[entity]) for entity, kind in told]

    def _tell(self, events: Sequence[Event]) -> None:
        last = find_last(self.connection, EVENTS)
        rows = [
            {
                "number": last + place,
                "run": self.number,
                "entity": event.entity,
                "kind": event.kind,
                "other": event.other,
                "record_count": event.records,
            }
            for place, event in enumerate(events, start=1)
        ]
        insert_rows(self.connection, EVENTS, rows)

    def _list_followers(self, entities: Sequence[int]) -> dict[int, int]:
        """The entities that redirect to one of these, with the one."""
        found: dict[int, int] = {}
        for some in slice_up(entities):
            holds = STANDINGS.c.target.in_(some) & STANDINGS.c.until.is_(None)
            found.update(self.connection.execute(sa.select(STANDINGS.c.entity, STANDINGS.c.target).where(holds)).all())
        return found

    def _list_open(self, table: sa.Table, key: str, numbers: Sequence[int], value: str) -> dict[int, Any]:
        """What holds now of some records or entities."""
        found: dict[int, Any] = {}
        for some in slice_up(numbers):
            query = sa.select(table.c[key], table.c[value]).where(table.c[key].in_(some), table.c.until.is_(None))
            found.update((number, held) for number, held in self.connection.execute(query))
        return found

    def _find_entities(self, ids: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in slice_up(ids):
            query = sa.select(ENTITIES.c.id, ENTITIES.c.number).where(ENTITIES.c.id.in_(some))
            found.update((identity, number) for identity, number in self.connection.execute(query))
        return found

    def list_ids(self, entities: Sequence[int]) -> dict[int, str]:
        """The ID of each entity."""
        found: dict[int, str] = {}
        for some in slice_up(entities):
            query = sa.select(ENTITIES.c.number, ENTITIES.c.id).where(ENTITIES.c.number.in_(some))
            found.update((number, identity) for number, identity in self.connection.execute(query))
        return found

    def _mint(self, count: int) -> list[str]:
        """So many IDs that no entity ever had."""
        minted: dict[str, None] = {}
        while len(minted) < count:
            drawn = dict.fromkeys(mint(self._randomness) for _ in range(count - len(minted)))
            taken = self._find_entities(list(drawn))
            minted.update((identity, None) for identity in drawn if identity not in taken)
        return list(minted)

    def _end(self, table: sa.Table, key: str, numbers: Iterable[int]) -> None:
        """End what holds now of some records or entities."""
        end_rows(self.connection, table, [{key: number} for number in numbers], self.number)


def begin_run(
    connection: sa.Connection,
    kind: str,
    origin: Origin,
    now: datetime,
    token: bytes,
    *,
    rows: int = 0,
    undoes: int | None = None,
) -> int:
    """Enter a run; it counts when its transaction ends.

    Args:
        connection: that writes.
        kind: one of `schema.RUN_KINDS`.
        origin: what it is made with.
        now: when it begins.
        token: chance, which tells it from a run of the same number in a copy of the store.
        rows: how many it was given.
        undoes: number of the run that it takes back.

    Returns:
        Its number.
    """
    number = find_last(connection, RUNS) + 1
    connection.execute(
        RUNS.insert().values(
            number=number,
            token=token.hex(),
            kind=kind,
            begun=now.isoformat(timespec="seconds"),
            ended="",
            **origin._asdict(),
            row_count=rows,
            judgement=find_last(connection, JUDGEMENTS),
            undoes=undoes,
        )
    )
    return number


def end_run(connection: sa.Connection, number: int, now: datetime) -> None:
    """Note when a run ended."""
    connection.execute(RUNS.update().where(RUNS.c.number == number).values(ended=now.isoformat(timespec="seconds")))
