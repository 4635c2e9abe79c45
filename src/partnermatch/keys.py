"""Step 3, profiles and links to keys: what each name can be found by, in one key space for all scripts.

A name's keys are its own atoms (a meaning is the same key in every language), every linked pair that it holds an end of,
and the letters of its acronyms and initials.
"""

from __future__ import annotations

import numpy as np

from partnermatch.csr import expand, sort_pairs
from partnermatch.model import Ints, Keys, Links, Profiles

MIN_LETTERS = 3
"""Letters; two are shared by too many."""
MAX_LETTERS = 9


def build_keys(profiles: Profiles, links: Links) -> Keys:
    """Give every profile its keys.

    Returns:
        Pairs of profile and key; keys are numbered atoms first, then linked pairs, then letters.
    """
    rows = np.arange(len(profiles))
    own = np.repeat(rows, np.diff(profiles.starts)), profiles.values
    aside = np.repeat(rows, np.diff(profiles.aside_starts)), profiles.aside_values
    holders, held = np.concatenate([own[0], aside[0]]), np.concatenate([own[1], aside[1]])
    ends = np.stack(sort_pairs(np.minimum(links.source, links.target), np.maximum(links.source, links.target)))
    letters = list_letters(profiles)
    known = {text: number for number, text in enumerate(sorted({text for texts in letters for text in texts}))}
    atoms, linked = len(profiles.atoms.keys), ends.shape[1]
    spelled = [(row, known[text] + atoms + linked) for row, texts in enumerate(letters) for text in texts]
    pairs = np.concatenate(
        [
            np.stack(own),
            *(_link_keys(holders, held, end, atoms) for end in ends),
            np.array(spelled, dtype=np.int64).reshape(-1, 2).T,
        ],
        axis=1,
    )
    words = profiles.atoms.keys
    names = (
        *words,
        *(f"{words[one]}~{words[two]}" for one, two in ends.T.tolist()),
        *(f"letters:{text}" for text in known),
    )
    return Keys(*sort_pairs(*pairs), names)


def _link_keys(holders: Ints, held: Ints, ends: Ints, first_key: int) -> Ints:
    """Profiles that hold one end of a link, with the key of the link, as [2, m]."""
    order = np.argsort(ends, kind="stable")
    place, source = expand(*(np.searchsorted(ends[order], held, side) for side in ("left", "right")))
    return np.stack([holders[source], order[place] + first_key])


def list_letters(profiles: Profiles) -> list[tuple[str, ...]]:
    """[n] the letters of the acronyms and initials of each name, sorted: whatever their order, they may be the same."""
    return [_letters(profiles, row) for row in range(len(profiles))]


def _letters(profiles: Profiles, row: int) -> tuple[str, ...]:
    found = {*profiles.acronyms[row], profiles.initials[row], *profiles.letters[row]}
    return tuple(sorted({"".join(sorted(text)) for text in found if MIN_LETTERS <= len(text) <= MAX_LETTERS}))
