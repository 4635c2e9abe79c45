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
_JAPANESE = (Script.KANJI, Script.KANA)
_NO_PART = (Role.KIND, Role.LEGAL, Role.STOP, Role.MARK)


def find_spans(lexemes: Sequence[Lexeme]) -> Iterator[tuple[Lexeme, tuple[str, ...]]]:
    """Every run of two or three words in a row that may be one name, as one lexeme, with the keys of its words.

    >>> from partnermatch.text.lexemes import read_lexemes
    >>> [span.keys for span, _ in find_spans(read_lexemes("universitas gadjah mada"))]
    [('span:gadjahmada',)]
    >>> [(span.text, span.reading) for span, _ in find_spans(read_lexemes("復光会病院"))]
    [('復光会', 'フクミツカイ')]
    """
    for start in range(len(lexemes)):
        for end in range(start + 2, min(start + MAX_NAMES, len(lexemes)) + 1):
            run = lexemes[start:end]
            if not _is_run(run[:-1] if _is_ending(run[-1]) else run) or not _in_a_row(run):
                break
            text = "".join(lexeme.text for lexeme in run)
            script = Script.KANJI if any(lexeme.script == Script.KANJI for lexeme in run) else run[0].script
            reading = _read_all(run) if script != Script.LATIN else ""
            key = f"span:{text.replace(' ', '')}"
            span = Lexeme(text, run[0].start, run[-1].end, script, run[0].written, (Role.REST,), (key,), "", reading)
            yield span, tuple(key for lexeme in run if not _is_ending(lexeme) for key in lexeme.keys)


def _is_run(run: Sequence[Lexeme]) -> bool:
    return _are_names(run) or _may_be_name(run) or _is_katakana(run)


def _is_ending(lexeme: Lexeme) -> bool:
    """Whether a word is a kind of one character, which may be written as a part of the name: 復光会 Fukkoukai."""
    return lexeme.role == Role.KIND and lexeme.script == Script.KANJI and len(lexeme.text) == 1


def _are_names(run: Sequence[Lexeme]) -> bool:
    """Whether all words are names, in Latin letters, or in kanji and kana that touch: きづ|川."""
    named = all(lexeme.role in (Role.REST, Role.PLACE) and len(lexeme.keys) == 1 for lexeme in run)
    scripts = {lexeme.script for lexeme in run}
    return named and (scripts in ({Script.LATIN}, {Script.KANA}) or _are_written_together(run))


def _may_be_name(run: Sequence[Lexeme]) -> bool:
    """Whether all words are short ones in kanji that touch, whatever they mean."""
    kanji = all(lexeme.script == Script.KANJI and lexeme.role not in _NO_PART and lexeme.keys for lexeme in run)
    return kanji and sum(len(lexeme.text) for lexeme in run) <= MAX_KANJI and _are_written_together(run)


def _is_katakana(run: Sequence[Lexeme]) -> bool:
    """Whether all words are katakana that touch, whatever they mean: シノ|テスト is Shino-Test, メタル|アート Metalart."""
    kana = all(lexeme.script == Script.KANA and lexeme.role not in _NO_PART and lexeme.keys for lexeme in run)
    return kana and _are_written_together(run)


def _are_written_together(run: Sequence[Lexeme]) -> bool:
    touching = all(before.end == after.start for before, after in pairwise(run))
    return touching and all(lexeme.script in _JAPANESE for lexeme in run)


def _in_a_row(run: Sequence[Lexeme]) -> bool:
    """Whether at most a space or a mark stands between the words, and nothing before an ending."""
    gaps = [after.start - before.end for before, after in pairwise(run)]
    return max(gaps) <= 1 and not (_is_ending(run[-1]) and gaps[-1])


def _read_all(run: Sequence[Lexeme]) -> str:
    """The reading of all words; empty unless all have one."""
    readings = [lexeme.reading or read_kana(lexeme.text) for lexeme in run]
    return "".join(readings) if all(_KANA_ONLY.fullmatch(reading) for reading in readings) else ""
