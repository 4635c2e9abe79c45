"""Institutions known beforehand: their names, their families and their life cycle, as columns.

A registry is read from the ROR dump (schema v2, .zip or .json, as published) or made from a table of one's own. Rows are
sorted by id and names within their institution, so that nothing depends on the order of the input. What was left out
while reading is said in `Registry.notes`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from partnermatch.errors import InputError
from partnermatch.model import Ints
from partnermatch.registry.families import find_tops, follow
from partnermatch.registry.own_table import hash_columns, join_rows, read_columns
from partnermatch.registry.records import Institution, NameKind
from partnermatch.registry.ror import ADDRESS, read_ror


@dataclass(frozen=True, eq=False)
class Registry:
    """Columns of k institutions, sorted by id, and of their n names, sorted by owner, kind and text.

    Attributes:
        ids: [k] as the source writes them.
        display_names: [k] the name that an institution is shown by.
        countries: [k] country of its first place, an ISO code in ROR; empty if unknown.
        statuses: [k] `active`, `inactive` (closed) or `withdrawn` (the record should not be used).
        types: [k] ROR's types (education, facility, …), sorted.
        successors: [k] ids of what took its place, sorted; an id need not be in the registry, here and below.
        parents: [k] ids of what it belongs to.
        children: [k] ids of what belongs to it.
        related: [k] ids of what it has to do with.
        texts: [n] names as written.
        owners: [n] row of the institution.
        languages: [n] language codes, empty if unknown.
        kinds: [n] what the name is: `display` (once an institution in ROR), `label`, `alias` or `acronym`.
        source: the file as it is called, without its folder; `table` for a table.
        sha256: of the file; of the cells for a table.
        notes: what was left out while reading, a sentence each.
    """

    ids: tuple[str, ...]
    display_names: tuple[str, ...]
    countries: tuple[str, ...]
    statuses: tuple[str, ...]
    types: tuple[tuple[str, ...], ...]
    successors: tuple[tuple[str, ...], ...]
    parents: tuple[tuple[str, ...], ...]
    children: tuple[tuple[str, ...], ...]
    related: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    owners: Ints
    languages: tuple[str, ...]
    kinds: tuple[NameKind, ...]
    source: str
    sha256: str
    notes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"Registry({self.source!r}, {len(self.ids)} institutions, {len(self.texts)} names)"

    @classmethod
    def from_ror(cls, path: str | Path) -> Self:
        """Read a ROR dump, record by record.

        Args:
            path: the .zip or .json file as published.

        Raises:
            InputError: the file cannot be read, is too large once unpacked, is no list of records of schema v2, or a
                record lacks its id or its names; says which record.
        """
        source = Path(path).name
        try:
            with Path(path).open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                return cls._lay_out(read_ror(file, source), source, sha256)
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}. Check the path.") from None

    @classmethod
    def from_table(
        cls, table: Any, *, id: str, name: str, country: str | None = None, alias: str | Sequence[str] | None = None
    ) -> Self:
        """Make a registry from a list of one's own; rows with the same id give more names of one institution.

        Args:
            table: a pandas, Polars, Arrow or DuckDB frame; it is left as it is.
            id: the column of ids.
            name: the column of names; the first name of an id is the one to show.
            country: the column of countries, as ISO codes or names; the first that an id has counts.
            alias: a column of further names, or several.

        Raises:
            TypeError: the table is no frame.
            MissingColumn: a column is not there.
            InputError: a row has no id, or an id has no name; says which row.
        """
        aliases = (alias,) if isinstance(alias, str) else tuple(alias or ())
        flags = [("id", id), ("name", name), ("country", country), *(("alias", column) for column in aliases)]
        ids, names, countries, *others = cells = read_columns(table, flags)
        rows = join_rows(ids, countries, list(zip(names, *others, strict=True)))
        return cls._lay_out(rows, "table", hash_columns(cells))

    @classmethod
    def _lay_out(cls, found: Iterable[tuple[int, Institution]], source: str, sha256: str) -> Self:
        rows, notes = _keep_first(found, source)
        names = [(owner, name) for owner, row in enumerate(rows) for name in row.names]
        return cls(
            ids=tuple(row.id for row in rows),
            display_names=tuple(row.names[0].text for row in rows),
            countries=tuple(row.country for row in rows),
            statuses=tuple(row.status for row in rows),
            types=tuple(row.types for row in rows),
            successors=tuple(row.successors for row in rows),
            parents=tuple(row.parents for row in rows),
            children=tuple(row.children for row in rows),
            related=tuple(row.related for row in rows),
            texts=tuple(name.text for _, name in names),
            owners=np.array([owner for owner, _ in names], dtype=np.int64),
            languages=tuple(name.language for _, name in names),
            kinds=tuple(name.kind for _, name in names),
            source=source,
            sha256=sha256,
            notes=notes,
        )

    def find(self, id: str) -> int:
        """Row of an institution, -1 if there is none; a ROR id may be written with or without its address."""
        if not isinstance(id, str):
            raise TypeError(f"An id is a text, not {type(id).__name__}.")
        row = self._rows.get(id.strip(), -1)
        bare = id.strip().rstrip("/").rpartition("/")[2].lower()
        return row if row >= 0 else self._rows.get(ADDRESS + bare, -1)

    def current(self, id: str) -> str:
        """Id of the institution that took the place of a withdrawn record; its own if it was not withdrawn.

        A record that was withdrawn in favour of several, of none or of one that the registry does not hold stays what
        it is. A circle ends at its smallest id.

        Raises:
            InputError: there is no such institution.
        """
        return self.ids[int(self.current_rows[self._row(id)])]

    def root(self, id: str) -> str:
        """Id of the top of the family: as far up from the current record as all ways up meet in one institution.

        A joint institute of two universities is a top of its own. Parents that the registry does not hold are no way
        up. A circle ends at its smallest id.

        Raises:
            InputError: there is no such institution.
        """
        return self.ids[int(self.root_rows[self._row(id)])]

    def names_of(self, id: str) -> tuple[str, ...]:
        """Names of an institution, the one to show first.

        Raises:
            InputError: there is no such institution.
        """
        row = self._row(id)
        start, end = np.searchsorted(self.owners, [row, row + 1]).tolist()
        return self.texts[start:end]

    @cached_property
    def current_rows(self) -> Ints:
        """[k] row of `current`."""
        after = {
            row: self._rows[ids[0]]
            for row, (status, ids) in enumerate(zip(self.statuses, self.successors, strict=True))
            if status == "withdrawn" and len(ids) == 1 and ids[0] in self._rows
        }
        return np.array([follow(row, after) for row in range(len(self))], dtype=np.int64)

    @cached_property
    def root_rows(self) -> Ints:
        """[k] row of `root`."""
        current = self.current_rows.tolist()
        above = [
            {current[self._rows[id]] for id in ids if id in self._rows} - {row} for row, ids in enumerate(self.parents)
        ]
        return np.array(find_tops(above), dtype=np.int64)[self.current_rows]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {id: row for row, id in enumerate(self.ids)}

    def _row(self, id: str) -> int:
        row = self.find(id)
        if row < 0:
            raise InputError(f"There is no institution {id!r} in {self.source}: give an id such as {self.ids[0]!r}.")
        return row


def _keep_first(found: Iterable[tuple[int, Institution]], source: str) -> tuple[list[Institution], tuple[str, ...]]:
    """Institutions sorted by id, the first of those with one id, and what there is to say about the others."""
    first: dict[str, tuple[int, Institution]] = {}
    notes = []
    for number, institution in found:
        kept, _ = first.setdefault(institution.id, (number, institution))
        if kept != number:
            notes.append(f"Record {number} has the id of record {kept} ({institution.id!r}) and was left out.")
    if not first:
        raise InputError(f"{source} holds no institutions: at least one is needed.")
    rows = [first[id][1] for id in sorted(first)]
    absent = sum(id not in first for row in rows for id in (*row.successors, *row.parents))
    if absent:
        notes.append(f"{absent} successors and parents that records name are not in {source}.")
    return rows, tuple(notes)
