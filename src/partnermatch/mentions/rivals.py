"""Claims about what else was found on the same words: longer and shorter names, namesakes, family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from partnermatch.csr import expand
from partnermatch.mentions.gazetteer import Gazetteer
from partnermatch.mentions.spotting import Spotted
from partnermatch.model import Flags, Ints

Columns = NDArray[Any]
WHOLE_ALIKE = 0.9
"""From which a run is spelled as a whole name is."""


class Pairs(NamedTuple):
    """All ordered pairs of different institutions of one string.

    Attributes:
        left: [p] and `right` [p].
        right: see `left`.
        overlap: [p] whether their runs overlap.
    """

    left: Ints
    right: Ints
    overlap: Flags


def pair_up(strings: Ints, firsts: Ints, lasts: Ints) -> Pairs:
    """All ordered pairs of different institutions of one string, and whether their runs overlap."""
    right, left = expand(np.searchsorted(strings, strings, "left"), np.searchsorted(strings, strings, "right"))
    left, right = left[left != right], right[left != right]
    return Pairs(left, right, (firsts[left] <= lasts[right]) & (firsts[right] <= lasts[left]))


def any_right(pairs: Pairs, chosen: Flags, count: int) -> Flags:
    """Whether any chosen pair begins with each institution."""
    return np.asarray(np.bincount(pairs.left[chosen], minlength=count) > 0)


def describe_namesakes(spotted: Spotted, pairs: Pairs, gazetteer: Gazetteer) -> dict[str, Columns]:
    """How well known it is, by itself and among those that go by the same words."""
    known = gazetteer.institutions.prominence[spotted.institutions]
    left, right = pairs.left, pairs.right
    peers = _are_peers(spotted, pairs)
    count = len(known)
    better_known = np.bincount(left[peers & (known[right] > known[left])], minlength=count)
    better_spelled = np.bincount(left[peers & (spotted.alike[right] > spotted.alike[left])], minlength=count)
    rows = spotted.institutions
    return {
        "obscure": np.maximum(0.0, -0.5 - known),
        "prominent": known,
        "quite_prominent": np.maximum(0.0, known - 0.5),
        "very_prominent": np.maximum(0.0, known - 1.5),
        "better_known_namesake": np.minimum(better_known, 2) / 2,
        "better_spelled_namesake": np.minimum(better_spelled, 2) / 2,
        "namesake_above": any_right(pairs, peers & gazetteer.institutions.is_above(rows[left], rows[right]), count),
        "namesake_below": any_right(pairs, peers & gazetteer.institutions.is_above(rows[right], rows[left]), count),
    }


def describe_rivals(
    spotted: Spotted, pairs: Pairs, claims: Mapping[str, Columns], words: Sequence[str], names: Sequence[str]
) -> dict[str, Columns]:
    """Whether another name that was found on some of the same words is a longer one, better placed, in better order.

    Args:
        spotted: what was found.
        pairs: of it.
        claims: about its name and place.
        words: [m] of each run.
        names: [m] that were found there.
    """
    left, right, count = pairs.left, pairs.right, len(spotted.strings)
    whole = ~spotted.partial & (spotted.alike >= WHOLE_ALIKE)
    written = claims["as_written"].astype(np.bool_)
    acronym = claims["acronym"].astype(np.bool_)
    length = spotted.lasts - spotted.firsts
    within = (
        pairs.overlap
        & (spotted.firsts[right] <= spotted.firsts[left])
        & (spotted.lasts[left] <= spotted.lasts[right])
        & (length[right] > length[left])
    )
    around = (
        pairs.overlap
        & (spotted.firsts[left] <= spotted.firsts[right])
        & (spotted.lasts[right] <= spotted.lasts[left])
        & (length[left] > length[right])
    )
    crossing = pairs.overlap & ~within & ~around & ~_are_peers(spotted, pairs)
    placed = (
        claims["country_agrees"].astype(np.int64)
        + claims["city_agrees"]
        + claims["region_agrees"]
        - claims["country_differs"]
    )
    turned = np.array(
        [a.split(" ")[:1] != b.removeprefix("the ").split(" ")[:1] for a, b in zip(words, names, strict=True)],
        dtype=np.bool_,
    )
    turned &= ~acronym
    peers = _are_peers(spotted, pairs)
    straight = pairs.overlap & (spotted.firsts[left] == spotted.firsts[right]) & ~turned[right] & ~acronym[right]
    return {
        "within_whole_name": any_right(pairs, within & whole[right], count),
        "within_written_name": any_right(pairs, within & written[right] & ~acronym[right], count),
        "within_part_of_name": any_right(pairs, within & ~whole[right], count),
        "around_whole_name": any_right(pairs, around & whole[right] & ~acronym[right], count),
        "around_written_name": any_right(pairs, around & written[right] & ~acronym[right], count),
        "across_written_name": any_right(pairs, crossing & written[right] & ~acronym[right], count),
        "turned": turned,
        "turned_beside_straight": turned & any_right(pairs, straight, count),
        "better_placed_namesake": any_right(pairs, peers & (placed[right] > placed[left]), count),
        "best_placed_namesake": any_right(pairs, peers, count)
        & ~any_right(pairs, peers & (placed[right] >= placed[left]), count),
    }


def _are_peers(spotted: Spotted, pairs: Pairs) -> Flags:
    left, right = pairs.left, pairs.right
    same = (spotted.firsts[left] == spotted.firsts[right]) & (spotted.lasts[left] == spotted.lasts[right])
    return np.asarray(same)
