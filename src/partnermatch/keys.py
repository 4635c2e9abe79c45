"""Step 3, profiles and links to keys: what each name can be found by, in one key space for all scripts.

A name's keys are its atoms (a meaning is the same key in every language), every link of its atoms (both ends of a link
have it), and the letters of its acronyms and initials.
"""

from __future__ import annotations

import numpy as np

from partnermatch.model import Ints, Keys, Links, Profiles

MIN_LETTERS = 3
"""Letters; two are shared by too many."""
MAX_LETTERS = 9


def build_keys(profiles: Profiles, links: Links) -> Keys:
    """Give every profile its keys.

    Returns:
        Pairs of profile and key; keys are numbered atoms first, then links, then letters.
    """
    holders = np.repeat(np.arange(len(profiles)), np.diff(profiles.starts))
    by_link = [_link_keys(holders, profiles.values, ends) for ends in (links.left, links.right)]
    letters = [_letters(profiles, row) for row in range(len(profiles))]
    known = {text: number for number, text in enumerate(sorted({text for texts in letters for text in texts}))}
    atoms, spans = len(profiles.atoms.keys), len(links.left)
    pairs = np.concatenate(
        [
            np.stack([holders, profiles.values]),
            *(np.stack([rows, numbers + atoms]) for rows, numbers in by_link),
            np.array(
                [(row, known[text] + atoms + spans) for row, texts in enumerate(letters) for text in texts],
                dtype=np.int64,
            )
            .reshape(-1, 2)
            .T,
        ],
        axis=1,
    )
    pairs = np.unique(pairs, axis=1)
    names = (
        *profiles.atoms.keys,
        *(f"{profiles.atoms.keys[left]}~{profiles.atoms.keys[right]}" for left, right in _ends(links)),
        *(f"letters:{text}" for text in known),
    )
    return Keys(pairs[0], pairs[1], names)


def _ends(links: Links) -> list[tuple[int, int]]:
    return list(zip(links.left.tolist(), links.right.tolist(), strict=True))


def _link_keys(holders: Ints, values: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Profiles that hold one end of a link, with the number of the link."""
    order = np.argsort(ends, kind="stable")
    first = np.searchsorted(ends[order], values, side="left")
    count = np.searchsorted(ends[order], values, side="right") - first
    rows = np.repeat(holders, count)
    offsets = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    return rows, order[np.repeat(first, count) + offsets]


def _letters(profiles: Profiles, row: int) -> tuple[str, ...]:
    found = {*profiles.acronyms[row], profiles.initials[row]}
    return tuple(sorted({"".join(sorted(text)) for text in found if MIN_LETTERS <= len(text) <= MAX_LETTERS}))
