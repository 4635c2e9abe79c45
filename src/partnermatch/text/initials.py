"""The letters that an acronym would take from a name.

Latin names give them in order (Massachusetts Institute of Technology: mit). A Japanese name gives the initials of what
its words mean in English or of how they are read. Their order is another language's, so they are sorted; and where a
kind of organization or a sound has several usual letters, there are several alternatives (中国科学院: acs, as in CAS).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from itertools import product

from partnermatch import lexicon
from partnermatch.model import Role, Script
from partnermatch.text.fold import fold
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.romaji import romanize

MAX_WORDS = 8
"""Words; a longer name has no acronym that its letters would tell."""
MAX_ALTERNATIVES = 48

_KIND_LETTERS = {"research": "icl", "education": "uic", "society": "sa", "government": "am", "council": "c"}
_SOUND_LETTERS = {"r": "rl", "b": "bv", "k": "kc", "s": "sc", "j": "jg", "h": "hf", "t": "t", "z": "z"}
_LEGAL, _REST, _KANA = Role.LEGAL, Role.REST, Script.KANA  # a member of an enumeration takes long to be found
_LATIN = frozenset({Script.LATIN, Script.NUMBER})


def initials_in_order(lexemes: Sequence[Lexeme]) -> str:
    """Initials of a name in Latin script; empty for any other."""
    words = [lexeme for lexeme in lexemes if lexeme.role < _LEGAL]
    if not _LATIN.issuperset([lexeme.script for lexeme in words]):
        return ""
    omitted = _function_words()
    return "".join([word[0] for word in " ".join([lexeme.text for lexeme in words]).split() if word not in omitted])


def initials_around(folded: str, acronyms: Collection[str]) -> str:
    """Initials of a folded name in Latin script, but for its acronyms, which stand as they are.

    >>> initials_around("nit silchar", ["nit"])
    'nits'
    """
    omitted = _function_words()
    return "".join([word if word in acronyms else word[0] for word in folded.split() if word not in omitted])


def initials_by_meaning(lexemes: Sequence[Lexeme]) -> tuple[str, ...]:
    """Sorted initials of what a name's words mean in English or sound like; none for Latin script."""
    words = [lexeme for lexeme in lexemes if lexeme.role < _LEGAL]
    if _LATIN.issuperset([lexeme.script for lexeme in words]) or len(words) > MAX_WORDS:
        return ()
    letters: list[str] = []
    for before, lexeme in zip([None, *words], words, strict=False):
        goes_on = before is not None and _is_sound(before) and _is_sound(lexeme) and before.end == lexeme.start
        if not goes_on:  # a foreign name that Sudachi cut has one initial: ブルック|ヘブン
            letters += [choice for key in lexeme.keys if (choice := _letters(key, lexeme))]
    found = {"".join(sorted(choice)) for choice, _ in zip(product(*letters), range(MAX_ALTERNATIVES), strict=False)}
    return tuple(sorted(found))


def _is_sound(lexeme: Lexeme) -> bool:
    return lexeme.role == _REST and lexeme.script == _KANA


def _letters(key: str, lexeme: Lexeme) -> str:
    """The letters that may stand for one meaning of a word."""
    kind = lexicon.kinds().get(key.removeprefix("kind:"))
    if kind is not None and kind.family in _KIND_LETTERS:
        return _KIND_LETTERS[kind.family]
    spoken = romanize(lexeme.reading)[:1]
    return fold(_english_forms().get(key, ""))[:1] or _SOUND_LETTERS.get(spoken, spoken)


@cache
def _english_forms() -> dict[str, str]:
    """The first Latin form of each meaning."""
    entries = [*lexicon.words(), *(country.entry for country in lexicon.countries().values())]
    entries += [place.entry for place in lexicon.places().values()]
    single = [entry for entry in entries if len(entry.concepts) == 1 and entry.latin]
    return {entry.concepts[0]: entry.latin[0] for entry in single}


@cache
def _function_words() -> frozenset[str]:
    return frozenset(form for entry in lexicon.words() if entry.role == "stop" for form in entry.latin)
