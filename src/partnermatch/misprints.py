"""Which institution a Japanese string means whose name it is but for one character: 群大学医学部附属病院.

The last way of a string that nothing answers. Its letters in a row are looked up among those of the registry's Japanese names:
one left out, too many or wrong, or two that changed places (optimal string alignment). A name that is right as it stands may be
that near to another's, and most such names differ in a word: 日本糖尿病学会 and 日本糖尿病協会, 長野県警察 and 長崎県警察. So
the words of both are compared, and where what differs is right in both the string is no misprint; nor where nothing but a short
word tells which institution it is: 小糸製作所 and 小松製作所, アイメックス and アイレックス.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from partnermatch import lexicon
from partnermatch.links.holders import Holders
from partnermatch.links.variants import hash_variants
from partnermatch.model import Ints, Role
from partnermatch.numbers import Numbers
from partnermatch.registry import Registry
from partnermatch.settings import TextSettings
from partnermatch.spellings import MAX_SHARED
from partnermatch.strings import Strings
from partnermatch.text.affiliations import is_japanese
from partnermatch.text.clean import clean
from partnermatch.text.fold import HIRAGANA, KATAKANA, fold_all
from partnermatch.text.lexemes import Lexeme, read_lexemes_all
from partnermatch.text.noise import leave_out_noise
from partnermatch.text.squeezed import squeeze_all

CONFIDENCE = 0.97
"""Probability of what is found so. benchmarks/misprints.py, a half of ROR's names in Japan: of those with a character left out or
wrong that nothing else answers, 79% are answered rightly and none otherwise; of 1,701 that are right and whose institution is
left out, as if the registry lacked it, three are answered, with another. That is 97% of right answers where names that it lacks
are fifteen times as many as misprints. Of the other half it is 77%, none and none."""
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
_KANA = re.compile(f"[{HIRAGANA}{KATAKANA}]")


class Spellings(NamedTuple):
    """The Japanese names of a registry, with their legal forms and without, their letters in a row.

    Attributes:
        texts: [s] distinct pairs of a spelling and an institution, rising.
        owners: [s] row of the institution.
        holders: of the hashes of each spelling and of what one deletion leaves of it.
    """

    texts: Strings
    owners: Ints
    holders: Holders


class Near(NamedTuple):
    """A spelling of a string and one of a name that is the same but for a character, and the institution of that."""

    text: str
    name: str
    owner: int


def find_misprints(
    texts: Sequence[str], registry: Registry, settings: TextSettings, without: Sequence[int] = ()
) -> Ints:
    """The row of the institution that each Japanese text means if it is a misprint of a name; -1 where it is none.

    Args:
        texts: as written.
        registry: whose names are looked at.
        settings: how texts are made safe.
        without: row of an institution that is left out for each text, as if the registry lacked it; none if not given.
    """
    squeezed = _squeeze(texts, settings)
    spellings = [list(dict.fromkeys((text, leave_out_form(text)))) for text in squeezed]
    flat = [text for own in spellings for text in own]
    met = dict(zip(flat, _find_near(flat, _list_spellings(registry, settings)), strict=True))
    found = [[near for text in own for near in met[text]] for own in spellings]
    if without:
        found = [[near for near in own if near.owner != left] for own, left in zip(found, without, strict=True)]
    alone = [own if len({near.owner for near in own}) == 1 else [] for own in found]
    pairs = list(dict.fromkeys((near.text, near.name) for own in alone for near in own))
    read = read_lexemes_all([text for pair in pairs for text in pair], [frozenset()] * (2 * len(pairs)))
    judged = {pair: _is_misprint(*pair, *read[2 * place : 2 * place + 2]) for place, pair in enumerate(pairs)}
    rows = [own[0].owner if own and all(judged[near.text, near.name] for near in own) else -1 for own in alone]
    return np.array(rows, dtype=np.int64)


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


def _squeeze(texts: Sequence[str], settings: TextSettings) -> list[str]:
    return squeeze_all(fold_all([leave_out_noise(clean(text, settings).text) for text in texts]))


@lru_cache(maxsize=2)
def _list_spellings(registry: Registry, settings: TextSettings) -> Spellings:
    """Those of institutions in Japan and of an unknown country, and all names with kana; it takes half a second for ROR."""
    named = list(_list_japanese(registry))
    pairs = {
        (own, row)
        for text, (_, row) in zip(_squeeze([name for name, _ in named], settings), named, strict=True)
        for own in (text, leave_out_form(text))
        if MIN_CHARACTERS - 1 <= len(own) <= MAX_CHARACTERS
    }
    texts, owners = [text for text, _ in sorted(pairs)], [row for _, row in sorted(pairs)]
    holders = Holders.build(hash_variants(texts, np.ones(len(texts), dtype=np.int64)), MAX_SHARED)
    return Spellings(Strings.of(texts), np.array(owners, dtype=np.int64), holders)


def _list_japanese(registry: Registry) -> Iterator[tuple[str, int]]:
    """Names with the rows of their institutions; what took the place of a withdrawn one, if anything did."""
    current = registry.current_rows.tolist()
    for text, owner, kind in zip(registry.texts, registry.owners.tolist(), registry.kinds, strict=True):
        row = current[owner]
        if kind == "acronym" or text.isascii() or not is_japanese(text) or registry.statuses[row] == "withdrawn":
            continue
        if registry.countries[row] in ("", "JP") or _KANA.search(text):
            yield text, row


def _find_near(texts: Sequence[str], known: Spellings) -> list[list[Near]]:
    """The spellings that each text is but for one character, or as it stands; none of a text that is of a series."""
    fit = np.array([MIN_CHARACTERS - 1 <= len(text) <= MAX_CHARACTERS + 1 for text in texts], dtype=np.bool_)
    asked = hash_variants(texts, fit.astype(np.int64))
    series = np.zeros(len(texts), dtype=np.bool_)
    series[asked.words[Numbers.build(known.holders.crowded).contain(asked.hashes)]] = True
    places, names = known.holders.meet(asked)
    places, names = places[~series[places]], names[~series[places]]
    found: list[list[Near]] = [[] for _ in texts]
    for place, name, owner in zip(places.tolist(), known.texts.take(names), known.owners[names].tolist(), strict=True):
        if OSA.distance(texts[place], name, score_cutoff=1) <= 1:
            found[place].append(Near(texts[place], name, owner))
    return found


def _is_misprint(text: str, name: str, read: Sequence[Lexeme], known: Sequence[Lexeme]) -> bool:
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
