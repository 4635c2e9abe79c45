"""Running text: the stretches of it that may hold names, and where in it what was found in one of them stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from partnermatch.text.affiliations import Affiliation
from partnermatch.text.fold import HIRAGANA, fold
from partnermatch.text.sections import PREPOSITIONS

MAX_STRETCH = 1_000
"""Characters; a longer stretch is cut."""
_WORD = re.compile(rf"[{HIRAGANA}]+|[。！？\n\r]+|[^\s{HIRAGANA}。！？]+")
_NO_NAME = re.compile(rf"[{HIRAGANA}。！？\n\r]")
_LETTERS = re.compile(r"[^\W_]")
_ARTICLES = ("the", "la", "les", "el", "los", "das", "die", "and", "&", "und", "et", "y", "e", "for", "für")
_CONNECTING = PREPOSITIONS | frozenset(_ARTICLES)
_SENTENCE_END = re.compile(r"[^\W\d_]{5}[.!?:]+$")


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


class Stretch(NamedTuple):
    """A part of a text.

    Attributes:
        start: offset of its first character.
        text: as it stands there.
    """

    start: int
    text: str


def cut_stretches(text: str) -> list[Stretch]:
    """The stretches of a text that may hold names: words with a capital, kanji or katakana, and what connects them.

    A full stop behind a short word may be an abbreviation's and ends nothing.

    >>> [stretch.text for stretch in cut_stretches("She is at the Univ. of Bergen. Before, she worked for CERN, Geneva.")]
    ['She', 'Univ. of Bergen.', 'Before,', 'CERN, Geneva.']
    """
    cut: list[Stretch] = []
    start = end = -1
    for found in _WORD.finditer(text):
        word = found.group()
        if _may_be_name(word):
            start = found.start() if start < 0 else start
            end = found.end()
        ends = _NO_NAME.match(word) or not (_may_be_name(word) or word.strip(_AROUND).lower() in _CONNECTING)
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
    return first is not None and not first.group().islower() and not _NO_NAME.match(word)


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
