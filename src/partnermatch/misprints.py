"""Which institution a Japanese string means whose name it is but for one character: 群大学医学部附属病院.

The last way of a string that nothing answers. Its letters in a row are looked up among those of the registry's Japanese names:
one left out, too many or wrong, or two that changed places (optimal string alignment). Whether that is a misprint or the name
of another institution `text.misprint` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from partnermatch.links.holders import Holders
from partnermatch.links.variants import hash_variants
from partnermatch.model import Ints
from partnermatch.numbers import Numbers
from partnermatch.registry import Registry
from partnermatch.settings import TextSettings
from partnermatch.spellings import MAX_SHARED
from partnermatch.strings import Strings
from partnermatch.text.affiliations import is_japanese
from partnermatch.text.clean import clean
from partnermatch.text.fold import HIRAGANA, KATAKANA, fold_all
from partnermatch.text.lexemes import read_lexemes_all
from partnermatch.text.misprint import MAX_CHARACTERS, MIN_CHARACTERS, is_misprint, leave_out_form
from partnermatch.text.noise import leave_out_noise
from partnermatch.text.squeezed import squeeze_all

CONFIDENCE = 0.97
"""Probability of what is found so. benchmarks/misprints.py, a half of ROR's names in Japan: of those with a character left out or
wrong that nothing else answers, 70% are answered rightly and none otherwise; of 1,701 that are right and whose institution is
left out, as if the registry lacked it, three are answered, with another. That is 96% of right answers where names that it lacks
are fifteen times as many as misprints. Of the other half it is 66%, none and none."""
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
    read = read_lexemes_all(
        [text for pair in pairs for text in pair], [frozenset()] * (2 * len(pairs)), translated=False
    )
    judged = {pair: is_misprint(*pair, *read[2 * place : 2 * place + 2]) for place, pair in enumerate(pairs)}
    rows = [own[0].owner if own and all(judged[near.text, near.name] for near in own) else -1 for own in alone]
    return np.array(rows, dtype=np.int64)


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
