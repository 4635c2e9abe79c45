"""Claims about what else was found on the same words: longer and shorter names, namesakes, family."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from partnermatch.csr import expand
from partnermatch.mentions.gazetteer import Gazetteer
from partnermatch.mentions.institutions import Institutions
from partnermatch.mentions.names import KINDS
from partnermatch.mentions.spotting import Compared, Spotted, match
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

    def turn(self) -> Self:
        """The same pairs, the right ones first."""
        return type(self)(self.right, self.left, self.overlap)


def pair_up(strings: Ints, firsts: Ints, lasts: Ints) -> Pairs:
    """All ordered pairs of different institutions of one string, and whether their runs overlap."""
    right, left = expand(np.searchsorted(strings, strings, "left"), np.searchsorted(strings, strings, "right"))
    left, right = left[left != right], right[left != right]
    return Pairs(left, right, (firsts[left] <= lasts[right]) & (firsts[right] <= lasts[left]))


def pair_families(spotted: Spotted, institutions: Institutions) -> Pairs:
    """All pairs of institutions of one string of which the right one is above the left."""
    above, left = institutions.list_above(spotted.institutions)
    right = match(spotted.strings[left], above, spotted.strings, spotted.institutions)
    left, right = left[right >= 0], right[right >= 0]
    firsts, lasts = spotted.firsts, spotted.lasts
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
    spotted: Spotted,
    pairs: Pairs,
    families: Pairs,
    claims: Mapping[str, Columns],
    compared: Compared,
    gazetteer: Gazetteer,
) -> dict[str, Columns]:
    """Whether another name that was found on some of the same words is a longer one, or stands there in better order.

    Args:
        spotted: what was found.
        pairs: of it.
        families: pairs of which the right one is above the left.
        claims: about its name and place.
        compared: [m] the words of each run and its name.
        gazetteer: of the registry.
    """
    left, right, count = pairs.left, pairs.right, len(spotted.strings)
    acronym = claims["acronym"].astype(np.bool_)
    written = claims["as_written"].astype(np.bool_) & ~acronym
    whole = ~spotted.partial & (spotted.alike >= WHOLE_ALIKE)
    telling = is_whole(spotted, gazetteer)
    below = families.turn()
    turned = compared.check(_begins_otherwise) & ~acronym
    straight = pairs.overlap & (spotted.firsts[left] == spotted.firsts[right]) & ~turned[right] & ~acronym[right]
    exact = claims["as_written"].astype(np.bool_)
    return {
        "within_whole_name": any_right(pairs, _lies_within(spotted, left, right) & whole[right], count),
        "within_name_below": any_right(below, _lies_within(spotted, *below[:2]) & telling[below.right], count),
        "around_written_name": any_right(pairs, _lies_within(spotted, right, left) & written[right], count),
        "around_name_above": any_right(families, _lies_within(spotted, *below[:2]) & telling[families.right], count),
        "written_rival": ~exact & any_right(pairs, pairs.overlap & written[right], count),
        "turned": turned,
        "turned_beside_straight": turned & any_right(pairs, straight, count),
    }


def _lies_within(spotted: Spotted, inner: Ints, outer: Ints) -> Flags:
    """Whether the runs of the ones are parts of longer runs of the others."""
    firsts, lasts = spotted.firsts, spotted.lasts
    length = lasts - firsts
    held = (firsts[outer] <= firsts[inner]) & (lasts[inner] <= lasts[outer]) & (length[outer] > length[inner])
    return np.asarray(held)


def _begins_otherwise(words: str, name: str) -> bool:
    """Whether words begin with another word than a name, articles aside."""
    return words.split(" ")[:1] != name.removeprefix("the ").split(" ")[:1]


def is_whole(spotted: Spotted, gazetteer: Gazetteer) -> Flags:
    """[m] Whether each is spelled as a whole name of some weight that is no acronym."""
    acronym = gazetteer.names.kinds[spotted.names] == KINDS.index("acronym")
    telling = (spotted.weights >= STRONG_WEIGHT) & ~spotted.partial & ~acronym
    return np.asarray(telling & (spotted.alike >= WHOLE_ALIKE))


def _are_peers(spotted: Spotted, pairs: Pairs) -> Flags:
    left, right = pairs.left, pairs.right
    same = (spotted.firsts[left] == spotted.firsts[right]) & (spotted.lasts[left] == spotted.lasts[right])
    return np.asarray(same)
