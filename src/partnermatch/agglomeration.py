"""Greedy agglomeration over scored pairs, without letting one lucky pair bridge two institutions.

The two groups with the highest mean probability of the likeliest scored pairs between them are joined first; two groups
between which too many pairs are vetoed are not joined. Ties go by row, so that the order of the input changes nothing. What
people decided comes before all scores, and then what a registry says: names of one of its institutions are one, names of two
are never joined.

No two groups are joined that no match connects. So names are taken component by component, and one in which every pair is a
match, and nothing says that two of its names are two, is one group without a look at the order: however its names are put
together, the means stay matches.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple, Self

import numpy as np

from partnermatch.components import find_components
from partnermatch.csr import cut_portions, sort_once
from partnermatch.model import Candidates, Constraints, Flags, Ints, Scores
from partnermatch.parallel import spread
from partnermatch.settings import ScoreSettings

PAIRS_COUNTED = 3
"""Pairs between two groups whose mean counts, the likeliest: names that are misspelled in two ways are alike to the right
ones, not to each other, and one pair alone may be lucky."""

PAIRS_AT_ONCE = 1 << 15
"""Pairs of the components that are worked on at once."""


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
        mean = sum(self.likeliest) / len(self.likeliest)
        self.mean = max(mean, self.likeliest[-1])  # rounded, a mean may lie below all of them
        self.matches += other.matches
        self.forbidden |= other.forbidden

    def outdo(self, other: _Edge) -> None:
        """Become the likelier of the two."""
        if other.mean > self.mean:
            self.likeliest, self.mean = other.likeliest, other.mean
            self.matches, self.forbidden = other.matches, other.forbidden


def agglomerate(
    candidates: Candidates,
    scores: Scores,
    decisions: ScoreSettings,
    constraints: Constraints,
    institutions: Ints,
    *,
    workers: int = 1,
) -> Ints:
    """Join names as long as there are two groups whose mean is a match.

    Args:
        candidates: [p] pairs.
        scores: [p] their probabilities and vetoes.
        decisions: where a probability is a match.
        constraints: pairs that are joined first, and pairs that never are.
        institutions: [n] of a registry, -1 where none is known.
        workers: processes that share the components in doubt, at most.

    Returns:
        [n] the smallest row of the group of each name.
    """
    matches = scores.probabilities >= decisions.match
    labels = _connect(candidates, matches, constraints, institutions)
    pairs = _list_pairs(candidates, matches, labels)
    certain = matches[pairs] & (scores.vetoes[pairs] == 0)
    doubtful = _find_doubtful(labels, candidates.left[pairs], certain, constraints, institutions)
    doubts = _Doubts.cut(labels, doubtful, candidates.left, pairs)

    def join(part: slice) -> tuple[Ints, Ints]:
        names, own = doubts.pick(part)
        edges = _edges(candidates, scores, matches, own)
        parent = dict(zip(names.tolist(), names.tolist(), strict=True))
        known = dict(zip(names.tolist(), institutions[names].tolist(), strict=True))
        _obey(edges, parent, _keep_inside(constraints, labels, names), known)
        for row in [row for row, institution in known.items() if institution >= 0]:
            known[_find_head(parent, row)] = known[row]
        _join_likeliest(edges, parent, known, labels, decisions.match)
        return names, np.array([_find_head(parent, row) for row in names.tolist()], dtype=np.int64)

    for names, heads in spread(join, doubts.parts, workers):
        labels[names] = heads
    return labels


class _Doubts(NamedTuple):
    """The components in doubt, one behind another.

    Attributes:
        names: [m] of all of them.
        first_names: [k + 1] where those of each component begin.
        pairs: [c] that count, of all of them.
        first_pairs: [k + 1] where those of each component begin.
        parts: components that are worked on at once.
    """

    names: Ints
    first_names: Ints
    pairs: Ints
    first_pairs: Ints
    parts: list[slice]

    @classmethod
    def cut(cls, labels: Ints, doubtful: Flags, left: Ints, pairs: Ints) -> Self:
        """Sort what is in doubt by component."""
        names, pairs = np.flatnonzero(doubtful), pairs[doubtful[left[pairs]]]
        names = names[np.argsort(labels[names], kind="stable")]
        pairs = pairs[np.argsort(labels[left[pairs]], kind="stable")]
        components = sort_once(labels[names])
        ends = np.append(components, len(labels))
        first_names, first_pairs = (np.searchsorted(labels[rows], ends) for rows in (names, left[pairs]))
        return cls(names, first_names, pairs, first_pairs, cut_portions(np.diff(first_pairs) + 1, PAIRS_AT_ONCE))

    def pick(self, part: slice) -> tuple[Ints, Ints]:
        """The names and the pairs of some components."""
        names = self.names[self.first_names[part.start] : self.first_names[part.stop]]
        return names, self.pairs[self.first_pairs[part.start] : self.first_pairs[part.stop]]


def _join_likeliest(
    edges: dict[int, dict[int, _Edge]], parent: dict[int, int], known: dict[int, int], labels: Ints, match: float
) -> None:
    """Join the two groups whose mean is highest, again and again, component by component."""
    heaps: defaultdict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for one, others in edges.items():
        heaps[int(labels[one])] += [
            (-edge.mean, one, two)
            for two, edge in others.items()
            if one < two and edge.mean >= match and not edge.vetoed
        ]
    for heap in heaps.values():
        heapq.heapify(heap)
        while heap:
            mean, one, two = heapq.heappop(heap)
            edge = edges.get(one, {}).get(two)
            if edge is None or edge.mean != -mean or edge.vetoed:
                continue  # one of the two was joined meanwhile, and the pair was queued anew
            if min(known[one], known[two]) >= 0 and known[one] != known[two]:
                continue  # two institutions of the registry; they stay so, whatever is joined to them
            parent[two] = one
            known[one] = max(known[one], known[two])
            for third in _join(edges, one, two):
                between = edges[one][third]
                if between.mean >= match and not between.vetoed:
                    heapq.heappush(heap, (-between.mean, min(one, third), max(one, third)))


def _connect(candidates: Candidates, matches: Flags, constraints: Constraints, institutions: Ints) -> Ints:
    """[n] the smallest name that each may be joined with, over whatever others."""
    known = _pair_up(institutions)
    ends = (
        (candidates.left[matches], constraints.left[constraints.same], known[0]),
        (candidates.right[matches], constraints.right[constraints.same], known[1]),
    )
    left, right = (np.concatenate(columns) for columns in ends)
    return find_components(len(institutions), left, right)


def _list_pairs(candidates: Candidates, matches: Flags, labels: Ints) -> Ints:
    """The pairs that count: a name without any match has no mean that is one, with any group."""
    left, right = candidates.left, candidates.right
    matched = np.zeros(len(labels), dtype=np.bool_)
    matched[left[matches]] = matched[right[matches]] = True
    return np.flatnonzero((labels[left] == labels[right]) & matched[left] & matched[right])


def _find_doubtful(labels: Ints, pairs: Ints, certain: Flags, constraints: Constraints, institutions: Ints) -> Flags:
    """[n] names of components in which not all is one: where a pair is no match, or two names are said to be two.

    Args:
        labels: [n] component of each name.
        pairs: [c] a name of each pair that counts.
        certain: [c] whether it is a match, with nothing against it.
        constraints: what people said.
        institutions: [n] of a registry.
    """
    doubtful = np.zeros(len(labels), dtype=np.bool_)
    doubtful[labels[pairs[~certain]]] = True
    doubtful[labels[constraints.left[~constraints.same]]] = True
    known = np.flatnonzero(institutions >= 0)
    first = np.full(len(labels), -1, dtype=np.int64)
    first[labels[known]] = institutions[known]
    doubtful[labels[known[first[labels[known]] != institutions[known]]]] = True
    return doubtful[labels]


def _keep_inside(constraints: Constraints, labels: Ints, names: Ints) -> Constraints:
    """The constraints that bear on some names; two components need not be kept apart."""
    left, right = constraints.left, constraints.right
    kept = (labels[left] == labels[right]) & np.isin(left, names)
    return Constraints(left[kept], right[kept], constraints.same[kept])


def _obey(
    edges: dict[int, dict[int, _Edge]], parent: dict[int, int], constraints: Constraints, known: dict[int, int]
) -> None:
    """Join what people or the registry say is the same, and veto what people said is not, before any score counts.

    Two names that only a person could join are both names of the institution: whoever is like one of them is like it.
    """
    pairs = list(zip(constraints.left.tolist(), constraints.right.tolist(), constraints.same.tolist(), strict=True))
    together = sorted((min(one, two), max(one, two)) for one, two, same in pairs if same)
    names, institutions = (np.array(column, dtype=np.int64) for column in (list(known), list(known.values())))
    for one, two in (*together, *names[np.transpose(_pair_up(institutions))].tolist()):
        head, other = sorted((_find_head(parent, one), _find_head(parent, two)))
        if head != other:
            parent[other] = head
            _join(edges, head, other, _Edge.outdo)
    for one, two in ((one, two) for one, two, same in pairs if not same):
        head, other = _find_head(parent, one), _find_head(parent, two)
        edge = edges.setdefault(head, {}).setdefault(other, _Edge(0.0, 0, True))
        edge.forbidden = True
        edges.setdefault(other, {})[head] = edge


def _pair_up(institutions: Ints) -> tuple[Ints, Ints]:
    """The first name of each institution, with every other."""
    known = np.flatnonzero(institutions >= 0)
    _, firsts, places = np.unique(institutions[known], return_index=True, return_inverse=True)
    first = known[firsts][places]
    return first[first != known], known[first != known]


def _find_head(parent: dict[int, int], row: int) -> int:
    while parent[row] != row:
        row = parent[row]
    return row


def _edges(candidates: Candidates, scores: Scores, matches: Flags, pairs: Ints) -> dict[int, dict[int, _Edge]]:
    """What some pairs say of their names."""
    rows = zip(
        candidates.left[pairs].tolist(),
        candidates.right[pairs].tolist(),
        scores.probabilities[pairs].tolist(),
        (matches[pairs] - scores.vetoes[pairs]).tolist(),
        strict=True,
    )
    edges: dict[int, dict[int, _Edge]] = {}
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
