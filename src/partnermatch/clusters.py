"""Step 7, scores to clusters: group the names, without letting one lucky pair bridge two institutions.

Greedy agglomeration over the scored pairs: the two groups with the highest mean probability between their scored pairs
are joined first; two groups with a vetoed pair between them are never joined, nor are they through a third. Ties go by
row, so that the order of the input changes nothing.
"""

from __future__ import annotations

import heapq

import numpy as np

from partnermatch.model import Candidates, Clusters, Ints, Scores
from partnermatch.settings import ScoreSettings


class _Edge:
    """What is known between two groups: the sum of the scored probabilities, how many, and whether one is vetoed."""

    __slots__ = ("count", "total", "vetoed")

    def __init__(self, total: float, vetoed: bool) -> None:
        self.total, self.count, self.vetoed = total, 1, vetoed

    def absorb(self, other: _Edge) -> None:
        self.total += other.total
        self.count += other.count
        self.vetoed |= other.vetoed

    @property
    def mean(self) -> float:
        return self.total / self.count


def group(names: int, candidates: Candidates, scores: Scores, decisions: ScoreSettings) -> Clusters:
    """Group names into institutions.

    Args:
        names: how many there are.
        candidates: [p] pairs.
        scores: [p] their probabilities and vetoes.
        decisions: where a probability is a match or a review; two groups are joined while the mean probability of the
            scored pairs between them is a match.
    """
    labels = _agglomerate(names, candidates, scores, decisions)
    left, right, probabilities = candidates.left, candidates.right, scores.probabilities
    inside = labels[left] == labels[right]
    support, confidence, rival = np.zeros(names), np.ones(names), np.zeros(names)
    for ends in (left, right):
        np.maximum.at(support, ends[inside], probabilities[inside])
        np.maximum.at(rival, ends[~inside], probabilities[~inside])
    joined = np.bincount(labels, minlength=names)[labels] > 1
    confidence = np.where(joined, support, 1.0 - rival)
    reviews = _find_reviews(names, candidates, probabilities, inside, decisions.review)
    return Clusters(labels, confidence, np.asarray(joined, dtype=np.bool_), reviews)


def _agglomerate(names: int, candidates: Candidates, scores: Scores, decisions: ScoreSettings) -> Ints:
    edges = _edges(names, candidates, scores, decisions)
    heap = [
        (-edge.mean, one, two)
        for one, others in edges.items()
        for two, edge in others.items()
        if one < two and edge.mean >= decisions.match and not edge.vetoed
    ]
    heapq.heapify(heap)
    parent = np.arange(names)
    while heap:
        mean, one, two = heapq.heappop(heap)
        edge = edges.get(one, {}).get(two)
        if edge is None or edge.mean != -mean or edge.vetoed:
            continue  # one of the two was joined meanwhile, and the pair was queued anew
        parent[two] = one
        for third in _join(edges, one, two):
            between = edges[one][third]
            if between.mean >= decisions.match and not between.vetoed:
                heapq.heappush(heap, (-between.mean, min(one, third), max(one, third)))
    return _follow(parent)


def _edges(names: int, candidates: Candidates, scores: Scores, decisions: ScoreSettings) -> dict[int, dict[int, _Edge]]:
    """What is known between names that may be joined: a name without any match has no mean that is one, with any group."""
    matches = scores.probabilities >= decisions.match
    matched = np.zeros(names, dtype=np.bool_)
    matched[candidates.left[matches]] = matched[candidates.right[matches]] = True
    both = matched[candidates.left] & matched[candidates.right]
    edges: dict[int, dict[int, _Edge]] = {}
    rows = zip(
        candidates.left[both].tolist(),
        candidates.right[both].tolist(),
        scores.probabilities[both].tolist(),
        scores.vetoes[both].tolist(),
        strict=True,
    )
    for one, two, probability, vetoed in rows:
        edge = _Edge(probability, vetoed)
        edges.setdefault(one, {})[two] = edge
        edges.setdefault(two, {})[one] = edge
    return edges


def _join(edges: dict[int, dict[int, _Edge]], one: int, two: int) -> list[int]:
    """Move what is known of group two over to group one; returns the groups with which something changed."""
    edges[one].pop(two)
    changed = sorted(edges.pop(two).items())
    touched = []
    for third, edge in changed:
        if third == one:
            continue
        edges[third].pop(two)
        if third in edges[one]:
            edges[one][third].absorb(edge)
        else:
            edges[one][third] = edges[third][one] = edge
        touched.append(third)
    return touched


def _follow(parent: Ints) -> Ints:
    """The smallest row of each row's group; a group's head is always smaller than what was joined to it."""
    for row in range(len(parent)):
        parent[row] = parent[parent[row]]
    return parent


def _find_reviews(
    names: int, candidates: Candidates, probabilities: np.ndarray, inside: np.ndarray, least: float
) -> Ints:
    """For each name the one in another cluster that it most resembles, where a person should look."""
    reviews = np.full(names, -1, dtype=np.int64)
    open_pairs = np.flatnonzero(~inside & (probabilities >= least))
    for pair in open_pairs[np.argsort(probabilities[open_pairs], kind="stable")]:
        one, two = candidates.left[pair], candidates.right[pair]
        reviews[one], reviews[two] = two, one
    return reviews
