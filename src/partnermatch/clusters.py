"""Step 7, scores to clusters: group the names, without letting one lucky pair bridge two institutions.

Greedy agglomeration over the scored pairs: the two groups with the highest mean probability of the likeliest scored pairs
between them are joined first; two groups between which too many pairs are vetoed are not joined. Ties go by row, so that the
order of the input changes nothing. What people decided comes before all scores, and then what
a registry says: names of one of its institutions are one, names of two are never joined.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable

import numpy as np

from partnermatch.model import Candidates, Clusters, Constraints, Flags, Ints, Registered, Scores
from partnermatch.settings import ScoreSettings

PAIRS_COUNTED = 3
"""Pairs between two groups whose mean counts, the likeliest: names that are misspelled in two ways are alike to the right
ones, not to each other, and one pair alone may be lucky."""


class _Edge:
    """What is known between two groups: the likeliest of the scored pairs, their mean, and what speaks against joining.

    Attributes:
        likeliest: probabilities of the likeliest pairs.
        mean: of these.
        matches: pairs that are matches, less those that outweigh each that is vetoed.
        forbidden: whether a person said that they are two.
    """

    __slots__ = ("forbidden", "likeliest", "matches", "mean")
    likeliest: tuple[float, ...]

    def __init__(self, probability: float, matches: int, forbidden: bool = False) -> None:
        self.likeliest, self.mean, self.matches, self.forbidden = (probability,), probability, matches, forbidden

    @property
    def vetoed(self) -> bool:
        """Whether the two may not be joined, however likely some of their pairs are."""
        return self.forbidden or self.matches < 0

    def absorb(self, other: _Edge) -> None:
        self.likeliest = tuple(sorted((*self.likeliest, *other.likeliest), reverse=True)[:PAIRS_COUNTED])
        self.mean = sum(self.likeliest) / len(self.likeliest)
        self.matches += other.matches
        self.forbidden |= other.forbidden

    def outdo(self, other: _Edge) -> None:
        """Become the likelier of the two."""
        if other.mean > self.mean:
            self.likeliest, self.mean = other.likeliest, other.mean
            self.matches, self.forbidden = other.matches, other.forbidden


NO_CONSTRAINTS = Constraints(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_))


def group(
    names: int,
    candidates: Candidates,
    scores: Scores,
    decisions: ScoreSettings,
    constraints: Constraints = NO_CONSTRAINTS,
    registered: Registered | None = None,
) -> Clusters:
    """Group names into institutions.

    Args:
        names: how many there are.
        candidates: [p] pairs.
        scores: [p] their probabilities and vetoes.
        decisions: where a probability is a match or a review; two groups are joined while the mean probability of the
            likeliest scored pairs between them is a match.
        constraints: pairs that are joined first, against any veto, and pairs that never are; they do not contradict each
            other.
        registered: the institution of a registry that each name means, as `constraints.settle` leaves them.
    """
    registered = registered or know_nothing(names)
    labels = _agglomerate(names, candidates, scores, decisions, constraints, registered.institutions)
    left, right, probabilities = candidates.left, candidates.right, scores.probabilities
    inside = labels[left] == labels[right]
    support, confidence, rival = np.zeros(names), np.ones(names), np.zeros(names)
    for ends in (left, right):
        np.maximum.at(support, ends[inside], probabilities[inside])
        np.maximum.at(rival, ends[~inside], probabilities[~inside])
    joined = np.bincount(labels, minlength=names)[labels] > 1
    sure = np.where(registered.institutions >= 0, registered.probabilities, 1.0 - rival)
    confidence = np.where(joined, np.maximum(support, registered.probabilities), sure)
    confidence[list_ends(constraints)] = 1.0
    settled = inside | find_apart(labels, candidates, constraints)
    settled |= find_crossing(labels, candidates, registered) & (probabilities < decisions.match)
    reviews = _find_reviews(names, candidates, probabilities, settled, decisions)
    return Clusters(labels, confidence, np.asarray(joined, dtype=np.bool_), reviews)


def list_ends(constraints: Constraints) -> Ints:
    """The names of which people said that they are the same as another."""
    return np.unique(np.concatenate([constraints.left[constraints.same], constraints.right[constraints.same]]))


def find_apart(labels: Ints, candidates: Candidates, constraints: Constraints) -> Flags:
    """[p] pairs between groups of which people said that they are not the same: nobody need be asked again."""
    size = len(labels) + 1

    def number(left: Ints, right: Ints) -> Ints:
        ends = np.sort(np.stack([labels[left], labels[right]]), axis=0)
        return np.asarray(ends[0] * size + ends[1], dtype=np.int64)

    apart = ~constraints.same
    said = number(constraints.left[apart], constraints.right[apart])
    return np.asarray(np.isin(number(candidates.left, candidates.right), said), dtype=np.bool_)


def know_nothing(names: int) -> Registered:
    """What is known of so many names without a registry."""
    return Registered(np.full(names, -1, dtype=np.int64), (), np.zeros(names))


def find_crossing(labels: Ints, candidates: Candidates, registered: Registered) -> Flags:
    """[p] pairs between two institutions of the registry: those of the groups that the names are in."""
    known = list_institutions(labels, registered)[labels]
    left, right = known[candidates.left], known[candidates.right]
    return np.asarray((left >= 0) & (right >= 0) & (left != right), dtype=np.bool_)


def list_institutions(labels: Ints, registered: Registered) -> Ints:
    """[n] the registry's institution of each group by its label, -1 if none is known."""
    known = np.full(len(labels), -1, dtype=np.int64)
    np.maximum.at(known, labels, registered.institutions)
    return known


