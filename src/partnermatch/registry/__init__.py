"""Institutions known beforehand: their names, their families and their life cycle, as columns.

A registry is read from the ROR dump (schema v2, .zip or .json, as published) or made from a table of one's own. Rows are
sorted by id and names within their institution, so that nothing depends on the order of the input. What was left out
while reading is said in `Registry.notes`. An index keeps a registry with all that was read of its names, so that the
next start is fast.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np

from partnermatch.errors import InputError
from partnermatch.index.container import check_index_place, refuse_other_file
from partnermatch.index.folder import find_place, make_folder
from partnermatch.index.known import Known, read_names
from partnermatch.index.origin import describe_origin, hash_settings
from partnermatch.mentions.institutions import Entries
from partnermatch.model import Ints
from partnermatch.progress import Progress, count, say_nothing
from partnermatch.registry.absent import Absent, add_absent, list_absent
from partnermatch.registry.families import find_tops, follow
from partnermatch.registry.kept import COLUMNS, Kept, read_if_it_fits, read_kept, write_kept
from partnermatch.registry.own_table import hash_columns, join_rows, read_columns
from partnermatch.registry.records import LISTED, Institution, keep_first
from partnermatch.registry.ror import ADDRESS, read_ror
from partnermatch.settings import Settings, take_settings
from partnermatch.strings import StringLists, Strings


@dataclass(frozen=True, eq=False)
class Registry:
    """Columns of k institutions, sorted by id, and of their n names, sorted by owner, kind and text.

    Attributes:
        ids: [k] as the source writes them.
        display_names: [k] the name that an institution is shown by.
        countries: [k] country of its first place, an ISO code in ROR; empty if unknown.
        cities: [k] its first city or town; empty if unknown.
        regions: [k] the state, prefecture or province of that; empty if unknown.
        region_codes: [k] code of the region within the country, as ISO 3166-2 has it behind the hyphen.
        statuses: [k] `active`, `inactive` (closed) or `withdrawn` (the record should not be used).
        types: [k] ROR's types (education, facility, …), sorted.
        successors: [k] ids of what took its place, sorted; an id need not be in the registry, here and below.
        parents: [k] ids of what it belongs to.
        children: [k] ids of what belongs to it.
        related: [k] ids of what it has to do with.
        listings: [k, r] how many ids each of the r registries of `records.LISTED` has for it.
        texts: [n] names as written.
        owners: [n] row of the institution.
        languages: [n] language codes, empty if unknown.
        kinds: [n] what the name is: `display` (once an institution in ROR), `label`, `alias` or `acronym`.
        absent: institutions that records name as relatives and that are not in the registry; they are never an answer.
        source: the file as it is called, without its folder; `table` for a table.
        sha256: of the file; of the cells for a table.
        notes: what was left out while reading, a sentence each.
        kept: what was read of its names, where an index keeps it; None where none does.
    """

    ids: Sequence[str]
    display_names: Sequence[str]
    countries: Sequence[str]
    cities: Sequence[str]
    regions: Sequence[str]
    region_codes: Sequence[str]
    statuses: Sequence[str]
    types: Sequence[tuple[str, ...]]
    successors: Sequence[tuple[str, ...]]
    parents: Sequence[tuple[str, ...]]
    children: Sequence[tuple[str, ...]]
    related: Sequence[tuple[str, ...]]
    listings: Ints
    texts: Sequence[str]
    owners: Ints
    languages: Sequence[str]
    kinds: Sequence[str]
    absent: Absent
    source: str
    sha256: str
    notes: tuple[str, ...]
    kept: Kept | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"Registry({self.source!r}, {len(self.ids)} institutions, {len(self.texts)} names)"

    @classmethod
    def from_ror(
        cls,
        path: str | Path,
        *,
        index: bool | str | Path = False,
        settings: Settings | None = None,
        workers: int = 1,
        progress: Progress | None = None,
    ) -> Self:
        """Read a ROR dump, record by record; with an index, only once.

        Args:
            path: the .zip or .json file as published.
            index: a file that keeps what is read for the next start, or True for one in the user's folder for caches
                (`index.folder`). If it fits the dump, the settings and the program it is opened, and made otherwise.
            settings: that names are read with; the defaults if not given. They only matter to the index, like the others.
            workers: processes that read names, at most. They are spawned: a script that asks for more than one must start
                its work under `if __name__ == "__main__":`.
            progress: told how far it is with making the index.

        Raises:
            InputError: the file cannot be read, is too large once unpacked, is no list of records of schema v2, or a
                record lacks its id or its names; says which record. Or the index cannot be written where it was named.
            WrongIndex: the file that is named as index is something else.
        """
        source, settings = Path(path).name, take_settings(settings)
        try:
            with Path(path).open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                place = find_place(sha256) if index is True else Path(index) if index else None
                kept = place and read_if_it_fits(place, describe_origin(settings, sha256))
                if kept:
                    return cls(**kept)
                if place and index is True:
                    refuse_other_file(place)  # the folder is made when it is needed
                elif place:
                    check_index_place(place)
                file.seek(0)
                registry = cls._lay_out(read_ror(file, source), source, sha256)
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror or error}. Check the path.") from None
        return registry._keep(place, settings, workers, progress, required=index is not True) if place else registry

    @classmethod
    def open(cls, path: str | Path, *, settings: Settings | None = None) -> Self:
        """Open an index, as `save` and `partnermatch index` write it.

        Args:
            path: the file.
            settings: that names are to be read with; the defaults if not given.

        Raises:
            InputError: the file cannot be read.
            WrongIndex: it is no index, is damaged, or was made with other settings, with another version of the program
                or of a package that reads names; says what, and what to do.
        """
        return cls(**read_kept(Path(path), take_settings(settings)))

    def save(
        self,
        path: str | Path,
        *,
        settings: Settings | None = None,
        workers: int = 1,
        progress: Progress | None = None,
    ) -> None:
        """Read all names and write an index: this registry and all that was read.

        Args:
            path: the file to write; .pmindex is usual.
            settings: to read with; the defaults if not given.
            workers: processes that read, see `from_ror`.
            progress: told how far it is.

        Raises:
            InputError: the file cannot be written.
            InterruptedRun: one of several processes has ended.
            WrongIndex: there is a file of that name that is no index.
        """
        settings = take_settings(settings)
        check_index_place(Path(path))
        known = self.read(settings, workers=workers, progress=progress)
        about = {
            "origin": describe_origin(settings, self.sha256),
            "source": self.source,
            "notes": list(self.notes),
            "institutions": len(self),
            "names": len(self.texts),
        }
        write_kept(Path(path), {name: getattr(self, name) for name in COLUMNS}, self.absent, known, about)

    def read(self, settings: Settings, *, workers: int = 1, progress: Progress | None = None) -> Known:
        """What there is to know of all names: as the index has it, or read now, which takes a minute for all of ROR."""
        if self.kept and self.kept.settings == hash_settings(settings):
            return self.kept.known
        advance = count(progress or say_nothing, "reading registry", len(self.texts))
        return read_names(self._list_entries(), self.owners, self.root_rows, settings, advance, workers=workers)

    def _list_entries(self) -> Entries:
        """What is read; a withdrawn record counts as its successor, and not at all where it has none."""
        statuses, holders = np.array(list(self.statuses)), self.current_rows[self.owners]
        relations = zip(self.parents, self.children, self.related, self.successors, strict=True)
        entries = Entries(
            texts=list(self.texts),
            kinds=list(self.kinds),
            owners=np.where(statuses[holders] != "withdrawn", holders, -1),
            countries=list(self.countries),
            cities=list(self.cities),
            regions=list(self.regions),
            region_codes=list(self.region_codes),
            types=list(self.types),
            parents=self._above,
            kin=np.array([*map(len, self.parents), *map(len, self.children)], dtype=np.int64).reshape(2, -1).T,
            relations=np.array([sum(map(len, own)) for own in relations], dtype=np.int64),
            listings=self.listings,
        )
        return add_absent(entries, self.absent, self._rows, self.current_rows, holders)

    def _keep(self, path: Path, settings: Settings, workers: int, progress: Progress | None, *, required: bool) -> Self:
        """Read all names and write an index; where that may fail, what was read is used all the same."""
        known = self.read(settings, workers=workers, progress=progress)
        registry = replace(self, kept=Kept(known, hash_settings(settings), path))
        try:
            if not required:
                make_folder(path)
            registry.save(path, settings=settings)
        except InputError as error:
            if required:
                raise
            notes = (*self.notes, f"What was read of the names is not kept for the next start. {error}")
            return replace(registry, kept=Kept(known, hash_settings(settings), None), notes=notes)
        return registry

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
        rows, notes = keep_first(found, source)
        names = [(owner, name) for owner, row in enumerate(rows) for name in row.names]
        return cls(
            ids=Strings.of(row.id for row in rows),
            display_names=Strings.of(row.names[0].text for row in rows),
            countries=Strings.of(row.country for row in rows),
            cities=Strings.of(row.seat.city for row in rows),
            regions=Strings.of(row.seat.region for row in rows),
            region_codes=Strings.of(row.seat.region_code for row in rows),
            statuses=Strings.of(row.status for row in rows),
            types=StringLists.of(row.types for row in rows),
            successors=StringLists.of(row.successors for row in rows),
            parents=StringLists.of(row.parents for row in rows),
            children=StringLists.of(row.children for row in rows),
            related=StringLists.of(row.related for row in rows),
            listings=np.array([row.listings for row in rows], dtype=np.int64).reshape(len(rows), len(LISTED)),
            texts=Strings.of(name.text for _, name in names),
            owners=np.array([owner for owner, _ in names], dtype=np.int64),
            languages=Strings.of(name.language for _, name in names),
            kinds=Strings.of(name.kind for _, name in names),
            absent=list_absent(rows),
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
        return tuple(self.texts[start:end])

    @cached_property
    def current_rows(self) -> Ints:
        """[k] row of `current`."""
        after = {
            row: self._rows[ids[0]]
            for row, (status, ids) in enumerate(zip(self.statuses, self.successors, strict=True))
            if status == "withdrawn" and len(ids) == 1 and ids[0] in self._rows
        }
        return np.array(follow(after, len(self)), dtype=np.int64)

    @cached_property
    def root_rows(self) -> Ints:
        """[k] row of `root`."""
        return np.array(find_tops(self._above), dtype=np.int64)[self.current_rows]

    @cached_property
    def _above(self) -> list[set[int]]:
        """[k] rows of the current records right above each."""
        current = self.current_rows.tolist()
        return [
            {current[self._rows[id]] for id in ids if id in self._rows} - {row} for row, ids in enumerate(self.parents)
        ]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {id: row for row, id in enumerate(self.ids)}

    def _row(self, id: str) -> int:
        row = self.find(id)
        if row < 0:
            raise InputError(f"There is no institution {id!r} in {self.source}: give an id such as {self.ids[0]!r}.")
        return row
