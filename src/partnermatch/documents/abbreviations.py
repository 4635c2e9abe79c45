"""Which short forms on a page stand for an organization?

Contract: a short form counts when the page itself shows what it is: in brackets behind a full name (alone or in a
list), in front of a full name in brackets, as the initials of a full name, as the first word of one, or as a word in
capitals that recurs and is spoken of as a place to be at. One pass over the text, and one over the names found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from partnermatch.documents.name_grammar import Span, is_all_capitals
from partnermatch.documents.name_words import SMALL_WORDS

PIECE = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"[ \t\u00a0]?[(（]([^()（）\r\n]{1,80})[)）]")
_BEFORE_BRACKET = re.compile(r"([^\W_]{2,20})[ \t\u00a0]?[(（](?:[Tt]he[ \t\u00a0])?$")
_LIST_COMMA = re.compile(r"\s*(?:,|;|/|\band\b)\s*")
_AT = re.compile(r"\b[Aa]t[ \t\u00a0]([^\W_]+)")
_SHORTEST_INITIALS, _LONGEST_INITIALS = 2, 8
_LONGEST_SHORT_FORM = 20
_OFTEN = 3


def find_short_forms(text: str, names: Sequence[Span]) -> dict[str, str]:
    """Find the short forms of organizations, each with how the page shows it."""
    counts = Counter(match[0] for match in PIECE.finditer(text))
    found: dict[str, str] = {}
    for name in names:
        full = text[name.start : name.end]
        for short in (*_read_brackets(text, name), *_read_before(text, name)):
            found.setdefault(short, f"in brackets beside {full}")
    for name in names:
        full = text[name.start : name.end]
        initials = _take_initials(full)
        if _SHORTEST_INITIALS <= len(initials) <= _LONGEST_INITIALS and initials in counts:
            found.setdefault(initials, f"the initials of {full}")
        first = PIECE.match(full)
        if first and is_all_capitals(first[0]) and counts[first[0]] > 1:
            found.setdefault(first[0], f"the first word of {full}")
    for match in _AT.finditer(text):
        if is_all_capitals(match[1]) and counts[match[1]] >= _OFTEN:
            found.setdefault(match[1], "recurs, and people are at it")
    return found


def _is_short_form(piece: str) -> bool:
    """Say whether a word looks like an abbreviation: one word with two capitals or more."""
    capitals = sum(map(str.isupper, piece))
    return 2 <= len(piece) <= _LONGEST_SHORT_FORM and capitals >= 2 and PIECE.fullmatch(piece) is not None


def _read_brackets(text: str, name: Span) -> list[str]:
    """Read `Full Name (ABC)` and `Full Name (ABC, DEF)`; brackets with anything else say nothing."""
    match = _IN_BRACKETS.match(text, name.end)
    pieces = [piece for piece in _LIST_COMMA.split(match[1]) if piece] if match else []
    return pieces if all(map(_is_short_form, pieces)) else []


def _read_before(text: str, name: Span) -> list[str]:
    """Read `ABC (Full Name)`."""
    match = _BEFORE_BRACKET.search(text[max(0, name.start - 30) : name.start])
    closes = text[name.end : name.end + 1] in (")", "）")
    return [match[1]] if match and closes and _is_short_form(match[1]) else []


def _take_initials(name: str) -> str:
    """Take the first letters of a name's words, small words left out."""
    return "".join(match[0][0] for match in PIECE.finditer(name) if match[0] not in SMALL_WORDS).upper()
