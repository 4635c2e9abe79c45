"""Step 3, profiles and links to keys: what each name can be found by, in one key space for all scripts.

A name holds its own words and those beside it (a meaning is the same key in every language), and the letters of its acronyms
and initials. It asks for its own words and letters, and for the words that may answer for its own: of two linked words the
rarer asks for the commoner, so that a word which is misspelled in a hundred ways asks for none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np

from partnermatch.csr import differ_from_last, expand_rows, sort_pairs
from partnermatch.model import Floats, Ints, Keys, Links, Profiles

MIN_LETTERS = 3
"""Letters; two are shared by too many."""
MAX_LETTERS = 9
LETTERS_GAIN = 0.5
"""What letters in common give, in the units of the weights of words: less than a name, which is written out."""


def build_keys(profiles: Profiles, links: Links) -> Keys:
    """Give every profile its keys; they are numbered atoms first, then letters."""
    rows, atoms = np.arange(len(profiles)), len(profiles.atoms.keys)
    own = np.stack([np.repeat(rows, np.diff(profiles.starts)), profiles.values])
    aside = np.stack([np.repeat(rows, np.diff(profiles.aside_starts)), profiles.aside_values])
    spelled, texts = _list_letters(profiles, atoms)
    held = np.stack(sort_pairs(*np.concatenate([own, aside, spelled], axis=1)))
    weights = profiles.atoms.weights
    answering, gains = _ask_links(held[:, held[1] < atoms], links, weights)
    asked = np.concatenate([own, spelled, answering], axis=1)
    gains = np.concatenate([weights[own[1]], np.full(spelled.shape[1], LETTERS_GAIN), gains])
    asking, asked, gains = _keep_best(asked[0], asked[1], gains)
    return Keys(
        profiles=held[0],
        keys=held[1],
        asking=asking,
        asked=asked,
        gains=gains,
        weights=np.bincount(own[0], weights=weights[own[1]], minlength=len(profiles)).astype(np.float64),
        names=(*profiles.atoms.keys, *(f"letters:{text}" for text in texts)),
    )


def _ask_links(held: Ints, links: Links, weights: Floats) -> tuple[Ints, Floats]:
    """The words that may answer for those that profiles hold, as [2, m], and what each gives.

    A link that a span is needed for is left to its other end, which finds the span among the words beside a name.
    """
    counts = np.bincount(held[1], minlength=len(weights))
    free = np.flatnonzero(links.through < 0)
    one, two, alike = links.source[free], links.target[free], links.alike[free]
    one, two, alike = np.concatenate([one, two]), np.concatenate([two, one]), np.concatenate([alike, alike])
    rarer = (counts[one] < counts[two]) | ((counts[one] == counts[two]) & (one < two))
    one, two, alike = one[rarer], two[rarer], alike[rarer]
    order = np.argsort(one, kind="stable")
    starts = np.searchsorted(one[order], np.arange(len(weights) + 1))
    step, source = expand_rows(starts, held[1])
    link = order[step]
    return np.stack([held[0][source], two[link]]), weights[one[link]] * alike[link]


def _keep_best(asking: Ints, asked: Ints, gains: Floats) -> tuple[Ints, Ints, Floats]:
    """Each pair of a profile and a key once, sorted, with the most that it gives."""
    pairs = asking << 32 | asked  # as one number they are sorted much faster than as two
    order = np.argsort(pairs)
    pairs = pairs[order]
    first = np.flatnonzero(differ_from_last(pairs))
    pairs = pairs[first]
    return pairs >> 32, pairs & 0xFFFFFFFF, np.maximum.reduceat(gains[order], first)


def _list_letters(profiles: Profiles, atoms: int) -> tuple[Ints, list[str]]:
    """Profiles and the keys of their letters, as [2, m], and the letters in the order of their keys."""
    letters = list_letters(profiles)
    texts = sorted(set(chain.from_iterable(letters)))
    known = {text: number for number, text in enumerate(texts, start=atoms)}
    rows = np.repeat(np.arange(len(letters)), [len(found) for found in letters])
    keys = np.array([known[text] for text in chain.from_iterable(letters)], dtype=np.int64)
    return np.stack([rows, keys]), texts


def list_letters(profiles: Profiles) -> list[tuple[str, ...]]:
    """[n] the letters of the acronyms and initials of each name, sorted: whatever their order, they may be the same."""
    rows = zip(profiles.acronyms, profiles.initials, profiles.letters, strict=True)
    return [_sort_letters({*acronyms, initials, *letters}) for acronyms, initials, letters in rows]


def _sort_letters(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({"".join(sorted(text)) for text in texts if MIN_LETTERS <= len(text) <= MAX_LETTERS}))
