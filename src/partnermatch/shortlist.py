"""Step 4 against a registry: the few known names that are nearest to each name that is asked, by weighted shared words.

Every word of the asked name finds the known names that have it, or have a word that may answer for it, and gives them
its weight; what a known name says beyond that counts against it (Tversky's ratio of what is shared to what either
has). Term-at-a-time over inverted lists; common words that weigh little are left out where rarer ones find enough.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnermatch.model import Candidates, Floats, Ints, Links, Profiles
from partnermatch.settings import ShortlistSettings


@dataclass(frozen=True)
class Postings:
    """Inverted lists over known names.

    Attributes:
        starts: [a + 1] and `rows` [m]: for each atom, the names that offer it.
        weights: [n] the summed weight of each name's own words.
    """

    starts: Ints
    rows: Ints
    weights: Floats


def build_postings(profiles: Profiles) -> Postings:
    """Invert the names: for each atom, who has it in its own name or beside it."""
    rows = np.arange(len(profiles))
    own = np.repeat(rows, np.diff(profiles.starts))
    aside = np.repeat(rows, np.diff(profiles.aside_starts))
    holders = np.concatenate([own, aside])
    atoms = np.concatenate([profiles.values, profiles.aside_values])
    order = np.lexsort((holders, atoms))
    starts = np.zeros(len(profiles.atoms.keys) + 1, dtype=np.int64)
    np.cumsum(np.bincount(atoms, minlength=len(profiles.atoms.keys)), out=starts[1:])
    weights = np.bincount(own, weights=profiles.atoms.weights[profiles.values], minlength=len(profiles))
    return Postings(starts, holders[order], weights.astype(np.float64))


def shortlist(
    profiles: Profiles, links: Links, postings: Postings, asked: Ints, settings: ShortlistSettings
) -> Candidates:
    """The nearest known names of each asked name.

    Args:
        profiles: [n] known names first, then the asked ones.
        links: between words of the asked names and all others.
        postings: over the known names.
        asked: [q] rows of `profiles`, each behind the known ones.
        settings: how many to keep.

    Returns:
        Pairs of an asked (left) and a known name (right); nothing is dropped.
    """
    known = len(postings.weights)
    left, right = [], []
    for row in np.unique(asked).tolist():
        atoms = profiles.values[profiles.starts[row] : profiles.starts[row + 1]]
        asking, gains = _spread(atoms, profiles.atoms.weights[atoms], links)
        found = _nearest(asking, gains, float(profiles.atoms.weights[atoms].sum()), postings, known, settings)
        left.append(np.full(len(found), row, dtype=np.int64))
        right.append(found)
    return Candidates(_join(left), _join(right), ())


def _spread(atoms: Ints, weights: Floats, links: Links) -> tuple[Ints, Floats]:
    """The words of a name and those that may answer for them, each with what it may give."""
    first, last = np.searchsorted(links.source, atoms, "left"), np.searchsorted(links.source, atoms, "right")
    spans = [np.arange(start, stop) for start, stop in zip(first, last, strict=True)]
    steps = _join(spans)
    count = last - first
    return (
        np.concatenate([atoms, links.target[steps]]),
        np.concatenate([weights, np.repeat(weights, count) * links.alike[steps]]),
    )


def _nearest(
    atoms: Ints, gains: Floats, asked: float, postings: Postings, known: int, settings: ShortlistSettings
) -> Ints:
    inside = atoms < len(postings.starts) - 1
    atoms, gains = atoms[inside], gains[inside]
    sizes = postings.starts[atoms + 1] - postings.starts[atoms]
    telling = (sizes <= settings.max_postings) & (sizes > 0)
    if not telling.any():
        telling = sizes > 0
    gained = np.zeros(known)
    for atom, gain in zip(atoms[telling].tolist(), gains[telling].tolist(), strict=True):
        gained[postings.rows[postings.starts[atom] : postings.starts[atom + 1]]] += gain
    near = np.flatnonzero(gained)
    score = gained[near] / (asked + postings.weights[near] - np.minimum(gained[near], postings.weights[near]))
    if len(near) > settings.keep:
        near = near[np.argpartition(-score, settings.keep)[: settings.keep]]
    return np.sort(near)


def _join(parts: list[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)
