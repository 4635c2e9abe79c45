"""A store of identities: IDs that last, what happened to them, and what people decided.

A store is a SQLite file or a database on a PostgreSQL server. Runs of `dedupe` write to it, decisions are added to it, and it
says at any time which ID holds now, which held after an earlier run, and what made the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from partnermatch.errors import StoreError
from partnermatch.store.checking import find_faults
from partnermatch.store.connecting import connect, describe_place, is_url, open_to_read, open_to_write
from partnermatch.store.judgements import Decision, Judgement, add_judgements, list_judgements
from partnermatch.store.migrations import STEPS, find_format, migrate
from partnermatch.store.minting import Randomness
from partnermatch.store.reading import (
    Change,
    EntityEntry,
    EventEntry,
    Member,
    ReviewEntry,
    RunEntry,
    find_current,
    list_changes,
    list_events,
    list_members,
    list_redirects,
    list_reviews,
    list_runs,
    show_entity,
)
from partnermatch.store.runs import Origin, Run, begin_run, end_run
from partnermatch.store.undoing import check_undoable, take_back

TOKEN_BYTES = 8
"""Random bytes that tell a run from one of the same number in a copy of the store."""
Clock = Callable[[], datetime]
"""Gives the time now, with its zone."""


def read_clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class Store:
    """Identities in a database; made by `Store.open`."""

    def __init__(self, place: str, engine: sa.Engine, clock: Clock, randomness: Randomness) -> None:
        """Use an engine; `open` also brings its tables to the newest form."""
        self.place = describe_place(place)
        self._engine, self._clock, self._randomness = engine, clock, randomness

    @classmethod
    def open(
        cls,
        place: str | os.PathLike[str],
        *,
        create: bool = True,
        clock: Clock = read_clock,
        randomness: Randomness = os.urandom,
    ) -> Self:
        """Open a store, or make an empty one.

        Args:
            place: a SQLite file, or the URL of a PostgreSQL database: postgresql://user@host/database.
            create: whether a store that is not there may be made.
            clock: gives the time that runs and decisions are noted with.
            randomness: gives the chance that IDs are minted from.

        Raises:
            StoreError: it cannot be opened, is something else, damaged, or made by a newer version; says which.
        """
        name = os.fspath(place)
        if not is_url(name) and not create and not Path(name).exists():
            raise StoreError(f"There is no store {name}; `partnermatch dedupe --store {name}` makes one.")
        store = cls(name, connect(name), clock, randomness)
        try:
            with open_to_read(store._engine, store.place) as connection:
                found = find_format(connection, store.place)
            if found == 0 and not create:
                raise StoreError(f"{store.place} is empty; `partnermatch dedupe --store` makes a store of it.")
            if found < len(STEPS):
                with store._write() as connection:
                    migrate(connection, store.place)
        except StoreError:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({self.place!r})"

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    @contextmanager
    def run(self, origin: Origin, rows: int) -> Iterator[Run]:
        """A run that is written when the block ends, and left out if it fails.

        Args:
            origin: what it is made with.
            rows: how many it was given.

        Raises:
            StoreBusy: somebody else is writing.
        """
        with self._write() as connection:
            number = begin_run(connection, "dedupe", origin, self._clock(), self._randomness(TOKEN_BYTES), rows=rows)
            yield Run(connection, number, self._randomness)
            end_run(connection, number, self._clock())

    def undo(self, run: int, *, version: str = "") -> int:
        """Take back the last run that was not taken back; what people decided stays.

        Args:
            run: its number.
            version: of the program that does it.

        Returns:
            The number of the run that does it.

        Raises:
            InputError: there is no such run, or it has others behind it.
        """
        with self._write() as connection:
            check_undoable(connection, run)
            token = self._randomness(TOKEN_BYTES)
            number = begin_run(connection, "undo", Origin("", "", version), self._clock(), token, undoes=run)
            take_back(connection, run, number)
            end_run(connection, number, self._clock())
        return number

    def judge(self, decisions: Sequence[Decision]) -> list[Judgement]:
        """Keep what people decided, all of it or nothing; the next run obeys it.

        Raises:
            InputError: a side names no record, or records of several institutions; says where it stands.
        """
        with self._write() as connection:
            return add_judgements(connection, decisions, self._clock())

    def judgements(self, *, all: bool = False) -> list[Judgement]:
        """The judgements that hold, or all that were ever made."""
        with self._read() as connection:
            return list_judgements(connection, all=all)

    def current(self, id: str) -> str:
        """The ID that holds in place of one; its own unless it was merged.

        Raises:
            InputError: the store never gave that ID.
        """
        with self._read() as connection:
            return find_current(connection, id)

    def show(self, id: str) -> EntityEntry:
        """What an ID stands for.

        Raises:
            InputError: the store never gave that ID.
        """
        with self._read() as connection:
            return show_entity(connection, id)

    def history(self, id: str) -> list[EventEntry]:
        """What happened to an ID and to those that lead to it.

        Raises:
            InputError: the store never gave that ID.
        """
        with self._read() as connection:
            return list_events(connection, id)

    def events(self) -> list[EventEntry]:
        """What happened to all IDs, the first first."""
        with self._read() as connection:
            return list_events(connection)

    def runs(self) -> list[RunEntry]:
        """All runs, the first first."""
        with self._read() as connection:
            return list_runs(connection)

    def members(self) -> list[Member]:
        """All records with the ID that they have now."""
        with self._read() as connection:
            return list_members(connection)

    def as_of(self, run: int) -> list[Member]:
        """All records with the ID that they had after a run.

        Raises:
            InputError: there is no such run.
        """
        with self._read() as connection:
            return list_members(connection, run)

    def diff(self, before: int, after: int) -> list[Change]:
        """The records whose ID is another after one run than after another, with the reason.

        Raises:
            InputError: there is no such run.
        """
        with self._read() as connection:
            return list_changes(connection, before, after)

    def redirects(self) -> list[tuple[str, str]]:
        """Every ID that was merged, with the one that holds in its place."""
        with self._read() as connection:
            return list_redirects(connection)

    def reviews(self) -> list[ReviewEntry]:
        """Pairs that a person should look at, the most valuable first."""
        with self._read() as connection:
            return list_reviews(connection)

    def check(self) -> list[str]:
        """What is wrong with the store, a sentence each; empty if nothing is."""
        with self._read() as connection:
            return find_faults(connection)

    @contextmanager
    def _read(self) -> Iterator[sa.Connection]:
        with open_to_read(self._engine, self.place) as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sa.Connection]:
        with open_to_write(self._engine, self.place) as connection:
            yield connection
