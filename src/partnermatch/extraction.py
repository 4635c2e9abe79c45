"""Running text: the stretches of it that may hold names, and where in it what was found in one of them stands.

Latin script is cut at words in small letters, Japanese at particles and verbs: 本研究は|理化学研究所|および|東京大学|の|支援.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from partnermatch.settings import TextSettings
from partnermatch.text.affiliations import Affiliation
from partnermatch.text.clean import INVISIBLE
from partnermatch.text.fold import HIRAGANA, KANJI, KATAKANA, fold
from partnermatch.text.pieces import cut_pieces, tells_organization
from partnermatch.text.sections import PREPOSITIONS
from partnermatch.text.segment import segment

_MARKS = "\u0300-\u036f\u3099\u309a"
_HALF = re.compile("[\uff65-\uff9f]")
_ODD = re.compile(f"&#?[0-9A-Za-z]{{2,32}};|{INVISIBLE.pattern}|{_HALF.pattern}+|[^{_MARKS}][{_MARKS}]{{1,3}}")
"""What reads otherwise than it is written: entities, invisible marks, kana of half the width, letters with their marks behind."""
MAX_STRETCH = 1_000
"""Characters; a longer stretch is cut."""
_WORD = re.compile(r"[\n\r]+|[^\s]+")
_LETTERS = re.compile(r"[^\W_]")
_ARTICLES = ("the", "la", "les", "el", "los", "das", "die", "and", "&", "und", "et", "y", "e", "for", "für")
_CONNECTING = PREPOSITIONS | frozenset(_ARTICLES)
_SENTENCE_END = re.compile(r"[^\W\d_]{5}[.!?:]+$")
_LETTER = f"[{KANJI}{KATAKANA}{HIRAGANA}]"
_JAPANESE = re.compile(rf"{_LETTER}(?:[\w・･ー－\-]*{_LETTER})?")
_ONLY_HIRAGANA = re.compile(f"[{HIRAGANA}]+")
_INFLECTED = re.compile(f"[{KANJI}].*[{HIRAGANA}]$")
_GRAMMAR = frozenset((
    "から", "より", "まで", "など", "ほか", "および", "ならび", "または", "もしくは", "あるいは", "かつ", "なお", "また",
    "さらに", "この", "その", "これ", "それ", "ここ", "ため", "ところ", "こと", "もの", "よう", "する", "した", "して",
    "され", "される", "さん", "です", "ます", "でし", "まし", "いる", "ある", "ない", "なっ", "なる", "いう",
))  # fmt: skip
"""Words in hiragana, of two letters and more, that are no part of a name, as がん and つくば are; a shorter one never is."""


COUNTRIES = ("", "JP")
"""With which a name in Japanese is looked up, until it is found: where none is said, it is mostly of Japan."""


class Mention(NamedTuple):
    """An institution that a text names.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        text: as written.
        canonical_id: the institution.
        probability: that it is meant, 0..1.
    """

    start: int
    end: int
    text: str
    canonical_id: str
    probability: float


class Plain(NamedTuple):
    """A text as it reads, and where each of its characters stands in what was written.

    Attributes:
        text: without invisible marks and entities of HTML; what is written as a letter and its accent, or in half the width,
            is one letter.
        starts: offset of the first character that is written for each.
        ends: offset behind the last.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def find_written(self, mention: Mention, written: str) -> Mention:
        """A mention in this text, as it stands in what was written."""
        start, end = self.starts[mention.start], self.ends[mention.end - 1]
        return mention._replace(start=start, end=end, text=written[start:end])


def make_plain(text: str) -> Plain:
    r"""A text as it reads.

    >>> plain = make_plain("A&amp;M \u200bﾄﾞｲﾂ Zu\u0308rich")
    >>> plain.text, [plain.starts[place] for place in (1, 2, 4, 7, 10)]
    ('A&M ドイツ Zürich', [1, 6, 9, 13, 17])
    """
    signs: list[str] = []
    starts, ends = array("q"), array("q")
    behind = 0
    for found in _ODD.finditer(text):
        start, end = found.span()
        made = unicodedata.normalize("NFKC" if _HALF.match(found[0]) else "NFC", INVISIBLE.sub("", unescape(found[0])))
        signs += text[behind:start], made
        for places, way, own in ((starts, range(behind, start), start), (ends, range(behind + 1, start + 1), end)):
            places.extend(way)
            places.extend([own] * len(made))
        behind = end
    signs.append(text[behind:])
    starts.extend(range(behind, len(text)))
    ends.extend(range(behind + 1, len(text) + 1))
    return Plain("".join(signs), starts, ends)


