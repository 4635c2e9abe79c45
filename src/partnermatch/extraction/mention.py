"""What is found in a running text."""

from __future__ import annotations

from typing import NamedTuple


class Mention(NamedTuple):
    """An institution that a text names.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        text: as written.
        canonical_id: the institution.
        probability: that it is meant, 0..1.
    """

    start: int
    end: int
    text: str
    canonical_id: str
    probability: float
