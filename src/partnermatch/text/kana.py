"""Cut what is written together in kana: クレコン|メディカル|アセスメント, こくりつ|みんぞくがく|はくぶつかん.

Sudachi leaves unknown katakana whole and cuts long hiragana into nonsense. Here a run is covered by words that are known
by their sound (`kana_words`) and by unknown stretches, at the least cost. Costs are negative logarithms of how likely a piece
is, in nats: a word of a list of some thousand costs about as much as three morae that could be any. What is left over is a
name and stays whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from partnermatch.model import Script
from partnermatch.text.fold import fold_kana, to_katakana
from partnermatch.text.kana_words import (
    DICTIONARY,
    KIND,
    PLACE,
    READ,
    REGION,
    SUFFIX,
    WRITTEN,
    Sound,
    count_morae,
    sounds,
)
from partnermatch.text.letters import spell_out
from partnermatch.text.phrases import phrases
from partnermatch.text.segment import Word

MIN_RUN, MAX_RUN = 3, 80
"""Kana of a run that is looked into; a longer one is no name."""
MIN_WHOLE, MIN_WORD = 4, 4
"""Kana of a known name, and of a word that it is cut at: ジャスト|システム is, ハーバード with its バード is not."""
MAX_KNOWN = 18
"""Kana of the longest word that is looked for."""
COSTS = {KIND: 6.5, SUFFIX: 8.5, WRITTEN: 8.5, READ: 9.0, REGION: 6.5, PLACE: 9.5, DICTIONARY: 10.0}
"""Nats, by where a word comes from."""
SHORT_COST = 1.5
"""Nats more for a known word of two morae, which stands in many others."""
ALONE_GAIN = 4.0
"""Nats less for a known word between spaces."""
START_COST, MORA_COST = 4.0, 3.0
"""Nats of an unknown stretch, and of each of its morae."""
SINGLE_COST = 5.0
"""Nats more for an unknown stretch of one mora: no name is as short."""
LETTERS_COST, LETTER_COST = 6.0, 2.0
"""Nats of letters that are spelled out, and of each of them: ケージーエス."""

_TORN = re.compile("[ンシトフク]リツ(?!メイ)")
"""Where 県立, 市立, 都立, 府立 and 区立 would be cut: ギフ|ケンリツ, not ギフケン|リツ."""
SPELLED = "spelled"
"""What letters are that are spelled out, beside the sources of `kana_words`."""
_NO_START = frozenset("ーンッャュョァィゥェォ")
"""Kana that no word begins with."""


class Piece(NamedTuple):
    """A stretch of a run: where it begins and ends, and the word that is known by its sound, if any."""

    start: int
    end: int
    sound: Sound | None


class Run(NamedTuple):
    """Kana in a row, as katakana and without spaces.

    Attributes:
        kana: the run.
        stops: where it may not go on as one name: at spaces, between scripts, and where Sudachi cuts katakana that is
            not written word by word.
        spaced: whether there are spaces in it.
    """

    kana: str
    stops: frozenset[int]
    spaced: bool


def cut_kana(words: Sequence[Word]) -> list[Word]:
    """Cut unknown words in kana; one that is known by its sound says in `meant` which it is.

    >>> from partnermatch.text.segment import segment
    >>> [word.text for word in cut_kana(segment("イハラケミカル"))]
    ['イハラ', 'ケミカル']
    >>> [word.meant for word in cut_kana(segment("どぼくがっかい"))]
    ['ドボク', '学会']
    """
    if not any(word.script == Script.KANA for word in words):
        return list(words)
    cut: list[Word] = []
    for run in _runs(words):
        cut.extend(_cut_words(run) if _is_open(run) else run)
    return cut


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words in kana that touch or have one space between them, together; every other word by itself."""
    run: list[Word] = []
    for place, word in enumerate(words):
        follows = word.script == Script.KANA and not _is_particle(words, place) and not _is_whole(word)
        if run and not (follows and run[-1].script == Script.KANA and word.start - run[-1].end <= 1):
            yield run
            run = []
        run.append(word)
        if not follows:
            yield run
            run = []
    if run:
        yield run


def _is_whole(word: Word) -> bool:
    """Whether a word is a known name in katakana, whatever short words stand in it: ハーバード is no バード."""
    return word.proper and len(word.text) >= MIN_WHOLE and not _is_hiragana(word)


def _is_particle(words: Sequence[Word], place: int) -> bool:
    """Whether a kana is one between a name in kana and a word in another script: みんなの病院."""
    after = words[place + 1] if place + 1 < len(words) else None
    return words[place].text == "の" and after is not None and after.script != Script.KANA


