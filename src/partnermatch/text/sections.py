"""Cut the lexemes of a name into sections: the stretches that each name one body, one part or one place.

Sections end at commas, brackets and the like; in Japanese also at a space behind a kind (清華大学 免疫研究所) and where a
whole is followed by its part without any sign (東京大学|医学部); in Latin script also where a part is said to be of a
whole (Institute of Physics of the | Academy of Sciences).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from partnermatch import lexicon
from partnermatch.model import Role, Script
from partnermatch.text.lexemes import Lexeme

OPENING, CLOSING, SEPARATING = "([{<「『【\u300a\u3008\u201c", ")]}>」』】\u300b\u3009\u201d", ",、;/|:，。\u3001"
PREPOSITIONS = frozenset(
    [
        "of",
        "at",
        "in",
        "de",
        "du",
        "des",
        "der",
        "della",
        "dell",
        "del",
        "da",
        "do",
        "di",
        "van",
        "von",
        "zu",
        "och",
        "ved",
        "vid",
        "na",
        "v",
        "w",
    ]
)  # what may stand between a part and its whole; "for" may not: Center for University Studies
RANK = {"top": 4, "body": 3, "part": 2, "campus": 1, "": 0}
MAX_SHORT = 12
"""Lexemes of the longest full name that a short form stands for."""
_COMPANY_FORM = "kind:company_form"
_MARK, _STOP, _REST = Role.MARK, Role.STOP, Role.REST  # a member of an enumeration takes long to be found
_KANA, _SIGN = Script.KANA, Script.MARK
_SPACED = (Script.LATIN, Script.NUMBER)
_LATIN = frozenset({Script.LATIN, Script.NUMBER, Script.MARK})
_PLACING, _SAYING_MORE = frozenset({Role.PLACE, Role.COUNTRY}), frozenset({Role.TOPIC, Role.QUALIFIER})
_CONTENT = frozenset({Role.REST, Role.PLACE, Role.NUMBER, Role.TOPIC, Role.COUNTRY})


class Section:
    """A stretch of lexemes, without the marks around it.

    Attributes:
        lexemes: at least one.
        bracketed: it stood in brackets.
        latin: it is in Latin script only, where the head may come first.
        kinds: lexemes that name a kind of organization.
        head: the one that says what it is: the last in Japanese, the highest in Latin script.
        level: of its head, empty without one.
        company: it has the legal form of a company, and no head.
    """

    __slots__ = ("bracketed", "company", "head", "kinds", "latin", "level", "lexemes")

    def __init__(self, lexemes: tuple[Lexeme, ...], bracketed: bool) -> None:
        """Take a stretch."""
        self.lexemes, self.bracketed = lexemes, bracketed
        self.latin = _LATIN.issuperset([lexeme.written for lexeme in lexemes])
        self.kinds = [lexeme for lexeme in lexemes if lexeme.level]
        self.head = _find_head(self.kinds, self.latin) if self.kinds else None
        self.company = self.head is None and any(map(_is_company_form, lexemes))
        self.level = self.head.level if self.head else "top" if self.company else ""

    @property
    def kind(self) -> lexicon.Kind | None:
        """The kind of organization its head names, or its legal form."""
        return kind_of(self.head) if self.head else lexicon.kinds()["company"] if self.company else None

    def has(self, roles: frozenset[Role]) -> bool:
        """Whether any lexeme has one of these roles."""
        return not roles.isdisjoint([lexeme.role for lexeme in self.lexemes])


def _find_head(kinds: Sequence[Lexeme], latin: bool) -> Lexeme:
    if len(kinds) == 1:
        return kinds[0]
    kinds = [kind for kind in kinds if kind.level != "campus"] or kinds  # a university's seat is the university
    return max(kinds, key=lambda kind: RANK[kind.level]) if latin else kinds[-1]


def kind_of(lexeme: Lexeme) -> lexicon.Kind:
    """The kind that a lexeme with a level names; of several, the one whose level it has."""
    return _kind_of(lexeme.keys, lexeme.level)


@cache
def _kind_of(keys: tuple[str, ...], level: str) -> lexicon.Kind:
    named = [lexicon.kinds()[key.removeprefix("kind:")] for key in keys if key.startswith("kind:")]
    return next(kind for kind in named if kind.level == level)


def cut_sections(lexemes: Sequence[Lexeme]) -> list[Section]:
    """Cut the lexemes of one name, in order; marks fall away."""
    cut: list[Section] = []
    for section in _cut_at_marks(lexemes):
        if len(section.kinds) < 2 and not _may_be_of_company(section):  # a whole and a part of it are two
            cut.append(section)
        elif section.latin:
            cut.extend(piece for stretch in _cut_of_whole(section) for piece in _cut_behind_university(stretch))
        else:
            cut.extend(_cut_behind_kinds(section))
    return cut


def _cut_at_marks(lexemes: Sequence[Lexeme]) -> list[Section]:
    """Sections between marks. What stands around a bracket is one stretch: フランクフルト(ゲーテ)大学."""
    scripts = {lexeme.written for lexeme in lexemes}
    by_space = not scripts <= _LATIN and not _is_word_by_word(lexemes, scripts)
    if not by_space and _SIGN not in scripts:
        return [Section(tuple(lexemes), False)]
    cut: list[Section] = []
    outer: list[Lexeme] = []
    inner: list[Lexeme] = []
    waiting: list[Section] = []
    depth = 0
    for place, lexeme in enumerate(lexemes):
        if lexeme.role != _MARK:
            if by_space and depth == 0 and outer and _ends_before(outer, lexemes, place):
                cut += _release(outer, waiting)
            (inner if depth else outer).append(lexeme)
        elif lexeme.text in OPENING or lexeme.text in CLOSING or (depth and lexeme.text in SEPARATING):
            if inner:
                waiting.append(Section(tuple(inner), True))
                inner.clear()
            depth = max(0, depth + (lexeme.text in OPENING) - (lexeme.text in CLOSING))
        elif lexeme.text in SEPARATING:
            cut += _release(outer, waiting)
    if inner:
        waiting.append(Section(tuple(inner), True))
    return cut + _release(outer, waiting)


def _release(outer: list[Lexeme], waiting: list[Section]) -> list[Section]:
    released = [Section(tuple(outer), False), *waiting] if outer else waiting[:]
    outer.clear()
    waiting.clear()
    return released


def _is_word_by_word(lexemes: Sequence[Lexeme], scripts: set[Script]) -> bool:
    """Whether a name is in kana with spaces between its words, which end no section: オク コウミョウエン ビョウイン."""
    return scripts == {_KANA} and sum(after.start > before.end for before, after in pairwise(lexemes)) > 1


def _ends_before(outer: Sequence[Lexeme], lexemes: Sequence[Lexeme], place: int) -> bool:
    """Whether a space in front of a lexeme ends a section: behind a kind or before a unit, where Japanese is written."""
    before = outer[-1]
    if lexemes[place].start <= before.end:
        return False
    if before.written not in _SPACED and _closing_kind(outer, len(outer) - 1) is not None:
        return True
    return _begins_unit(lexemes, place) and names_body(outer)


def names_body(lexemes: Iterable[Lexeme]) -> bool:
    """Whether lexemes without a kind may be somebody's name: an unknown word, or a place and more (三重県庁, 日本棋院)."""
    roles = {lexeme.role for lexeme in lexemes}
    return _REST in roles or not (roles.isdisjoint(_PLACING) or roles.isdisjoint(_SAYING_MORE))


