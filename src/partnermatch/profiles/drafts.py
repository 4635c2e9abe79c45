"""What one name says of the institution it means, of its unit and of the organization above it, before they have numbers.

It is worked out of the name alone, and so by whichever process reads it; see `filing` for names that say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from partnermatch import lexicon
from partnermatch.model import Role, Script, Units
from partnermatch.profiles.atoms import Word
from partnermatch.text.clean import Status
from partnermatch.text.initials import initials_by_meaning, initials_in_order
from partnermatch.text.kinds import family_number
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.names import Name, has_form_of_japan, telling, unit_written, written_in_order
from partnermatch.text.sections import kind_of
from partnermatch.text.spans import find_spans


@dataclass(slots=True)
class Said:
    """What one name says of one institution, whatever its country; not frozen for the same reason as `segment.Word`.

    Attributes:
        folded: the words of the institution.
        above: those of the organization above it, empty if none is named.
        own: its words that say something.
        written: as it stands in the name.
        aside: what stands beside it, and its names in a row, by key.
        spans: keys of the names in a row, with their words.
        capitals: its folded words, and those beside it, that are in capitals.
        initials: of a name in Latin script.
        letters: sorted initials of its translations.
        family: number of the family of its kind, -1 without one.
    """

    folded: str
    above: str
    own: tuple[Word, ...]
    written: str
    aside: dict[str, Word]
    spans: dict[str, tuple[Word, ...]]
    capitals: tuple[str, ...]
    initials: str
    letters: tuple[str, ...]
    family: int


@dataclass(slots=True)
class Report:
    """All that one string says; not frozen for the same reason, either.

    Attributes:
        reason: why there is no name in it, empty if there is.
        unit: the unit that it names, as written.
        outer: the institution that it means, the organization above it first if it names one; empty if there is none.
        inner: its unit as an institution of its own, in the same way.
        country: where the string itself says that it is; by its legal form, too, where a registry is asked. Without a country
            日立製作所 and ㈱日立製作所 are one profile.
        beside: whether words stand beside the name.
    """

    reason: str
    unit: str
    outer: tuple[Said, ...]
    inner: tuple[Said, ...]
    country: str = ""
    beside: bool = False


_NAMED = Status.NAMED  # a member of an enumeration takes long to be found
_FOLD, _STAND, _ASK = Units.FOLD, Units.STAND, Units.ASK
_LATIN = Script.LATIN
_NEVER_LETTERS = frozenset({Role.COUNTRY, Role.TOPIC, Role.QUALIFIER, Role.STOP})
"""Roles of words that are no acronym, in capitals or not: (JAPAN)."""


def report(name: Name, units: Units) -> Report:
    """Say what a name says of each institution that it names."""
    if name.status != _NAMED:
        return Report(name.status.name.lower(), "", (), ())
    parts = name.parts
    unit = unit_written(name) if parts.unit and units != _STAND else ""
    lexemes = [lexeme for level in parts.unit for lexeme in level]
    inner = () if units == _FOLD or not lexemes else _say(name, lexemes, parts.own)
    if inner and units == _STAND:
        return Report("", unit, inner, (), parts.country)
    country = parts.country or ("JP" if units == _ASK and has_form_of_japan(name) else "")
    return Report("", unit, _say(name, parts.own, parts.whole), inner, country, bool(parts.aside))


def _say(name: Name, own: Sequence[Lexeme], whole: Sequence[Lexeme]) -> tuple[Said, ...]:
    """What a name says of one institution, and of the whole above it."""
    above = _folded_text(whole) if whole else ""
    said = _say_one(name, own, whole, telling(name.parts.aside), above)
    return (_say_one(name, whole, (), (), ""), said) if above else (said,)


def _say_one(
    name: Name, lexemes: Sequence[Lexeme], whole: Sequence[Lexeme], beside: Sequence[Lexeme], above: str
) -> Said:
    own = telling(lexemes)
    initials = initials_in_order(own)
    kind = _head_kind(own)
    aside: dict[str, Word] = {}
    spans: dict[str, tuple[Word, ...]] = {}
    for span, members in find_spans(lexemes):
        key = span.keys[0]
        aside[key], spans[key] = _as_word(span), tuple(map(_as_word, members))
    for lexeme in beside:
        aside.update(dict.fromkeys(lexeme.keys, _as_word(lexeme)))
    return Said(
        folded=" ".join([lexeme.text for lexeme in own]),
        above=above,
        own=tuple(map(_as_word, own)),
        written=written_in_order(name, (*lexemes, *whole) if whole else lexemes),
        aside=aside,
        spans=spans,
        capitals=_keep_letters(name.capitals, (*own, *beside)) if name.capitals else (),
        initials=initials,
        letters=() if initials else initials_by_meaning(own),
        family=family_number(f"kind:{kind.name}") if kind else -1,
    )


def _as_word(lexeme: Lexeme) -> Word:
    return lexeme.text, lexeme.reading, lexeme.script, lexeme.keys


def _keep_letters(capitals: Sequence[str], lexemes: Sequence[Lexeme]) -> tuple[str, ...]:
    """The words in capitals that stand among some lexemes and may be acronyms."""
    spoken = {lexeme.text for lexeme in lexemes if lexeme.role not in _NEVER_LETTERS}
    return tuple([capital for capital in capitals if capital in spoken])


def _folded_text(lexemes: Iterable[Lexeme]) -> str:
    return " ".join([lexeme.text for lexeme in telling(lexemes)])


def _head_kind(lexemes: Sequence[Lexeme]) -> lexicon.Kind | None:
    """The kind that names the institution: the last, or the first where Latin script says what it is of or for."""
    kinds = [place for place, lexeme in enumerate(lexemes) if lexeme.level and lexeme.level != "campus"]
    if not kinds:
        return None
    first, behind = lexemes[kinds[0]], kinds[0] + 1
    described = behind < len(lexemes) and not lexemes[behind].level
    return kind_of(first if first.written == _LATIN and described else lexemes[kinds[-1]])
