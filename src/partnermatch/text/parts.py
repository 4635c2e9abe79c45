"""Tell the institution that a name means from the unit of it that is named and from the whole above it.

`canonical` is an organization with an identity of its own, as a registry lists it; a faculty or department is a unit of
it and never makes two institutions of one; an institute inside an academy is an institution whose whole is the academy.
The rules go by kind and level (kinds.tsv), by how near a part is to its whole, and by whether it has a proper name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from partnermatch.model import Role, Script
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.sections import RANK, Section, cut_sections, kind_of, names_body

MAX_PLACE = 2
"""Words of a place that the lexicon does not have, at most."""


class Parts(NamedTuple):
    """The lexemes of one name, by what they are part of.

    Attributes:
        own: of the institution itself.
        whole: of the organization above it, empty if none is named.
        unit: of the unit that is named, one tuple a level, the largest first; empty if none is.
        aside: what stands beside the name: brackets, an address. It explains but asks for no explanation.
        country: ISO code of the country that stands by itself beside the name (Tokyo, Japan); empty if none or several do.
    """

    own: tuple[Lexeme, ...]
    whole: tuple[Lexeme, ...]
    unit: tuple[tuple[Lexeme, ...], ...]
    aside: tuple[Lexeme, ...]
    country: str = ""


# Endings of Latin words that name a field, not a person or place, in the languages of the lexicon.
_FIELD = re.compile(
    r"(logy|logie|logia|logi|ics|ique|istry|graphy|omy|omics|tion|ment|ing|ical|ysis|iatry|therapy|ity)$"
)

_REST, _PLACE = Role.REST, Role.PLACE  # a member of an enumeration takes long to be found
_STOP, _TOPIC = Role.STOP, Role.TOPIC
_LATIN, _KANA = Script.LATIN, Script.KANA
_UNKNOWN, _PLACES, _COUNTRIES = frozenset({_REST}), frozenset({_PLACE}), frozenset({Role.COUNTRY})
_FIELDS, _QUALIFIERS, _LEGAL = frozenset({Role.TOPIC}), frozenset({Role.QUALIFIER}), frozenset({Role.LEGAL})
_NAMES, _CONTENT = _UNKNOWN | _PLACES, _UNKNOWN | _FIELDS
_NAMES_AND_COUNTRIES = _NAMES | _COUNTRIES
_PLACING = _PLACES | _COUNTRIES | {Role.NUMBER}
_SAYING_WHERE = _COUNTRIES | {_STOP}
_INNER = frozenset(
    ["faculty", "graduate_school", "school", "department", "division", "research_room", "laboratory", "group"]
)
"""Kinds of which an institution has many, each named for its field."""


def find_parts(lexemes: Sequence[Lexeme], capitals: frozenset[str]) -> Parts:
    """Sort the lexemes of one name.

    Args:
        lexemes: of the whole name, marks included.
        capitals: folded words that were written in capitals, as acronyms are.
    """
    sections = cut_sections(lexemes)
    if len(sections) == 1:
        return Parts(sections[0].lexemes, (), (), ())
    aside = [section for section in sections if section.bracketed]
    stretches = _merge_fragments([section for section in sections if not section.bracketed])
    if not stretches:
        stretches, aside = aside, []
    top = _choose_top(_pass_inner(stretches), capitals) if len(stretches) > 1 else stretches[0]
    behind = stretches.index(top) + 1
    bodies = [section for section in stretches[behind : behind + 1] if _is_bare_body(section, top)]
    around = [
        section
        for section in stretches
        if section is not top and (section.level in ("", "campus") or _is_seat(section, top)) and section not in bodies
    ]
    country = _find_country([*around, *aside])
    own_around, aside_around = _sort_around(top, [*around, *aside], stretches, addressed=bool(country))
    parts = _by_nearness(stretches, top, bodies)
    standing, units, passed = _let_stand(top, parts)
    if standing is None:
        units = [*units, *(section for section in own_around if section.level == "campus" and not _has_campuses(top))]
        own = [top, *(section for section in own_around if section not in units)]
        return Parts(_flatten(own), (), _units(units), _flatten([*aside_around, *passed]), country)
    return Parts(
        standing.lexemes, _flatten([top, *own_around]), _units(units), _flatten([*aside_around, *passed]), country
    )


def _merge_fragments(sections: list[Section]) -> list[Section]:
    """Put the pieces of a list back together: National Heart, | Lung and Blood Institute."""
    merged: list[Section] = []
    for section in sections:
        before = merged[-1] if merged else None
        if before is not None and _LEGAL.issuperset([lexeme.role for lexeme in section.lexemes]):
            merged[-1] = Section((*before.lexemes, *section.lexemes), False)  # Co., | Ltd.
            continue
        if before is not None and before.latin and section.latin:
            opens_list = not before.level and _is_generic(before)
            goes_on = not section.level and bool(before.level) and (_is_generic(section) or _ends_list(before, section))
            if opens_list or goes_on or _says_again(before, section):
                merged[-1] = Section((*before.lexemes, *section.lexemes), False)
                continue
        merged.append(section)
    return merged


def _is_generic(section: Section) -> bool:
    """Whether a section without a kind is a piece of a name: fields of study, no place and no name of its own."""
    return section.has(_FIELDS) and not section.has(_NAMES_AND_COUNTRIES)


def _says_again(before: Section, section: Section) -> bool:
    """Whether a section only says what the one before it is: Hochschule Macromedia, | University of Applied Sciences."""
    kind, whole = section.kind, before.kind
    alike = kind is not None and whole is not None and kind.family == whole.family
    return (
        alike
        and before.level == section.level == "top"
        and before.has(_NAMES)
        and not section.has(_NAMES_AND_COUNTRIES)
    )


def _ends_list(before: Section, section: Section) -> bool:
    """Whether a list of fields ends in a section, before a place: Institute of Education, | Science and Technology of Ceará."""
    first, *rest = section.lexemes
    joined = len(rest) > 1 and "stop:and" in rest[0].keys and rest[1].role == _TOPIC
    two = len(first.keys) > 1 and " " in first.text
    return before.lexemes[-1].role == _TOPIC and first.role == _TOPIC and (joined or two)


def _is_name(section: Section, capitals: frozenset[str]) -> bool:
    """Whether a section without a kind names an organization all the same: RIKEN, CAS."""
    words = [lexeme for lexeme in section.lexemes if lexeme.role != _STOP]
    return not section.level and len(words) == 1 and words[0].role == _REST and words[0].text in capitals


def _pass_inner(stretches: list[Section]) -> list[Section]:
    """The sections from which the institution is chosen: not the units that Latin script names before it.

    Department of Physics, | Siemens: a unit of fields alone is nobody's name where anything but a place stands behind it.
    Of units alone the last is the largest.
    """
    inner = 0
    while inner < len(stretches) and _is_inner(stretches[inner]):
        inner += 1
    rest = stretches[inner:]
    if any(section.level or _says_more(section, after) for section, after in zip_longest(rest, rest[1:])):
        return rest
    return stretches[max(inner - 1, 0) :]


def _says_more(section: Section, after: Section | None) -> bool:
    """Whether a section is more than a place; what stands before a country is one, whether it is known or not."""
    return section.has(_CONTENT) and not (after and after.has(_COUNTRIES))


def _is_inner(section: Section) -> bool:
    """Whether a section in Latin script is a unit that says nothing but its field: Laboratory of Neurobiology."""
    unit = bool(section.kinds) and _INNER.issuperset([kind_of(lexeme).name for lexeme in section.kinds])
    return unit and section.latin and not section.has(_COUNTRIES) and not _has_name(section)


def _choose_top(stretches: list[Section], capitals: frozenset[str]) -> Section:
    """The section that names the largest organization.

    Japanese goes from large to small: the first that can hold parts. Latin script goes the other way: the last of the
    highest level, unless the name begins with an organization that is known by its capitals (RIKEN, Yokohama campus).
    """
    ranks = [RANK[section.level] for section in stretches]
    if not all(section.latin for section in stretches):
        holders = [section for section, rank in zip(stretches, ranks, strict=True) if rank >= RANK["body"]]
        named = [section for section in stretches if not section.level and names_body(section.lexemes)]
        return (holders or named or [stretches[ranks.index(max(ranks))]])[0]
    if max(ranks) == 0:
        return stretches[0]
    if max(ranks) < RANK["top"] and len(stretches) > 1:
        named = [section for section in stretches if _is_name(section, capitals)]
        if named:
            return named[-1]
        if not stretches[0].level and stretches[0].has(_UNKNOWN) and max(ranks) <= RANK["part"]:
            return stretches[0]
    return stretches[len(ranks) - 1 - ranks[::-1].index(max(ranks))]


def _sort_around(
    top: Section, around: list[Section], stretches: list[Section], *, addressed: bool
) -> tuple[list[Section], list[Section]]:
    """Tell what belongs to the institution's own name from what only stands beside it.

    A place belongs to it where the name is of generic words only (Institute for Research in Biomedicine, Barcelona) or
    is that of a state's or country's university with several seats (University of California, Berkeley). A city before a
    country is an address, and says nothing of the name.
    """
    own, aside = [], []
    generic = _is_generic_name(top)
    for section in around:
        placed = section.has(_PLACING) and not section.has(_CONTENT)
        adjacent = not section.bracketed and abs(stretches.index(section) - stretches.index(top)) == 1
        if (
            section.level == "campus"
            or _is_seat(section, top)
            or (generic and placed and not (addressed and section.has(_PLACES)))
            or (adjacent and _has_seats(top) and (placed or _may_be_place(section)))
        ):
            own.append(section)
        else:
            aside.append(section)
    return own, aside


def _find_country(around: Sequence[Section]) -> str:
    """The one country that stands by itself in what is around a name."""
    alone = [section for section in around if _SAYING_WHERE.issuperset([lexeme.role for lexeme in section.lexemes])]
    found = {
        key for section in alone for lexeme in section.lexemes for key in lexeme.keys if key.startswith("country:")
    }
    return min(found).removeprefix("country:") if len(found) == 1 else ""


def _is_generic_name(section: Section) -> bool:
    """Whether a name is of generic words only; one of a country's academy, society or agency is of one institution."""
    kind = section.kind
    national = kind is not None and kind.parts == "stand" and section.has(_COUNTRIES)
    return not national and not section.has(_NAMES)