def _begins_unit(lexemes: Sequence[Lexeme], place: int) -> bool:
    """Whether what stands from a place to the next space or mark is a unit that says its field: (三菱電機) 経営企画部."""
    end = place + 1
    while end < len(lexemes) and lexemes[end].role != _MARK and lexemes[end].start == lexemes[end - 1].end:
        end += 1
    return lexemes[end - 1].level == "part" and lexemes[place].written not in _SPACED and end - place > 1


def _is_company_form(lexeme: Lexeme) -> bool:
    return _COMPANY_FORM in lexeme.keys


def _may_be_of_company(section: Section) -> bool:
    """Whether a company is named before a part of it: 双日株式会社|営業部."""
    return bool(section.kinds) and not section.latin and any(map(_is_company_form, section.lexemes[1:-1]))


def _closing_kind(lexemes: Sequence[Lexeme], place: int) -> Lexeme | None:
    """The kind that a place ends with, if it ends with one; a short form is several lexemes and ends as a whole."""
    lexeme = lexemes[place]
    if place + 1 < len(lexemes) and lexemes[place + 1].start == lexeme.start:
        return None
    group = [other for other in lexemes[max(0, place - MAX_SHORT) : place + 1] if other.start == lexeme.start]
    return next((other for other in reversed(group) if other.level), None)


