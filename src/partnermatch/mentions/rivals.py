"""Claims about what else was found on the same words: longer and shorter names, namesakes, family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from partnermatch.csr import expand
from partnermatch.mentions.gazetteer import Gazetteer
from partnermatch.mentions.names import KINDS
from partnermatch.mentions.spotting import Spotted
from partnermatch.model import Flags, Ints

Columns = NDArray[Any]
WHOLE_ALIKE, STRONG_WEIGHT = 0.9, 0.6
"""From which a run is spelled as a whole name is, and from which its weight is that of an institution beside others."""


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


def describe_namesakes(
    spotted: Spotted, pairs: Pairs, claims: Mapping[str, Columns], gazetteer: Gazetteer
) -> dict[str, Columns]:
    """How well known it is, and what others the same words may mean.

    Args:
        spotted: what was found.
        pairs: of it.
        claims: about its name and place.
        gazetteer: of the registry.
    """
    known = gazetteer.institutions.prominence[spotted.institutions]
    left, right = pairs.left, pairs.right
    peers, count = _are_peers(spotted, pairs), len(known)
    shown = claims["shown_name"].astype(np.bool_)
    placed = (
        claims["country_agrees"].astype(np.int64)
        + claims["city_agrees"]
        + claims["region_agrees"]
        - claims["country_differs"]
    )
    as_well_placed = any_right(pairs, peers & (placed[right] >= placed[left]), count)
    return {
        "prominent": known,
        "quite_prominent": np.maximum(0.0, known - 0.5),
        "very_prominent": np.maximum(0.0, known - 1.5),
        "namesakes": np.log1p(np.bincount(left[peers], minlength=count)),
        "shown_namesake": ~shown & any_right(pairs, peers & shown[right], count),
        "best_placed_namesake": any_right(pairs, peers, count) & ~as_well_placed,
    }


def describe_rivals(
    spotted: Spotted, pairs: Pairs, claims: Mapping[str, Columns], words: Sequence[str], gazetteer: Gazetteer
) -> dict[str, Columns]:
    """Whether another name that was found on some of the same words is a longer one, or stands there in better order.

    Args:
        spotted: what was found.
        pairs: of it.
        claims: about its name and place.
        words: [m] of each run.
        gazetteer: of the registry.
    """
    left, right, count = pairs.left, pairs.right, len(spotted.strings)
    names, above = gazetteer.names.texts.take(spotted.names), gazetteer.institutions.is_above
    rows = spotted.institutions
    acronym = claims["acronym"].astype(np.bool_)
    written = claims["as_written"].astype(np.bool_) & ~acronym
    whole = ~spotted.partial & (spotted.alike >= WHOLE_ALIKE)
    telling = is_whole(spotted, gazetteer)
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
    turned = np.array(
        [a.split(" ")[:1] != b.removeprefix("the ").split(" ")[:1] for a, b in zip(words, names, strict=True)],
        dtype=np.bool_,
    )
    turned &= ~acronym
    straight = pairs.overlap & (spotted.firsts[left] == spotted.firsts[right]) & ~turned[right] & ~acronym[right]
    exact = claims["as_written"].astype(np.bool_)
    return {
        "within_whole_name": any_right(pairs, within & whole[right], count),
        "within_name_below": any_right(pairs, within & telling[right] & above(rows[right], rows[left]), count),
        "around_written_name": any_right(pairs, around & written[right], count),
        "around_name_above": any_right(pairs, around & telling[right] & above(rows[left], rows[right]), count),
        "written_rival": ~exact & any_right(pairs, pairs.overlap & written[right], count),
        "turned": turned,
        "turned_beside_straight": turned & any_right(pairs, straight, count),
    }


def is_whole(spotted: Spotted, gazetteer: Gazetteer) -> Flags:
    """[m] Whether each is spelled as a whole name of some weight that is no acronym."""
    acronym = gazetteer.names.kinds[spotted.names] == KINDS.index("acronym")
    telling = (spotted.weights >= STRONG_WEIGHT) & ~spotted.partial & ~acronym
    return np.asarray(telling & (spotted.alike >= WHOLE_ALIKE))


def _are_peers(spotted: Spotted, pairs: Pairs) -> Flags:
    left, right = pairs.left, pairs.right
    same = (spotted.firsts[left] == spotted.firsts[right]) & (spotted.lasts[left] == spotted.lasts[right])
    return np.asarray(same)