def _has_campuses(section: Section) -> bool:
    """Whether its seats are institutions of their own, as a university's are and a research institute's are not."""
    return section.kind is not None and section.kind.family == "education"


def _is_seat(section: Section, top: Section) -> bool:
    """Whether it is a branch of a university, named for where it is: Islamic Azad University, Jahrom Branch."""
    kind = section.kind
    return kind is not None and kind.name == "branch" and section.has(_NAMES) and _has_campuses(top)


def _has_seats(section: Section) -> bool:
    """Whether it is a university named for a region alone, which may have seats in several cities."""
    kind, named = section.kind, [lexeme for lexeme in section.lexemes if lexeme.role in _NAMES]
    regional = len(named) == 1 and any(key.startswith("place:region") for key in named[0].keys)
    return kind is not None and kind.family == "education" and regional


def _may_be_place(section: Section) -> bool:
    """Whether a section is a word or two that nobody knows, as a small place is: California State University, Northridge."""
    roles = {lexeme.role for lexeme in section.lexemes}
    return section.latin and roles == _UNKNOWN and len(section.lexemes) <= MAX_PLACE


def _is_bare_body(section: Section, top: Section) -> bool:
    """Whether a Japanese section behind the top names a body without saying its kind: 国立科学技術開発庁 ナノテック."""
    holds = top.kind is not None and top.kind.parts in ("stand", "nearest")
    names = any(lexeme.role == _REST and lexeme.script == _KANA for lexeme in section.lexemes)
    return holds and names and not section.level and not section.bracketed


