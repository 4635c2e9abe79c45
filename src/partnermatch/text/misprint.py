"""Whether a Japanese text is a name with one character wrong, rather than the name of another institution.

A name that is right as it stands may be one character away from another's, and most such names differ in a word:
日本糖尿病学会 and 日本糖尿病協会, 長野県警察 and 長崎県警察. So the words of both are compared, and where what differs is right in
both the text is no misprint; nor where nothing but a short word tells which institution it is: 小糸製作所 and 小松製作所,
アイメックス and アイレックス.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from partnermatch import lexicon
from partnermatch.lexicon.translations import glosses
from partnermatch.model import Role
from partnermatch.text.fold import fold_all
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.squeezed import squeeze_all

MIN_CHARACTERS, MAX_CHARACTERS = 5, 60
"""Characters of a name without its legal form; of shorter ones too many are near to each other."""
MIN_LONE_CHARACTERS = 8
"""The same of a name that is one unknown word: アイメックス and アイレックス are two companies."""
MAX_FIRST = 2
"""Characters of a first word that is another with one of them changed: 小糸 and 小松, 日産 and 日本."""
_GENERIC = frozenset({Role.KIND, Role.LEGAL, Role.STOP})
"""What says by itself of no institution which it is; registries have such names, too."""
_APART = ("東西南北", "上中下", "内外", "男女", "新旧", "県市町村都府道区国", "公私", "一二三四五六七八九十")
"""Characters of which another makes another institution, whatever word they are read in: 東大阪, 北大阪."""


def are_misprints(one: str, two: str, words: Sequence[Lexeme], others: Sequence[Lexeme]) -> bool:
    """Whether of two texts one is the other with one character wrong, where neither is known to be a name.

    What differs must be words in one, and none in the other: 群馬 and 群, not アイメックス and アイレックス, nor 農業 and 農工.

    Args:
        one: letters of the one, one edit away from the other.
        two: letters of the other.
        words: of the one.
        others: words of the other.
    """
    return any(
        is_misprint(text, name, read, known) and _is_word_in_one(*_find_difference(read, known))
        for text, name, read, known in ((one, two, words, others), (two, one, others, words))
    )


def _is_word_in_one(words: Sequence[Lexeme], meant: Sequence[Lexeme]) -> bool:
    """Whether what is meant are words, and a dictionary has none of several characters that stands in their place."""
    told = glosses()
    return _are_known(meant) and not any(len(word.text) > 1 and not told.keys().isdisjoint(word.keys) for word in words)


def is_misprint(text: str, name: str, read: Sequence[Lexeme], known: Sequence[Lexeme]) -> bool:
    """Whether a text is a name with one character wrong, rather than the name of another institution.

    Args:
        text: letters of the text.
        name: letters of the name, one edit away or none.
        read: words of the text.
        known: words of the name.
    """
    if text == name:
        return False
    if _GENERIC.issuperset([word.role for word in known]):
        return False
    bare = leave_out_form(name)
    if _has_wrong_form(text, *name.partition(bare)):
        return True
    own, meant = _find_difference(read, known)
    if (
        _are_apart(text, name)
        or any(word.role == Role.NUMBER for word in (*own, *meant))
        or (_are_right(own, meant) and _are_known(meant))
    ):
        return False
    first = bool(meant) and meant[0].start <= name.find(bare)
    another = first and _measure(own) == _measure(meant) <= MAX_FIRST
    lone = not _are_known(meant) and _measure(meant) == len(bare) < MIN_LONE_CHARACTERS
    return len(bare) >= MIN_CHARACTERS and not another and not lone


def _are_apart(text: str, name: str) -> bool:
    """Whether two texts of one length differ in a character that tells institutions apart."""
    differ = [set(pair) for pair in zip(text, name, strict=False) if pair[0] != pair[1]]
    return len(text) == len(name) and len(differ) == 1 and any(differ[0].issubset(group) for group in _APART)


def _find_difference(one: Sequence[Lexeme], two: Sequence[Lexeme]) -> tuple[Sequence[Lexeme], Sequence[Lexeme]]:
    """The words of each between those that both begin and end with."""
    most = min(len(one), len(two))
    start = next((place for place in range(most) if one[place].text != two[place].text), most)
    pairs = zip(reversed(one[start:]), reversed(two[start:]), strict=False)
    behind = next((place for place, (own, other) in enumerate(pairs) if own.text != other.text), most - start)
    return one[start : len(one) - behind], two[start : len(two) - behind]


def _has_wrong_form(text: str, before: str, bare: str, behind: str) -> bool:
    """Whether all but the legal form of a name is written as it is, and that as no other form: 株式社森本組.

    Args:
        text: one edit away from the name.
        before: legal forms in front of the name, in a row.
        bare: the name without them.
        behind: legal forms behind it.
    """
    front = bool(before) and text.endswith(bare + behind)
    return (front or (bool(behind) and text.startswith(before + bare))) and leave_out_form(text) == text


def _are_known(words: Sequence[Lexeme]) -> bool:
    return all(word.role != Role.REST for word in words)


def _are_right(words: Sequence[Lexeme], meant: Sequence[Lexeme]) -> bool:
    """Whether words of a text are right as they stand: known, and no piece of a longer word that is no kind (学 of 学生)."""
    kinds = all(word.role == Role.KIND for word in meant)
    broken = any(len(word.text) == 1 for word in words) and all(len(word.text) > 1 for word in meant)
    return _are_known(words) and (kinds or not broken)


def _measure(words: Sequence[Lexeme]) -> int:
    """Characters from the first to the last of some words."""
    return words[-1].end - words[0].start if words else 0


def leave_out_form(text: str) -> str:
    """The letters of a name without the legal forms that it begins or ends with.

    >>> leave_out_form("公益財団法人日本学校保健会"), leave_out_form("森本組株式会社"), leave_out_form("株式会社")
    ('日本学校保健会', '森本組', '株式会社')
    """
    form, start, end = _forms(), 0, len(text)
    while (found := next((own for own in form if text.startswith(own, start, end)), "")) and start + len(found) < end:
        start += len(found)
    while (found := next((own for own in form if text.endswith(own, start, end)), "")) and start + len(found) < end:
        end -= len(found)
    return text[start:end]


@cache
def _forms() -> tuple[str, ...]:
    """Legal forms in Japanese, the longest first."""
    keys = {f"kind:{kind.name}" for kind in lexicon.kinds().values() if kind.level == "legal"}
    forms = [form for entry in lexicon.words() if not keys.isdisjoint(entry.concepts) for form in entry.ja]
    return tuple(
        sorted({form for form in squeeze_all(fold_all(forms)) if len(form) > 1}, key=lambda form: (-len(form), form))
    )
