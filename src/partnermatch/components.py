"""Connected components of a graph whose edges are two arrays."""

from __future__ import annotations

import numpy as np

from partnermatch.model import Ints


def find_components(size: int, left: Ints, right: Ints) -> Ints:
    """Which nodes are reached from each other.

    Roots are hooked to smaller roots until every edge lies within one tree, all edges at once (after Shiloach and Vishkin,
    1982).

    Args:
        size: nodes there are.
        left: [e] one end of each edge.
        right: [e] the other.

    Returns:
        [size] the smallest node of the component of each.

    >>> find_components(5, np.array([3, 4]), np.array([1, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    labels = np.arange(size)
    while True:
        one, two = labels[left], labels[right]
        apart = one != two
        if not apart.any():
            return labels
        left, right = left[apart], right[apart]
        low, high = np.minimum(one[apart], two[apart]), np.maximum(one[apart], two[apart])
        np.minimum.at(labels, high, low)
        while (further := labels[labels] != labels).any():
            labels[further] = labels[labels[further]]
