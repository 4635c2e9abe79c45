"""Institutions that a registry names and does not hold: relatives of its own, which records give by id and name.

A part of a registry, that of one country, say, has thousands of them. A string that names one means it, and not the
institution above it that the registry does hold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from partnermatch.mentions.institutions import Entries
from partnermatch.model import Ints
from partnermatch.registry.records import Institution, Relative
from partnermatch.strings import StringLists, Strings
from partnermatch.text.names import country_code

_BRACKET = re.compile(r"\(([^()]+)\)\s*$")


class Absent(NamedTuple):
    """Columns of a institutions that a registry names and does not hold, sorted by id.

    Attributes:
        ids: [a] as the records write them.
        names: [a] what the records call each, sorted.
        countries: [a] that of its name in brackets, or else the one that all its relatives are in; empty if unknown.
        parents: [a] ids of what it belongs to, all of the registry, here and below.
        children: [a] ids of what belongs to it.
        predecessors: [a] ids of withdrawn records whose place it took alone.
    """

    ids: Sequence[str]
    names: Sequence[tuple[str, ...]]
    countries: Sequence[str]
    parents: Sequence[tuple[str, ...]]
    children: Sequence[tuple[str, ...]]
    predecessors: Sequence[tuple[str, ...]]


def list_absent(rows: Sequence[Institution]) -> Absent:
    """The institutions that rows name as relatives and that are no rows themselves.

    Those without a name are left out, and those with the name of their relative: branches, of which a string that names both
    mostly means the one that is held.
    """
    held = {row.id for row in rows}
    named: dict[str, list[tuple[Institution, Relative]]] = defaultdict(list)
    for row in rows:
        own = {name.text.casefold() for name in row.names}
        for relative in row.relatives:
            if relative.id not in held and relative.name and relative.name.casefold() not in own:
                named[relative.id].append((row, relative))
    ids = sorted(named)
    names = [tuple(sorted({relative.name for _, relative in named[id]})) for id in ids]
    countries = [_find_country(own, {row.country for row, _ in named[id]}) for id, own in zip(ids, names, strict=True)]
    kinds = [dict(sorted((row.id, _name_kin(row, relative)) for row, relative in named[id])) for id in ids]
    family = (
        [tuple(sorted(id for id, kin in own.items() if kin == kind)) for own in kinds]
        for kind in ("parent", "child", "predecessor")
    )
    return Absent(Strings.of(ids), StringLists.of(names), Strings.of(countries), *map(StringLists.of, family))


def _name_kin(row: Institution, relative: Relative) -> str:
    """What a row is to the relative that it names."""
    heir = row.status == "withdrawn" and row.successors == (relative.id,)
    return {"child": "parent", "parent": "child", "successor": "predecessor" if heir else ""}.get(relative.kind, "")


def _find_country(names: Sequence[str], relatives: set[str]) -> str:
    """The country of an institution: a company abroad has it in brackets behind its name."""
    brackets = [found[1] for found in map(_BRACKET.search, names) if found]
    said = {code for code in map(country_code, brackets) if code} or relatives
    return said.pop() if len(said) == 1 else ""


def add_absent(entries: Entries, absent: Absent, rows: Mapping[str, int], current: Ints, holders: Ints) -> Entries:
    """What a registry says of its own institutions, and behind it of those that it does not hold.

    Args:
        entries: of k institutions and n names.
        absent: what is added.
        rows: row of each id.
        current: [k] row of the record that counts for each.
        holders: [n] row of that for the institution of each name.
    """
    count, extra = len(entries.countries), len(absent.ids)
    owned = [(text, count + place) for place, names in enumerate(absent.names) for text in names]
    above, heirs = [set(own) for own in entries.parents], np.full(count, -1, dtype=np.int64)
    for place, (children, predecessors) in enumerate(
        zip(absent.children, absent.predecessors, strict=True), start=count
    ):
        for id in children:
            above[rows[id]].add(place)
        heirs[[rows[id] for id in predecessors]] = place
    above += [{int(current[rows[id]]) for id in ids} for ids in absent.parents]
    nothing = [""] * extra
    return entries._replace(
        texts=[*entries.texts, *(text for text, _ in owned)],
        kinds=[*entries.kinds, *("display" for _ in owned)],
        owners=np.append(
            np.where(entries.owners < 0, heirs[holders], entries.owners),
            np.array([owner for _, owner in owned], dtype=np.int64),
        ),
        countries=[*entries.countries, *absent.countries],
        cities=[*entries.cities, *nothing],
        regions=[*entries.regions, *nothing],
        region_codes=[*entries.region_codes, *nothing],
        types=[*entries.types, *[()] * extra],
        parents=above,
    )
