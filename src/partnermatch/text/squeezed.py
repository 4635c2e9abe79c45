"""The letters of a name in a row: what is left of how it is written without spaces, marks and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_LETTERS = re.compile(r"[^\W_]+")


class Squeezed(NamedTuple):
    """Letters and digits of a text, case folded.

    Attributes:
        letters: in a row.
        words: the same, cut at everything else.
    """

    letters: str
    words: tuple[str, ...]


@lru_cache(maxsize=1 << 16)
def squeeze(text: str) -> Squeezed:
    """Take the letters and digits of a text.

    >>> squeeze("Alvern oCollege, U.S.")
    Squeezed(letters='alvernocollegeus', words=('alvern', 'ocollege', 'u', 's'))
    """
    words = tuple(_cut(text))
    return Squeezed("".join(words), words)


def squeeze_all(texts: Iterable[str]) -> list[str]:
    """The letters and digits of texts, each in a row; of many of which none is asked for again."""
    return ["".join(_cut(text)) for text in texts]


def _cut(text: str) -> list[str]:
    return _LETTERS.findall(text.casefold())
