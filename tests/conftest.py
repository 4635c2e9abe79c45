"""One Hypothesis profile for the whole suite: the same examples on every run and no clock. Empty folders, stores to write to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from server import MISSING, find_programs, start_server

from partnermatch.store import Store

DATABASES = count()

settings.register_profile("partnermatch", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("partnermatch")


@pytest.fixture(autouse=True, scope="session")
def _keep_nothing_in_the_users_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server, `{}` for the name of a database; without one the tests fail where CI is set."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with start_server(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made: a file, and an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "ids.sqlite")
    url: str = request.getfixturevalue("server")
    name = f"ids{next(DATABASES)}"
    with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
    return url.format(name)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """An empty store."""
    with Store.open(place) as opened:
        yield opened
