"""Which entity each cluster of records is: IDs that stay, merge with a trace and split with a history.

A registry's ID goes first. Else a cluster keeps the earlier entity of which it holds the most records, ties to the older
entity, each entity to one cluster; what is left is new. So a merge keeps the larger entity, then the older, and a split
leaves the ID with the largest part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Event(NamedTuple):
    """What happens to an entity.

    Attributes:
        entity: number of the entity.
        kind: one of `schema.EVENT_KINDS`.
        other: number of the entity that it was merged into, or that its records came from.
        records: how many records it concerns.
    """

    entity: int
    kind: str
    other: int | None
    records: int


class Assignment(NamedTuple):
    """The entity of every cluster, and what that means for the entities there were.

    Attributes:
        entities: number of the entity by cluster.
        events: in a fixed order.
    """

    entities: dict[int, int]
    events: list[Event]


def assign(
    placed: Mapping[int, int],
    earlier: Mapping[int, int],
    claims: Mapping[int, int],
    create: Callable[[], int],
) -> Assignment:
    """Give every cluster its entity.

    Args:
        placed: cluster of each record.
        earlier: entity to which each record belonged; also of records that are in no cluster any more. All records of an
            entity must be there if one is.
        claims: entity of each cluster whose registry ID is known, whether it had records before or not. Where two
            clusters claim one, the one with more of its records has it.
        create: makes a new entity, and gives its number.
    """
    overlaps = Counter((placed[record], entity) for record, entity in earlier.items() if record in placed)
    sizes = Counter(placed.values())
    first = _find_firsts(placed)
    entities: dict[int, int] = {}
    taken: set[int] = set()

    def keep(cluster: int, entity: int) -> None:
        if cluster not in entities and entity not in taken:
            entities[cluster] = entity
            taken.add(entity)

    for cluster, entity in sorted(
        claims.items(), key=lambda claim: (-overlaps[claim], -sizes[claim[0]], first[claim[0]])
    ):
        keep(cluster, entity)
    for cluster, entity in sorted(overlaps, key=lambda pair: (-overlaps[pair], pair[1], first[pair[0]])):
        keep(cluster, entity)
    fresh = {}
    for cluster in sorted(first, key=first.__getitem__):
        if cluster not in entities:
            entities[cluster] = fresh[cluster] = create()
    events = [Event(entity, "minted", None, sizes[cluster]) for cluster, entity in fresh.items()]
    had = set(earlier.values())
    new = {entity for entity in entities.values() if entity not in had}
    return Assignment(entities, [*events, *_tell_moves(placed, earlier, entities, new)])


def _find_firsts(placed: Mapping[int, int]) -> dict[int, int]:
    """The first record of each cluster."""
    first: dict[int, int] = {}
    for record, cluster in placed.items():
        first[cluster] = min(record, first.get(cluster, record))
    return first


def _tell_moves(
    placed: Mapping[int, int], earlier: Mapping[int, int], entities: Mapping[int, int], new: set[int]
) -> list[Event]:
    """What becomes of each earlier entity, the oldest first."""
    went: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for record, entity in earlier.items():
        went[entity].update([entities[placed[record]]] if record in placed else [])
    kept = set(entities.values())
    events = []
    for entity in sorted(went):
        others = sorted((other, count) for other, count in went[entity].items() if other != entity)
        if entity not in kept and not others:
            events.append(Event(entity, "retired", None, 0))
        elif entity not in kept and len(others) == 1:
            events.append(Event(entity, "merged", *others[0]))
            continue
        elif entity not in kept:
            events.append(Event(entity, "split", None, went[entity].total()))
        events += [Event(other, "split_from" if other in new else "moved", entity, count) for other, count in others]
    return events
