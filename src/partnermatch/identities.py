"""Step 8, clusters to identities: an ID and a name for each institution, and the top of its family.

A store gives IDs that last, and a registry those of the institutions that it knows. Any other ID is a function of the input
alone: it is made from the first name of the cluster in sorted order, so that the same rows in any order give the same IDs.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from partnermatch.csr import differ_from_last, sort_once
from partnermatch.model import Clusters, Identities, Ints, Profiles

ID_PREFIX = "pm"
ID_LETTERS = 12
"""Base-32 letters of an ID: 60 bits, a chance of one in a million that any two of a million institutions collide."""
_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)


def identify(profiles: Profiles, clusters: Clusters, rows: Ints, ids: Mapping[int, str] | None = None) -> Identities:
    """Give every profile the identity of its cluster.

    Args:
        profiles: [n] names.
        clusters: [n] labels.
        rows: [n] how many rows of the input lead to each profile; the commonest name is shown.
        ids: ID of clusters by their labels, as a store or a registry gives them; made from the names where there is none.
    """
    labels = clusters.labels
    given, distinct = ids or {}, sort_once(labels)
    unnamed = [label for label in distinct.tolist() if not given.get(label)]
    ids = {**given, **dict(zip(unnamed, make_ids(_list_signatures(profiles, unnamed)), strict=True))}
    shown = dict(zip(distinct.tolist(), _choose_names(profiles, labels, rows), strict=True))
    roots = find_roots(labels, profiles.wholes)
    return Identities(
        canonical_ids=tuple([ids[label] for label in labels.tolist()]),
        canonical_names=tuple([shown[label] for label in labels.tolist()]),
        root_ids=tuple([ids[root] for root in roots.tolist()]),
    )


def make_id(*parts: str) -> str:
    """An ID from texts: the same texts, the same ID.

    >>> make_id("東京大学", "JP")
    'pmwcculyv7uu2x'
    """
    return make_ids([parts])[0]


def fold_unit(unit: str) -> str:
    """What its ID is made of: a unit has one ID in capitals, in full width and with its accents as letters of their own.

    >>> fold_unit("ＩＣＵ") == fold_unit("icu")
    True
    """
    return unicodedata.normalize("NFKC", unit).casefold()


def make_ids(texts: Iterable[Sequence[str]]) -> list[str]:
    """The IDs of many: their letters are looked up all at once.

    >>> make_ids([("東京大学", "JP"), ("東京大学", "")])
    ['pmwcculyv7uu2x', 'pm3okq6kijvh3f']
    """
    encoded = ["\0".join(own).encode("utf-8", errors="surrogatepass") for own in texts]
    digests = np.frombuffer(b"".join([hashlib.sha256(own).digest()[:8] for own in encoded]), dtype=">u8")
    shifts = np.arange(64 - 5, 64 - 5 * ID_LETTERS - 1, -5, dtype=np.uint64)
    letters = _LETTERS[(digests[:, np.newaxis] >> shifts & np.uint64(31)).astype(np.intp)]
    text = letters.tobytes().decode("ascii")
    return [ID_PREFIX + text[start : start + ID_LETTERS] for start in range(0, len(text), ID_LETTERS)]


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
    roots = np.arange(len(labels))
    for label in above_of:
        roots[label] = _climb(label, above_of)
    return roots[labels]


def _climb(label: int, above_of: dict[int, int]) -> int:
    seen = [label]
    while (label := above_of.get(label, -1)) >= 0:
        if label in seen:
            return min(seen[seen.index(label) :])
        seen.append(label)
    return seen[-1]


def _list_signatures(profiles: Profiles, rows: Sequence[int]) -> Iterator[tuple[str, str, str]]:
    """What IDs of some profiles are made from."""
    wholes = profiles.wholes.tolist()
    for row in rows:
        whole = wholes[row]
        yield profiles.folded[row], profiles.folded[whole] if whole >= 0 else "", profiles.countries[row]


def _choose_names(profiles: Profiles, labels: Ints, rows: Ints) -> list[str]:
    """Of each cluster, by label, the name that most rows give, the first in sorted order among equals."""
    order = np.lexsort((-rows, labels))
    return [profiles.texts[profile] for profile in order[differ_from_last(labels[order])].tolist()]
