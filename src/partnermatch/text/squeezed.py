"""The letters of a name in a row: what is left of how it is written without spaces, marks and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTERS = re.compile(r"[^\W_]+")


def squeeze_all(texts: Iterable[str]) -> list[str]:
    """The letters and digits of texts, case folded, each in a row.

    >>> squeeze_all(["Alvern oCollege, U.S.", "東京 大学"])
    ['alvernocollegeus', '東京大学']
    """
    return [
        letters if letters.isalnum() else "".join(_LETTERS.findall(letters))
        for letters in (text.casefold().replace(" ", "") for text in texts)
    ]


def cut_words(text: str) -> list[str]:
    """The letters and digits of a text, case folded, cut at everything else.

    >>> cut_words("Alvern oCollege, U.S.")
    ['alvern', 'ocollege', 'u', 's']
    """
    return _LETTERS.findall(text.casefold())
