"""The letters that an acronym would take from a name.

Latin names give them in order (Massachusetts Institute of Technology: mit). A Japanese name gives the initials of what
its words mean in English or of how they are read; their order is another language's, so they are sorted (中国科学院:
a, c, s, as in CAS).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from partnermatch import lexicon
from partnermatch.model import Role, Script
from partnermatch.text.fold import fold
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.readings import romanize


def in_order(lexemes: Sequence[Lexeme]) -> str:
    """Initials of a name in Latin script; empty for any other.

    Args:
        lexemes: of the own name.
    """
    words = [lexeme for lexeme in lexemes if lexeme.role < Role.LEGAL]
    if not words or any(lexeme.script not in (Script.LATIN, Script.NUMBER) for lexeme in words):
        return ""
    return "".join(word[0] for lexeme in words for word in lexeme.text.split() if word not in _function_words())


def by_meaning(lexemes: Sequence[Lexeme]) -> str:
    """Sorted initials of what a name's words mean in English, or of how they are read; empty for Latin script."""
    words = [lexeme for lexeme in lexemes if lexeme.role < Role.LEGAL]
    if all(lexeme.script in (Script.LATIN, Script.NUMBER) for lexeme in words):
        return ""
    return "".join(sorted(letter for lexeme in words for letter in _letters(lexeme)))


def _letters(lexeme: Lexeme) -> list[str]:
    return [letter for key in lexeme.keys if (letter := _english_initial(key) or romanize(lexeme.reading)[:1])]


@cache
def _english_initial(key: str) -> str:
    return _english().get(key, "")


@cache
def _english() -> dict[str, str]:
    entries = [*lexicon.words(), *(country.entry for country in lexicon.countries().values())]
    entries += [place.entry for place in lexicon.places().values()]
    return {
        entry.concepts[0]: fold(entry.latin[0])[:1] for entry in entries if len(entry.concepts) == 1 and entry.latin
    }


@cache
def _function_words() -> frozenset[str]:
    return frozenset(form for entry in lexicon.words() if entry.role == "stop" for form in entry.latin)
