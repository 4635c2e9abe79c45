"""Recognize a misspelled generic word: Resarch, Geneome, Mecanics.

Only words of the lexicon are recognized, only at one edit, only where both are long enough that one letter does not make
another word, and only if a single meaning is that near. Proper names are never corrected: what they may stand for is
weighed as a link, not decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from rapidfuzz.distance import OSA

from partnermatch.text.phrases import Meaning, phrases

MIN_LETTERS = 6


def deletions(word: str) -> Iterator[str]:
    """The word and every word that one deletion makes of it: two words one edit apart share one of these.

    Source: the symmetric-delete scheme of SymSpell (Garbe, 2012).
    """
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


@cache
def recognize(word: str) -> Meaning | None:
    """The meaning that a misspelled Latin word most likely has, if any.

    >>> recognize("geneome").concepts, recognize("karolinska")
    (('topic:genome',), None)
    """
    if len(word) < MIN_LETTERS:
        return None
    near = {form for variant in deletions(word) for form in _index().get(variant, ()) if _is_near(word, form)}
    meanings = {phrases().latin[form] for form in near}
    return meanings.pop() if len(meanings) == 1 else None


def _is_near(word: str, form: str) -> bool:
    return word[0] == form[0] and OSA.distance(word, form, score_cutoff=1) == 1


@cache
def _index() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for form, meaning in phrases().latin.items():
        if len(form) >= MIN_LETTERS and " " not in form and meaning.role in ("topic", "kind", "qualifier"):
            for variant in deletions(form):
                found[variant].append(form)
    return {variant: tuple(forms) for variant, forms in found.items()}
