"""The whole above an institute that shows it by how its name begins: Max Planck Institute for Physics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from partnermatch import lexicon
from partnermatch.model import Role
from partnermatch.text.fold import fold, fold_kana
from partnermatch.text.lexemes import Lexeme, read_full_name

MAX_WORDS = 3


def find_family(own: Sequence[Lexeme]) -> tuple[Lexeme, ...]:
    """The lexemes of the whole that a name's first words tell, in the place of those words; empty if they tell none.

    >>> from partnermatch.text.lexemes import read_lexemes
    >>> [lexeme.text for lexeme in find_family(read_lexemes("マックスプランク物理学研究所"))]
    ['max', 'planck', 'gesellschaft']
    """
    words = [lexeme for lexeme in own if lexeme.role != Role.MARK]
    if not any(lexeme.level == "body" for lexeme in words):
        return ()
    text = ""
    for lexeme in words[:MAX_WORDS]:
        text += lexeme.text.replace(" ", "")
        whole = _wholes().get(text)
        if whole is not None:
            return tuple(
                part._replace(start=words[0].start, end=lexeme.end, written=lexeme.written)
                for part in read_full_name(whole)
            )
    return ()


@cache
def _wholes() -> Mapping[str, str]:
    found = {}
    for whole, entry in lexicon.families():
        for form in (*entry.ja, *entry.latin):
            found[fold_kana(fold(form).replace(" ", "").replace("・", ""))] = whole
    return found
