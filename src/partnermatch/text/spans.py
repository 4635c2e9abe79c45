"""Names in a row as one word: Gadjah Mada is written together in katakana, ガジャマダ; 井之頭 is cut into three.

A name may also look like words with a meaning: 北楡 is a north and an unknown, 日清 Japan and the Qing, シノテスト a test. Where
a Latin word sounds like the whole, it is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from partnermatch.model import Role, Script
from partnermatch.text.fold import HIRAGANA, KATAKANA
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.segment import read_kana

MAX_NAMES = 3
MAX_KANJI = 4
"""Characters of a name that is cut into words with a meaning."""
_KANA_ONLY = re.compile(f"[{KATAKANA}{HIRAGANA}]+")
_JAPANESE = frozenset({Script.KANJI, Script.KANA})
_ALL_LATIN, _ALL_KANJI, _ALL_KANA = frozenset({Script.LATIN}), frozenset({Script.KANJI}), frozenset({Script.KANA})
_REST, _KIND = Role.REST, Role.KIND  # a member of an enumeration takes long to be found
_LATIN, _KANJI = Script.LATIN, Script.KANJI
_NAMES = frozenset({Role.REST, Role.PLACE})
_NO_PART = frozenset({Role.KIND, Role.LEGAL, Role.STOP, Role.MARK})


def find_spans(lexemes: Sequence[Lexeme]) -> Iterator[tuple[Lexeme, Sequence[Lexeme]]]:
    """Every run of two or three words in a row that may be one name, as one lexeme, with its words.

    >>> from partnermatch.text.lexemes import read_lexemes
    >>> [span.keys for span, _ in find_spans(read_lexemes("universitas gadjah mada"))]
    [('span:gadjahmada',)]
    >>> [(span.text, span.reading) for span, _ in find_spans(read_lexemes("復光会病院"))]
    [('復光会', 'フクミツカイ')]
    """
    names = [lexeme.role in _NAMES and len(lexeme.keys) == 1 for lexeme in lexemes]
    parts = [lexeme.script in _JAPANESE and _is_part(lexeme) for lexeme in lexemes]
    for start in [place for place, name in enumerate(names[:-1]) if name or parts[place]]:
        for end in range(start + 2, min(start + MAX_NAMES, len(lexemes)) + 1):
            last = end - _is_ending(lexemes[end - 1])
            if not (all(names[start:last]) or all(parts[start:last])):
                break
            run = lexemes[start:end]
            if not _is_run(lexemes[start:last], all(names[start:last])) or not _in_a_row(run, last < end):
                break
            text = "".join(lexeme.text for lexeme in run)
            script = _KANJI if any(lexeme.script == _KANJI for lexeme in run) else run[0].script
            reading = _read_all(run) if script != _LATIN else ""
            key = f"span:{text.replace(' ', '')}"
            span = Lexeme(text, run[0].start, run[-1].end, script, run[0].written, (_REST,), (key,), "", reading, _REST)
            yield span, lexemes[start:last]


def _is_part(lexeme: Lexeme) -> bool:
    """Whether a word in kanji or kana may be a part of a name, whatever it means."""
    return bool(lexeme.keys) and lexeme.role not in _NO_PART


def _is_run(run: Sequence[Lexeme], named: bool) -> bool:
    """Whether words may be one name: names in Latin letters or in kana, or what is written together.

    Names in kanji and kana touch (きづ|川). Words with a meaning are all in katakana (シノ|テスト is Shino-Test), or short
    ones in kanji.
    """
    scripts = {lexeme.script for lexeme in run}
    if named and scripts in (_ALL_LATIN, _ALL_KANA):
        return True
    if any(before.end != after.start for before, after in pairwise(run)) or not scripts <= _JAPANESE:
        return False
    short = scripts == _ALL_KANJI and sum(len(lexeme.text) for lexeme in run) <= MAX_KANJI
    return named or short or scripts == _ALL_KANA


def _is_ending(lexeme: Lexeme) -> bool:
    """Whether a word is a kind of one character, which may be written as a part of the name: 復光会 Fukkoukai."""
    return lexeme.role == _KIND and lexeme.script == _KANJI and len(lexeme.text) == 1


def _in_a_row(run: Sequence[Lexeme], ended: bool) -> bool:
    """Whether at most a space or a mark stands between the words, and nothing before an ending."""
    gaps = [after.start - before.end for before, after in pairwise(run)]
    return max(gaps) <= 1 and not (ended and gaps[-1])


def _read_all(run: Sequence[Lexeme]) -> str:
    """The reading of all words; empty unless all have one."""
    readings = [lexeme.reading or read_kana(lexeme.text) for lexeme in run]
    return "".join(readings) if all(_KANA_ONLY.fullmatch(reading) for reading in readings) else ""
