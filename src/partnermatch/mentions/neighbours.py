"""Claims about what else a string names: institutions beside it, and what no name of the registry has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnermatch.csr import mark, sort_once
from partnermatch.mentions.gazetteer import Gazetteer
from partnermatch.mentions.names import KINDS
from partnermatch.mentions.places import count_outside
from partnermatch.mentions.rivals import STRONG_WEIGHT, Families, Runs, is_whole
from partnermatch.mentions.spotting import Spotted
from partnermatch.mentions.tokens import LEVELS, Tokens, count_within
from partnermatch.model import Flags
from partnermatch.text.affiliations import Affiliation
from partnermatch.text.initials import initials_around

Columns = NDArray[Any]
_NO_LETTERS = re.compile(r"[\W\d_]+")
HOLDING = ("academy", "council", "ministry", "agency")
"""Kinds of organization whose institutes are institutions of their own, see kinds.tsv."""
STRONG_ALIKE = 0.7
"""How alike a run and a name are at least for another institution to be named by it."""


def describe_company(
    tokens: Tokens, spotted: Spotted, runs: Runs, families: Families, gazetteer: Gazetteer
) -> dict[str, Columns]:
    """What else the string names beside it: a column a claim."""
    count, rows, known = len(spotted.strings), spotted.institutions, gazetteer.institutions
    beside, apart = ~runs.overlap, ~families.overlap
    strong = (spotted.weights >= STRONG_WEIGHT) & ~spotted.partial & (spotted.alike > STRONG_ALIKE)
    whole = is_whole(spotted, gazetteer)
    child = mark(families.above[apart], count)
    academy = np.any([tokens.mark(f"kind:{kind}") for kind in HOLDING], axis=0)
    body = count_outside(tokens, tokens.levels == LEVELS.index("body"), spotted) > 0
    return {
        "others_named": runs.any_right(beside, strong),
        "named_before_others": _count_behind(runs, strong),
        "named_again": spotted.again,
        "university_beside": runs.any_right(beside, strong & known.are(rows, "education")),
        "hospital_beside": runs.any_right(beside, whole & known.are(rows, "healthcare")),
        "parent_named": mark(families.below[apart], count),
        "institute_beside_academy": body & ~child & (count_within(academy, spotted.firsts, spotted.lasts) > 0),
        "part_beside": count_outside(tokens, tokens.levels == LEVELS.index("part"), spotted) > 0,
        **_describe_unknown(tokens, spotted, whole),
    }


def stand_for_words_before(
    affiliations: Sequence[Affiliation], tokens: Tokens, spotted: Spotted, gazetteer: Gazetteer
) -> Flags:
    """[m] Whether each is an acronym in brackets of the words before it, and no name of its own stands in the string.

    Crown Family Philanthropies (CFP) is nobody else who goes by CFP.
    """
    acronym = gazetteer.names.kinds[spotted.names] == KINDS.index("acronym")
    rows = np.flatnonzero(acronym & tokens.bracketed[spotted.firsts] & ~spotted.again)
    begins = tokens.starts[spotted.strings[rows]]
    found = np.zeros(len(spotted.strings), dtype=np.bool_)
    places = zip(
        *(
            column.tolist()
            for column in (spotted.strings[rows], spotted.firsts[rows] - begins, spotted.lasts[rows] - begins)
        ),
        strict=True,
    )
    found[rows] = [_is_of_words_before(affiliations[string], first, last) for string, first, last in places]
    return found


def _is_of_words_before(affiliation: Affiliation, first: int, last: int) -> bool:
    """Whether words before a run of tokens begin with its letters, with or without function words."""
    start, end = affiliation.tokens[first].start, affiliation.tokens[last].end
    letters, before = (
        _NO_LETTERS.sub("", affiliation.folded[start:end]),
        _NO_LETTERS.sub(" ", affiliation.folded[:start]),
    )
    ways = (initials_around(before, ()), "".join([word[0] for word in before.split()]))
    return len(letters) > 1 and any(way.endswith(letters) for way in ways)


def _count_behind(runs: Runs, strong: Flags) -> Columns:
    """How many runs behind each name an institution, as a logarithm."""
    behind = runs.have(strong)[runs.right] & (runs.firsts[runs.right] > runs.lasts[runs.left])
    width = int(runs.firsts.max(initial=0)) + 1
    counted = sort_once(runs.left[behind] * width + runs.firsts[runs.right[behind]]) // width
    return np.asarray(np.log1p(np.bincount(counted, minlength=len(runs.firsts)))[runs.of])


def _describe_unknown(tokens: Tokens, spotted: Spotted, whole: Flags) -> dict[str, Columns]:
    """Whether the string names an organization outside the run that no whole name of the registry holds."""
    edges = np.zeros(len(tokens.parts) + 1, dtype=np.int64)
    np.add.at(edges, spotted.firsts[whole], 1)
    np.add.at(edges, spotted.lasts[whole] + 1, -1)
    unknown = np.cumsum(edges)[:-1] == 0
    top = tokens.levels == LEVELS.index("top")
    return {
        "unknown_hospital": count_outside(tokens, tokens.mark("kind:hospital") & unknown, spotted) > 0,
        "unknown_top": count_outside(tokens, top & unknown, spotted) > 0,
    }
