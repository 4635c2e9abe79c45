"""Cut a string that names several institutions into the names to ask for, each with the organization above it.

For strings in Japanese: 東京大学医学部、理化学研究所脳神経科学研究センター names 東京大学 and, unless a registry lists its centre,
理化学研究所. What names no organization of its own (a faculty, a place) stays with what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from partnermatch.model import Role
from partnermatch.settings import TextSettings
from partnermatch.text.clean import Status, clean
from partnermatch.text.fold import HIRAGANA, KANJI, KATAKANA
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.names import Reader, read_names, unit_written, written
from partnermatch.text.noise import leave_out_noise
from partnermatch.text.parts import Parts

_AROUND = " 、，,;；／/・"
_AND = "および|及び|並びに|ならびに"
_FORM = r"(?:株式|有限|合同)会社|\w{0,6}法人"
_OTHER = rf"(?:(?:{_FORM})\w|[^\s・、，,;；]*(?:大学|学校|会社|学会|協会|財団|機構|庁|省)(?:$|[\s・、，,;；]))"
"""What is an organization of its own behind a middle dot, not a part of the one before it: (京都大学)・化学研究所 is a part."""
_BORDER = re.compile(
    rf"[、，,;；／/]+|\s(?=[(（]?\d{{1,2}}[)）])|(?<=[\s部院所学科系構室])(?:{_AND}|・(?=[^\s・]+大学))"
    rf"|(?:(?<=大学|学校|病院|会社|学会|協会|財団|機構)|(?<=研究所)|(?<=センター))・(?={_OTHER})"
)
_CONJUNCTION = re.compile(rf"\s*(?:{_AND})$")
_FOOTNOTE = re.compile(rf"(?<=[{KANJI}{KATAKANA}{HIRAGANA}])(?<!第)[1-9]\)?$")
_NUMBERING = re.compile(r"^\s*[(（]?\d{1,2}[)）.:]?\s*(?=\D)")
_HOLDING = {f"kind:{kind}" for kind in ("academy", "council", "ministry", "agency", "society")}
_STANDING = ("top", "body")
_FORM_ONLY = frozenset({Role.LEGAL, Role.COUNTRY, Role.STOP, Role.MARK})
"""What names nothing by itself: ..., Ltd. (Japan)."""
_GAP = re.compile(rf"(?<=[{KANJI}{KATAKANA}{HIRAGANA}])\s+(?=[{KANJI}{KATAKANA}{HIRAGANA}])")
_THIS = frozenset("本当同各両貴弊全諸某他")
"""Before a kind, what names none: 本研究所, 同大学."""
_KIND_ONLY = frozenset({Role.KIND, Role.LEGAL, Role.STOP})


class Piece(NamedTuple):
    """A stretch that names one institution.

    Attributes:
        text: as written.
        whole: the organization above what it names, as written; empty if none is named, and for a hospital or an institute
            of an academy, which is an institution of its own even where a registry does not list it.
        part: what it names of that, as written.
        unit: whether that is a mere unit: 医学部.
    """

    text: str
    whole: str = ""
    part: str = ""
    unit: bool = False


def cut_pieces(value: object, settings: TextSettings, read: Reader = read_names) -> tuple[Piece, ...]:
    """Cut any value; nothing where there is no name.

    Args:
        value: of any type.
        settings: of the run.
        read: reads stretches; where the pieces are read again later, one that remembers.

    >>> [tuple(piece)[:3] for piece in cut_pieces("東京大学医学部、文京区; 理化学研究所 生命科学センター", TextSettings())]
    [('東京大学医学部、文京区', '東京大学', '医学部'), ('理化学研究所 生命科学センター', '理化学研究所', '生命科学センター')]
    """
    cleaned = clean(value, settings)
    if cleaned.status != Status.NAMED:
        return ()
    text = leave_out_noise(cleaned.text)
    borders = [0, *(found.end() for found in _BORDER.finditer(text)), len(text)]
    first, *others = [text[start:end] for start, end in pairwise(borders)]
    stretches = [first]
    stands = bool(others) and names_organization(first, settings, read)
    for stretch in others:
        standing = names_organization(stretch, settings, read)
        if stands and standing:
            stretches.append(stretch)
        else:
            stretches[-1] += stretch
        stands = stands or standing
    return tuple(_read_piece(stretch, settings, read) for stretch in stretches)


def close_up(text: str) -> str:
    """A text without the spaces between Japanese characters, which the end of a line may have left inside a name.

    >>> close_up("国立がん研 究センター"), close_up("RIKEN 東京")
    ('国立がん研究センター', 'RIKEN 東京')
    """
    return _GAP.sub("", text)


def names_organization(stretch: str, settings: TextSettings, read: Reader = read_names) -> bool:
    """Whether a stretch names an organization of its own, not only a part or a place."""
    own = read([_trim(stretch)], settings)[0].parts
    named = (*own.own, *own.whole)
    return any(map(is_standing, named)) and not _FORM_ONLY.issuperset([lexeme.role for lexeme in named])


def tells_which(lexemes: Sequence[Lexeme]) -> bool:
    """Whether lexemes also say which organization they name, as running text does that means one by its name.

    >>> lexemes = [read_names([text], TextSettings())[0].parts.own for text in ("研究所", "当センター", "理研", "国立病院機構")]
    >>> list(map(tells_which, lexemes))
    [False, False, True, True]
    """
    telling = [lexeme for lexeme in lexemes if not _KIND_ONLY.issuperset(lexeme.roles)]
    return any(map(is_standing, lexemes)) and any(lexeme.text not in _THIS for lexeme in telling)


def is_standing(lexeme: Lexeme) -> bool:
    """Whether a word says that it is an organization of its own."""
    spelled_out = lexeme.written != lexeme.script  # チューリッヒ工科大学 is known as ETH Zurich, which has no kind
    return lexeme.level in _STANDING or lexeme.role == Role.LEGAL or spelled_out


def _read_piece(stretch: str, settings: TextSettings, read: Reader) -> Piece:
    text = _trim(stretch)
    name = read([text], settings)[0]
    unit = unit_written(name)
    own = written(name, name.parts.own)
    if not name.parts.whole and unit and any(map(is_standing, name.parts.own)):
        return Piece(text, own, unit, unit=True)
    if not name.parts.whole or not _folds(name.parts):
        return Piece(text)
    return Piece(text, written(name, name.parts.whole), f"{own} {unit}" if unit else own)


def _folds(parts: Parts) -> bool:
    """Whether what is named would be a unit of the organization above: no hospital, and no institute of an academy."""
    keys = {key for lexeme in parts.whole for key in lexeme.keys}
    return _HOLDING.isdisjoint(keys) and all("kind:hospital" not in lexeme.keys for lexeme in parts.own)


def _trim(stretch: str) -> str:
    text = leave_out_noise(_NUMBERING.sub("", _CONJUNCTION.sub("", stretch)).strip(_AROUND))
    return _FOOTNOTE.sub("", text) or text
