"""Step 3, profiles and links to keys: what each name can be found by, in one key space for all scripts.

A name holds its own words and those beside it (a meaning is the same key in every language), and the letters of its acronyms
and initials. It asks for its own words and letters, and for the words that may answer for its own: of two linked words the
rarer asks for the commoner, so that a word which is misspelled in a hundred ways asks for none of them.
"""

from __future__ import annotations

import numpy as np

from partnermatch.csr import expand, sort_pairs
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
    order = np.lexsort((-gains, asked[1], asked[0]))
    order = order[np.any(np.diff(asked[:, order], prepend=-1) != 0, axis=0)]
    return Keys(
        profiles=held[0],
        keys=held[1],
        asking=asked[0][order],
        asked=asked[1][order],
        gains=gains[order],
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
    step, source = expand(*(np.searchsorted(one[order], held[1], side) for side in ("left", "right")))
    link = order[step]
    return np.stack([held[0][source], two[link]]), weights[one[link]] * alike[link]


def _list_letters(profiles: Profiles, atoms: int) -> tuple[Ints, list[str]]:
    """Profiles and the keys of their letters, as [2, m], and the letters in the order of their keys."""
    letters = list_letters(profiles)
    texts = sorted({text for found in letters for text in found})
    known = {text: number for number, text in enumerate(texts, start=atoms)}
    pairs = [(row, known[text]) for row, found in enumerate(letters) for text in found]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2).T, texts


def list_letters(profiles: Profiles) -> list[tuple[str, ...]]:
    """[n] the letters of the acronyms and initials of each name, sorted: whatever their order, they may be the same."""
    return [_letters(profiles, row) for row in range(len(profiles))]


def _letters(profiles: Profiles, row: int) -> tuple[str, ...]:
    found = {*profiles.acronyms[row], profiles.initials[row], *profiles.letters[row]}
    return tuple(sorted({"".join(sorted(text)) for text in found if MIN_LETTERS <= len(text) <= MAX_LETTERS}))
