"""Names in a row as one word: Gadjah Mada is written together in katakana, ガジャマダ; 井之頭 is cut into three.

So are the pieces of katakana that is written together, whatever they mean: シノ|テスト is Shino-Test, メタル|アート Metalart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from partnermatch.model import Role, Script
from partnermatch.text.lexemes import Lexeme

MAX_NAMES = 3

_PIECES = frozenset({Role.REST, Role.PLACE, Role.COUNTRY, Role.TOPIC, Role.QUALIFIER})


def find_spans(lexemes: Sequence[Lexeme]) -> Iterator[tuple[Lexeme, tuple[str, ...]]]:
    """Every run of two or three names in a row, as one lexeme, with the keys of the names in it.

    >>> from partnermatch.text.lexemes import read_lexemes
    >>> [span.keys for span, _ in find_spans(read_lexemes("universitas gadjah mada"))]
    [('span:gadjahmada',)]
    """
    for start in range(len(lexemes)):
        for end in range(start + 2, min(start + MAX_NAMES, len(lexemes)) + 1):
            run = lexemes[start:end]
            if not _in_a_row(run) or not (_is_together(run) or all(_is_name(lexeme, run[0].script) for lexeme in run)):
                break
            text = "".join(lexeme.text for lexeme in run)
            reading = "".join(lexeme.reading or lexeme.text for lexeme in run)
            key = f"span:{text.replace(' ', '')}"
            span = Lexeme(
                text, run[0].start, run[-1].end, run[0].script, run[0].written, (Role.REST,), (key,), "", reading
            )
            yield span, tuple(key for lexeme in run if _is_name(lexeme, lexeme.script) for key in lexeme.keys)


def _is_name(lexeme: Lexeme, script: Script) -> bool:
    spelled = lexeme.script == script and script in (Script.LATIN, Script.KANA, Script.KANJI)
    return spelled and lexeme.role in (Role.REST, Role.PLACE) and len(lexeme.keys) == 1


def _is_together(run: Sequence[Lexeme]) -> bool:
    """Whether words are written as one in katakana; a kind of organization or a function word ends a name."""
    pieces = all(lexeme.script == Script.KANA and lexeme.role in _PIECES for lexeme in run)
    return pieces and all(after.start == before.end for before, after in pairwise(run))


def _in_a_row(run: Sequence[Lexeme]) -> bool:
    return all(after.start - before.end <= 1 for before, after in pairwise(run))
