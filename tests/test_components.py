"""Components are those that networkx finds."""

from __future__ import annotations

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.components import find_components

NODES = 30


@given(edges=st.lists(st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)), max_size=60))
def test_components_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(NODES))
    expected = {node: min(component) for component in nx.connected_components(graph) for node in component}
    left, right = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    assert find_components(NODES, left, right).tolist() == [expected[node] for node in range(NODES)]
