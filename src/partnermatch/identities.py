"""Step 8, clusters to identities: an ID and a name for each institution, and the top of its family.

A store gives IDs that last, and a registry those of the institutions that it knows. Any other ID is a function of the input
alone: it is made from the first name of the cluster in sorted order, so that the same rows in any order give the same IDs.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

from partnermatch.csr import sort_once
from partnermatch.model import Clusters, Identities, Ints, Profiles

ID_PREFIX = "pm"
ID_LETTERS = 12
"""Base-32 letters of an ID: 60 bits, a chance of one in a million that any two of a million institutions collide."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + two for one in _LETTERS for two in _LETTERS]
"""Two letters at once: base64.b32encode takes twice as long."""


def identify(profiles: Profiles, clusters: Clusters, rows: Ints, ids: Mapping[int, str] | None = None) -> Identities:
    """Give every profile the identity of its cluster.

    Args:
        profiles: [n] names.
        clusters: [n] labels.
        rows: [n] how many rows of the input lead to each profile; the commonest name is shown.
        ids: ID of clusters by their labels, as a store or a registry gives them; made from the names where there is none.
    """
    labels = clusters.labels
    given = ids or {}
    ids = {label: given.get(label) or make_id(*_signature(profiles, label)) for label in sort_once(labels).tolist()}
    shown = _choose_names(profiles, labels, rows)
    roots = find_roots(labels, profiles.wholes)
    return Identities(
        canonical_ids=tuple(ids[label] for label in labels.tolist()),
        canonical_names=tuple(shown[label] for label in labels.tolist()),
        root_ids=tuple(ids[root] for root in roots.tolist()),
    )


def make_id(*parts: str) -> str:
    """An ID from texts: the same texts, the same ID.

    >>> make_id("東京大学", "JP")
    'pmwcculyv7uu2x'
    """
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", errors="surrogatepass")).digest()
    number = int.from_bytes(digest[:8], "big") >> 64 - 5 * ID_LETTERS
    return ID_PREFIX + "".join([_PAIRS[number >> place & 0x3FF] for place in range(5 * ID_LETTERS - 10, -1, -10)])


def find_roots(labels: Ints, wholes: Ints) -> Ints:
    """The top of each profile's family: from cluster to the whole that most of its names give, as long as there is one.

    Args:
        labels: [n] cluster of each profile.
        wholes: [n] profile of the organization above, -1 if none is named.

    Returns:
        [n] label of the topmost cluster; a circle ends at its smallest label.
    """
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for profile in np.flatnonzero(wholes >= 0).tolist():
        above = int(labels[wholes[profile]])
        if above != labels[profile]:
            votes[int(labels[profile])][above] += 1
    above_of = {label: min(counts, key=lambda other: (-counts[other], other)) for label, counts in votes.items()}
    return np.array([_climb(label, above_of) for label in labels.tolist()], dtype=np.int64)


def _climb(label: int, above_of: dict[int, int]) -> int:
    seen = [label]
    while (label := above_of.get(label, -1)) >= 0:
        if label in seen:
            return min(seen[seen.index(label) :])
        seen.append(label)
    return seen[-1]


def _signature(profiles: Profiles, row: int) -> tuple[str, str, str]:
    whole = int(profiles.wholes[row])
    return profiles.folded[row], profiles.folded[whole] if whole >= 0 else "", profiles.countries[row]


def _choose_names(profiles: Profiles, labels: Ints, rows: Ints) -> dict[int, str]:
    """The name that most rows give, the first in sorted order among equals."""
    best: dict[int, tuple[int, int]] = {}
    for profile, label in enumerate(labels.tolist()):
        rank = (-int(rows[profile]), profile)
        if label not in best or rank < best[label]:
            best[label] = rank
    return {label: profiles.texts[profile] for label, (_, profile) in best.items()}
