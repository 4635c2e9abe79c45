"""Step 4, keys to candidates: the pairs worth scoring, found without comparing all with all.

Every name looks through the lists of the names that hold a key it asks for, those first that promise most for their
length, until it has seen as many names as it may; of a list that is too long for what is left it sees the names that
weigh most nearly what it weighs itself. Two common keys that one name holds have a list of their own, so that names of
common words only still meet. Of the names that it has seen, each keeps the nearest by weighted shared words (Tversky's
ratio of what is shared to what either has). So both the work and the number of pairs grow with the number of names,
however many share a key.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partnermatch.csr import cut_portions, expand, expand_rows, sort_once, sort_pairs
from partnermatch.model import Atoms, Candidates, Flags, Floats, Ints, Keys
from partnermatch.parallel import spread
from partnermatch.settings import CandidateSettings

AT_ONCE = 1 << 18
"""Names that are seen at once, before each is kept once."""
ASKED_AT_ONCE = 1 << 10
"""Keys that are asked for by the names that are scored at once: a table of these names by these keys, and all that is looked
up in it, fit the processor's cache."""
LEAST_GAIN = 0.01
"""Weight that a word has at least when lists are put in order: there are some that have none."""
SHOWN = 3
"""Words that are named of those that too many names share."""
NOTHING_BESIDE: Ints = np.zeros((2, 0), dtype=np.int64)
_KEYS = 1 << 32
"""More than there are keys, lists or names: two of them fit into one number."""

_FINEST = 1 << 31
"""Steps in which nearness is told apart: row and nearness are one number, which is sorted three times as fast as two."""


class _Lists(NamedTuple):
    """Names by the key that they hold, or by two.

    Attributes:
        held: [m] sorted list * _KEYS + rank of each name, where ranks go by weight.
        starts: [l + 1] where each list begins.
        rows: [m] the name that stands at each place of `held`.
        ranks: [n] the rank of each name.
    """

    held: Ints
    starts: Ints
    rows: Ints
    ranks: Ints


class _Asked(NamedTuple):
    """Which lists each name asks for.

    Attributes:
        rows: [q] who asks, sorted.
        lists: [q] for which list.
        gains: [q] weight of what it then shares with the names of that list, at most.
    """

    rows: Ints
    lists: Ints
    gains: Floats

    def take(self, places: Ints | slice) -> _Asked:
        """Some of them."""
        return _Asked(self.rows[places], self.lists[places], self.gains[places])


class _Steps(NamedTuple):
    """What each name looks through.

    Attributes:
        rows: [s] who looks, sorted.
        starts: [s] place of the first name in `_Lists.held`.
        counts: [s] how many names are seen.
    """

    rows: Ints
    starts: Ints
    counts: Ints


