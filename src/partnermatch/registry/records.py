"""What a registry takes from its source: one institution, whatever the source looks like."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

STATUSES = ("active", "inactive", "withdrawn")


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


class Institution(NamedTuple):
    """One institution; the ids that it relates to are sorted."""

    id: str
    country: str
    status: str
    types: tuple[str, ...]
    names: tuple[Name, ...]
    successors: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def sort_names(names: Iterable[Name]) -> tuple[Name, ...]:
    """Names once each, by kind, text and language."""
    return tuple(sorted(set(names), key=lambda name: (_ORDER[name.kind], name.text, name.language)))
