"""What one name says of the institution it means, of its unit and of the organization above it, before they have numbers.

It is worked out of the name alone, and so by whichever process reads it; see `filing` for names that say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

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
_GOVERNMENT, _MINISTRY = "qualifier:government", "kind:ministry"
_NEVER_LETTERS = frozenset({Role.COUNTRY, Role.TOPIC, Role.QUALIFIER, Role.STOP})
"""Roles of words that are no acronym, in capitals or not: (JAPAN)."""


class _Asked(NamedTuple):
    """An institution that a name names.

    Attributes:
        name: the name.
        own: the lexemes of the institution.
        whole: those of the organization above it, empty if none is named.
        above: its words, folded.
        beside: what says something beside it.
    """

    name: Name
    own: Sequence[Lexeme]
    whole: Sequence[Lexeme]
    above: str
    beside: Sequence[Lexeme]


def report_all(names: Sequence[Name], units: Units) -> list[Report]:
    """Say what each name says of each institution that it names; all of them one step before any of them the next."""
    asked = [_list_asked(name, units) for name in names]
    said = iter(_say_all([one for outer, inner in asked for one in (*outer, *inner)]))
    return [
        _report(name, units, tuple(islice(said, len(outer))), tuple(islice(said, len(inner))))
        for name, (outer, inner) in zip(names, asked, strict=True)
    ]


def _list_asked(name: Name, units: Units) -> tuple[Sequence[_Asked], Sequence[_Asked]]:
    """The institution that a name means, and its unit as one of its own, each behind the organization above it."""
    if name.status != _NAMED:
        return (), ()
    parts = name.parts
    unit = [lexeme for level in parts.unit for lexeme in level] if units != _FOLD else ()
    inner = _list_levels(name, unit, parts.own) if unit else ()
    return (inner, ()) if inner and units == _STAND else (_list_levels(name, parts.own, parts.whole), inner)


def _list_levels(name: Name, own: Sequence[Lexeme], whole: Sequence[Lexeme]) -> tuple[_Asked, ...]:
    above = _folded_text(telling(whole)) if whole else ""
    asked = _Asked(name, own, whole, above, telling(name.parts.aside) if name.parts.aside else ())
    return (_Asked(name, whole, (), "", ()), asked) if above else (asked,)


def _report(name: Name, units: Units, outer: tuple[Said, ...], inner: tuple[Said, ...]) -> Report:
    if name.status != _NAMED:
        return Report(name.status.name.lower(), "", (), ())
    parts = name.parts
    if parts.unit and units == _STAND:
        return Report("", "", outer, (), parts.country)
    country = parts.country or ("JP" if units == _ASK and has_form_of_japan(name) else "")
    return Report("", unit_written(name) if parts.unit else "", outer, inner, country, bool(parts.aside))


def _say_all(asked: Sequence[_Asked]) -> list[Said]:
    """What names say of institutions."""
    own = [telling(one.own) for one in asked]
    kinds = [_head_kind(lexemes) for lexemes in own]
    initials = [initials_in_order(lexemes) for lexemes in own]
    written = [written_in_order(one.name, (*one.own, *one.whole) if one.whole else one.own) for one in asked]
    spans = [list(find_spans(one.own)) for one in asked]
    return [
        Said(
            folded=_folded_text(lexemes),
            above=one.above,
            own=tuple(map(_as_word, lexemes)),
            written=text,
            aside=_list_aside(found, one.beside),
            spans={span.keys[0]: tuple(map(_as_word, members)) for span, members in found},
            capitals=_keep_letters(one.name.capitals, (*lexemes, *one.beside)) if one.name.capitals else (),
            initials=letters,
            letters=() if letters else initials_by_meaning(lexemes),
            family=_number_family(kind, lexemes),
        )
        for one, lexemes, kind, letters, text, found in zip(asked, own, kinds, initials, written, spans, strict=True)
    ]


def _list_aside(spans: Iterable[tuple[Lexeme, Sequence[Lexeme]]], beside: Iterable[Lexeme]) -> dict[str, Word]:
    """The names in a row and what stands beside them, by key."""
    aside = {span.keys[0]: _as_word(span) for span, _ in spans}
    for lexeme in beside:
        aside.update(dict.fromkeys(lexeme.keys, _as_word(lexeme)))
    return aside


def _as_word(lexeme: Lexeme) -> Word:
    return lexeme.text, lexeme.reading, lexeme.script, lexeme.keys


def _keep_letters(capitals: Sequence[str], lexemes: Sequence[Lexeme]) -> tuple[str, ...]:
    """The words in capitals that stand among some lexemes and may be acronyms."""
    spoken = {lexeme.text for lexeme in lexemes if lexeme.role not in _NEVER_LETTERS}
    return tuple([capital for capital in capitals if capital in spoken])


def _folded_text(lexemes: Iterable[Lexeme]) -> str:
    return " ".join([lexeme.text for lexeme in lexemes])


def _number_family(kind: lexicon.Kind | None, lexemes: Sequence[Lexeme]) -> int:
    """The family of a kind; without one, that of ministries where a government is named."""
    if kind:
        return family_number(f"kind:{kind.name}")
    return family_number(_MINISTRY) if any(_GOVERNMENT in lexeme.keys for lexeme in lexemes) else -1


def _head_kind(lexemes: Sequence[Lexeme]) -> lexicon.Kind | None:
    """The kind that names the institution: the last, or the first where Latin script says what it is of or for."""
    kinds = [place for place, lexeme in enumerate(lexemes) if lexeme.level and lexeme.level != "campus"]
    if not kinds:
        return None
    first, behind = lexemes[kinds[0]], kinds[0] + 1
    described = behind < len(lexemes) and not lexemes[behind].level
    return kind_of(first if first.written == _LATIN and described else lexemes[kinds[-1]])