def _is_open(run: Sequence[Word]) -> bool:
    """Whether there is a word in kana that the lexicon does not have as it is written."""
    length = sum(len(word.text) for word in run)
    unknown = any(fold_kana(word.text) not in phrases().japanese for word in run)
    return unknown and run[0].script == Script.KANA and MIN_RUN <= length <= MAX_RUN


def _cut_words(words: Sequence[Word]) -> list[Word]:
    """The words of one run, cut anew."""
    text = "".join(word.text for word in words)
    places = [word.start + offset for word in words for offset in range(len(word.text))]
    ends, spaced = [0], False
    for before, after in pairwise(words):
        ends.append(ends[-1] + len(before.text))
        spaced = spaced or before.end < after.start
    stops = {
        end
        for end, (before, after) in zip(ends[1:], pairwise(words), strict=True)
        if before.end < after.start
        or _is_hiragana(before) != _is_hiragana(after)
        or not (spaced or _is_hiragana(after))
    }
    pieces = cut_run(Run(to_katakana(text), frozenset({0, *stops, len(text)}), spaced))
    if len(words) == 1 and not _is_hiragana(words[0]) and not _tells(pieces, MIN_WORD if _is_whole(words[0]) else 0):
        return list(words)
    whole = {word.start: word for word in words}
    return [_make_word(text, places, piece, whole.get(places[piece.start])) for piece in pieces]


def _tells(pieces: Sequence[Piece], least: int) -> bool:
    """Whether katakana is rightly cut: a dictionary's words alone are by chance in many names (シュタイン|バイス).

    A single word is only another spelling of a loanword; what Japanese word it may sound like is left open.

    Args:
        pieces: it is cut into.
        least: kana that a word must have to be none by chance.
    """
    known = [piece for piece in pieces if piece.sound is not None]
    if any(piece.end - piece.start < least for piece in known):
        return False
    sources = {piece.sound.source for piece in known if piece.sound is not None}
    return bool(sources - {DICTIONARY}) if len(pieces) > 1 else WRITTEN in sources


def _make_word(text: str, places: Sequence[int], piece: Piece, before: Word | None) -> Word:
    start, end = places[piece.start], places[piece.end - 1] + 1
    written = text[piece.start : piece.end]
    sound = to_katakana(written)
    meant = piece.sound.form or sound if piece.sound is not None else ""
    if before is not None and before.end == end:
        return replace(before, meant=meant)
    return Word(written, start, end, Script.KANA, sound, meant)


def _is_hiragana(word: Word) -> bool:
    return to_katakana(word.text[0]) != word.text[0]


@lru_cache(maxsize=1 << 14)
def cut_run(run: Run) -> tuple[Piece, ...]:
    """The cheapest way to cover a run by known words and unknown stretches."""
    length = len(run.kana)
    best: list[tuple[float, Piece | None]] = [(0.0, None)]
    best.extend((math.inf, None) for _ in range(length))
    for start in range(length):
        cost = best[start][0]
        if cost == math.inf:
            continue
        for end in range(start + 1, length + 1):
            for added, sound in find_ways(run, start, end):
                if cost + added < best[end][0]:
                    best[end] = (cost + added, Piece(start, end, sound))
    pieces: list[Piece] = []
    place = length
    while place > 0:
        piece = best[place][1]
        assert piece is not None
        pieces.append(piece)
        place = piece.start
    return tuple(reversed(pieces))


def find_ways(run: Run, start: int, end: int) -> Iterator[tuple[float, Sound | None]]:
    """What a stretch may be, with its cost in nats: a known word, letters, a name; nothing if no word begins behind it."""
    if end not in run.stops and (run.kana[end] in _NO_START or _TORN.match(run.kana, end - 1)):
        return
    stretch = run.kana[start:end]
    crossed = not run.stops.isdisjoint(range(start + 1, end))
    aligned = start in run.stops and end in run.stops
    morae = count_morae(stretch)
    sound = sounds().get(fold_kana(stretch)) if end - start <= MAX_KNOWN and morae > 1 else None
    if sound is not None and sound.source == SUFFIX and (start in run.stops or end not in run.stops):
        sound = None
    if sound is not None and (aligned or not crossed):
        short = SHORT_COST if morae == 2 else 0.0
        yield COSTS[sound.source] + short - (ALONE_GAIN if aligned and run.spaced else 0.0), sound
    if crossed:
        return
    spelled = spell_out(stretch)
    if len(spelled) > 1:
        yield LETTERS_COST + LETTER_COST * len(spelled), Sound("", SPELLED)
    yield START_COST + MORA_COST * morae + (SINGLE_COST if morae == 1 else 0.0), None
