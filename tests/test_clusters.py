"""Groups hold what the scored pairs join, and never two names that a pair forbids, by whatever way round."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from unittest.mock import patch

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import make_scored

from partnermatch import agglomeration
from partnermatch.agglomeration import agglomerate
from partnermatch.clusters import group
from partnermatch.constraints import settle
from partnermatch.model import Clusters, Constraints
from partnermatch.scores import VETO
from partnermatch.settings import ScoreSettings

DECISIONS = ScoreSettings(match=0.5, review=0.2)
LENIENT = ScoreSettings(match=1e-9, review=0.0)
NAMES = 9
Pairs = dict[tuple[int, int], tuple[float, bool]]


def draw_pairs(probabilities: st.SearchStrategy[float], vetoed: st.SearchStrategy[bool]) -> st.SearchStrategy[Pairs]:
    ends = st.tuples(st.integers(0, NAMES - 1), st.integers(0, NAMES - 1)).filter(lambda pair: pair[0] < pair[1])
    drawn = st.dictionaries(ends, st.tuples(probabilities, vetoed), max_size=20)
    return drawn.map(lambda pairs: dict(sorted(pairs.items())))


CERTAIN = draw_pairs(st.sampled_from((0.0, 1.0)), st.just(False))
ANY = draw_pairs(st.floats(0, 1), st.booleans())


def group_pairs(pairs: Pairs, decisions: ScoreSettings = DECISIONS) -> Clusters:
    return group(NAMES, *make_scored(pairs), decisions)


@given(pairs=CERTAIN)
@settings(max_examples=200)
def test_certain_pairs_join_into_connected_components(pairs: Pairs) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(NAMES))
    graph.add_edges_from(pair for pair, (probability, _) in pairs.items() if probability == 1)
    expected = [0] * NAMES
    for component in nx.connected_components(graph):
        for row in component:
            expected[row] = min(component)
    assert group_pairs(pairs, LENIENT).labels.tolist() == expected


@given(
    pairs=draw_pairs(st.sampled_from((0.0, 0.5, 0.6, 1.0)), st.integers(0, 9).map(lambda number: number == 9)),
    decided=st.dictionaries(st.tuples(st.integers(0, NAMES - 1), st.integers(0, NAMES - 1)), st.booleans(), max_size=2),
    known=st.lists(st.sampled_from((-1, -1, -1, 0, 1)), min_size=NAMES, max_size=NAMES),
)
@settings(max_examples=300)
def test_what_is_joined_at_once_is_what_is_joined_step_by_step(
    pairs: Pairs, decided: dict[tuple[int, int], bool], known: list[int]
) -> None:
    ends = np.array(list(decided), dtype=np.int64).reshape(-1, 2).T
    constraints, institutions, *_ = settle(
        Constraints(ends[0], ends[1], np.array(list(decided.values()), dtype=np.bool_)),
        np.arange(NAMES),
        np.array(known),
    )
    candidates, scores = make_scored(pairs)
    at_once = agglomerate(candidates, scores, DECISIONS, constraints, institutions)
    with patch.object(agglomeration, "_find_doubtful", lambda labels, *_: np.ones(len(labels), dtype=np.bool_)):
        step_by_step = agglomerate(candidates, scores, DECISIONS, constraints, institutions)
    assert at_once.tolist() == step_by_step.tolist()


@given(pairs=ANY, least=st.sampled_from((1e-9, 0.3, 0.5, 0.9)))
@settings(max_examples=200)
def test_in_a_group_matches_outweigh_what_is_vetoed(pairs: Pairs, least: float) -> None:
    labels = group_pairs(pairs, ScoreSettings(match=least, review=0.0)).labels.tolist()
    balance = dict.fromkeys(labels, 0)
    for (one, two), (probability, vetoed) in pairs.items():
        if labels[one] == labels[two]:
            balance[labels[one]] += (probability >= least) - VETO * vetoed
    assert min(balance.values()) >= 0


def test_a_vetoed_pair_is_not_joined_through_a_third() -> None:
    labels = group_pairs({(0, 1): (0.9, False), (1, 2): (0.8, False), (0, 2): (0.1, True)}).labels
    assert labels[:3].tolist() == [0, 0, 2]


def test_a_name_that_two_others_vouch_for_is_joined_against_one_veto() -> None:
    vouched = {(0, 1): (0.9, False), (0, 2): (0.9, False), (1, 3): (0.8, False), (2, 3): (0.8, False)}
    assert group_pairs({**vouched, (0, 3): (0.1, True)}).labels[:4].tolist() == [0, 0, 0, 0]
    assert group_pairs({**vouched, (0, 3): (0.1, True), (1, 2): (0.1, True)}).labels[:4].tolist() != [0, 0, 0, 0]


@given(pairs=ANY)
def test_a_label_is_the_smallest_row_of_its_group(pairs: Pairs) -> None:
    labels = group_pairs(pairs).labels
    for row, label in enumerate(labels.tolist()):
        assert label == min(np.flatnonzero(labels == label))
        assert label <= row


@given(pairs=ANY)
def test_whoever_is_joined_is_reached_over_scored_pairs(pairs: Pairs) -> None:
    labels = group_pairs(pairs).labels
    graph = nx.Graph([pair for pair in pairs if labels[pair[0]] == labels[pair[1]]])
    graph.add_nodes_from(range(NAMES))
    assert nx.number_connected_components(graph) == len(set(labels.tolist()))


@given(pairs=ANY, order=st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_changes_nothing(pairs: Pairs, order: Random) -> None:
    shuffled = list(pairs.items())
    order.shuffle(shuffled)
    one, two = group_pairs(pairs), group_pairs(dict(shuffled))
    assert one.labels.tolist() == two.labels.tolist()
    assert one.confidences.tolist() == two.confidences.tolist()
    assert one.joined.tolist() == two.joined.tolist()


@given(pairs=ANY)
def test_confidence_is_the_best_pair_inside_or_what_the_best_outside_leaves(pairs: Pairs) -> None:
    clusters = group_pairs(pairs)
    labels = clusters.labels.tolist()
    for row in range(NAMES):
        own = [(pair, probability) for pair, (probability, _) in pairs.items() if row in pair]
        inside = [probability for (one, two), probability in own if labels[one] == labels[two]]
        outside = [probability for (one, two), probability in own if labels[one] != labels[two]]
        alone = labels.count(labels[row]) == 1
        assert clusters.joined[row] == (not alone)
        assert clusters.confidences[row] == (1 - max(outside, default=0) if alone else max(inside))


@given(pairs=ANY)
def test_a_review_is_the_nearest_name_of_another_group(pairs: Pairs) -> None:
    clusters = group_pairs(pairs)
    labels = clusters.labels.tolist()
    for row, other in enumerate(clusters.reviews.tolist()):
        near = {
            sum(pair) - row: probability
            for pair, (probability, _) in pairs.items()
            if row in pair and labels[pair[0]] != labels[pair[1]] and probability >= DECISIONS.review
        }
        if other < 0:
            assert near == {}
        else:
            assert near[other] == max(near.values())


def test_one_lucky_pair_does_not_bridge_two_institutions() -> None:
    inner: Pairs = {(0, 1): (0.95, False), (2, 3): (0.95, False)}
    across: Pairs = {(0, 2): (0.05, False), (0, 3): (0.05, False), (1, 2): (0.9, False), (1, 3): (0.05, False)}
    assert group_pairs({**inner, **across}).labels[:4].tolist() == [0, 0, 2, 2]
    assert group_pairs(dict.fromkeys((*inner, *across), (0.9, False))).labels[:4].tolist() == [0, 0, 0, 0]


def test_no_groups_are_joined_over_less_than_a_match() -> None:
    strict = replace(DECISIONS, match=0.9)
    labels = group_pairs({(0, 1): (0.95, False), (1, 2): (0.6, False)}, strict).labels
    assert labels[:3].tolist() == [0, 0, 2]


def test_without_pairs_everybody_is_alone() -> None:
    clusters = group_pairs({})
    assert clusters.labels.tolist() == list(range(NAMES))
    assert clusters.confidences.tolist() == [1.0] * NAMES
    assert clusters.reviews.tolist() == [-1] * NAMES
