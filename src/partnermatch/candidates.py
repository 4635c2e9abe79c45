"""Step 4, keys to candidates: the pairs worth scoring, found without comparing all with all.

Names that share a key form a block. A block that is too large is split by a second and a third shared key, so that names
which share only common words still meet where they share several; what is too large even then is dropped and reported.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from partnermatch.csr import cut_portions, expand, sort_pairs
from partnermatch.model import Candidates, Ints, Keys
from partnermatch.settings import CandidateSettings

AT_ONCE = 1 << 20
"""Pairs that are laid out at once, before each is kept once."""


def find_candidates(keys: Keys, settings: CandidateSettings) -> Candidates:
    """Find the candidate pairs.

    Args:
        keys: of every profile.
        settings: the cap of a block, and how many keys may be joined.

    Returns:
        Pairs, each once, and the keys whose blocks were dropped, with the number of names in each.
    """
    rows, words = keys.profiles, keys.keys[:, None]
    common = np.zeros((2, 0), dtype=np.int64)
    pairs = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]
    dropped: list[tuple[str, int]] = []
    for level in range(1, settings.max_key_words + 1):
        blocks, sizes = _number_blocks(words)
        full = sizes[blocks] > settings.max_block
        pairs.extend(_pair_up(rows[~full], blocks[~full]))
        if level == 1:
            common = np.stack([rows[full], words[full, 0]])
        rows, words = rows[full], words[full]
        if level == settings.max_key_words:
            dropped += _report(words, keys.names)
            break
        source, more = _extend(rows, words, common)
        dropped += _report(words[~np.isin(np.arange(len(rows)), source)], keys.names)
        rows, words = rows[source], more
    left, right = sort_pairs(*(np.concatenate(ends) for ends in zip(*pairs, strict=True)))
    return Candidates(left, right, tuple(sorted(dropped, key=lambda item: (-item[1], item[0]))))


def _number_blocks(words: Ints) -> tuple[Ints, Ints]:
    """Number the distinct rows of joined keys, in order, and count each: key by key, so that numbers are sorted, not rows."""
    blocks = np.zeros(len(words), dtype=np.int64)
    for key in words.T:
        _, blocks = np.unique(blocks * (key.max(initial=0) + 1) + key, return_inverse=True)
    return blocks, np.bincount(blocks)


def _pair_up(rows: Ints, blocks: Ints) -> Iterator[tuple[Ints, Ints]]:
    """All pairs within each block, with left < right; many blocks may have a pair, and so portions are sorted at once."""
    order = np.lexsort((rows, blocks))
    rows, blocks = rows[order], blocks[order]
    ends = np.searchsorted(blocks, blocks, side="right")
    firsts = np.arange(1, len(rows) + 1)
    for part in cut_portions(ends - firsts, AT_ONCE):
        right, left = expand(firsts[part], ends[part])
        yield sort_pairs(rows[part][left], rows[right])


def _extend(rows: Ints, words: Ints, common: Ints) -> tuple[Ints, Ints]:
    """Join each profile's keys with one more of its common keys, in rising order so that each set comes once.

    Returns:
        The place in `rows` that each joined set comes from, and the sets.
    """
    order = np.lexsort((common[1], common[0]))
    holders, key = common[0][order], common[1][order]
    place, source = expand(*(np.searchsorted(holders, rows, side) for side in ("left", "right")))
    rising = key[place] > words[source, -1]
    source, place = source[rising], place[rising]
    return source, np.column_stack([words[source], key[place]])


def _report(words: Ints, names: tuple[str, ...]) -> list[tuple[str, int]]:
    blocks, counts = _number_blocks(words)
    sets = np.zeros((len(counts), words.shape[1]), dtype=np.int64)
    sets[blocks] = words
    several = np.flatnonzero(counts > 1)
    rows = zip(sets[several].tolist(), counts[several].tolist(), strict=True)
    return [(" + ".join(names[key] for key in joined), count) for joined, count in rows]
