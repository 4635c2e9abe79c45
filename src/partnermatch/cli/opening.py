"""What commands open before they work: a registry, from whatever holds it, and a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import partnermatch
from partnermatch import tables
from partnermatch.cli.showing import show_progress
from partnermatch.errors import InputError


def open_list(path: str, workers: int, index: str | bool = True) -> partnermatch.Registry:
    """A registry from a dump or an index, or from a table with columns id, name and, where it has them, country and alias."""
    if Path(path).suffix.lower() not in (".csv", ".tsv", ".jsonl", ".parquet"):
        return open_registry(path, index, workers)
    frame = tables.read_rows(path)
    for needed in ("id", "name"):
        if needed not in frame.columns:
            raise InputError(f"{path} has no column {needed!r}; as a registry, a table needs the columns id and name.")
    more = {column: column for column in ("country", "alias") if column in frame.columns}
    return partnermatch.Registry.from_table(frame, id="id", name="name", **more)


def open_registry(path: str, index: str | bool, workers: int) -> partnermatch.Registry:
    """A registry from an index, or from a dump whose index is used or made; says which."""
    from partnermatch.index.container import is_container

    if is_container(Path(path)):
        return partnermatch.Registry.open(path)
    told = False
    with show_progress() as progress:

        def tell(step: str, done: int, total: int) -> None:
            nonlocal told
            if not told:
                told = True
                click.echo(f"Reading the {total} names of {path}, once for all runs ...", err=True)
            progress(step, done, total)

        registry = partnermatch.Registry.from_ror(path, index=index, workers=workers, progress=tell)
    if registry.kept and registry.kept.path:
        click.echo(f"{'Kept in' if told else 'Using'} the index {registry.kept.path}.", err=True)
    return registry


@contextmanager
def open_store(place: str | None) -> Iterator[partnermatch.Store | None]:
    """A store as long as a command needs it; None where none is named."""
    if place is None:
        yield None
    else:
        with partnermatch.Store.open(place) as store:
            yield store
