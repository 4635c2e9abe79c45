"""Make any value a safe string, or say why there is no name in it.

The order matters and is written down once, here: length, surrogates and invisible marks, control characters, floods of
combining marks (before any normalisation, which is quadratic on them), white space; then HTML entities, and the same
again for what they held. Cleaning twice is cleaning once.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from partnermatch.settings import TextSettings


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
_INVISIBLE = re.compile(
    "[\ud800-\udfff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SPACE = re.compile(r"\s+")


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
    return Cleaned(text, Status.NAMED if text else Status.EMPTY)


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
    if not (text.isascii() and text.isprintable()):
        text = _cap_marks(_CONTROL.sub(" ", _INVISIBLE.sub("", text)), max_marks)
    return _SPACE.sub(" ", text).strip()


def _cap_marks(text: str, keep: int) -> str:
    if not _maybe_flood(keep).search(text):
        return text
    return _flood(keep).sub(lambda found: found[0][:keep], text)


@cache
def _maybe_flood(keep: int) -> re.Pattern[str]:
    """Finds every flood, and rare scripts: characters beyond U+FFFF make a set in a pattern slow."""
    marks = "".join(mark for mark in _list_marks() if mark <= "\uffff")
    return re.compile(f"[{re.escape(marks)}\U00010000-\U0010ffff]{{{keep + 1},}}")


@cache
def _flood(keep: int) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_list_marks())}]{{{keep + 1},}}")


@cache
def _list_marks() -> str:
    every = map(chr, range(sys.maxunicode + 1))
    return "".join(character for character in every if unicodedata.category(character) in ("Mn", "Me", "Mc"))
