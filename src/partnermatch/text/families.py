"""The whole above an institute that shows it by how its name begins: Max Planck Institute for Physics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from partnermatch import lexicon
from partnermatch.model import Role
from partnermatch.text.fold import fold, fold_kana
from partnermatch.text.lexemes import Lexeme, read_full_name

MAX_WORDS = 3
_MARK = Role.MARK  # a member of an enumeration takes long to be found


def split_family(own: Sequence[Lexeme]) -> tuple[tuple[Lexeme, ...], tuple[Lexeme, ...]]:
    """Tell the institute from the whole that its first words name.

    Returns:
        The institute's own lexemes, and those of the whole in the place of the first words; all of them and nothing
        where the first words tell of no whole.

    >>> from partnermatch.text.lexemes import read_lexemes
    >>> own, whole = split_family(read_lexemes("マックスプランク物理学研究所"))
    >>> [lexeme.text for lexeme in own], [lexeme.text for lexeme in whole]
    (['物理学', '研究所'], ['max', 'planck', 'gesellschaft'])
    """
    words = [lexeme for lexeme in own if lexeme.role != _MARK]
    text = ""
    wholes = _wholes()
    for count, lexeme in enumerate(words[:MAX_WORDS], start=1):
        text += lexeme.text.replace(" ", "")
        if text not in wholes:
            continue
        rest = words[count:]
        body = any(word.level == "body" for word in words)
        if body and any(word.role in (Role.TOPIC, Role.REST, Role.PLACE) for word in rest):
            start, end = words[0].start, lexeme.end
            whole = read_full_name(wholes[text])
            return tuple(rest), tuple(replace(part, start=start, end=end, written=lexeme.written) for part in whole)
    return tuple(own), ()


@cache
def _wholes() -> Mapping[str, str]:
    found = {}
    for whole, entry in lexicon.families():
        for form in (*entry.ja, *entry.latin):
            found[fold_kana(fold(form).replace(" ", "").replace("・", ""))] = whole
    return found