def find_candidates(
    keys: Keys, settings: CandidateSettings, *, beside: Ints = NOTHING_BESIDE, workers: int = 1
) -> Candidates:
    """Find the candidate pairs.

    Args:
        keys: of every profile.
        settings: how many names are seen and kept for each.
        beside: [2, b] pairs that are candidates whatever they share, the smaller row first.
        workers: processes that share the names, at most.

    Returns:
        Pairs, each once, and the keys that more names hold than one may see.
    """
    lists, asked = _invert(keys, settings.min_joined)
    gains = _Gains(keys)
    portion = max(1, AT_ONCE // settings.see)

    def look(first: int) -> Ints:
        own = slice(*np.searchsorted(asked.rows, [first, first + portion]))
        row, other = _see(lists, _plan(lists, asked.take(own), settings.see))
        near = _keep_nearest(row, _score(keys, gains, row, other), settings.keep)
        return np.stack([row[near], other[near]])

    ends = np.concatenate([beside, *spread(look, range(0, len(keys.weights), portion), workers)], axis=1)
    left, right = sort_pairs(ends.min(axis=0), ends.max(axis=0))
    return Candidates(left, right, _report(keys, settings.see))


def describe_dropped(candidates: Candidates, atoms: Atoms, settings: CandidateSettings) -> str:
    """A sentence on the words that too many names share; empty if there are none.

    Args:
        candidates: found.
        atoms: the words.
        settings: with which they were found.
    """
    if not candidates.dropped:
        return ""
    form = {key: forms[0] for key, forms in zip(atoms.keys, atoms.forms, strict=True)}
    named = [f"{form.get(key, key.partition(':')[2])} ({names} names)" for key, names in candidates.dropped[:SHOWN]]
    more = ", ..." if len(candidates.dropped) > SHOWN else ""
    return (
        f"Shared by more names than each is compared with ({settings.see}): {', '.join(named)}{more}; "
        f"{len(candidates.dropped)} in all. Of names that share no rarer word only the nearest are compared."
    )


def _invert(keys: Keys, min_joined: int) -> tuple[_Lists, _Asked]:
    """The lists of single keys and of two common ones, and who asks for which."""
    names, count = len(keys.weights), len(keys.names)
    rows = np.lexsort((np.arange(names), keys.weights))
    ranks = np.empty(names, dtype=np.int64)
    ranks[rows] = np.arange(names)
    holders = np.bincount(keys.keys, minlength=count)
    one, two = _join(keys.profiles, keys.keys, holders >= min_joined)
    first, second = _join(keys.asking, keys.asked, holders >= min_joined)
    both = keys.keys[one] * _KEYS + keys.keys[two]
    sought = keys.asked[first] * _KEYS + keys.asked[second]
    pairs = sort_once(both)
    places = np.minimum(np.searchsorted(pairs, sought), max(len(pairs) - 1, 0))
    met = pairs[places] == sought if len(pairs) else np.zeros(0, dtype=np.bool_)
    numbers = np.concatenate([keys.keys, np.searchsorted(pairs, both) + count])
    held = np.sort(numbers * _KEYS + ranks[np.concatenate([keys.profiles, keys.profiles[one]])])
    starts = np.searchsorted(held, np.arange(count + len(pairs) + 1) * _KEYS)
    asked = _Asked(
        np.concatenate([keys.asking, keys.asking[first[met]]]),
        np.concatenate([keys.asked, places[met] + count]),
        np.concatenate([keys.gains, keys.gains[first[met]] + keys.gains[second[met]]]),
    )
    return _Lists(held, starts, rows[held & (_KEYS - 1)], ranks), asked.take(np.argsort(asked.rows, kind="stable"))


def _join(rows: Ints, keys: Ints, common: Flags) -> tuple[Ints, Ints]:
    """The places of every two common keys of one name."""
    chosen = np.flatnonzero(common[keys])
    rows = rows[chosen]
    ends = np.searchsorted(rows, rows, side="right")
    second, first = expand(np.arange(1, len(rows) + 1), ends)
    return chosen[first], chosen[second]


def _plan(lists: _Lists, asked: _Asked, most: int) -> _Steps:
    """Let every name go through its lists until it has seen as many names as it may.

    First come short lists of names that share much with it: a distinctive word that 150 have says more than two common ones
    that 60 have. Pairwise recall of a job with twenty rows an institution is .786 so, .774 by length alone
    (`python benchmarks/dedupe_scale.py --rows 1000000 --seed 101 --one-in 12`).
    """
    sizes = np.diff(lists.starts)[asked.lists]
    some = np.flatnonzero(sizes)
    only = lists.rows[lists.starts[asked.lists[some]]]
    some = some[(sizes[some] > 1) | (only != asked.rows[some])]  # nobody looks for itself
    cost = sizes[some] / np.maximum(asked.gains[some], LEAST_GAIN) ** 2
    order = some[np.lexsort((asked.lists[some], cost, asked.rows[some]))]
    rows, sought, sizes = asked.rows[order], asked.lists[order], sizes[order]
    before = np.cumsum(sizes) - sizes
    before -= before[np.searchsorted(rows, rows)]
    used = before < most
    rows, sought, sizes = rows[used], sought[used], sizes[used]
    counts = np.minimum(sizes, most - before[used])
    starts = lists.starts[sought]
    cut = np.flatnonzero(counts < sizes)
    around = np.searchsorted(lists.held, sought[cut] * _KEYS + lists.ranks[rows[cut]]) - counts[cut] // 2
    last = starts[cut] + sizes[cut] - counts[cut]
    starts[cut] = np.clip(around, starts[cut], last)
    return _Steps(rows, starts, counts)


def _see(lists: _Lists, steps: _Steps) -> tuple[Ints, Ints]:
    """Who looks and who is seen, each pair once."""
    place, source = expand(steps.starts, steps.starts + steps.counts)
    row, other = steps.rows[source], lists.rows[place]
    two = row != other
    return sort_pairs(row[two], other[two])


def _score(keys: Keys, gains: _Gains, row: Ints, other: Ints) -> Floats:
    """How near each name that is seen is to the one that looks, 0..1; those that look are sorted."""
    own, others = keys.weights[row], keys.weights[other]
    shared = np.minimum(gains.add_up(row, other), np.minimum(own, others))
    score: Floats = shared / np.maximum(own + others - shared, np.finfo(np.float64).tiny)
    return score


class _Gains:
    """What names gain by the keys that others hold, looked up in a table of names by keys: of some names after others."""

    def __init__(self, keys: Keys) -> None:
        """Lay out what each name asks for, and what it holds."""
        names = np.arange(len(keys.weights) + 1)
        self._keys, self._held = keys, keys.keys.astype(np.int32)
        self._asking, self._holding = (np.searchsorted(rows, names) for rows in (keys.asking, keys.profiles))
        # The column of each key in the table; 0 is that of all keys that no name of the table asks for.
        self._columns = np.zeros(len(keys.names), dtype=np.int32)

    def add_up(self, row: Ints, other: Ints) -> Floats:
        """[p] weight of the keys that one name asks for and another holds.

        Args:
            row: [p] who asks, sorted.
            other: [p] who holds.
        """
        gained = np.zeros(len(row))
        first, last = (int(row[0]), int(row[-1]) + 1) if len(row) else (0, 0)
        for part in cut_portions(np.diff(self._asking[first : last + 1]), ASKED_AT_ONCE):
            names = slice(first + part.start, first + part.stop)
            pairs = slice(*np.searchsorted(row, [names.start, names.stop]).tolist())
            gained[pairs] = self._look_up(names, row[pairs], other[pairs])
        return gained

    def _look_up(self, names: slice, row: Ints, other: Ints) -> Floats:
        """The same for some of the names."""
        own = slice(*self._asking[[names.start, names.stop]].tolist())
        asking, asked = self._keys.asking[own] - names.start, self._keys.asked[own]
        distinct = sort_once(asked)
        table = np.zeros((names.stop - names.start, len(distinct) + 1))
        self._columns[distinct] = np.arange(1, len(distinct) + 1)
        table[asking, self._columns[asked]] = self._keys.gains[own]
        step, pair = expand_rows(self._holding, other)
        places = ((row - names.start) * table.shape[1]).take(pair)
        places += self._columns.take(self._held.take(step))
        self._columns[distinct] = 0
        return np.bincount(pair, weights=table.ravel().take(places), minlength=len(row)).astype(np.float64, copy=False)


def _keep_nearest(row: Ints, score: Floats, keep: int) -> Ints:
    """Places of the nearest that each name sees, those of a name in order; of equally near ones the first rows."""
    order = np.argsort(row * _KEYS - np.rint(score * _FINEST).astype(np.int64), kind="stable")
    first = np.flatnonzero(np.diff(row, prepend=-1))
    place = np.arange(len(row)) - np.repeat(first, np.diff(first, append=len(row)))
    return order[place < keep]


def _report(keys: Keys, most: int) -> tuple[tuple[str, int], ...]:
    """The keys that more names hold than one may see, the commonest first."""
    holders = np.bincount(keys.keys, minlength=len(keys.names))
    rows = [(keys.names[key], int(holders[key])) for key in np.flatnonzero(holders > most).tolist()]
    return tuple(sorted(rows, key=lambda item: (-item[1], item[0])))