def _by_nearness(stretches: list[Section], top: Section, bodies: list[Section]) -> list[Section]:
    """Parts with a level of their own, and bodies without, the one next to the top first."""
    place = stretches.index(top)
    before, after = stretches[:place][::-1], stretches[place + 1 :]
    ordered = [*before, *after] if top.latin else [*after, *before]
    parts = [section for section in ordered if section.level in ("top", "body", "part") or section in bodies]
    return [section for section in parts if not _is_seat(section, top)]


def _let_stand(top: Section, parts: list[Section]) -> tuple[Section | None, list[Section], list[Section]]:
    """Decide which part is an institution of its own.

    Returns:
        The part that stands, if any; the units of what stands; the parts in between, which are neither.
    """
    standing: Section | None = None
    units: list[Section] = []
    passed: list[Section] = []
    for place, part in enumerate(parts):
        if _stands(top, part, nearest=place == 0):
            passed += [*units, *([standing] if standing else [])]
            standing, units = part, []
        else:
            units.append(part)
    return standing, units, passed


def _stands(top: Section, part: Section, *, nearest: bool) -> bool:
    kind, whole = part.kind, top.kind
    if kind is None:
        return True
    if part.level == "top":
        return nearest and whole is not None and whole.parts in ("stand", "nearest")
    if kind.family == "health":
        return True
    if whole is not None and (whole.family == "company" or whole.parts == "nearest") and nearest:
        return whole.family != "company"
    if part.level == "part" or (_is_inner(part) and not part.has(_QUALIFIERS)):
        return False
    holds = whole is None or whole.parts in ("stand", "nearest", "-")
    return (nearest and holds) or _has_name(part)


def _has_name(section: Section) -> bool:
    """Whether a section carries a proper name: a place, or a name in kana or Latin letters.

    Unknown kanji are as often a field that the lexicon lacks, and tell nothing.
    """
    return any(
        lexeme.role == _PLACE
        or (lexeme.role == _REST and lexeme.script == _KANA and len(lexeme.text) > 2)
        or (lexeme.role == _REST and lexeme.script == _LATIN and _is_proper(lexeme.text))
        for lexeme in section.lexemes
    )


def _is_proper(word: str) -> bool:
    return len(word) > 3 and not _FIELD.search(word)


def _flatten(sections: Sequence[Section]) -> tuple[Lexeme, ...]:
    return tuple(lexeme for section in sections for lexeme in section.lexemes)


def _units(sections: Sequence[Section]) -> tuple[tuple[Lexeme, ...], ...]:
    return tuple(section.lexemes for section in sections)
