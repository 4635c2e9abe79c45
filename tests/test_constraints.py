"""What people decided is obeyed where it can be, and what contradicts is handed back."""

from __future__ import annotations

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import make_scored

from partnermatch.clusters import find_crossing, group
from partnermatch.constraints import leave_to_people, settle
from partnermatch.model import Constraints, Registered
from partnermatch.settings import ScoreSettings

ROWS = 7
DECISIONS = ScoreSettings(match=0.5, review=0.2)
UNKNOWN = np.full(5, -1)
Decided = list[tuple[int, int, bool]]
ENDS = st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).filter(lambda pair: pair[0] != pair[1])
DECIDED = st.lists(st.builds(lambda ends, same: (*ends, same), ENDS, st.booleans()), max_size=8)
PROFILES = st.lists(st.integers(-1, 4), min_size=ROWS, max_size=ROWS)
PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.floats(0, 1), st.booleans()),
).map(lambda pairs: dict(sorted(pairs.items())))


def make_constraints(decided: Decided) -> Constraints:
    ends = np.array([(one, two) for one, two, _ in decided], dtype=np.int64).reshape(-1, 2)
    return Constraints(ends[:, 0], ends[:, 1], np.array([same for *_, same in decided], dtype=np.bool_))


def settle_rows(decided: Decided, profiles: list[int]) -> tuple[set[tuple[int, int, bool]], list[int]]:
    constraints, _, unheard, crossing = settle(make_constraints(decided), np.array(profiles), UNKNOWN)
    assert crossing.tolist() == []
    return list_settled(constraints), unheard.tolist()


def list_settled(constraints: Constraints) -> set[tuple[int, int, bool]]:
    return set(zip(constraints.left.tolist(), constraints.right.tolist(), constraints.same.tolist(), strict=True))


@given(decided=DECIDED, profiles=PROFILES)
@settings(max_examples=300)
def test_what_is_settled_contradicts_nothing_and_leaves_only_what_would(decided: Decided, profiles: list[int]) -> None:
    settled, unheard = settle_rows(decided, profiles)
    graph = nx.Graph()
    graph.add_nodes_from(range(5))
    graph.add_edges_from((one, two) for one, two, same in settled if same)
    groups = {row: number for number, rows in enumerate(nx.connected_components(graph)) for row in rows}
    apart = [(one, two) for one, two, same in settled if not same]
    assert all(groups[one] != groups[two] for one, two in apart)
    for k in unheard:
        one, two, same = profiles[decided[k][0]], profiles[decided[k][1]], decided[k][2]
        ends = {groups[one], groups[two]}
        assert any({groups[left], groups[right]} == ends for left, right in apart) if same else one == two


@given(decided=DECIDED, profiles=PROFILES)
def test_the_last_decision_about_a_pair_is_obeyed_or_handed_back(decided: Decided, profiles: list[int]) -> None:
    settled, unheard = settle_rows(decided, profiles)
    last: dict[frozenset[int], int] = {}
    for k, (one, two, _) in enumerate(decided):
        if profiles[one] >= 0 and profiles[two] >= 0:
            last[frozenset((profiles[one], profiles[two]))] = k
    for pair, k in last.items():
        obeyed = (min(pair), max(pair), decided[k][2]) in settled
        needless = len(pair) == 1 and decided[k][2]
        assert obeyed + needless + (k in unheard) == 1
    assert len(settled) + len(unheard) <= len(last)


def test_a_no_outranks_yeses_and_the_later_yes_the_earlier() -> None:
    decided = [(0, 1, True), (1, 2, True), (0, 2, False)]
    assert settle_rows(decided, [0, 1, 2, 3, 4, -1, -1]) == ({(1, 2, True), (0, 2, False)}, [0])


def test_a_no_between_rows_that_say_the_same_cannot_be_obeyed() -> None:
    assert settle_rows([(0, 1, False)], [3, 3, 0, 0, 0, 0, 0]) == (set(), [0])


@given(pairs=PAIRS, decided=DECIDED)
@settings(max_examples=300)
def test_groups_obey_whatever_the_scores_say(
    pairs: dict[tuple[int, int], tuple[float, bool]], decided: Decided
) -> None:
    constraints = settle(make_constraints(decided), np.array([0, 1, 2, 3, 4, -1, -1]), UNKNOWN).constraints
    clusters = group(5, *make_scored(pairs), DECISIONS, constraints)
    labels = clusters.labels
    same = labels[constraints.left] == labels[constraints.right]
    assert same.tolist() == constraints.same.tolist()
    assert all(label == min(np.flatnonzero(labels == label)) for label in labels)
    for row, other in enumerate(clusters.reviews.tolist()):
        ends = {labels[row], labels[other]} if other >= 0 else set()
        apart = zip(constraints.left[~constraints.same], constraints.right[~constraints.same], strict=True)
        assert all({labels[one], labels[two]} != ends for one, two in apart)


