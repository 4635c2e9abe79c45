"""Recognize a misspelled generic word or short form: Resarch, Geneome, Mecanics, POSTEC.

Only words of the lexicon are recognized, only at one edit, only where both are long enough that one letter does not make
another word. Of several, the one that stands first among the forms of its concept is meant: English and the usual before
the rare. Proper names are never corrected: what they may stand for is weighed as a link, not decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from rapidfuzz.distance import OSA

from partnermatch import lexicon
from partnermatch.text.fold import fold

MIN_LETTERS = 6
MAX_LETTERS = 30


def deletions(word: str) -> Iterator[str]:
    """The word and every word that one deletion makes of it: two words one edit apart share one of these.

    Source: the symmetric-delete scheme of SymSpell (Garbe, 2012).
    """
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


@cache
def known_words() -> frozenset[str]:
    """Every single Latin word that stands in a form of the lexicon, places and countries included."""
    entries = [*lexicon.words(), *(country.entry for country in lexicon.countries().values())]
    entries += [entry for _, entry in lexicon.short_forms()]
    entries += [place.entry for place in lexicon.places().values()]
    return frozenset(word for entry in entries for form in entry.latin for word in fold(form).split())


def correct(word: str) -> str:
    """The word of the lexicon that a misspelled Latin word most likely is; empty if it is none.

    >>> correct("geneome"), correct("mecanics"), correct("karolinska")
    ('genome', 'mechanics', '')
    """
    if not MIN_LETTERS <= len(word) <= MAX_LETTERS or word in known_words():
        return ""
    near = {found for variant in deletions(word) for found in _index().get(variant, ()) if _is_near(word, found[1])}
    return min(near)[1] if near else ""


def _is_near(word: str, form: str) -> bool:
    return word[0] == form[0] and OSA.distance(word, form, score_cutoff=1) == 1


@cache
def _index() -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Forms by their deletions, each with its place among the forms of its concept."""
    found: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    for entry in (*lexicon.words(), *(entry for _, entry in lexicon.short_forms())):
        if entry.role in ("topic", "kind", "qualifier", "short"):
            for place, form in enumerate(map(fold, entry.latin)):
                if len(form) >= MIN_LETTERS and form.isalpha():
                    for variant in deletions(form):
                        found[variant].add((place, form))
    return {variant: tuple(sorted(forms)) for variant, forms in found.items()}
