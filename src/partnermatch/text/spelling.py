"""Recognize a misspelled generic word or short form: Resarch, Geneome, POSTEC, 実動物 (実験動物).

Only words of the lexicon are recognized, only at one edit, only where both are long enough that one letter does not make
another word; of short forms, in which every letter stands for a word, only those that lack the last. (All ten words of ROR
that were one edit from a short form otherwise were names: Jastec is no JAMSTEC, Tietech no Titech.) Of several, the one that
stands first among the forms of its concept is meant: English and the usual before the rare. Proper names are never
corrected: what they may stand for is weighed as a link, not decided.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from partnermatch import lexicon
from partnermatch.text.fold import KANJI, fold_all

MIN_LETTERS = 6
MAX_LETTERS = 30
MIN_KANJI, MAX_KANJI = 4, 10
"""Kanji of a form of the lexicon that is recognized with one of them missing or wrong."""


_KANJI = re.compile(f"[{KANJI}]+")


def deletions(word: str) -> list[str]:
    """The word and every word that one deletion makes of it: two words one edit apart share one of these.

    Source: the symmetric-delete scheme of SymSpell (Garbe, 2012).
    """
    return [word, *[word[:place] + word[place + 1 :] for place in range(len(word))]]


@cache
def known_words() -> frozenset[str]:
    """Every single Latin word that stands in a form of the lexicon, places and countries included."""
    entries = [*lexicon.words(), *(country.entry for country in lexicon.countries().values())]
    entries += [entry for _, entry in lexicon.short_forms()]
    entries += [place.entry for place in lexicon.places().values()]
    return frozenset(" ".join(fold_all([form for entry in entries for form in entry.latin])).split())


def correct(word: str) -> str:
    """The word of the lexicon that a misspelled Latin word most likely is; empty if it is none.

    >>> correct("geneome"), correct("mecanics"), correct("karolinska"), correct("postec"), correct("jastec")
    ('genome', 'mechanics', '', 'postech', '')
    """
    if not MIN_LETTERS <= len(word) <= MAX_LETTERS or word in known_words():
        return ""
    index, places = _index()
    variants = index.keys() & deletions(word)
    near = {form for variant in variants for form in index[variant].split() if _is_near(word, form)}
    near = {form for form in near if form not in short_words() or form.startswith(word)}
    return min(near, key=lambda form: (places[form], form)) if near else ""


@lru_cache(maxsize=1 << 14)
def correct_kanji(text: str) -> str:
    """The form of the lexicon that a text in kanji is with one of them missing or wrong; empty if there is not one alone.

    The first and the last kanji are never in doubt, and in four kanji a wrong one makes another word (鉄路, 道路).

    >>> correct_kanji("実動物"), correct_kanji("分子生吻学"), correct_kanji("高速鉄路")
    ('実験動物', '分子生物学', '')
    """
    if not MIN_KANJI - 1 <= len(text) <= MAX_KANJI:
        return ""
    near = {form for variant in deletions(text) for form in _kanji_index().get(variant, ())}
    near = {form for form in near if _is_misprint(text, form)}
    return min(near) if len(near) == 1 else ""


def _is_misprint(text: str, form: str) -> bool:
    ends = text[0] == form[0] and text[-1] == form[-1]
    longer = len(form) > len(text) or len(form) == len(text) > MIN_KANJI
    return ends and longer and OSA.distance(text, form, score_cutoff=1) == 1


def _is_near(word: str, form: str) -> bool:
    return word[0] == form[0] and OSA.distance(word, form, score_cutoff=1) == 1


@cache
def short_words() -> frozenset[str]:
    """The short forms of one Latin word."""
    return frozenset(fold_all([form for _, entry in lexicon.short_forms() for form in entry.latin if form.isalpha()]))


@cache
def _index() -> tuple[Mapping[str, str], Mapping[str, int]]:
    """Forms by their deletions, separated by spaces; and the place of each among the forms of its concept."""
    entries = [*lexicon.words(), *(entry for _, entry in lexicon.short_forms())]
    meant = [entry.latin for entry in entries if entry.role in ("topic", "kind", "qualifier", "short")]
    places: dict[str, int] = {}
    placed = (place for forms in meant for place in range(len(forms)))
    for place, form in zip(placed, fold_all([form for forms in meant for form in forms]), strict=True):
        if len(form) >= MIN_LETTERS and form.isalpha():
            places[form] = min(place, places.get(form, place))
    index: dict[str, str] = {}
    for form in places:
        for variant in deletions(form):
            index[variant] = f"{index[variant]} {form}" if variant in index else form
    return index, places


@cache
def _kanji_index() -> Mapping[str, tuple[str, ...]]:
    """Japanese forms of fields, all in kanji, by what they are with one missing."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    entries = [entry for entry in lexicon.words() if entry.role in ("topic", "expand")]
    for form in fold_all([form for entry in entries for form in entry.ja]):
        if MIN_KANJI <= len(form) <= MAX_KANJI and _KANJI.fullmatch(form):
            for variant in deletions(form):
                found[variant].add(form)
    return {variant: tuple(sorted(forms)) for variant, forms in found.items()}
