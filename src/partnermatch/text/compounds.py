"""Cut a word that the lexicon does not have into forms that it has.

German and Dutch write compounds (Pflanzenphysiologie); Sudachi leaves some kanji words whole (工学院).
"""

from __future__ import annotations

import re

from partnermatch.text.fold import KANJI
from partnermatch.text.phrases import Meaning, phrases

MIN_COMPOUND, MAX_COMPOUND = 8, 80
"""Letters; a shorter word is no compound of two words, and a longer one no word: the ways to cut it grow exponentially."""
MIN_PIECE = 4
LINKING = ("", "s", "n", "en", "es", "e")
"""What German puts between the pieces of a compound."""

_KANJI = re.compile(f"[{KANJI}]+")
BEFORE_PLACES = frozenset("東西南北中新大小")
"""Kanji that tell a place from another of its name."""


def split_compound(word: str) -> tuple[Meaning, ...]:
    """The meanings of the pieces of a compound Latin word; empty if its pieces do not cover it.

    >>> [piece.concepts for piece in split_compound("pflanzenphysiologie")]
    [('topic:plant',), ('topic:physiology',)]
    """
    if not MIN_COMPOUND <= len(word) <= MAX_COMPOUND:
        return ()
    forms = phrases().latin
    for cut in range(len(word) - MIN_PIECE, MIN_PIECE - 1, -1):
        tail = forms.get(word[cut:])
        if tail is None or tail.role not in ("topic", "qualifier", "kind", "expand"):
            continue
        head = _piece(word[:cut])
        if head:
            return (*head, tail)
    return ()


def split_kanji(word: str) -> tuple[Meaning, ...]:
    """The meanings of the two pieces of a kanji word that Sudachi leaves whole; empty if they do not cover it.

    >>> [piece.concepts for piece in split_kanji("工学院")], [piece.concepts for piece in split_kanji("光産業")]
    ([('topic:engineering',), ('kind:institute',)], [('topic:optics',), ('topic:industry',)])
    """
    forms = phrases().japanese
    single = len(word) > 2 and _KANJI.fullmatch(word)
    for cut in (*range(2, len(word)), *((1,) if single else ())):
        head, tail = forms.get(word[:cut]), forms.get(word[cut:])
        if head and tail and head.role in ("topic", "qualifier") and tail.role in _tails(word[:cut]):
            return (head, tail)
    return ()


def _tails(head: str) -> tuple[str, ...]:
    """Roles of what may stand behind a head: 東 and 新 go with a place (東長野), and are elsewhere part of a name."""
    return ("place",) if head in BEFORE_PLACES else ("topic", "kind", "expand")


def _piece(text: str) -> tuple[Meaning, ...]:
    for linking in LINKING:
        stem = text.removesuffix(linking) if linking else text
        meaning = phrases().latin.get(stem) if len(stem) >= MIN_PIECE and stem + linking == text else None
        if meaning is not None and meaning.role in ("topic", "expand", "qualifier"):
            return (meaning,)
    return split_compound(text)
