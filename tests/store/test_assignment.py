"""Which entity a cluster is: the laws of keeping, merging and splitting, on any two groupings of records."""

from __future__ import annotations

from collections import Counter
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.store.assignment import Assignment, Event, assign

GROUPINGS = st.dictionaries(st.integers(0, 11), st.integers(0, 4), max_size=12)
ENTITIES = st.dictionaries(st.integers(0, 11), st.integers(1, 5), max_size=12)
NEW = 100
"""Number of the first new entity."""


def decide(placed: dict[int, int], earlier: dict[int, int], claims: dict[int, int] | None = None) -> Assignment:
    numbers = count(NEW)
    return assign(placed, earlier, claims or {}, lambda: next(numbers))


def draw_claims(placed: dict[int, int]) -> dict[int, int]:
    """Every second cluster is known to a registry, by entity 4 or 50, which may be new."""
    return {cluster: 4 if cluster % 4 else 50 for cluster in sorted(set(placed.values())) if cluster % 2}


@given(placed=GROUPINGS, earlier=ENTITIES, claimed=st.booleans())
@settings(max_examples=300)
def test_each_cluster_is_one_entity_and_each_entity_one_cluster(
    placed: dict[int, int], earlier: dict[int, int], claimed: bool
) -> None:
    entities, _ = decide(placed, earlier, draw_claims(placed) if claimed else {})
    assert set(entities) == set(placed.values())
    assert len(set(entities.values())) == len(entities)


@given(placed=GROUPINGS, earlier=ENTITIES)
@settings(max_examples=300)
def test_nothing_is_minted_where_an_earlier_entity_is_free(placed: dict[int, int], earlier: dict[int, int]) -> None:
    entities, _ = decide(placed, earlier)
    for cluster, entity in entities.items():
        met = {earlier[record] for record in placed if placed[record] == cluster and record in earlier}
        if entity >= NEW:
            assert met <= set(entities.values())
        else:
            assert entity in met


@given(placed=GROUPINGS, earlier=ENTITIES, claimed=st.booleans())
@settings(max_examples=300)
def test_every_change_is_told(placed: dict[int, int], earlier: dict[int, int], claimed: bool) -> None:
    entities, events = decide(placed, earlier, draw_claims(placed) if claimed else {})
    told = {(event.other or 0, event.entity) for event in events if event.kind in ("moved", "split_from")}
    told |= {(event.entity, event.other or 0) for event in events if event.kind == "merged"}
    changes = {(earlier[record], entities[placed[record]]) for record in earlier.keys() & placed.keys()}
    assert {change for change in changes if change[0] != change[1]} == told
    gone = {event.entity for event in events if event.kind in ("merged", "split", "retired")}
    assert gone == set(earlier.values()) - set(entities.values())


@given(earlier=ENTITIES)
def test_the_same_groups_keep_their_ids_without_a_word(earlier: dict[int, int]) -> None:
    entities, events = decide({record: -entity for record, entity in earlier.items()}, earlier)
    assert entities == {-entity: entity for entity in earlier.values()}
    assert events == []


@given(placed=GROUPINGS, earlier=ENTITIES)
def test_the_order_of_the_records_changes_nothing(placed: dict[int, int], earlier: dict[int, int]) -> None:
    straight = decide(placed, earlier)
    backward = decide(dict(reversed(placed.items())), dict(reversed(earlier.items())))
    assert straight == backward


@given(placed=GROUPINGS, earlier=ENTITIES)
@settings(max_examples=200)
def test_the_pair_with_most_records_is_always_kept(placed: dict[int, int], earlier: dict[int, int]) -> None:
    overlaps = Counter((placed[record], earlier[record]) for record in placed.keys() & earlier.keys())
    if overlaps:
        most = max(overlaps.values())
        entities, _ = decide(placed, earlier)
        assert any(entities[cluster] == entity for (cluster, entity), size in overlaps.items() if size == most)


@pytest.mark.parametrize(
    ("earlier", "placed", "kept", "told"),
    [
        pytest.param([1, 2, 2], [0, 0, 0], {0: 2}, [Event(1, "merged", 2, 1)], id="a merge keeps the larger"),
        pytest.param([2, 1], [0, 0], {0: 1}, [Event(2, "merged", 1, 1)], id="then the older"),
        pytest.param(
            [1, 1, 1],
            [0, 1, 1],
            {1: 1, 0: NEW},
            [Event(NEW, "minted", None, 1), Event(NEW, "split_from", 1, 1)],
            id="a split keeps the ID with the largest part",
        ),
        pytest.param(
            [1, 1],
            [0, 1],
            {0: 1, 1: NEW},
            [Event(NEW, "minted", None, 1), Event(NEW, "split_from", 1, 1)],
            id="and of equal parts with that of the first record",
        ),
        pytest.param(
            [1, 1, 2, 2, 2, 3, 3, 3],
            [0, 1, 0, 0, 0, 1, 1, 1],
            {0: 2, 1: 3},
            [Event(1, "split", None, 2), Event(2, "moved", 1, 1), Event(3, "moved", 1, 1)],
            id="what goes to several leads to none",
        ),
        pytest.param([1, 1], [], {}, [Event(1, "retired", None, 0)], id="what has no records any more is retired"),
    ],
)
def test_the_rules(earlier: list[int], placed: list[int], kept: dict[int, int], told: list[Event]) -> None:
    assert decide(dict(enumerate(placed)), dict(enumerate(earlier))) == Assignment(kept, told)


def test_a_registry_goes_before_the_largest() -> None:
    earlier = {0: 1, 1: 1, 2: 2}
    assert decide({0: 0, 1: 0, 2: 0}, earlier, {0: 50}) == Assignment(
        {0: 50}, [Event(1, "merged", 50, 2), Event(2, "merged", 50, 1)]
    )
    assert decide({0: 0, 1: 0, 2: 1}, earlier, {1: 1}).entities == {1: 1, 0: NEW}


def test_of_two_that_claim_one_the_one_that_had_it_keeps_it() -> None:
    assert decide({0: 0, 1: 1, 2: 1}, {0: 7}, {0: 7, 1: 7}).entities == {0: 7, 1: NEW}