class Stretch(NamedTuple):
    """A part of a text.

    Attributes:
        start: offset of its first character.
        text: as it stands there.
    """

    start: int
    text: str


class JapaneseName(NamedTuple):
    """A stretch that may be a name in Japanese script.

    Attributes:
        start: offset of its first character.
        text: as it stands there, with the unit that it names: 東京大学大学院理学系研究科.
        own: without that: 東京大学.
    """

    start: int
    text: str
    own: str


def cut_stretches(text: str) -> list[Stretch]:
    """The stretches of a text that may hold names in Latin script: words with a capital, and what connects them.

    A full stop behind a short word may be an abbreviation's and ends nothing. Japanese is left out.

    >>> [stretch.text for stretch in cut_stretches("She is at the Univ. of Bergen. Before, she worked for CERN, Geneva.")]
    ['She', 'Univ. of Bergen.', 'Before,', 'CERN, Geneva.']
    """
    cut: list[Stretch] = []
    start = end = -1
    for found in _WORD.finditer(_JAPANESE.sub(lambda run: "\n" * len(run[0]), text)):
        word = found.group()
        if _may_be_name(word):
            start = found.start() if start < 0 else start
            end = found.end()
        ends = not (_may_be_name(word) or word.strip(_AROUND).lower() in _CONNECTING)
        if start >= 0 and (ends or _SENTENCE_END.search(word) or end - start > MAX_STRETCH):
            cut.append(Stretch(start, text[start:end]))
            start = -1
    if start >= 0:
        cut.append(Stretch(start, text[start:end]))
    return cut


_AROUND = ".,;:()[]'\""


def _may_be_name(word: str) -> bool:
    """Whether the first letter of a word is no small one."""
    first = _LETTERS.search(word)
    return first is not None and not first.group().islower()


def cut_japanese(text: str, settings: TextSettings) -> list[JapaneseName]:
    """The stretches of a text that may be names in Japanese script, each of one institution and with a kind of organization.

    Any other word sounds like some name: 実施 is no JISSI. A kind alone is like many: 財団 is no 日本財団.

    >>> [name.own for name in cut_japanese("国立がん研究センターと京都大学医学部・大阪大学から支援を受けた。", TextSettings())]
    ['国立がん研究センター', '京都大学', '大阪大学']
    """
    cut: list[JapaneseName] = []
    for run in _JAPANESE.finditer(text):
        for start, stretch in _cut_at_grammar(run[0]):
            end = 0
            for piece in cut_pieces(stretch, settings):
                place = stretch.find(piece.text, end)
                if place >= 0 and tells_organization(piece.text, settings):
                    end = place + len(piece.text)
                    own = piece.whole if piece.text.startswith(piece.whole) else ""
                    cut.append(JapaneseName(run.start() + start + place, piece.text, own or piece.text))
    return cut


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


def locate(stretch: Stretch, affiliation: Affiliation, first: int, last: int) -> tuple[int, int]:
    """Where a run of tokens stands in the text.

    Args:
        stretch: as it stands in the text.
        affiliation: the same, read.
        first: token that the run begins with.
        last: token that it ends with.

    Returns:
        Offset of its first character and behind its last; of the whole stretch where cleaning changed its characters.
    """
    places = _match_characters(stretch.text, affiliation)
    if places is None:
        return stretch.start, stretch.start + len(stretch.text)
    begin, end = affiliation.tokens[first].start, affiliation.tokens[last].end
    return stretch.start + places[begin], stretch.start + places[end - 1] + 1


def _match_characters(raw: str, affiliation: Affiliation) -> list[int] | None:
    """The offset in what was written of every character of the folded text; None where they do not answer."""
    solid = [place for place, character in enumerate(raw) if not character.isspace()]
    places: list[int] = []
    place = 0
    for character in affiliation.text:
        if character.isspace():
            places.append(solid[min(place, len(solid) - 1)])
            continue
        if place == len(solid) or raw[solid[place]] != character:
            return None
        places.extend([solid[place]] * len(fold(character)))
        place += 1
    return places if len(places) == len(affiliation.folded) else None
