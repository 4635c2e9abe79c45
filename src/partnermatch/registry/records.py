"""What a registry takes from its source: one institution, whatever the source looks like."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from partnermatch.errors import InputError

STATUSES = ("active", "inactive", "withdrawn")
LISTED = ("fundref", "grid", "isni", "wikidata")
"""Other registries whose ids ROR gives."""


class NameKind(StrEnum):
    """What a name is to its institution, the most telling first."""

    DISPLAY = "display"
    LABEL = "label"
    ALIAS = "alias"
    ACRONYM = "acronym"


_ORDER = {kind: place for place, kind in enumerate(NameKind)}


class Name(NamedTuple):
    """One name of an institution.

    Attributes:
        kind: what it is to the institution.
        text: as written.
        language: its code, empty if unknown.
    """

    kind: NameKind
    text: str
    language: str = ""


class Seat(NamedTuple):
    """Where an institution is, as far as that is known; empty texts otherwise.

    Attributes:
        city: name of the city or town.
        region: name of the state, prefecture or province.
        region_code: its code within the country, as ISO 3166-2 has it behind the hyphen.
    """

    city: str = ""
    region: str = ""
    region_code: str = ""


class Relative(NamedTuple):
    """An institution that another has to do with.

    Attributes:
        kind: `successor`, `parent`, `child`, `related` or what else the source has.
        id: as the source writes it.
        name: what the source calls it, empty if nothing.
    """

    kind: str
    id: str
    name: str


class Institution(NamedTuple):
    """One institution; the ids that it relates to are sorted, and `listings` counts its ids in each of `LISTED`."""

    id: str
    country: str
    status: str
    types: tuple[str, ...]
    names: tuple[Name, ...]
    successors: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    seat: Seat = Seat()
    listings: tuple[int, ...] = (0,) * len(LISTED)
    relatives: tuple[Relative, ...] = ()


def sort_names(names: Iterable[Name]) -> tuple[Name, ...]:
    """Names once each, by kind, text and language."""
    return tuple(sorted(set(names), key=lambda name: (_ORDER[name.kind], name.text, name.language)))


def keep_first(found: Iterable[tuple[int, Institution]], source: str) -> tuple[list[Institution], tuple[str, ...]]:
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
