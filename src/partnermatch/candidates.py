"""Step 4, keys to candidates: the pairs worth scoring, found without comparing all with all.

Names that share a key form a block. A block that is too large is split by a second and a third shared key, so that names
which share only common words still meet where they share several; what is too large even then is dropped and reported.
"""

from __future__ import annotations

import numpy as np

from partnermatch.csr import expand
from partnermatch.model import Candidates, Ints, Keys
from partnermatch.settings import CandidateSettings


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
    pairs: list[Ints] = []
    dropped: list[tuple[str, int]] = []
    for level in range(1, settings.max_key_words + 1):
        blocks, sizes = _number_blocks(words)
        full = sizes[blocks] > settings.max_block
        pairs.append(_pair_up(rows[~full], blocks[~full]))
        if level == 1:
            common = np.stack([rows[full], words[full, 0]])
        rows, words = rows[full], words[full]
        source, more = _extend(rows, words, common)
        last = level == settings.max_key_words
        stuck = np.ones(len(rows), dtype=np.bool_) if last else ~np.isin(np.arange(len(rows)), source)
        dropped += _report(words[stuck], keys.names)
        rows, words = rows[source], more
    found = np.unique(np.concatenate(pairs, axis=1), axis=1)
    return Candidates(found[0], found[1], tuple(sorted(dropped, key=lambda item: (-item[1], item[0]))))


def _number_blocks(words: Ints) -> tuple[Ints, Ints]:
    """Number the distinct rows of joined keys, and count each."""
    if len(words) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    _, blocks, sizes = np.unique(words, axis=0, return_inverse=True, return_counts=True)
    return blocks.reshape(-1), sizes


def _pair_up(rows: Ints, blocks: Ints) -> Ints:
    """All pairs within each block, as [2, p] with left < right."""
    order = np.lexsort((rows, blocks))
    rows, blocks = rows[order], blocks[order]
    ends = np.searchsorted(blocks, blocks, side="right")
    right, left = expand(np.arange(1, len(rows) + 1), ends)
    return np.stack([rows[left], rows[right]]) if len(left) else np.zeros((2, 0), dtype=np.int64)


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
    sets, counts = np.unique(words, axis=0, return_counts=True) if len(words) else (words, np.zeros(0, dtype=np.int64))
    texts = [(" + ".join(names[key] for key in joined), int(count)) for joined, count in zip(sets, counts, strict=True)]
    return [text for text in texts if text[1] > 1]
