"""The whole above an institute that shows it by how its name begins: Max Planck Institute for Physics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from partnermatch import lexicon
from partnermatch.model import Role
from partnermatch.text.fold import fold, fold_kana
from partnermatch.text.lexemes import Lexeme, read_full_name

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
    wholes, openings = _wholes()
    text = ""
    for place, lexeme in enumerate(own):
        if lexeme.role == _MARK:
            continue
        text += lexeme.text.replace(" ", "")
        if text not in openings:  # as that of nearly every name
            break
        if text in wholes and _is_institute(own, place + 1):
            rest = [word for word in own[place + 1 :] if word.role != _MARK]
            start, end = next(word.start for word in own if word.role != _MARK), lexeme.end
            whole = read_full_name(wholes[text])
            return tuple(rest), tuple(replace(part, start=start, end=end, written=lexeme.written) for part in whole)
    return tuple(own), ()


def _is_institute(own: Sequence[Lexeme], behind: int) -> bool:
    """Whether a name is that of a body, and goes on with something of its own behind a place."""
    named = any(word.role in (Role.TOPIC, Role.REST, Role.PLACE) for word in own[behind:])
    return named and any(word.level == "body" for word in own)


@cache
def _wholes() -> tuple[Mapping[str, str], frozenset[str]]:
    """The whole of each form that tells of one, whether a long vowel ends it or not; and what such forms begin with."""
    found = {}
    for whole, entry in lexicon.families():
        for form in (*entry.ja, *entry.latin):
            folded = fold(form).replace(" ", "").replace("・", "")
            found[folded] = found[fold_kana(folded)] = whole
    return found, frozenset(form[:length] for form in found for length in range(1, len(form) + 1))
