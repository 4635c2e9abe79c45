"""A registry in an index: its columns, and what was read of its names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from partnermatch.errors import InputError, WrongIndex
from partnermatch.index.container import AGAIN, Container, read_container, refuse_damaged, write_container
from partnermatch.index.known import Known
from partnermatch.index.leaves import find_leaf, put_together, take_apart
from partnermatch.index.origin import describe_origin, find_difference
from partnermatch.registry.absent import Absent
from partnermatch.settings import Settings

COLUMNS = (
    "ids", "display_names", "countries", "cities", "regions", "region_codes", "statuses", "types", "successors",
    "parents", "children", "related", "listings", "texts", "owners", "languages", "kinds",
)  # fmt: skip
"""What an index holds of a registry beside what was read of its names."""


class Kept(NamedTuple):
    """What an index holds of the names of a registry.

    Attributes:
        known: what was read of them.
        settings: hash of the settings that they were read with.
        path: the file; None if it could not be written.
    """

    known: Known
    settings: str
    path: Path | None


def write_kept(path: Path, columns: Mapping[str, Any], absent: Absent, known: Known, about: Mapping[str, Any]) -> None:
    """Write an index.

    Args:
        path: the file.
        columns: those of `COLUMNS`, by name.
        absent: what the registry names and does not hold.
        known: what was read of the names.
        about: what the file says of itself: its origin, its source and what was left out of it.

    Raises:
        InputError: the file cannot be written.
    """
    arrays = [leaf for name, column in columns.items() for leaf in take_apart(column, f"registry.{name}")]
    parts = (*take_apart(absent, "absent"), *take_apart(known, "known"))
    write_container(path, about, dict([*arrays, *parts]))


def read_kept(path: Path, settings: Settings) -> dict[str, Any]:
    """What a registry is made of, by the names of its attributes, as an index has it.

    Raises:
        InputError: the file cannot be read.
        WrongIndex: it is no index, is damaged or was made with something else than is here now; says what.
    """
    container = read_container(path)
    found = container.about.get("origin", {})
    differs = find_difference(found, describe_origin(settings, found.get("sha256", "")))
    if differs:
        raise WrongIndex(f"{path} was made with {differs}. {AGAIN}")
    return _put_together(container, path)


def read_if_it_fits(path: Path, origin: dict[str, Any]) -> dict[str, Any] | None:
    """The same if there is an index, whole, and of this origin."""
    try:
        container = read_container(path)
    except InputError:
        return None
    return None if find_difference(container.about.get("origin", {}), origin) else _put_together(container, path)


def _put_together(container: Container, path: Path) -> dict[str, Any]:
    about, arrays = container
    try:
        columns = {name: find_leaf(arrays, f"registry.{name}") for name in COLUMNS}
        absent = put_together(Absent, arrays, "absent")
        kept = Kept(put_together(Known, arrays, "known"), about["origin"]["settings"], path)
        said = {"source": about["source"], "sha256": about["origin"]["sha256"], "notes": tuple(about["notes"])}
    except KeyError:
        raise refuse_damaged(path) from None
    return {**columns, "absent": absent, **said, "kept": kept}
