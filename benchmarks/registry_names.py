"""Names that institutions of a registry are shown by, as strings that say nothing else: some to learn from, others to be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from partnermatch import lexicon
from partnermatch.registry import Registry
from partnermatch.text.affiliations import is_japanese

ONE_OF = 20
"""One name of so many is learned from."""


PARTS = ("Department of Physics", "Faculty of Medicine", "Institute of Chemistry", "Division of Cardiology")
FORMS = 8
"""Forms of a string, of which two are the name alone."""


def write_out(name: str, city: str, country: str, digest: int) -> str:
    """A name as strings of affiliations have it: alone, behind a part of the institution, before its place, misspelled.

    Args:
        name: of an institution.
        city: where it is, empty if unknown.
        country: the same.
        digest: a number that decides.
    """
    draw = digest // FORMS
    part, capitals = PARTS[draw % len(PARTS)], "".join(letter for letter in name if letter.isupper())
    forms = (
        (name,),
        (name,),
        (part, name),
        (name, city),
        (name, city, country),
        (part, name, city, country),
        (f"{name} ({capitals})" if len(capitals) > 1 else name,),
        (misspell(name, draw),),
    )
    return ", ".join(filter(None, forms[digest % FORMS]))


def name_country(code: str) -> str:
    """The English name of a country; empty where it has none."""
    country = lexicon.countries().get(code)
    return next(iter(country.entry.latin), "").title() if country else ""


def misspell(name: str, draw: int) -> str:
    """A name with one letter missing or two of them turned."""
    places = [place for place in range(1, len(name) - 1) if name[place - 1 : place + 2].isalpha()]
    if not places:
        return name
    place = places[draw % len(places)]
    if draw // len(places) % 2:
        return name[:place] + name[place + 1 :]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


class Shown(NamedTuple):
    """A name, the row of the institution that is shown by it, whether it is learned from, and its digest."""

    name: str
    row: int
    learned: bool
    digest: int


def list_shown(registry: Registry) -> Iterator[Shown]:
    """The names in other scripts than Japanese that institutions are shown by; withdrawn ones are left out."""
    for name, row, kind in zip(registry.texts, registry.owners.tolist(), registry.kinds, strict=True):
        if kind == "display" and registry.statuses[row] != "withdrawn" and not is_japanese(name):
            digest = hashlib.sha1(name.encode("utf-8", "surrogatepass")).hexdigest()
            yield Shown(name, row, int(digest, 16) % ONE_OF == 0, int(digest, 16) // ONE_OF)
