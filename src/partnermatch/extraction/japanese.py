"""The stretches of a running text that may be names in Japanese script.

A text is cut at particles, verbs and dates: 本研究は|理化学研究所|および|東京大学|の|支援. What is left may go on behind a
name, which ends with what says what it is: 九州大学病院|倫理委員会, 早稲田大学理工学部|卒業.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from partnermatch.extraction.plain import Stretch
from partnermatch.model import Role
from partnermatch.settings import TextSettings
from partnermatch.text.fold import HIRAGANA, KANJI, KATAKANA
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.names import read_names, written_in_order
from partnermatch.text.pieces import Piece, cut_pieces, is_standing, tells_which
from partnermatch.text.segment import segment

MAX_STRETCH = 1_000
"""Characters; a longer stretch is cut."""
_LETTER = f"[{KANJI}{KATAKANA}{HIRAGANA}]"
JAPANESE = re.compile(rf"{_LETTER}(?:[\w・･ー－\-]*{_LETTER})?")
_DATE = re.compile(
    r"(?:明治|大正|昭和|平成|令和|西暦)?(?:\d{1,4}|元)年度?(?:\s?\d{1,2}月)?(?:\s?\d{1,2}日)?生?|[同翌]年度?|(?<![\w])[現元]・"
)
"""What stands before a name without a mark, and is no part of it."""
_LISTED = re.compile("(?<=大学|学校|病院|会社|財団|機構)・|(?<=研究所)・|(?<=センター)・|(?<=[会省庁館])・")
"""Where a list goes on behind what says what an organization is."""
_ONLY_HIRAGANA = re.compile(f"[{HIRAGANA}]+")
_INFLECTED = re.compile(f"[{KANJI}].*[{HIRAGANA}]$")
_GRAMMAR = frozenset((
    "から", "より", "まで", "など", "ほか", "および", "ならび", "ならびに", "または", "もしくは", "あるいは", "かつ", "なお",
    "また", "さらに", "この", "その", "これ", "それ", "ここ", "ため", "ところ", "こと", "もの", "よう", "する", "した", "して",
    "され", "される", "さん", "です", "ます", "でし", "まし", "いる", "ある", "ない", "なっ", "なる", "いう",
))  # fmt: skip
"""Words in hiragana, of two letters and more, that are no part of a name, as がん and つくば are; a shorter one never is."""


_TRADES = frozenset((
    "製薬", "薬品", "工業", "重工業", "重工", "電機", "電気", "電力", "電工", "自動車", "製鉄", "製鋼", "化学", "化成",
    "製菓", "食品", "製紙", "建設", "銀行", "証券", "生命", "商事", "鉄道", "航空", "印刷", "乳業", "製粉", "油脂",
    "石油", "鉱業", "金属", "造船", "硝子",
))  # fmt: skip
"""What companies do that go by it, without a legal form."""
_NAMING = frozenset({Role.REST, Role.PLACE, Role.COUNTRY})
"""Of what such a name begins with: 中外製薬, and not 有機化学."""


class JapaneseName(NamedTuple):
    """A stretch that may be a name in Japanese script, or begin with one.

    Attributes:
        start: offset of its first character.
        ways: where the name may end, the longest first.
    """

    start: int
    ways: tuple[Way, ...]


class Way(NamedTuple):
    """What a name may be.

    Attributes:
        text: as it stands there, with the unit that it names: 東京大学大学院理学系研究科.
        own: without that: 東京大学.
    """

    text: str
    own: str


def cut_japanese(text: str, settings: TextSettings) -> list[JapaneseName]:
    """The stretches of a text that may be names in Japanese script, each of one institution and with a kind of organization.

    Any other word sounds like some name: 実施 is no JISSI. A kind alone is like many: 財団 is no 日本財団.

    >>> found = cut_japanese("国立がん研究センターと京都大学病院倫理委員会・大阪大学から支援を受けた。", TextSettings())
    >>> [[way.own for way in name.ways] for name in found]
    [['国立がん研究センター'], ['京都大学病院倫理委員会', '京都大学病院', '京都大学'], ['大阪大学']]
    """
    cut: list[JapaneseName] = []
    undated = _DATE.sub(lambda date: "\n" * len(date[0]), text)
    for run in JAPANESE.finditer(_LISTED.sub("\n", undated)):
        for start, stretch in _cut_at_grammar(run[0]):
            end = 0
            for piece in cut_pieces(stretch, settings):
                place = stretch.find(piece.text, end)
                if place >= 0 and (ways := tuple(_list_ways(piece, settings))):
                    end = place + len(piece.text)
                    cut.append(JapaneseName(run.start() + start + place, ways))
    return cut


def _list_ways(piece: Piece, settings: TextSettings) -> Iterator[Way]:
    """Where a name may end that begins with a piece: with it, or with what says what an organization is."""
    name = read_names([piece.text], settings)[0]
    lexemes = sorted((*name.parts.own, *name.parts.whole), key=lambda lexeme: lexeme.start)
    if _names_company(lexemes) or (tells_which(lexemes) and _may_end(lexemes)):
        yield Way(piece.text, piece.whole if piece.whole and piece.text.startswith(piece.whole) else piece.text)
    for count in range(len(lexemes) - 1, 0, -1):
        if is_standing(lexemes[count - 1]) and tells_which(lexemes[:count]):
            text = written_in_order(name, lexemes[:count])
            if piece.text.startswith(text) and text != piece.text:
                yield Way(text, text)


def _names_company(lexemes: Sequence[Lexeme]) -> bool:
    """Whether lexemes are a name or a place and what a company does, as many go by without their legal form: 中外製薬."""
    return len(lexemes) > 1 and lexemes[-1].text in _TRADES and lexemes[0].role in _NAMING


def _may_end(lexemes: Sequence[Lexeme]) -> bool:
    """Whether a name may end with the last of some lexemes: it says what it is, or a legal form has said so."""
    last = lexemes[-1]
    return is_standing(last) or bool(last.level) or any(lexeme.role == Role.LEGAL for lexeme in lexemes)


def _cut_at_grammar(run: str) -> Iterator[Stretch]:
    """What stands between particles and verbs; a longer run is read portion by portion."""
    for first in range(0, len(run), MAX_STRETCH):
        for start, stretch in _cut_portion(run[first : first + MAX_STRETCH]):
            yield Stretch(first + start, stretch)


def _cut_portion(run: str) -> Iterator[Stretch]:
    start = 0
    for word in segment(run):  # not folded: が between kanji would be a ヶ
        if _is_grammar(word.text):
            if word.start > start:
                yield Stretch(start, run[start : word.start])
            start = word.end
    if start < len(run):
        yield Stretch(start, run[start:])


def _is_grammar(word: str) -> bool:
    """Whether a word is a particle, a conjunction or a verb, which ends in hiragana."""
    if _ONLY_HIRAGANA.fullmatch(word):
        return len(word) == 1 or word in _GRAMMAR
    return bool(_INFLECTED.match(word))
