"""Make any value a safe string, or say why there is no name in it.

The order matters and is written down once, here: length, mojibake (of which invisible marks and controls are a part), surrogates
and invisible marks, control characters, floods of combining marks (before any normalisation, which is quadratic on them),
white space; then HTML entities, and the same again for what they held; last, letters that were lost on the way.
Cleaning twice is cleaning once.
"""

from __future__ import annotations

import html
import re
import unicodedata
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from partnermatch.settings import TextSettings
from partnermatch.text.lost_letters import restore_letters
from partnermatch.text.mojibake import mend_mojibake


class Status(IntEnum):
    """Whether a value holds a name; the reason code is the name in lower case."""

    NAMED = 0
    EMPTY = 1
    TOO_LONG = 2
    NO_WORDS = 3


class Cleaned(NamedTuple):
    """A string that is safe to normalise, or why there is none."""

    text: str
    status: Status


# Lone surrogates, soft hyphen, zero-width and bidirectional marks, variation selectors (basic and supplement), BOM.
INVISIBLE = re.compile(
    "[\ud800-\udfff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_SPACED_OUT = re.compile("[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]{3,}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NAMED, _EMPTY = Status.NAMED, Status.EMPTY  # a member of an enumeration takes long to be found


def clean(value: object, settings: TextSettings) -> Cleaned:
    """Clean one value of a name column.

    Args:
        value: anything; None, NaN and NA are empty, a number is read as its digits.
        settings: the caps.

    Returns:
        The cleaned text, empty unless the status is NAMED.
    """
    text = value if isinstance(value, str) else as_text(value)
    if len(text) > settings.max_characters:
        return Cleaned("", Status.TOO_LONG)
    text = _tidy(text, settings.max_marks)
    while "&" in text and (unescaped := _tidy(html.unescape(text), settings.max_marks)) != text:
        text = unescaped  # &amp;amp; is escaped twice
    text = restore_letters(text)
    return Cleaned(text, _NAMED if text else _EMPTY)


def as_text(value: object) -> str:
    """None, NaN and pandas' NA are nothing, or not equal to themselves, or cannot say; an endless number is no name."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    try:
        return str(value) if bool(value == value) else ""  # noqa: PLR0124 — NaN is what differs from itself
    except (TypeError, ValueError, ArithmeticError):
        return ""


def _tidy(text: str, max_marks: int) -> str:
    tidy = _tidy_once(text, max_marks)
    while tidy != text and not tidy.isascii():  # what stood between two letters may have hidden that they were misread
        text, tidy = tidy, _tidy_once(tidy, max_marks)
    return tidy


def _tidy_once(text: str, max_marks: int) -> str:
    if not (text.isascii() and text.isprintable()):
        text = _CONTROL.sub(" ", INVISIBLE.sub("", mend_mojibake(text)))
        text = _find_signs(max_marks + 1).sub(lambda signs: _cap_marks(signs[0], max_marks), text)
    tidy = " ".join(text.split())
    return tidy[::2] if _is_spaced_out(tidy) else tidy


def _is_spaced_out(tidy: str) -> bool:
    """Whether single characters that are no letters of an alphabet stand apart, as in a heading: 東 京 大 学."""
    return tidy[1:2] == " " and not tidy[1::2].strip() and bool(_SPACED_OUT.fullmatch(tidy[::2]))


@cache
def _find_signs(least: int) -> re.Pattern[str]:
    """Finds signs in a row, so many that they may be a flood of marks."""
    return re.compile(rf"[^\w\s]{{{least},}}")


def _cap_marks(signs: str, keep: int) -> str:
    """Signs, with so many marks in a row at most."""
    kept, marks = [], 0
    for sign in signs:
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me", "Mc") else 0
        if marks <= keep:
            kept.append(sign)
    return "".join(kept)
