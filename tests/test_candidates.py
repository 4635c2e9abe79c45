"""Blocking finds what a slow search of the lists finds: the nearest of the names that share a rare key, few for each name."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.candidates import find_candidates
from partnermatch.model import Candidates, Keys
from partnermatch.settings import CandidateSettings

NAMES = "abcdef"
WEIGHTS = (1.0, 0.75, 0.5, 0.5, 0.25, 0.125)
Held = list[tuple[set[int], set[int]]]
HELD = st.lists(st.tuples(st.sets(st.integers(0, 5), max_size=4), st.sets(st.integers(0, 5), max_size=1)), max_size=12)
CAPS = st.builds(CandidateSettings, see=st.integers(1, 8), keep=st.integers(1, 4), min_joined=st.integers(1, 6))


def make_keys(held: Held) -> Keys:
    """Names that hold some keys, and ask for these and for others."""
    pairs = [(row, key) for row, (own, _) in enumerate(held) for key in sorted(own)]
    asked = [(row, key) for row, (own, more) in enumerate(held) for key in sorted(own | more)]
    profiles, keys = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    asking, sought = np.array(asked, dtype=np.int64).reshape(-1, 2).T
    gains = np.array([WEIGHTS[key] for _, key in asked])
    weights = np.array([sum(WEIGHTS[key] for key in own) for own, _ in held], dtype=np.float64)
    return Keys(profiles, keys, asking, sought, gains, weights, tuple(NAMES))


def list_pairs(found: Candidates) -> list[tuple[int, int]]:
    return list(zip(found.left.tolist(), found.right.tolist(), strict=True))


def see_slowly(held: Held, caps: CandidateSettings, row: int) -> set[int]:
    """The names that one sees: through the lists that promise most for their length, and of the last those of nearest weight."""
    count = Counter(key for own, _ in held for key in own)
    weight = {other: sum(WEIGHTS[key] for key in own) for other, (own, _) in enumerate(held)}
    by_weight = sorted(weight, key=lambda other: (weight[other], other))
    own, more = held[row]
    asked = [frozenset([key]) for key in own | more]
    common = sorted(key for key in own | more if count[key] >= caps.min_joined)
    asked += [frozenset(pair) for pair in combinations(common, 2)]
    lists = [([other for other in by_weight if held[other][0] >= keys], sorted(keys)) for keys in asked]
    lists = [(others, keys) for others, keys in lists if others and others != [row]]
    lists.sort(key=lambda item: (len(item[0]) / sum(WEIGHTS[key] for key in item[1]) ** 2, len(item[1]), item[1]))
    seen: set[int] = set()
    left = caps.see
    for others, _ in lists:
        first = 0
        if len(others) > left:
            lighter = sum(by_weight.index(other) < by_weight.index(row) for other in others)
            first = min(max(lighter - left // 2, 0), len(others) - left)
        seen |= set(others[first : first + left])
        left -= min(left, len(others))
    return seen - {row}


def pair_slowly(held: Held, caps: CandidateSettings) -> set[tuple[int, int]]:
    found = set()
    for row, (own, more) in enumerate(held):
        mine = sum(WEIGHTS[key] for key in own)

        def score(other: int, asked: set[int] = own | more, mine: float = mine) -> float:
            theirs = sum(WEIGHTS[key] for key in held[other][0])
            shared = min(sum(WEIGHTS[key] for key in asked & held[other][0]), mine, theirs)
            return shared / max(mine + theirs - shared, 1e-300)

        near = sorted(see_slowly(held, caps, row), key=lambda other: (-score(other), other))
        found |= {(min(row, other), max(row, other)) for other in near[: caps.keep]}
    return found


@given(held=HELD, caps=CAPS)
@settings(max_examples=400)
def test_pairs_are_those_that_a_slow_search_finds(held: Held, caps: CandidateSettings) -> None:
    found = find_candidates(make_keys(held), caps)
    assert list_pairs(found) == sorted(pair_slowly(held, caps))


@given(held=HELD, caps=CAPS)
def test_pairs_beside_are_candidates_whatever_they_share(held: Held, caps: CandidateSettings) -> None:
    beside = np.array([[0], [len(held)]], dtype=np.int64)
    found = find_candidates(make_keys([*held, (set(), set())]), caps, beside=beside)
    assert list_pairs(found) == sorted({*list_pairs(find_candidates(make_keys(held), caps)), (0, len(held))})


@given(held=HELD, caps=CAPS)
def test_no_name_has_more_pairs_than_it_and_others_keep(held: Held, caps: CandidateSettings) -> None:
    assert len(find_candidates(make_keys(held), caps).left) <= caps.keep * len(held)


@given(held=HELD)
def test_with_room_for_all_every_two_names_that_share_a_key_are_paired(held: Held) -> None:
    found = set(list_pairs(find_candidates(make_keys(held), CandidateSettings(see=10_000, keep=10_000))))
    for left, right in combinations(range(len(held)), 2):
        (own, more), (own_there, more_there) = held[left], held[right]
        assert ((left, right) in found) == bool((own | more) & own_there or (own_there | more_there) & own)


@given(held=HELD, caps=CAPS)
def test_keys_that_more_hold_than_one_may_see_are_reported_commonest_first(held: Held, caps: CandidateSettings) -> None:
    count = Counter(NAMES[key] for own, _ in held for key in own)
    large = [(name, names) for name, names in count.items() if names > caps.see]
    assert list(find_candidates(make_keys(held), caps).dropped) == sorted(large, key=lambda item: (-item[1], item[0]))


def test_two_common_keys_are_looked_up_together() -> None:
    held: Held = [({0, 1}, set()), *[({0}, set())] * 4, *[({1}, set())] * 4, ({0, 1}, set())]
    together = CandidateSettings(see=2, keep=1, min_joined=2)
    assert (0, 9) in list_pairs(find_candidates(make_keys(held), together))


@pytest.mark.parametrize("held", [[], [(set(), set())], [({0}, set())], [({0}, set()), ({1}, set())], [(set(), {0})]])
def test_where_nothing_is_shared_there_are_no_pairs(held: Held) -> None:
    found = find_candidates(make_keys(held), CandidateSettings())
    assert (list_pairs(found), found.dropped) == ([], ())
    assert found.left.dtype == found.right.dtype == np.int64
