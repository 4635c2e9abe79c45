"""Identities: one ID a cluster, made from the names alone, the commonest name to show, and the top of the family."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from synthetic import make_atoms, make_profiles

from partnermatch.identities import find_roots, identify, make_id
from partnermatch.model import Clusters, Identities, Profiles

FORESTS = st.lists(st.integers(-1, 5), min_size=6, max_size=6)
LABELS = st.lists(st.integers(0, 5), min_size=6, max_size=6).map(
    lambda drawn: [drawn.index(label) for label in drawn]  # the smallest row of each group
)


def make_named(wholes: list[int] | None = None) -> Profiles:
    return make_profiles(make_atoms(["x"]), [[0]] * 6, wholes=wholes)


def identify_labels(profiles: Profiles, labels: list[int], rows: list[int] | None = None) -> Identities:
    count = len(labels)
    clusters = Clusters(np.array(labels), np.ones(count), np.zeros(count, dtype=np.bool_), np.full(count, -1))
    return identify(profiles, clusters, np.array(rows or [1] * count))


@given(parts=st.lists(st.text()))
def test_an_id_is_made_from_the_texts_alone(parts: list[str]) -> None:
    assert re.fullmatch("pm[a-z2-7]{12}", make_id(*parts))
    assert make_id(*parts) == make_id(*parts)
    assert make_id(*parts) != make_id(*parts, "x")


def test_ids_last() -> None:
    assert make_id("東京大学", "JP") == "pmwcculyv7uu2x"
    assert make_id("\ud800") == "pm" + make_id("\ud800")[2:]


@given(labels=LABELS)
def test_there_is_one_id_and_one_name_for_each_cluster(labels: list[int]) -> None:
    found = identify_labels(make_named(), labels)
    for shown in (found.canonical_ids, found.canonical_names, found.root_ids):
        assert len(set(zip(shown, labels, strict=True))) == len(set(shown)) == len(set(labels))


@given(labels=LABELS, rows=st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_the_name_that_most_rows_give_is_shown(labels: list[int], rows: list[int]) -> None:
    names = identify_labels(make_named(), labels, rows).canonical_names
    for row, label in enumerate(labels):
        members = [other for other in range(6) if labels[other] == label]
        best = max(members, key=lambda other: (rows[other], -other))
        assert names[row] == f"name {best}"


@given(wholes=FORESTS)
def test_without_a_circle_the_root_is_where_the_wholes_end(wholes: list[int]) -> None:
    wholes = [above if above > row else -1 for row, above in enumerate(wholes)]  # only upwards: no circle
    expected = []
    for row in range(6):
        top = row
        while wholes[top] >= 0:
            top = wholes[top]
        expected.append(top)
    assert find_roots(np.arange(6), np.array(wholes)).tolist() == expected


@given(wholes=FORESTS, labels=LABELS)
def test_a_root_is_a_cluster_and_one_for_all_its_names(wholes: list[int], labels: list[int]) -> None:
    roots = find_roots(np.array(labels), np.array(wholes)).tolist()
    assert set(roots) <= set(labels)
    assert len(set(zip(roots, labels, strict=True))) == len(set(labels))


def test_a_circle_ends_at_its_smallest_label() -> None:
    assert find_roots(np.arange(5), np.array([3, 2, 1, 4, 4])).tolist() == [4, 1, 1, 4, 4]


def test_most_names_decide_which_family_it_is() -> None:
    labels, wholes = np.array([0, 0, 0, 3, 4]), np.array([3, 4, 4, -1, -1])
    assert find_roots(labels, wholes).tolist() == [4, 4, 4, 3, 4]
    tied = find_roots(np.array([0, 0, 2, 3]), np.array([3, 2, -1, -1]))
    assert tied.tolist() == [2, 2, 2, 3]


def test_a_name_without_a_whole_is_its_own_root() -> None:
    found = identify_labels(make_named(), list(range(6)))
    assert found.root_ids == found.canonical_ids
    assert max(Counter(found.canonical_ids).values()) == 1
