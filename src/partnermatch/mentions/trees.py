"""What claims say together, which no sum over them says: small decision trees, each of which adds to the log-odds.

Gradient-boosted trees (Friedman, 2001), learned by LightGBM in benchmarks/fit_mentions.py and kept in trees.tsv, a line a
node: number of the tree, number of the node, what is asked, the limit, and what a leaf adds. The root is node 1; behind
node n, 2n is where the column is at most the limit, and 2n + 1 where it is more.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from partnermatch.mentions.claims import CLAIMS, DETAILS
from partnermatch.model import Floats, Ints

FILE = "trees.tsv"
STANDING = ("own", "overlapping", "elsewhere", "together")
"""How an institution stands among all that was found, beside its claims: its score, the odds of what overlaps its run and of
what does not, as logarithms, and what is left of its score."""
COLUMNS = (*CLAIMS, *DETAILS, *STANDING)
AT_ONCE = 4_096
"""Rows that are sent through all trees at once."""


class Node(NamedTuple):
    """A node of a tree: a question, or a leaf, whose column is empty.

    Attributes:
        tree: number of its tree.
        place: its number there.
        column: of `COLUMNS`, what is asked.
        limit: up to which the answer is 2n.
        adds: to the log-odds, of a leaf.
    """

    tree: int
    place: int
    column: str
    limit: float
    adds: float


class Trees(NamedTuple):
    """Trees of one depth d; what lies behind a leaf is that leaf.

    Attributes:
        columns: [t, 2^d - 1] what each node asks, by rows of `COLUMNS`.
        limits: [t, 2^d - 1] up to which the left way is taken.
        leaves: [t, 2^d] what each adds.
    """

    columns: Ints
    limits: Floats
    leaves: Floats

    def add_up(self, values: Floats) -> Floats:
        """The log-odds of rows: [m], of values [m, c] in the order of `COLUMNS`."""
        sums = [
            np.zeros(0),
            *(self._add_up(values[first : first + AT_ONCE]) for first in range(0, len(values), AT_ONCE)),
        ]
        return np.concatenate(sums)

    def _add_up(self, values: Floats) -> Floats:
        count, inner = self.columns.shape
        trees, rows = np.arange(count), np.arange(len(values))[:, None] * values.shape[1]
        places = np.zeros((len(values), count), dtype=np.int64)
        for _ in range(inner.bit_length()):
            nodes = places + trees * inner  # taken from one row of numbers: half the time of two indices
            asked = values.ravel().take(rows + self.columns.ravel().take(nodes))
            places = 2 * places + 1 + (asked > self.limits.ravel().take(nodes))
        found = self.leaves.ravel().take(places - inner + trees * (inner + 1))
        return np.asarray(found.sum(axis=1), dtype=np.float64)


def plant(nodes: Iterable[Node]) -> Trees:
    """Trees of their nodes.

    >>> trees = plant([Node(0, 1, "alias", 0.5, 0.0), Node(0, 2, "", 0.0, -1.0), Node(0, 3, "", 0.0, 2.0)])
    >>> trees.add_up(np.eye(len(COLUMNS))[[COLUMNS.index("alias"), COLUMNS.index("acronym")]]).tolist()
    [2.0, -1.0]
    """
    known = {(node.tree, node.place): node for node in nodes}
    count = 1 + max(tree for tree, _ in known)
    inner = 2 ** (max(place for _, place in known).bit_length() - 1) - 1
    columns, limits = np.zeros((count, inner), dtype=np.int64), np.zeros((count, inner))
    leaves = np.zeros((count, inner + 1))
    for tree in range(count):
        for place in range(1, 2 * inner + 2):
            node = known.get((tree, place)) or known[tree, place // 2]
            known[tree, place] = node
            if place > inner:
                leaves[tree, place - inner - 1] = node.adds
            elif node.column:
                columns[tree, place - 1], limits[tree, place - 1] = COLUMNS.index(node.column), node.limit
    return Trees(columns, limits, leaves)


@cache
def load_trees() -> Trees:
    """The trees that were learned."""
    lines = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return plant(
        Node(int(tree), int(place), column, float(limit or 0), float(adds or 0))
        for tree, place, column, limit, adds in cells
    )
