"""Opens the database of a store, and says in one sentence what is wrong where it cannot be used.

SQLite: WAL, so that readers see the last whole run while one is written; every commit is synced, so that what was
acknowledged survives a loss of power; `BEGIN IMMEDIATE`, so that the second writer is told at once. PostgreSQL: an advisory
lock that ends with the transaction does the same.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from partnermatch.errors import StoreBusy, StoreError

WAIT_SECONDS = 2.0
"""Seconds that a writer waits for another: long enough for one decision to be written, not for a run."""
LOCK = 7_022_026_061
"""Number of the advisory lock on a PostgreSQL server; any number does that nobody else uses in the same database."""
CACHE_KIB = 65_536
"""KiB of a SQLite file kept in memory while it is written: indexes are written all over, and a million records spill into
the log four times less than with the 2 MiB that SQLite keeps by itself."""
_WRITES = "partnermatch_writes"
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite",
}
_SQLITE_FAULTS = {
    "SQLITE_NOTADB": "is no store: it is not a SQLite file. Name another file",
    "SQLITE_CORRUPT": "is damaged. Restore it from a copy",
    "SQLITE_FULL": "cannot be written: the disk is full. Make room, and run this again",
    "SQLITE_READONLY": "cannot be written: it is read-only. Allow writing, or name another file",
    "SQLITE_CANTOPEN": "cannot be opened. Check the path, and that its folder exists and can be written",
    "SQLITE_IOERR_SHMSIZE": "cannot be read or written: the disk is full. Make room, and run this again",
    "SQLITE_IOERR": "cannot be read or written: the disk gave an error",
}
_SERVER_FAULTS = {
    "53100": "cannot be written: the disk of the server is full. Make room, and run this again",
    "25006": "cannot be written: the server is read-only. Name one that can be written",
    "42501": "cannot be used: the user lacks the right to do so. Ask whoever keeps the server",
}


def is_url(place: str) -> bool:
    """Whether a place is a URL, not a file."""
    return "://" in place


def describe_place(place: str) -> str:
    """The place as messages name it: a URL without its password."""
    if not is_url(place):
        return place
    try:
        return sa.make_url(place).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return place.partition("://")[0] + "://…"


def connect(place: str) -> sa.Engine:
    """An engine over a SQLite file or a PostgreSQL server; nothing is opened yet.

    Raises:
        StoreError: the URL is of no kind that is known, or its driver is not installed.
    """
    url = _read_url(place) if is_url(place) else sa.URL.create("sqlite", database=place)
    try:
        if url.get_backend_name() != "sqlite":
            return sa.create_engine(url, connect_args={"connect_timeout": 10})
        engine = sa.create_engine(_file_url(url), connect_args={"timeout": WAIT_SECONDS})
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{describe_place(place)} needs the package {error.name}, which is not installed: "
            "pip install 'partnermatch[postgresql]'."
        ) from None
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def open_to_read(engine: sa.Engine, place: str) -> Iterator[sa.Connection]:
    """A connection that reads one state, whatever is written meanwhile."""
    with _saying_what_is_wrong(place):
        isolation = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        with engine.connect().execution_options(**isolation) as connection, connection.begin():
            yield connection


@contextmanager
def open_to_write(engine: sa.Engine, place: str) -> Iterator[sa.Connection]:
    """A connection that alone may write; all is there at the end, or nothing.

    Raises:
        StoreBusy: somebody else is writing.
    """
    options = {_WRITES: True}
    with (
        _saying_what_is_wrong(place),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            locked = connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(LOCK)))
            if not locked:
                raise StoreBusy(describe_place(place))
        yield connection


def _read_url(place: str) -> sa.URL:
    try:
        url = sa.make_url(place)
    except (sa.exc.ArgumentError, ValueError):
        raise StoreError(f"{describe_place(place)} is no URL of a store: postgresql://user@host/database is.") from None
    if url.drivername not in _DRIVERS:
        raise StoreError(
            f"{describe_place(place)} is no store: partnermatch keeps identities in a SQLite file or on a PostgreSQL "
            f"server, and has no driver for {url.drivername}."
        )
    return url.set(drivername=_DRIVERS[url.drivername])


def _file_url(url: sa.URL) -> sa.URL:
    """The file as a URI that says whether it may be written."""
    path = Path(url.database or "")
    writable = os.access(path if path.exists() else path.parent, os.W_OK)
    plain = path.resolve().as_uri()
    return sa.URL.create("sqlite", database=plain, query={"mode": "rwc" if writable else "ro", "uri": "true"})


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """SQLite is told once a connection what it does not do by itself."""
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    if writes:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _saying_what_is_wrong(place: str) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _name_fault(error.orig, describe_place(place)) from None
    except sqlite3.Error as error:  # raised while a connection is prepared
        raise _name_fault(error, describe_place(place)) from None


def _name_fault(fault: Any, place: str) -> StoreError:
    said = str(fault).strip().partition("\n")[0].rstrip(".")
    name = getattr(fault, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(place)
    code = getattr(fault, "sqlstate", None) or ""
    words = next((words for start, words in _SQLITE_FAULTS.items() if name.startswith(start)), _SERVER_FAULTS.get(code))
    if words:
        return StoreError(f"{place} {words}.")
    if not name and not code:
        said = said.rpartition("FATAL:")[2].strip()
        return StoreError(f"{place} cannot be reached: {said}. Check that the server runs and the URL is right.")
    return StoreError(f"{place} cannot be used: {said}.")
