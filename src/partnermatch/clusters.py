"""Step 7, scores to clusters: group the names into institutions, and say how sure that is and what a person should look at."""

from __future__ import annotations

import numpy as np

from partnermatch.agglomeration import agglomerate
from partnermatch.csr import sort_once
from partnermatch.model import Candidates, Clusters, Constraints, Flags, Ints, Registered, Scores
from partnermatch.settings import ScoreSettings

NO_CONSTRAINTS = Constraints(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_))


def group(
    names: int,
    candidates: Candidates,
    scores: Scores,
    decisions: ScoreSettings,
    constraints: Constraints = NO_CONSTRAINTS,
    registered: Registered | None = None,
    *,
    workers: int = 1,
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
        workers: processes that share the work, at most.
    """
    registered = registered or know_nothing(names)
    labels = agglomerate(candidates, scores, decisions, constraints, registered.institutions, workers=workers)
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
    return sort_once(np.concatenate([constraints.left[constraints.same], constraints.right[constraints.same]]))


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


def _find_reviews(
    names: int, candidates: Candidates, probabilities: np.ndarray, settled: np.ndarray, decisions: ScoreSettings
) -> Ints:
    """For each name the one in another cluster that it most resembles, where a person should look."""
    open_pairs = np.flatnonzero(~settled & (probabilities >= decisions.review))
    ordered = open_pairs[np.argsort(probabilities[open_pairs], kind="stable")]
    ends = np.stack([candidates.left[ordered], candidates.right[ordered]], axis=1)
    reviews = np.full(names, -1, dtype=np.int64)
    reviews[ends.ravel()] = ends[:, ::-1].ravel()  # the likeliest pair of a name is written last
    return reviews
