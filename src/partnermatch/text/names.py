"""Read strings as names: from any value to parts with roles, and where they stand in what was written.

This is the whole way of a string through `text`, once per distinct string: clean, fold, segment, phrases, lexemes,
sections, parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from partnermatch import lexicon
from partnermatch.model import Role, Script
from partnermatch.settings import TextSettings
from partnermatch.text.clean import Cleaned, Status, clean
from partnermatch.text.families import split_family
from partnermatch.text.fold import fold, fold_all, has_old_kanji
from partnermatch.text.lexemes import Lexeme, read_lexemes_all
from partnermatch.text.noise import leave_out_noise
from partnermatch.text.parts import Parts, find_parts
from partnermatch.text.phrases import phrases
from partnermatch.text.sections import PREPOSITIONS

_LETTERS = "A-Za-z\u00c0-\u024f"
_CAPITALS = re.compile(
    rf"(?<![{_LETTERS}])(?:[A-Z]{{2,}}[a-z]{{0,2}}[A-Z0-9]*|[A-Z]{{1,3}}[a-z]{{1,3}}[A-Z]+[A-Za-z]*)(?![{_LETTERS}])"
)
_GAP = r"[\s.,'・&/’‐-]*"
_BETWEEN = re.compile(
    rf"{_GAP}(?:[(（][^()（）]*[)）]|[(（]|(?:{'|'.join(sorted(PREPOSITIONS))}))?{_GAP}", re.IGNORECASE
)
_ADJOINING = ("", " ")
"""What mostly stands between two words of a name: it goes on behind that, and behind what `_BETWEEN` finds."""
_RUN = re.compile(rf"(?<![{_LETTERS}])[A-Z\u00c0-\u00de]+(?:[\s&.'’-]+[A-Z\u00c0-\u00de]+){{2,}}(?![{_LETTERS}])")
"""Three words in capitals and more, one behind another: acronyms, if none of them is a preposition."""
MAX_RUN = 3
"""Acronyms that stand one behind another, at most; more are a name in capitals."""
_SMALL = frozenset({"THE", "AND", "OF", "FOR"})
"""Words that are no acronym even where all letters of one are capitals: THE Flower Association of Japan."""
_LEFT_OUT = frozenset({"and", "&", "the"})
"""Words that names of countries are looked up without: Bosnia and Herzegovina."""
MIN_FORM = 4
"""Characters of a legal form that tells the country."""
_ROMAN = re.compile("^[IVX]+$")
# a member of an enumeration takes long to be found
_LEGAL, _STOP, _MARK, _LATIN, _KANJI = Role.LEGAL, Role.STOP, Role.MARK, Script.LATIN, Script.KANJI
_WORDS = re.compile(r"[^\W\d_]{2,}")


class Name(NamedTuple):
    """A string that was read as a name.

    Attributes:
        text: cleaned, as it was written.
        folded: folded; all offsets of lexemes are into this.
        parts: its lexemes by part; all empty unless the status is NAMED.
        capitals: folded words that were written in capitals, sorted.
        status: whether there is a name at all.
    """

    text: str
    folded: str
    parts: Parts
    capitals: tuple[str, ...]
    status: Status


Reader = Callable[[Sequence[str], TextSettings], list[Name]]
_NOTHING = Parts((), (), (), ())
_CELL = TextSettings()
"""How a country cell is cleaned, whatever the settings of the run."""


def read_name(value: object, settings: TextSettings) -> Name:
    """Read any value as a name.

    >>> name = read_name("東京大学医学部", TextSettings())
    >>> written(name, name.parts.own), unit_written(name)
    ('東京大学', '医学部')
    """
    return read_names([value], settings)[0]


def read_names(values: Sequence[object], settings: TextSettings) -> list[Name]:
    """Read many values as names, all of them one step before any of them the next.

    A hundred names take 72% of the time that they take one by one: what a step does stays near the processor.
    """
    cleaned = [Cleaned(leave_out_noise(text), status) for text, status in (clean(value, settings) for value in values)]
    folded = fold_all([text for text, _ in cleaned])
    for place, text in enumerate(folded):
        if len(text) > settings.max_characters:  # a few characters unfold to many
            cleaned[place], folded[place] = Cleaned("", Status.TOO_LONG), ""
    capitals = [find_capitals(text) for text, _ in cleaned]
    written_so = [frozenset(own) for own in capitals]
    lexemes = read_lexemes_all(folded, written_so)
    parts = [_find_parts(own, words) for own, words in zip(lexemes, written_so, strict=True)]
    return [
        Name(text, own, found, words, status) if found else Name(text, own, _NOTHING, (), status or Status.NO_WORDS)
        for (text, status), own, found, words in zip(cleaned, folded, parts, capitals, strict=True)
    ]


def remember(read: Reader) -> Reader:
    """A reader that reads each string once."""
    known: dict[str, Name] = {}

    def recall(texts: Sequence[str], settings: TextSettings) -> list[Name]:
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(fresh, read(fresh, settings), strict=True))
        return [known[text] for text in texts]

    return recall


def _find_parts(lexemes: Sequence[Lexeme], capitals: frozenset[str]) -> Parts | None:
    """The parts of a name with the whole that its first words may tell of; None if none of its words says anything."""
    if not any(lexeme.role < _STOP for lexeme in lexemes):
        return None
    parts = find_parts(lexemes, capitals)
    if parts.whole:
        return parts
    own, whole = split_family(parts.own)
    return parts._replace(own=own, whole=whole) if whole else parts


def find_capitals(text: str) -> tuple[str, ...]:
    """Words written in capitals, as acronyms are, folded and sorted; none of a name that is all in capitals.

    >>> find_capitals("ブルックヘブン国立研究所 (BNL)"), find_capitals("HARVARD UNIVERSITY"), find_capitals("QBiC")
    (('bnl',), (), ('qbic',))
    >>> find_capitals("UNIVERSITY OF TOKYO, Tokyo"), find_capitals("CNRS UMR 5558, Lyon")
    ((), ('cnrs', 'umr'))
    """
    found = _CAPITALS.findall(text)
    if not found:
        return ()
    words = _WORDS.findall(text)
    if len(words) > 1 and all(word.isupper() for word in words):
        return ()
    runs = [_WORDS.findall(run) for run in _RUN.findall(text)]
    names = {
        word for run in runs if len(run) > MAX_RUN or not PREPOSITIONS.isdisjoint(map(str.lower, run)) for word in run
    }
    names |= _SMALL
    kept = {word for word in found if len(word) <= 10 and not _ROMAN.match(word) and word not in names}
    return tuple(sorted({word.lower() for word in kept}))


def written(name: Name, lexemes: Sequence[Lexeme]) -> str:
    """What stands in the original for these lexemes: from the first to the last of each unbroken stretch.

    >>> name = read_name("Department of Physics, Univ. of Tokyo", TextSettings())
    >>> written(name, name.parts.own)
    'Univ. of Tokyo'
    """
    return _write_out(name, dict.fromkeys([(lexeme.start, lexeme.end) for lexeme in lexemes]))


def written_in_order(name: Name, lexemes: Sequence[Lexeme]) -> str:
    """The same for lexemes in any order, as they stand in the text; of those that begin at one place the longest."""
    places = sorted([(lexeme.start, -lexeme.end) for lexeme in lexemes])
    return _write_out(name, [(start, -end) for start, end in places])


def _write_out(name: Name, places: Iterable[tuple[int, int]]) -> str:
    """What stands in the original from one place of the folded text to another; lexemes of a short form have one place."""
    source, place = _places(name)
    stretches: list[str] = []
    begin, end = 0, -1
    for first, last in places:
        stop = place[last]
        if stop <= end:
            continue  # words that stand for a whole stand in its name, too
        start = place[first]
        if end < 0:
            begin = start
        elif start < end or not ((between := source[end:start]) in _ADJOINING or _BETWEEN.fullmatch(between)):
            stretches.append(_finish(source, begin, end))
            begin = start
        behind = place[last - 1] + 1  # ㈱ unfolds to (株)
        end = stop if stop > behind else behind
    return " ".join([*stretches, _finish(source, begin, end)]) if end >= 0 else ""


def unit_written(name: Name) -> str:
    """The unit that the string names, as it was written; the larger part first in Japanese, last in Latin script."""
    units = [written(name, unit) for unit in name.parts.unit]
    latin = all(lexeme.script == _LATIN for unit in name.parts.unit for lexeme in unit)
    return ", ".join(reversed(units)) if latin else " ".join(units)


def has_form_of_japan(name: Name) -> bool:
    """Whether an institution has a legal form that is of Japan: 法人 alone is Chinese, too, and 財團法人 is Taiwan's.

    >>> [has_form_of_japan(read_name(text, TextSettings())) for text in ("（株）日立", "財團法人工業技術研究院", "法人")]
    [True, False, False]
    """
    forms = [lexeme for lexeme in (*name.parts.own, *name.parts.whole) if lexeme.role == _LEGAL]
    told = any(lexeme.written == _KANJI and len(lexeme.text) >= MIN_FORM for lexeme in forms)
    return told and not has_old_kanji(name.text)


def country_code(value: object) -> str:
    """The ISO code that a country cell means: a code, or a name in Japanese or Latin letters; empty if unknown.

    >>> country_code("大韓民国"), country_code("jp"), country_code("Germany"), country_code("Scotland"), country_code(None)
    ('KR', 'JP', 'DE', 'GB', '')
    >>> country_code("Bosnia and Herzegovina"), country_code("Trinidad & Tobago")
    ('BA', 'TT')
    """
    return _country_code(clean(value, _CELL).text)


@lru_cache(maxsize=1 << 12)
def _country_code(cell: str) -> str:
    if cell.upper() in lexicon.countries():
        return cell.upper()
    folded = fold(cell[:200])
    words = folded.replace(".", "").split()
    forms = phrases()
    meaning = forms.japanese.get(folded) or forms.latin.get(" ".join(words))
    meaning = meaning or forms.latin.get(" ".join(word for word in words if word not in _LEFT_OUT))
    role, _, code = meaning.concepts[0].partition(":") if meaning is not None else ("", "", "")
    return code if role == "country" else ""


def telling(lexemes: Collection[Lexeme]) -> list[Lexeme]:
    """Lexemes that say something: no marks, function words or legal forms; all words if nothing else is there."""
    kept = [lexeme for lexeme in lexemes if lexeme.role < _LEGAL]
    return kept or [lexeme for lexeme in lexemes if lexeme.role < _MARK]


def _places(name: Name) -> tuple[str, Sequence[int]]:
    """For every offset of the folded text, and its end, the offset in what was written."""
    if len(name.folded) == len(name.text):
        return name.text, range(len(name.text) + 1)
    places: list[int] = []
    for offset, character in enumerate(name.text):
        places.extend([offset] * _count_folded(character))
    places.append(len(name.text))
    if len(places) == len(name.folded) + 1:
        return name.text, places
    return name.folded, range(len(name.folded) + 1)


@lru_cache(maxsize=1 << 14)
def _count_folded(character: str) -> int:
    """How many characters one is folded to."""
    return len(fold(character)) if character != " " else 1


def _finish(text: str, start: int, end: int) -> str:
    """Take the full stop of an abbreviation along, and a bracket that was opened inside."""
    if text.startswith(".", end) and text[max(0, end - 6) : end].strip():
        end += 1
    if text.startswith(")", end) and "(" in text[start:end]:
        end += 1
    return text[start:end]