@given(pairs=PAIRS)
def test_without_decisions_nothing_is_otherwise(pairs: dict[tuple[int, int], tuple[float, bool]]) -> None:
    none = settle(make_constraints([]), np.arange(5), UNKNOWN).constraints
    one, two = group(5, *make_scored(pairs), DECISIONS), group(5, *make_scored(pairs), DECISIONS, none)
    assert one.labels.tolist() == two.labels.tolist()


def test_a_yes_outranks_a_veto_and_a_no_keeps_thirds_apart() -> None:
    scored = make_scored({(0, 1): (0.1, True), (1, 2): (0.9, False)})
    assert group(3, *scored, DECISIONS, make_constraints([(0, 1, True)])).labels.tolist() == [0, 0, 0]
    assert group(3, *scored, DECISIONS, make_constraints([(0, 1, True), (0, 2, False)])).labels.tolist() == [0, 0, 2]


# Beside a registry

INSTITUTIONS = st.lists(st.integers(-1, 2), min_size=5, max_size=5)


def register(institutions: list[int]) -> Registered:
    numbers = np.array(institutions)
    return Registered(numbers, ("a", "b", "c"), np.where(numbers >= 0, 0.9, 0.0))


@given(pairs=PAIRS, decided=DECIDED, institutions=INSTITUTIONS)
@settings(max_examples=500)
def test_names_of_one_institution_are_one_and_of_two_never(
    pairs: dict[tuple[int, int], tuple[float, bool]], decided: Decided, institutions: list[int]
) -> None:
    asked = make_constraints(decided)
    constraints, kept, unheard, crossing = settle(asked, np.array([0, 1, 2, 3, 4, -1, -1]), np.array(institutions))
    labels = group(5, *make_scored(pairs), DECISIONS, constraints, register(kept.tolist())).labels
    assert (labels[constraints.left] == labels[constraints.right]).tolist() == constraints.same.tolist()
    known = [(int(labels[row]), number) for row, number in enumerate(kept.tolist()) if number >= 0]
    assert len({label for label, _ in known}) == len({number for _, number in known}) == len(set(known))
    assert set(kept.tolist()) == set(institutions) | ({-1} if -1 in kept else set())
    assert not set(unheard.tolist()) & set(crossing.tolist())
    for k in crossing.tolist():
        assert asked.same[k]
        assert labels[asked.left[k]] != labels[asked.right[k]]
    if not decided:
        assert kept.tolist() == institutions


@given(pairs=PAIRS, institutions=INSTITUTIONS)
def test_what_the_registry_takes_for_two_is_a_review_if_it_would_be_one(
    pairs: dict[tuple[int, int], tuple[float, bool]], institutions: list[int]
) -> None:
    scored = make_scored(pairs)
    clusters = group(5, *scored, DECISIONS, registered=register(institutions))
    crossing = find_crossing(clusters.labels, scored[0], register(institutions))
    for place, (one, two) in enumerate(pairs):
        if crossing[place] and two == clusters.reviews[one]:
            assert scored[1].probabilities[place] >= DECISIONS.match


def test_a_yes_joins_no_two_institutions_unless_the_person_insists() -> None:
    decided, profiles, institutions = make_constraints([(0, 1, True), (1, 2, True)]), np.arange(3), np.array([7, -1, 8])
    settled = settle(decided, profiles, institutions)
    assert list_settled(settled.constraints) == {(1, 2, True)}
    assert (settled.crossing.tolist(), settled.unheard.tolist()) == ([0], [])
    left = leave_to_people(institutions, decided, profiles, np.array([True, False]))
    assert left.tolist() == [-1, -1, 8]
    assert list_settled(settle(decided, profiles, left).constraints) == {(0, 1, True), (1, 2, True)}


def test_a_no_outranks_the_registry() -> None:
    settled = settle(make_constraints([(0, 1, False)]), np.arange(3), np.array([7, 7, 7]))
    assert settled.institutions.tolist() == [7, -1, 7]
