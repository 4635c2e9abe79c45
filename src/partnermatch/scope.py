"""How much of a store has to be looked at again for some rows, and where its records are placed then.

New rows may change the institutions that have a name near to theirs, and what hangs together with these; all others stay as
they are. So a run costs what its rows and their neighbours cost, however much the store holds. Everything is looked at
again where the last run was made otherwise, or was taken back, where the store is small, or a table gives all of it again.

The answer is that of one run over everything as long as the same pairs of names are compared. In a large table each name is
compared with the nearest of those that it sees (`candidates`), and which these are depends on all that stand around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from partnermatch.answers import Answer
from partnermatch.csr import sort_once
from partnermatch.model import Ints, Profiles
from partnermatch.nearby import find_near
from partnermatch.segments import open_segments
from partnermatch.settings import Settings
from partnermatch.store.judgements import Judgement
from partnermatch.store.reading import list_runs
from partnermatch.store.recalling import count_records, recall_all, recall_entities, recall_runs
from partnermatch.store.rows import WHOLE, Row, key_of
from partnermatch.store.runs import Run
from partnermatch.store.scope import close_over, find_entities


class Part(NamedTuple):
    """What a run looks at.

    Attributes:
        entities: of the store; None for all.
        rows: of the table, then those of records that the table does not give.
        numbers: of their records, -1 for a new one.
        wholes: organizations above others that belong to the entities.
    """

    entities: set[int] | None
    rows: list[Row]
    numbers: list[int]
    wholes: list[Row]


class Placing(NamedTuple):
    """Where records belong.

    Attributes:
        placed: profile of each record, among them organizations above others.
        nameless: records that say no name.
        elsewhere: entity by label of a cluster that holds nothing but what belongs to an entity that is not looked at.
        missing: entities that should have been looked at: something that is was put together with their records.
    """

    placed: dict[Row, int]
    nameless: list[Row]
    elsewhere: dict[int, int]
    missing: set[int]


def find_scope(
    run: Run,
    rows: Sequence[Row],
    numbers: Sequence[int],
    judgements: Sequence[Judgement],
    settings: Settings,
) -> set[int] | None:
    """The entities that the rows, and decisions since the last run, may change; None for all.

    Args:
        run: that is being written.
        rows: [r] of the table.
        numbers: [r] of their records.
        judgements: that hold.
        settings: of the run.
    """
    *before, now = list_runs(run.connection)
    known = count_records(run.connection)
    given = len({number for number in numbers if number >= 0})
    if not before or known < max(settings.store.min_known, len(rows)) or known <= given:
        return None
    last = before[-1]
    if (last.kind, last.settings, last.registry, last.version) != (now.kind, now.settings, now.registry, now.version):
        return None
    tokens = [entry.token for entry in before]
    segments = open_segments(tokens, lambda one, two: recall_runs(run.connection, one, two), settings)
    records = {number for number in numbers if number >= 0}
    wholes: list[Row] = []
    for segment in segments:
        near = find_near(segment, [row.name for row in rows], [row.country for row in rows], settings)
        records.update(near.records.tolist())
        wholes = [_as_whole(name, country) for name, country in near.wholes]
    records.update(run.find(wholes))
    for judgement in judgements:
        if judgement.number > last.judgement:
            records |= {judgement.left, judgement.right}
    entities = set(find_entities(run.connection, records).values())
    return close_over(run.connection, entities, judgements, settings.scores.match)


def recall_part(run: Run, rows: Sequence[Row], numbers: Sequence[int], entities: set[int] | None) -> Part:
    """The rows of a table and all records of some entities, or of all."""
    if entities is None:
        others = recall_all(run.connection, numbers)
        return Part(None, [*rows, *others.rows], [*numbers, *others.numbers], [])
    others, wholes = recall_entities(run.connection, entities, set(numbers))
    return Part(entities, [*rows, *others.rows], [*numbers, *others.numbers], wholes.rows)


def leave_untouched(run: Run, part: Part, answer: Answer, judgements: Sequence[Judgement]) -> Answer:
    """The answer with all institutions as they were that neither a new row nor a new decision has to do with.

    They were looked at because they are near. What would become of them now could only differ because fewer names stand
    around them than when all were looked at, of which each is compared with its nearest.

    Args:
        run: that is being written.
        part: that was looked at.
        answer: about it.
        judgements: that hold.
    """
    if part.entities is None:
        return answer
    named = list_wholes(answer.profiles)
    wholes = run.find([*part.wholes, *named])
    unchanged = [*run.find_unchanged(part.rows, part.numbers), *wholes]
    profiles = [*answer.readings.profiles.tolist(), *named.values()]
    entity_of = find_entities(run.connection, [number for number in (*part.numbers, *wholes) if number >= 0])
    last = list_runs(run.connection)[-2]
    moved = {number for item in judgements if item.number > last.judgement for number in (item.left, item.right)}
    moved |= {number for number, same in zip(part.numbers, unchanged, strict=False) if number != same}
    labels = answer.clusters.labels.copy()
    earlier = np.full(len(labels), -1, dtype=np.int64)
    touched = set()
    for number, profile in zip(unchanged, profiles, strict=True):
        if profile >= 0 and number in entity_of:
            earlier[profile] = entity_of[number]
        elif profile >= 0:
            touched.add(int(labels[profile]))
    reached = _reach(labels, earlier, touched, {entity_of[number] for number in moved if number in entity_of})
    kept = np.flatnonzero(~np.isin(labels, sorted(reached)))
    _, firsts, places = np.unique(earlier[kept], return_index=True, return_inverse=True)
    labels[kept] = kept[firsts][places]
    return answer._replace(clusters=replace(answer.clusters, labels=labels))


def _reach(labels: Ints, earlier: Ints, touched: set[int], moved: set[int]) -> set[int]:
    """The clusters that hang together with some, or with some entities, through names that both have."""
    clusters: defaultdict[int, set[int]] = defaultdict(set)
    entities: defaultdict[int, set[int]] = defaultdict(set)
    for label, entity in zip(labels.tolist(), earlier.tolist(), strict=True):
        if entity >= 0:
            clusters[entity].add(label)
            entities[label].add(entity)
    waiting = [*touched, *(label for entity in moved for label in clusters[entity])]
    reached = set(waiting)
    while waiting:
        for entity in entities[waiting.pop()]:
            fresh = clusters[entity] - reached
            reached |= fresh
            waiting += fresh
    return reached


def lay_places(run: Run, part: Part, answer: Answer) -> Placing:
    """Where the records of a part belong, by what was read of them."""
    profiles, labels = answer.readings.profiles.tolist(), answer.clusters.labels.tolist()
    said = list(zip([*part.rows, *part.wholes], profiles, strict=True))
    named = list_wholes(answer.profiles)
    wholes = {**{row: profile for row, profile in said[len(part.rows) :] if profile >= 0}, **named}
    outside = _find_outside(run, list(wholes), part)
    placed = {row: profile for row, profile in said[: len(part.rows)] if profile >= 0}
    placed.update((row, profile) for row, profile in wholes.items() if row not in outside)
    own = {labels[profile] for profile in placed.values()}
    elsewhere: dict[int, int] = {}
    missing: set[int] = set()
    for row, entity in outside.items():
        label = labels[wholes[row]]
        if label in own or elsewhere.setdefault(label, entity) != entity:
            missing |= {entity, elsewhere.get(label, entity)}
    nameless = [row for row, profile in said if profile < 0 and row not in named]
    return Placing(placed, nameless, elsewhere, missing)


def list_wholes(profiles: Profiles) -> dict[Row, int]:
    """The organizations above others, as records, with their profiles."""
    rows = [row for row in sort_once(profiles.wholes).tolist() if row >= 0]
    return {_as_whole(profiles.folded[row], profiles.countries[row]): row for row in rows}


def _find_outside(run: Run, wholes: Sequence[Row], part: Part) -> dict[Row, int]:
    """The entity of each organization that belongs to one which is not looked at."""
    if part.entities is None:
        return {}
    numbers = run.find(wholes)
    entities = find_entities(run.connection, [number for number in numbers if number >= 0])
    found = {row: entities[number] for row, number in zip(wholes, numbers, strict=True) if number in entities}
    return {row: entity for row, entity in found.items() if entity not in part.entities}


def _as_whole(name: str, country: str) -> Row:
    return Row(WHOLE, key_of(name, country), name, country)