def _cut_behind_kinds(section: Section) -> list[Section]:
    """Cut where a Japanese name goes on from a whole to its part without a sign between them."""
    cut: list[Section] = []
    rest = section.lexemes
    while position := _find_part(rest):
        cut.append(Section(rest[:position], section.bracketed))
        rest = rest[position:]
    return [*cut, Section(rest, section.bracketed)]


def _find_part(lexemes: Sequence[Lexeme]) -> int:
    """Where the part of a whole begins that stands before it; 0 if there is none."""
    for position in range(1, len(lexemes)):
        if _is_company_form(lexemes[position - 1]) and _has_content(lexemes[:position]):
            return position if lexemes[-1].level else 0
        kind = _closing_kind(lexemes, position - 1)
        if kind is not None and kind.level != "campus" and _has_content(lexemes[:position]):
            rest = lexemes[position:]
            if rest[-1].level in ("body", "part") and (_has_content(rest) or _needs_no_name(kind, rest)):
                return position
    return 0


def _has_content(lexemes: Iterable[Lexeme]) -> bool:
    return any(role in _CONTENT for lexeme in lexemes for role in lexeme.roles)


def _needs_no_name(whole: Lexeme, rest: Sequence[Lexeme]) -> bool:
    """A hospital of a university or faculty, or its graduate school, needs no words of its own: 九州大学|医学部|附属病院.

    Neither does a laboratory of a company: 日立製作所|中央研究所.
    """
    inside = kind_of(rest[-1])
    if kind_of(whole).family == "company":
        return True
    if whole.level == "part":
        return inside.family == "health"
    return kind_of(whole).family == "education" and (inside.family == "health" or inside.name == "graduate_school")


def _cut_of_whole(section: Section) -> list[Section]:
    """Cut where a part in Latin script is said to be of, at or in a whole."""
    cut: list[Section] = []
    rest = section.lexemes
    while position := _find_whole(rest):
        cut.append(Section(rest[:position], section.bracketed))
        rest = rest[position + 1 :]
    return [*cut, Section(rest, section.bracketed)]


def _find_whole(lexemes: tuple[Lexeme, ...]) -> int:
    """Place of the preposition before the whole of a part; 0 if there is none."""
    seen_part = False
    for position, lexeme in enumerate(lexemes):
        if seen_part and lexeme.level == "top":
            cut = _preposition_before(lexemes, position)
            if cut:
                return cut if any(part.level for part in lexemes[:cut]) else 0
        seen_part = seen_part or lexeme.level in ("body", "part")
    return 0


def _cut_behind_university(section: Section) -> list[Section]:
    """Cut a university's own part off where Latin script names it behind: Kyushu University | Hospital."""
    lexemes = section.lexemes
    for position, lexeme in enumerate(lexemes[:-1], start=1):
        if lexeme.level == "top" and kind_of(lexeme).family == "education":
            cut = position
            if not _has_content(lexemes[: position - 1]):
                cut = _find_hospital(lexemes, position)
            rest = lexemes[cut:]
            if cut and any(end.level in ("body", "part") for end in (rest[0], rest[-1])):
                return [Section(lexemes[:cut], section.bracketed), Section(rest, section.bracketed)]
    return [section]


def _find_hospital(lexemes: Sequence[Lexeme], behind: int) -> int:
    """Where the hospital of a university begins whose name goes on behind that word: University of Tokyo | Hospital; or 0."""
    place = len(lexemes)
    while place > behind and (_is_hospital(lexemes[place - 1]) or lexemes[place - 1].role == _STOP):
        place -= 1
    while place < len(lexemes) and lexemes[place].role == _STOP:
        place += 1  # Hospitals and Clinics are one; but not: of | the
    named = lexemes[behind].text in PREPOSITIONS and _has_content(lexemes[behind:place])
    return place if named and place < len(lexemes) else 0


def _is_hospital(lexeme: Lexeme) -> bool:
    return bool(lexeme.level) and kind_of(lexeme).family == "health"


def _preposition_before(lexemes: Sequence[Lexeme], position: int) -> int:
    """Place of the nearest preposition before a position; 0 if a part's kind comes first."""
    for place in range(position - 1, 0, -1):
        if lexemes[place].text in PREPOSITIONS:
            return place
        if lexemes[place].level:
            return 0
    return 0
