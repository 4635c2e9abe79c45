"""Letters that stand one by one or are written by their names: エヌ・ティ・ティ, N.T.T. and NTT are one word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from partnermatch.model import Script
from partnermatch.text.fold import fold_kana
from partnermatch.text.phrases import MAX_WORDS, MIDDLE_DOT, phrases
from partnermatch.text.segment import Word

MIN_NAMED = 3
"""Letters that one unbroken word must spell to be sure that it does: ケージーエス is KGS, but アイビー may be ivy."""

# The longest names first: エイチ is h, not エイ and チ.
_LETTER_NAMES = {
    "ダブリュー": "w", "ダブリュ": "w", "ダブル": "w", "エックス": "x", "ゼット": "z", "ゼッド": "z", "ジェイ": "j",
    "ジェー": "j", "エイチ": "h", "エッチ": "h", "キュー": "q", "アール": "r", "ティー": "t", "ディー": "d", "ヴイ": "v",
    "ブイ": "v", "ズィー": "z", "エー": "a", "エイ": "a", "ビー": "b", "ビイ": "b", "シー": "c", "シイ": "c", "イー": "e",
    "エフ": "f", "ジー": "g", "アイ": "i", "ケー": "k", "ケイ": "k", "エル": "l", "エム": "m", "エヌ": "n", "オー": "o",
    "ピー": "p", "ピイ": "p", "エス": "s", "ティ": "t", "ディ": "d", "デイ": "d", "テー": "t", "ユー": "u", "ワイ": "y",
}  # fmt: skip
_LETTER = re.compile("|".join(sorted(_LETTER_NAMES, key=len, reverse=True)))
_LETTERS = re.compile(f"(?:{_LETTER.pattern})+")
_MANY = f"(?:{_LETTER.pattern}){{{MIN_NAMED},}}"
_AT_START, _AT_END = re.compile(_MANY), re.compile(f"(?<=[ァ-ヺー]{{2}}){_MANY}$")
_LATIN, _KANA = Script.LATIN, Script.KANA  # a member of an enumeration takes long to be found
_AND = "アンド"
_BETWEEN = ("&", "-", MIDDLE_DOT)


def spell_out(kana: str) -> str:
    """The letters that kana spell out by their English names; empty unless all of it does.

    >>> spell_out("エヌティティ"), spell_out("エイイーエス"), spell_out("アール"), spell_out("トヨタ")
    ('ntt', 'aes', 'r', '')
    """
    if not _LETTERS.fullmatch(kana):
        return ""
    return "".join(_LETTER_NAMES[name.group()] for name in _LETTER.finditer(kana))


def join_letters(words: Sequence[Word]) -> list[Word]:
    """Put letters that belong together into one Latin word; what the lexicon has (U.S., エーアイ) stays as it is.

    >>> from partnermatch.text.segment import segment
    >>> [word.text for word in join_letters(segment("エヌ・ティ・ティ研究"))]
    ['ntt', '研究']
    >>> [word.text for word in join_letters(segment("f.c.c. inc"))]
    ['fcc', 'inc']
    """
    if True not in [word.script == _KANA or (word.script == _LATIN and len(word.text) == 1) for word in words]:
        return list(words)
    words = [piece for word in words for piece in (_cut(word) if word.script == _KANA else (word,))]
    joined: list[Word] = []
    place = 0
    while place < len(words):
        word, run = words[place], list[Word]()
        if word.script == _KANA:
            run = _named(words, place)
        elif word.script == _LATIN and len(word.text) == 1 and not (joined and joined[-1].script == _LATIN):
            run = _single(words, place)
        if run:
            letters = "".join(_letters(word) for word in run)
            joined.append(Word(letters, run[0].start, run[-1].end, _LATIN, ""))
        else:
            joined.append(word)
        place += len(run) or 1
    return joined


def _cut(word: Word) -> list[Word]:
    """A kana word, cut between letters and a word of the lexicon (エヌティティ|データ), or a name and letters.

    >>> [piece.text for piece in _cut(Word("タマティーエルオー", 0, 9, Script.KANA, ""))]
    ['タマ', 'ティーエルオー']
    """
    if spell_out(word.text):
        return [word]
    start, end = _AT_START.match(word.text), _AT_END.search(word.text)
    place = 0
    if start and fold_kana(word.text[start.end() :]) in phrases().japanese:
        place = start.end()
    elif end and fold_kana(word.text) not in phrases().japanese:
        place = end.start()
    if not place:
        return [word]
    middle, name, rest = word.start + place, word.text[:place], word.text[place:]
    return [Word(name, word.start, middle, _KANA, name), Word(rest, middle, middle + len(rest), _KANA, rest)]


def _letters(word: Word) -> str:
    return word.text if word.script == Script.LATIN else spell_out(word.text)


def _named(words: Sequence[Word], start: int) -> list[Word]:
    """The longest run of kana from a place on that names two letters or more; empty if there is none."""
    run: list[Word] = []
    for word in words[start:]:
        spelled = word.script == _KANA and (bool(spell_out(word.text)) or (word.text == _AND and bool(run)))
        if (run and run[-1].end != word.start) or not (spelled or (word.text == MIDDLE_DOT and run)):
            break
        run.append(word)
    while run and not spell_out(run[-1].text):
        run.pop()
    letters = "".join(spell_out(word.text) for word in run)
    if len(letters) < (2 if len(run) > 1 else MIN_NAMED):
        return []
    return [] if fold_kana("".join(word.text for word in run if word.text != MIDDLE_DOT)) in phrases().japanese else run


def _single(words: Sequence[Word], start: int) -> list[Word]:
    """The run of single Latin letters from a place on with at most one character between them; empty if there is none."""
    run: list[Word] = []
    for word in words[start:]:
        letter = word.script == Script.LATIN and len(word.text) == 1
        if (run and word.start - run[-1].end > 1) or not (letter or (word.text in _BETWEEN and run)):
            break
        run.append(word)
    while run and run[-1].script != Script.LATIN:
        run.pop()
    letters = [word.text for word in run if word.script == Script.LATIN]
    return run if len(letters) > 1 and not _has_phrase(letters) else []


def _has_phrase(letters: Sequence[str]) -> bool:
    """Whether letters in a row are a form of the lexicon: u s a, k k."""
    count = len(letters)
    ends = [(first, last) for first in range(count) for last in range(first + 2, min(first + MAX_WORDS, count) + 1)]
    return any(" ".join(letters[first:last]) in phrases().latin for first, last in ends)
