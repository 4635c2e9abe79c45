"""What was seen of institutions of ROR before: how many strings named each, and how many of these meant it.

Counted by benchmarks/fit_mentions.py in the strings that the weights are learned from, and kept in experience.tsv, a line an
institution: id, strings in which its name stands and may mean it, strings that mean it. Academies, funders and systems of
universities are named far more often than they are meant, and nothing else in a registry says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from partnermatch.model import Floats

FILE = "experience.tsv"
SEEN = ("often_meant", "often_named")
"""What is told of each institution."""
BELIEF, UNSEEN = 0.3, 1.0
"""What one that was never named is taken to be meant by, as if it had been named so often."""


class Seen(NamedTuple):
    """How often an institution was met.

    Attributes:
        named: strings that named it.
        meant: of these, strings that meant it.
    """

    named: int
    meant: int


def recall(ids: Sequence[str]) -> Floats:
    """What was seen of each institution: [k, 2] in the order of `SEEN`.

    The share of the strings naming it that meant it, drawn to `BELIEF`, and the logarithm of how many these were.

    Args:
        ids: [k] of ROR; of any other nothing is known.

    >>> recall(["of nobody"]).tolist()
    [[0.3, 0.0]]
    """
    known = load_experience()
    never = Seen(0, 0)
    return weigh_seen([known.get(id, never) for id in ids])


def weigh_seen(seen: Sequence[Seen]) -> Floats:
    """The same of counts."""
    named, meant = np.array(seen, dtype=np.float64).reshape(-1, 2).T
    return np.stack([(meant + BELIEF * UNSEEN) / (named + UNSEEN), np.log1p(named)], axis=1)


@cache
def load_experience() -> Mapping[str, Seen]:
    """What was counted, by id."""
    lines = resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return {id: Seen(int(named), int(meant)) for id, named, meant in cells}
