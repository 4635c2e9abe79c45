"""Say what each word of a name is: its role, what it means, how it is read.

A lexeme is the unit that everything after works with: a stretch of the text with a role (see `Role`) and one key a
meaning. `kind:`, `topic:`, `qualifier:`, `stop:`, `country:` and `place:` keys come from the lexicon and are the same in
every language; a number is `number:2` however it is written; a `rest:` key is the distinctive rest, by its letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from partnermatch import lexicon
from partnermatch.model import Role, Script
from partnermatch.text.compounds import split_compound, split_kanji
from partnermatch.text.cuts import join_unknown, mend_cuts, mend_vowels, read_short
from partnermatch.text.fold import fold, fold_kana
from partnermatch.text.kana import cut_kana
from partnermatch.text.letters import join_letters
from partnermatch.text.numerals import ONE_LETTER, read_number
from partnermatch.text.phrases import Found, Meaning, find_phrases, phrases
from partnermatch.text.segment import segment


@dataclass(slots=True)
class Lexeme:
    """A stretch of a folded text and what it is; not frozen for the same reason as `Word`, and never changed.

    Attributes:
        text: the stretch, folded.
        start: offset of its first character in the folded text.
        end: offset behind its last character.
        script: its script.
        written: the script that stands there, where a short form was replaced by its full name; its script otherwise.
        roles: one role a key.
        keys: what it means; empty for marks.
        level: of a kind, as in kinds.tsv; empty for everything else.
        reading: katakana, for Japanese words that the lexicon does not know.
        role: of the whole stretch: of a kind if it names one, else the most telling.
    """

    text: str
    start: int
    end: int
    script: Script
    written: Script
    roles: tuple[Role, ...]
    keys: tuple[str, ...]
    level: str
    reading: str
    role: Role


_ROLES = {
    "topic": Role.TOPIC,
    "qualifier": Role.QUALIFIER,
    "stop": Role.STOP,
    "kind": Role.KIND,
    "country": Role.COUNTRY,
    "place": Role.PLACE,
    "rest": Role.REST,
}
_STRETCH = re.compile(r"[^,\s][^,]*,?|,")
_LATIN, _KANJI, _KANA, _MARK = Script.LATIN, Script.KANJI, Script.KANA, Script.MARK
_REST = Role.REST
_ORDER = "第"
"""What makes the number behind it an ordinal."""


class _Described(NamedTuple):
    """What a word is: see `Lexeme`."""

    role: Role
    roles: tuple[Role, ...]
    keys: tuple[str, ...]
    level: str


class _Stretch(NamedTuple):
    """A text without a comma but at its end: what stands behind one bears on nothing before it; see `read_lexemes`."""

    text: str
    capitals: frozenset[str]
    translated: bool


_lately: dict[_Stretch, tuple[Lexeme, ...]] = {}
"""The lexemes of stretches that were read last: many names share theirs."""
MAX_LATELY = 1 << 13
_A_MARK = _Described(Role.MARK, (Role.MARK,), (), "")


def read_lexemes(folded: str, capitals: frozenset[str] = frozenset(), *, translated: bool = True) -> list[Lexeme]:
    """Read a folded text as lexemes, marks included, in order.

    Args:
        folded: the text.
        capitals: words that were written in capitals; none of them is a function word (MIT, not the German mit).
        translated: whether a form of several words that stands for a name in the other script is read as that name, and a
            full name of the lexicon as one lexeme in one place; both word by word otherwise.

    >>> [(lexeme.text, lexeme.role.name) for lexeme in read_lexemes("リヨン第四大学")]
    [('リヨン', 'PLACE'), ('第', 'STOP'), ('四', 'NUMBER'), ('大学', 'KIND')]
    """
    return read_lexemes_all([folded], [capitals], translated=translated)[0]


def read_lexemes_all(
    texts: Sequence[str], capitals: Sequence[frozenset[str]], *, translated: bool = True
) -> list[list[Lexeme]]:
    """Read many folded texts, each with its words in capitals, as `read_lexemes` does each."""
    cut = [_cut_stretches(text, own, translated) for text, own in zip(texts, capitals, strict=True)]
    known = _read_stretches(dict.fromkeys(stretch for own in cut for _, stretch in own))
    return [
        [_shift(lexeme, start) if start else lexeme for start, stretch in own for lexeme in known[stretch]]
        for own in cut
    ]


def _cut_stretches(folded: str, capitals: frozenset[str], translated: bool) -> list[tuple[int, _Stretch]]:
    """The stretches of a text, with their offsets."""
    cut = []
    for found in _STRETCH.finditer(folded):
        text = found.group()
        own = frozenset([word for word in capitals if word in text]) if capitals else capitals
        cut.append((found.start(), _Stretch(text, own, translated)))
    return cut


def _read_stretches(stretches: Collection[_Stretch]) -> Mapping[_Stretch, tuple[Lexeme, ...]]:
    """The lexemes of some stretches, each step for all that were not read lately."""
    known = {stretch: read for stretch in stretches if (read := _lately.get(stretch)) is not None}
    fresh = [stretch for stretch in stretches if stretch not in known]
    words = [segment(stretch.text) for stretch in fresh]
    for place, stretch in enumerate(fresh):
        if not stretch.text.isascii():  # what is done here is about kanji and kana
            words[place] = cut_kana(mend_cuts(mend_vowels(read_short(words[place]))))
    pieces = [find_phrases(own) for own in [join_letters(own) for own in words]]
    made = {stretch: _make_lexemes(stretch, own) for stretch, own in zip(fresh, pieces, strict=True)}
    if len(_lately) + len(made) > MAX_LATELY:
        _lately.clear()
    _lately.update(made)
    return known | made


def _make_lexemes(stretch: _Stretch, pieces: Sequence[Found]) -> tuple[Lexeme, ...]:
    """The lexemes of the pieces of a stretch."""
    text, capitals, translated = stretch
    if not text.isascii():
        pieces = join_unknown(pieces)
    lexemes: list[Lexeme] = []
    for place, piece in enumerate(pieces):
        found = _read_capitals(piece, capitals) if capitals else piece
        if found.meaning is None or found.meaning.role != "short":
            before = lexemes[-1] if lexemes else None
            letter = found.words[0].text in ONE_LETTER and _ends(pieces, place)
            counted = before is not None and (letter or before.text == _ORDER)
            lexemes.append(_make_lexeme(text, found, counted))
        elif translated or len(found.words) == 1 or _is_latin_form(found):
            lexemes.extend(_spell_out(found))
        else:
            for part in find_phrases(found.words, short=False):
                lexemes.append(_make_lexeme(text, part, bool(lexemes) and lexemes[-1].text == _ORDER))
    return tuple(lexemes)


def _ends(pieces: Sequence[Found], place: int) -> bool:
    """Whether nothing stands behind a piece but a mark, so that a letter is a Roman number: Université Lyon I."""
    return place + 1 == len(pieces) or pieces[place + 1].words[0].script == _MARK


def _shift(lexeme: Lexeme, places: int) -> Lexeme:
    return Lexeme(  # faster than `replace`
        lexeme.text,
        lexeme.start + places,
        lexeme.end + places,
        lexeme.script,
        lexeme.written,
        lexeme.roles,
        lexeme.keys,
        lexeme.level,
        lexeme.reading,
        lexeme.role,
    )


def _read_capitals(found: Found, capitals: frozenset[str]) -> Found:
    """A function word in capitals is an acronym, known or unknown."""
    if found.meaning is None or found.meaning.role != "stop" or found.words[0].text not in capitals:
        return found
    return Found(found.words, phrases().short.get(found.words[0].text))


def _full_name(found: Found) -> str:
    """The full name that a short form stands for."""
    return found.meaning.concepts[0].removeprefix("full:") if found.meaning else ""


def _is_latin_form(found: Found) -> bool:
    """Whether this is a form in Latin letters of a name that is written in them, and not that name itself."""
    return found.words[0].script == _LATIN and _full_name(found).isascii() and not _is_full(found)


def _is_full(found: Found) -> bool:
    """Whether the full name itself is written."""
    words = [word.text for word in found.words if word.script != _MARK]
    return words == [word.text for word in segment(fold(_full_name(found)), mend=False) if word.script != _MARK]


def _spell_out(found: Found) -> list[Lexeme]:
    """The lexemes of the full name that a short form stands for, in the place of the short form."""
    first, last = found.words[0], found.words[-1]
    full = read_full_name(_full_name(found))
    end = last.end
    return [replace(lexeme, start=first.start, end=end, written=first.script) for lexeme in full]


@cache
def read_full_name(full: str) -> tuple[Lexeme, ...]:
    """The lexemes of a full name that the lexicon gives, without marks."""
    folded = fold(full)
    lexemes: list[Lexeme] = []
    for found in join_unknown(find_phrases(mend_cuts(segment(folded)), short=False)):
        lexemes.append(_make_lexeme(folded, found, bool(lexemes) and lexemes[-1].text == _ORDER))
    return tuple(lexeme for lexeme in lexemes if lexeme.role != Role.MARK)


def _make_lexeme(folded: str, found: Found, counted: bool) -> Lexeme:
    words, meaning = found.words, found.meaning
    first = words[0]
    start, end, script = first.start, first.end, first.script
    text, reading, meant = first.text, first.reading, first.meant if script == _KANA else ""
    if len(words) > 1:
        end = words[-1].end
        text, reading = folded[start:end], "".join([word.reading for word in words])
    role, roles, keys, level = _describe(text, meant, script, meaning, counted)
    return Lexeme(text, start, end, script, script, roles, keys, level, reading if meaning is None else "", role)


def _meanings(text: str, script: Script, meaning: Meaning | None) -> tuple[Meaning, ...]:
    if meaning is not None:
        return (meaning,)
    if script == _KANJI:
        return split_kanji(text)
    return split_compound(text) if script == _LATIN else ()


@lru_cache(maxsize=1 << 16)
def _describe(text: str, meant: str, script: Script, meaning: Meaning | None, counted: bool) -> _Described:
    """Roles, keys and level of a word; an unknown word is the distinctive rest, as what it is `meant` to be if that is known."""
    number = read_number(text, counted)
    if number is not None:
        return _Described(Role.NUMBER, (Role.NUMBER,), (f"number:{number}",), "")
    if script == _MARK:
        return _A_MARK
    if text == _ORDER:
        return _Described(Role.STOP, (Role.STOP,), (f"stop:{text}",), "")
    meanings = _meanings(text, script, meaning)
    if not meanings:
        return _Described(_REST, (_REST,), (f"rest:{text if script == _LATIN else fold_kana(meant or text)}",), "")
    return _describe_meanings(meanings)


@lru_cache(maxsize=1 << 14)
def _describe_meanings(meanings: tuple[Meaning, ...]) -> _Described:
    keys = tuple(dict.fromkeys(key for meaning in meanings for key in meaning.concepts))
    levels = [_level(key) for key in keys]
    roles = tuple(
        Role.LEGAL if level == "legal" else _ROLES[key.partition(":")[0]]
        for key, level in zip(keys, levels, strict=True)
    )
    level = next((level for level in levels if level and level != "legal"), "")
    return _Described(Role.KIND if level else min(roles), roles, keys, level)


def _level(key: str) -> str:
    role, _, name = key.partition(":")
    return lexicon.kinds()[name].level if role == "kind" else ""