def _agglomerate(
    names: int,
    candidates: Candidates,
    scores: Scores,
    decisions: ScoreSettings,
    constraints: Constraints,
    institutions: Ints,
) -> Ints:
    edges = _edges(names, candidates, scores, decisions)
    parent = np.arange(names)
    _obey(edges, parent, constraints, institutions)
    meant = institutions.copy()
    for row in np.flatnonzero(institutions >= 0).tolist():
        meant[_find_head(parent, row)] = institutions[row]
    heap = [
        (-edge.mean, one, two)
        for one, others in edges.items()
        for two, edge in others.items()
        if one < two and edge.mean >= decisions.match and not edge.vetoed
    ]
    heapq.heapify(heap)
    while heap:
        mean, one, two = heapq.heappop(heap)
        edge = edges.get(one, {}).get(two)
        if edge is None or edge.mean != -mean or edge.vetoed:
            continue  # one of the two was joined meanwhile, and the pair was queued anew
        if min(meant[one], meant[two]) >= 0 and meant[one] != meant[two]:
            continue  # two institutions of the registry; they stay so, whatever is joined to them
        parent[two] = one
        meant[one] = max(meant[one], meant[two])
        for third in _join(edges, one, two):
            between = edges[one][third]
            if between.mean >= decisions.match and not between.vetoed:
                heapq.heappush(heap, (-between.mean, min(one, third), max(one, third)))
    return _follow(parent)


def _obey(edges: dict[int, dict[int, _Edge]], parent: Ints, constraints: Constraints, institutions: Ints) -> None:
    """Join what people or the registry say is the same, and veto what people said is not, before any score counts.

    Two names that only a person could join are both names of the institution: whoever is like one of them is like it.
    """
    pairs = list(zip(constraints.left.tolist(), constraints.right.tolist(), constraints.same.tolist(), strict=True))
    together = sorted((min(one, two), max(one, two)) for one, two, same in pairs if same)
    for one, two in (*together, *_pair_up(institutions)):
        head, other = sorted((_find_head(parent, one), _find_head(parent, two)))
        if head != other:
            parent[other] = head
            _join(edges, head, other, _Edge.outdo)
    for one, two in ((one, two) for one, two, same in pairs if not same):
        head, other = _find_head(parent, one), _find_head(parent, two)
        edge = edges.setdefault(head, {}).setdefault(other, _Edge(0.0, 0, True))
        edge.forbidden = True
        edges.setdefault(other, {})[head] = edge


def _pair_up(institutions: Ints) -> list[tuple[int, int]]:
    """The first name of each institution with every other."""
    known = np.flatnonzero(institutions >= 0)
    _, firsts, places = np.unique(institutions[known], return_index=True, return_inverse=True)
    pairs = zip(known[firsts][places].tolist(), known.tolist(), strict=True)
    return [(one, two) for one, two in pairs if one != two]


def _find_head(parent: Ints, row: int) -> int:
    while parent[row] != row:
        row = int(parent[row])
    return row


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
        (matches[both] - scores.vetoes[both]).tolist(),
        strict=True,
    )
    for one, two, probability, counts in rows:
        edge = _Edge(probability, counts)
        edges.setdefault(one, {})[two] = edge
        edges.setdefault(two, {})[one] = edge
    return edges


def _join(
    edges: dict[int, dict[int, _Edge]], one: int, two: int, merge: Callable[[_Edge, _Edge], None] = _Edge.absorb
) -> list[int]:
    """Move what is known of group two over to group one; returns the groups with which something changed."""
    edges.setdefault(one, {}).pop(two, None)
    changed = sorted(edges.pop(two, {}).items())
    touched = []
    for third, edge in changed:
        if third == one:
            continue
        edges[third].pop(two)
        if third in edges[one]:
            merge(edges[one][third], edge)
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
    names: int, candidates: Candidates, probabilities: np.ndarray, settled: np.ndarray, decisions: ScoreSettings
) -> Ints:
    """For each name the one in another cluster that it most resembles, where a person should look."""
    reviews = np.full(names, -1, dtype=np.int64)
    open_pairs = np.flatnonzero(~settled & (probabilities >= decisions.review))
    for pair in open_pairs[np.argsort(probabilities[open_pairs], kind="stable")]:
        one, two = candidates.left[pair], candidates.right[pair]
        reviews[one], reviews[two] = two, one
    return reviews
