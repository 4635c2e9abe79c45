"""Reads a web page's text: every mention of an organization, with where it stands.

Contract: records start, end, text, sorted by start, the longer first; text[start:end] of the page is the mention, in
characters of the text as read. A mention is a full name, a short form that the page explains, a programme named by
short forms (ABC-DE LINK), or a site of an organization. Mentions overlap only where one lies inside the other. `notes`
says how each short form was recognized.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from partnermatch.documents.abbreviations import PIECE, find_short_forms
from partnermatch.documents.name_grammar import Span, find_names, find_sites, is_all_capitals
from partnermatch.documents.reading import Ledger, Reading
from partnermatch.errors import InputError

MENTION_COLUMNS = ("start", "end", "text")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑–][^\W_]+)*")
_CAPITALS_BEHIND = re.compile(r"[ \t\u00a0][^\W\d_]{2,20}(?![-\w])")


def read_ki_page(text: str) -> Reading:
    """Find the organizations that a page mentions.

    Args:
        text: the page as plain text.

    Returns:
        records start, end, text; no row is left unplaced, for a page has none.

    Raises:
        InputError: the text is blank.
    """
    if not text.strip():
        raise InputError("The page is empty: give its text, as plain text.")
    names = find_names(text)
    shorts = find_short_forms(text, names)
    pieces = [Span(match.start(), match.end()) for match in PIECE.finditer(text) if match[0] in shorts]
    programmes = _find_programmes(text, shorts)
    sites = find_sites(text, [*names, *pieces])
    ledger = Ledger(MENTION_COLUMNS)
    for span in _keep_nested([*names, *pieces, *programmes, *sites]):
        ledger.add_record(span.start, span.end, text[span.start : span.end])
    _note_short_forms(ledger, text, shorts, pieces)
    return ledger.close()


def _find_programmes(text: str, shorts: Mapping[str, str]) -> list[Span]:
    """Find short forms joined by a hyphen that a word in capitals follows: the name of what they run together."""
    found: list[Span] = []
    for match in _WORD.finditer(text):
        pieces = PIECE.findall(match[0])
        if len(pieces) < 2 or not all(piece in shorts for piece in pieces):
            continue
        end = match.end()
        while (behind := _CAPITALS_BEHIND.match(text, end)) and is_all_capitals(behind[0].strip()):
            end = behind.end()
        if end > match.end():
            found.append(Span(match.start(), end))
    return found


def _keep_nested(spans: Iterable[Span]) -> list[Span]:
    """Sort mentions and drop one that crosses the end of an earlier, so that overlaps are nested."""
    kept: list[Span] = []
    open_ends: list[int] = []
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        while open_ends and open_ends[-1] <= span.start:
            open_ends.pop()
        if not open_ends or span.end <= open_ends[-1]:
            kept.append(span)
            open_ends.append(span.end)
    return kept


def _note_short_forms(ledger: Ledger, text: str, shorts: Mapping[str, str], pieces: Iterable[Span]) -> None:
    """Note once, at its first place, how each short form was recognized."""
    line_ends = [match.end() for match in re.finditer(r"\r\n|\r|\n", text)]
    seen: set[str] = set()
    for piece in pieces:
        short = text[piece.start : piece.end]
        if short not in seen:
            seen.add(short)
            ledger.note(bisect_left(line_ends, piece.start + 1) + 1, "text", short, shorts[short])
