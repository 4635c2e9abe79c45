"""Cut a word that the lexicon does not have into forms that it has.

German and Dutch write compounds (Pflanzenphysiologie); Sudachi leaves some kanji words whole (工学院).
"""

from __future__ import annotations

from partnermatch.text.phrases import Meaning, phrases

MIN_COMPOUND = 8
"""Letters; a shorter word is no compound of two words."""
MIN_PIECE = 4
LINKING = ("", "s", "n", "en", "es", "e")
"""What German puts between the pieces of a compound."""


def split_compound(word: str) -> tuple[Meaning, ...]:
    """The meanings of the pieces of a compound Latin word; empty if its pieces do not cover it.

    >>> [piece.concepts for piece in split_compound("pflanzenphysiologie")]
    [('topic:plant',), ('topic:physiology',)]
    """
    if len(word) < MIN_COMPOUND:
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

    >>> [piece.concepts for piece in split_kanji("工学院")]
    [('topic:engineering',), ('kind:institute',)]
    """
    forms = phrases().japanese
    for cut in range(2, len(word)):
        head, tail = forms.get(word[:cut]), forms.get(word[cut:])
        if head and tail and head.role in ("topic", "qualifier") and tail.role in ("topic", "kind", "expand"):
            return (head, tail)
    return ()


def _piece(text: str) -> tuple[Meaning, ...]:
    for linking in LINKING:
        stem = text.removesuffix(linking) if linking else text
        meaning = phrases().latin.get(stem) if len(stem) >= MIN_PIECE and stem + linking == text else None
        if meaning is not None and meaning.role in ("topic", "expand", "qualifier"):
            return (meaning,)
    return split_compound(text)
