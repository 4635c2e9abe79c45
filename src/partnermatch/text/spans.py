"""Names in a row as one word: Gadjah Mada is written together in katakana, ガジャマダ; 井之頭 is cut into three."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from partnermatch.model import Role, Script
from partnermatch.text.lexemes import Lexeme

MAX_NAMES = 3


def find_spans(lexemes: Sequence[Lexeme]) -> Iterator[tuple[Lexeme, tuple[str, ...]]]:
    """Every run of two or three names in a row, as one lexeme, with the keys of its words.

    >>> from partnermatch.text.lexemes import read_lexemes
    >>> [span.keys for span, _ in find_spans(read_lexemes("universitas gadjah mada"))]
    [('span:gadjahmada',)]
    """
    for start in range(len(lexemes)):
        for end in range(start + 2, min(start + MAX_NAMES, len(lexemes)) + 1):
            run = lexemes[start:end]
            if not all(_is_name(lexeme, run[0].script) for lexeme in run) or not _in_a_row(run):
                break
            text = "".join(lexeme.text for lexeme in run)
            reading = "".join(lexeme.reading or lexeme.text for lexeme in run)
            key = f"span:{text.replace(' ', '')}"
            span = Lexeme(
                text, run[0].start, run[-1].end, run[0].script, run[0].written, (Role.REST,), (key,), "", reading
            )
            yield span, tuple(key for lexeme in run for key in lexeme.keys)


def _is_name(lexeme: Lexeme, script: Script) -> bool:
    spelled = lexeme.script == script and script in (Script.LATIN, Script.KANA, Script.KANJI)
    return spelled and lexeme.role in (Role.REST, Role.PLACE) and len(lexeme.keys) == 1


def _in_a_row(run: Sequence[Lexeme]) -> bool:
    return all(after.start - before.end <= 1 for before, after in pairwise(run))
