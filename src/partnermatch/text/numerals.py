"""Words that are numbers: digits, kanji, Roman numbers, ordinals."""

from __future__ import annotations

import re

KANJI_NUMBER = re.compile("^[〇一二三四五六七八九十]+$")
_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3, "premier": 1}
_SPELLED = {**_ORDINAL, **_ROMAN}
ONE_LETTER = {"i": 1, "v": 5}
"""Roman numbers of one letter, which elsewhere mean something else: `i` is `and` in several languages."""


def read_number(text: str, counted: bool) -> int | None:
    """The number that a word is: digits, a Roman number, an ordinal; a kanji or a letter if it is `counted`, by 第 or its place.

    >>> read_number("iv", False), read_number("２", False), read_number("二", True), read_number("tokyo", False)
    (4, 2, 2, None)
    """
    if text.isdigit() and len(text) <= 9:
        return int(text)
    if counted and KANJI_NUMBER.match(text):
        return _read_kanji_number(text)
    if counted and text in ONE_LETTER:
        return ONE_LETTER[text]
    return _SPELLED.get(text)


def _read_kanji_number(text: str) -> int:
    if "十" not in text:
        return int("".join(str(_DIGITS[digit]) for digit in text))
    tens, _, ones = text.partition("十")
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
