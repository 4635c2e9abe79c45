"""Claims about what else was found on the same words: longer and shorter names, namesakes, family."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from partnermatch.csr import expand, mark
from partnermatch.mentions.gazetteer import Gazetteer
from partnermatch.mentions.institutions import Institutions
from partnermatch.mentions.names import KINDS
from partnermatch.mentions.spotting import Compared, Spotted, match
from partnermatch.model import Flags, Ints

Columns = NDArray[Any]
WHOLE_ALIKE, STRONG_WEIGHT = 0.9, 0.6
"""From which a run is spelled as a whole name is, and from which its weight is that of an institution beside others."""
MAX_AHEAD = 3.0
"""How much better known than its namesakes an institution is at most, as a difference of logarithms."""


class Runs(NamedTuple):
    """The different runs of words on which institutions were found, and all ordered pairs of them of one string.

    Attributes:
        of: [m] the run of each institution.
        firsts: [r] the first token of each run, and `lasts` [r] the last.
        lasts: see `firsts`.
        left: [p] and `right` [p]: the pairs; a run is paired with itself, too.
        right: see `left`.
        overlap: [p] whether both overlap.
    """

    of: Ints
    firsts: Ints
    lasts: Ints
    left: Ints
    right: Ints
    overlap: Flags

    def have(self, flags: Flags) -> Flags:
        """[r] Whether any institution of each run has the flag."""
        return mark(self.of[flags], len(self.firsts))

    def any_right(self, chosen: Flags, flags: Flags) -> Flags:
        """[m] Whether any chosen pair leads from the run of each institution to one of which any has the flag."""
        found = mark(self.left[chosen & self.have(flags)[self.right]], len(self.firsts))
        return np.asarray(found[self.of])

    def lie_within(self) -> Flags:
        """[p] Whether the left one is a part of the right one, which is longer."""
        return _lies_within(self.firsts, self.lasts, self.left, self.right)

    def lie_around(self) -> Flags:
        """[p] Whether the right one is a part of the left one, which is longer."""
        return _lies_within(self.firsts, self.lasts, self.right, self.left)


class Families(NamedTuple):
    """Pairs of institutions of one string of which one is above the other.

    Attributes:
        below: [p] and `above` [p]: places of both among what was found.
        above: see `below`.
        overlap: [p] whether their runs overlap.
        around: [p] whether the run of the one below holds that of the other.
    """

    below: Ints
    above: Ints
    overlap: Flags
    around: Flags


def find_runs(strings: Ints, firsts: Ints, lasts: Ints) -> Runs:
    """The runs of what was found.

    Args:
        strings: [m] the string, rising.
        firsts: [m] the first token, and `lasts` [m] the last.
        lasts: see `firsts`.
    """
    width = int(lasts.max(initial=0)) + 1
    codes, of = np.unique((strings * width + firsts) * width + lasts, return_inverse=True)
    string, first, last = codes // width**2, codes // width % width, codes % width
    right, left = expand(np.searchsorted(string, string, "left"), np.searchsorted(string, string, "right"))
    return Runs(of, first, last, left, right, (first[left] <= last[right]) & (first[right] <= last[left]))


def find_families(spotted: Spotted, institutions: Institutions) -> Families:
    """Which of what was found is above which."""
    above, below = institutions.list_above(spotted.institutions)
    place = match(spotted.strings[below], above, spotted.strings, spotted.institutions)
    below, above = below[place >= 0], place[place >= 0]
    firsts, lasts = spotted.firsts, spotted.lasts
    return Families(
        below,
        above,
        (firsts[below] <= lasts[above]) & (firsts[above] <= lasts[below]),
        _lies_within(firsts, lasts, above, below),
    )


def _lies_within(firsts: Ints, lasts: Ints, inner: Ints, outer: Ints) -> Flags:
    """Whether some runs are parts of others, which are longer."""
    length = lasts - firsts
    held = (firsts[outer] <= firsts[inner]) & (lasts[inner] <= lasts[outer]) & (length[outer] > length[inner])
    return np.asarray(held)


def describe_namesakes(
    spotted: Spotted, runs: Runs, claims: Mapping[str, Columns], gazetteer: Gazetteer
) -> dict[str, Columns]:
    """How well known it is, and what others the same words may mean.

    Args:
        spotted: what was found.
        runs: of it.
        claims: about its name and place.
        gazetteer: of the registry.
    """
    known, run = gazetteer.institutions.prominence[spotted.institutions], runs.of
    peers = np.bincount(run, minlength=len(runs.firsts))[run] - 1
    shown = claims["shown_name"].astype(np.bool_)
    placed = (
        claims["country_agrees"].astype(np.int64)
        + claims["city_agrees"]
        + claims["region_agrees"]
        - claims["country_differs"]
    )
    best = np.full(len(runs.firsts), placed.min(initial=0))
    np.maximum.at(best, run, placed)
    is_best = placed == best[run]
    alone = np.bincount(run[is_best], minlength=len(best))[run] == 1
    return {
        "prominent": known,
        "quite_prominent": np.maximum(0.0, known - 0.5),
        "very_prominent": np.maximum(0.0, known - 1.5),
        "namesakes": np.log1p(peers),
        "shown_namesake": ~shown & runs.have(shown)[run],
        "best_placed_namesake": (peers > 0) & is_best & alone,
        "best_known_namesake": _measure_lead(known, run),
    }


def _measure_lead(known: Columns, run: Ints) -> Columns:
    """How much better known the best known of each run is than the next, up to `MAX_AHEAD`; 0 for all others."""
    order = np.lexsort((known, run))
    best = np.flatnonzero((np.diff(run[order], append=-1) != 0) & (np.diff(run[order], prepend=-1) == 0))
    lead = np.zeros(len(known))
    lead[order[best]] = np.minimum(known[order[best]] - known[order[best - 1]], MAX_AHEAD)
    return lead


def describe_rivals(
    spotted: Spotted,
    runs: Runs,
    families: Families,
    claims: Mapping[str, Columns],
    compared: Compared,
    gazetteer: Gazetteer,
) -> dict[str, Columns]:
    """Whether another name that was found on some of the same words is a longer one, or stands there in better order.

    Args:
        spotted: what was found.
        runs: of it.
        families: in it.
        claims: about its name and place.
        compared: [m] the words of each run and its name.
        gazetteer: of the registry.
    """
    acronym = claims["acronym"].astype(np.bool_)
    exact = claims["as_written"].astype(np.bool_)
    written = exact & ~acronym
    whole = ~spotted.partial & (spotted.alike >= WHOLE_ALIKE)
    telling, count = is_whole(spotted, gazetteer), len(spotted.strings)
    begun = runs.overlap & (runs.firsts[runs.left] == runs.firsts[runs.right])
    turned = compared.check(_begins_otherwise) & ~acronym
    return {
        "within_whole_name": runs.any_right(runs.lie_within(), whole),
        "within_name_below": mark(families.above[families.around & telling[families.below]], count),
        "around_written_name": runs.any_right(runs.lie_around(), written),
        "around_name_above": mark(families.below[families.around & telling[families.above]], count),
        "written_rival": ~exact & runs.any_right(runs.overlap, written),
        "turned": turned,
        "turned_beside_straight": turned & runs.any_right(begun, ~turned & ~acronym),
    }


def _begins_otherwise(words: str, name: str) -> bool:
    """Whether words begin with another word than a name, articles aside."""
    return words.split(" ")[:1] != name.removeprefix("the ").split(" ")[:1]


def is_whole(spotted: Spotted, gazetteer: Gazetteer) -> Flags:
    """[m] Whether each is spelled as a whole name of some weight that is no acronym."""
    acronym = gazetteer.names.kinds[spotted.names] == KINDS.index("acronym")
    telling = (spotted.weights >= STRONG_WEIGHT) & ~spotted.partial & ~acronym
    return np.asarray(telling & (spotted.alike >= WHOLE_ALIKE))
