"""Records of the ROR schema v2 to institutions (https://ror.readme.io/docs/fields-and-sub-fields)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import IO, Any

from partnermatch.errors import InputError
from partnermatch.registry.dump import Place, read_list
from partnermatch.registry.records import LISTED, STATUSES, Institution, Name, NameKind, Relative, Seat, sort_names

ADDRESS = "https://ror.org/"
"""What an id begins with."""

_KINDS = {
    "ror_display": NameKind.DISPLAY,
    "label": NameKind.LABEL,
    "acronym": NameKind.ACRONYM,
    "alias": NameKind.ALIAS,
}
"""What a name is, by the first of these that it is called."""
_FAMILY = ("successor", "parent", "child", "related")
"""Relations that columns are made of."""


def read_ror(file: IO[bytes], source: str) -> Iterator[tuple[int, Institution]]:
    """The institutions of a dump, with the number of their record.

    Raises:
        InputError: see `dump.read_list`; or a record is not as the schema has it, says which one and what.
    """
    for place, record in read_list(file, source):
        yield place.number, _read_record(record, place)


def _read_record(record: Any, place: Place) -> Institution:
    if not isinstance(record, dict):
        raise place.error(f"is {_kind_of(record)} where an object with id and names must stand: repair or remove it")
    id = _text(record, "id", place).strip()
    if not id:
        raise place.error("has no id: repair or remove it")
    place = place._replace(id=id)
    if "names" not in record and "name" in record:
        raise InputError(
            f"{place.source} has the schema v1 of ROR (record {place.number} has 'name', not 'names'): "
            "take the file of schema v2 from the same release."
        )
    status = _text(record, "status", place)
    if status not in STATUSES:
        raise place.error(f"has the status {status[:60]!r}: it must be one of {', '.join(STATUSES)}")
    country, seat = _read_location(record, place)
    relatives = _read_relatives(record, place)
    successors, parents, children, related = (
        tuple(sorted({relative.id for relative in relatives if relative.kind == kind})) for kind in _FAMILY
    )
    return Institution(
        id,
        country,
        sys.intern(status),
        tuple(sorted(sys.intern(kind) for kind in _list(record, "types", str, place))),
        _read_names(record, place),
        successors,
        parents,
        children,
        related,
        seat,
        _count_listings(record, place),
        relatives,
    )


def _count_listings(record: dict[str, Any], place: Place) -> tuple[int, ...]:
    """Ids in each of `LISTED`; one that has several there was joined of several, and is the better known."""
    counts = dict.fromkeys(LISTED, 0)
    for number, own in enumerate(_list(record, "external_ids", dict, place), start=1):
        path = f"external_ids[{number}]."
        called, count = _text(own, "type", place, path), len(_list(own, "all", str, place, path))
        if called in counts:
            counts[called] += count
    return tuple(counts.values())


def _read_names(record: dict[str, Any], place: Place) -> tuple[Name, ...]:
    names = []
    for number, name in enumerate(_list(record, "names", dict, place), start=1):
        text = _text(name, "value", place, f"names[{number}].").strip()
        if not text:
            raise place.error(f"has no text in its name {number}: repair or remove it")
        called = _list(name, "types", str, place, f"names[{number}].")
        kind = next((kind for word, kind in _KINDS.items() if word in called), NameKind.ALIAS)
        names.append(Name(kind, text, sys.intern(_text(name, "lang", place, f"names[{number}]."))))
    if not names:
        raise place.error("has no names: repair or remove it")
    return sort_names(names)


def _read_location(record: dict[str, Any], place: Place) -> tuple[str, Seat]:
    """Country and seat, of the first location."""
    for location in _list(record, "locations", dict, place)[:1]:
        details = location.get("geonames_details") or {}
        path = "locations[1].geonames_details"
        if not isinstance(details, dict):
            raise _wrong(place, path, details, "an object")
        fields = ("country_code", "name", "country_subdivision_name", "country_subdivision_code")
        country, *seat = (sys.intern(_text(details, field, place, f"{path}.")) for field in fields)
        return country, Seat(*seat)
    return "", Seat()


def _read_relatives(record: dict[str, Any], place: Place) -> tuple[Relative, ...]:
    found = []
    for number, item in enumerate(_list(record, "relationships", dict, place), start=1):
        path = f"relationships[{number}]."
        kind, id, name = (_text(item, field, place, path).strip() for field in ("type", "id", "label"))
        if id:
            found.append(Relative(sys.intern(kind.casefold()), id, name))
    return tuple(found)


def _text(holder: dict[str, Any], field: str, place: Place, path: str = "") -> str:
    """A text, empty where there is none."""
    value = holder.get(field)
    if value is not None and not isinstance(value, str):
        raise _wrong(place, path + field, value, "a text")
    return value or ""


def _list(holder: dict[str, Any], field: str, kind: type, place: Place, path: str = "") -> list[Any]:
    """A list of texts or of objects, empty where there is none."""
    values = [] if holder.get(field) is None else holder[field]
    if not isinstance(values, list):
        raise _wrong(place, path + field, values, "a list")
    for number, value in enumerate(values, start=1):
        if not isinstance(value, kind):
            raise _wrong(place, f"{path}{field}[{number}]", value, "a text" if kind is str else "an object")
    return values


def _wrong(place: Place, field: str, value: Any, expected: str) -> InputError:
    return place.error(f"has {_kind_of(value)} in {field} where {expected} must stand: repair or remove it")


def _kind_of(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {None: "null", True: "true", False: "false"}[value]
    kinds: dict[type, str] = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds[type(value)]
