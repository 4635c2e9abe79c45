"""Words that Sudachi cut or read otherwise than the name means them, put right where the lexicon or the writing says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from partnermatch.model import Script
from partnermatch.text.fold import fold_kana
from partnermatch.text.numerals import KANJI_NUMBER
from partnermatch.text.phrases import MAX_WORDS, Found, phrases
from partnermatch.text.segment import Word

_SHORT = {"大": "大学", "研": "研究所"}
"""What one kanji stands for behind the name of an organization."""
_KATAKANA_END = re.compile("[\u30a1-\u30fa]$")
_JAPANESE = (Script.KANJI, Script.KANA)
_KANJI = Script.KANJI


def read_short(words: Sequence[Word]) -> list[Word]:
    """Read 大 and 研 behind a word as newspapers write them, at the end or before a kind of unit: 岩手大|病院, 播磨研.

    Where the lexicon has the short form, it says what that stands for: 極地研 is the National Institute of Polar Research.
    """
    read = list(words)
    for place in range(1, len(words)):
        word = words[place]
        if word.text in _SHORT:
            before = words[place - 1]
            touched = before.end == word.start and before.script in _JAPANESE
            if touched and _may_end(words, place) and not _ends_form(words, place):
                read[place] = replace(word, meant=_SHORT[word.text])
    return read


def _ends_form(words: Sequence[Word], place: int) -> bool:
    """Whether a form of the lexicon ends with a word, and begins with one before it that it touches."""
    form, known = words[place].text, phrases().japanese
    for start in range(place - 1, max(place - MAX_WORDS, -1), -1):
        if words[start].end != words[start + 1].start or words[start].script == Script.MARK:
            return False
        form = words[start].text + form
        if fold_kana(form) in known:
            return True
    return False


def _may_end(words: Sequence[Word], place: int) -> bool:
    """Whether an organization's name may end with a word: nothing touches it, or a kind of unit that it is no part of."""
    behind = words[place + 1 : place + 4]
    if not behind or behind[0].start != words[place].end or behind[0].script == Script.MARK:
        return True
    text, known = "".join(word.text for word in behind), phrases().japanese
    openings = [text[:length] for length in range(1, len(text) + 1)]
    kinds = [opening for opening in openings if opening in known and known[opening].is_kind]
    return bool(kinds) and not any(words[place].text + opening in known for opening in openings)


def mend_vowels(words: Sequence[Word]) -> list[Word]:
    """Read a kanji one as the long vowel that it was, between katakana and a word of the lexicon: データ一|解析."""
    mended = list(words)
    for place in range(len(words) - 2, 0, -1):
        if mended[place].text != "一":
            continue
        before, word, after = mended[place - 1 : place + 2]
        touched = before.end == word.start and word.end == after.start
        if touched and _KATAKANA_END.search(before.text) and after.text in phrases().japanese:
            text, reading = before.text + "ー", before.reading + "ー"
            mended[place - 1 : place + 1] = [replace(before, text=text, end=word.end, reading=reading)]
    return mended


def mend_cuts(words: Sequence[Word]) -> list[Word]:
    """Move kanji over where Sudachi cut into a word of the lexicon: 漢陽大|学校 is 漢陽|大学校, 日本橋|梁 日本|橋梁."""
    mended = list(words)
    for place in range(len(mended) - 1):
        word, after = mended[place], mended[place + 1]
        if word.script == after.script == _KANJI and len(word.text) > 1 and word.end == after.start:
            cut = _better_cut(word.text, after.text)
            if cut:
                middle = word.start + cut
                mended[place] = Word(word.text[:cut], word.start, middle, _KANJI, "")
                mended[place + 1] = Word(word.text[cut:] + after.text, middle, after.end, _KANJI, "")
    return mended


def _better_cut(word: str, after: str) -> int:
    """Where to cut a word so that its end and the word behind it are one of the lexicon; 0 if they are best as they are.

    A kind takes one kanji of an unknown word; an unknown word takes what makes both sides known.
    """
    known = phrases().japanese
    kind = known.get(word[-1] + after)
    if kind is not None and kind.role == "kind" and len(word) > 2 and word not in known:
        return len(word) - 1
    if after in known:
        return 0
    for cut in range(len(word) - 1, 0, -1):
        tail = known.get(word[cut:] + after)
        if word[:cut] in known and tail is not None and (tail.role != "place" or word not in known):
            return cut
    return 0


def join_unknown(found: Sequence[Found]) -> list[Found]:
    """Put single unknown kanji that touch back together: Sudachi cuts the names it does not know (東|萌)."""
    if not any(map(_is_loose, found)):
        return list(found)
    runs: list[list[Found]] = []
    for item in found:
        before = runs[-1][-1] if runs else None
        if before and _is_loose(before) and _is_loose(item) and before.words[-1].end == item.words[0].start:
            runs[-1].append(item)
        else:
            runs.append([item])
    return [run[0] if len(run) == 1 else Found(tuple(item.words[0] for item in run), None) for run in runs]


def _is_loose(item: Found) -> bool:
    """Whether this is a single kanji that no form covers, and no number."""
    if item.meaning is not None:
        return False
    word = item.words[0]
    return word.script == _KANJI and len(word.text) == 1 and not KANJI_NUMBER.match(word.text)
