"""The shortlist is what counting every known name by hand finds, and does not depend on who else asks."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import make_atoms, make_links, make_profiles

from partnermatch.model import Candidates, Profiles
from partnermatch.postings import build_postings
from partnermatch.profiles.append import append_profiles
from partnermatch.settings import ShortlistSettings
from partnermatch.shortlist import shortlist

WORDS = ("a", "b", "c", "d", "e")
WEIGHTS = (1.0, 0.5, 0.25, 0.75, 0.125)
LINKS = {(0, 1): 0.5, (4, 2): 0.75, (4, 0): 0.25}
NAMES = st.lists(st.lists(st.integers(0, 4), unique=True, min_size=1, max_size=3), min_size=1, max_size=6)
SETTINGS = st.builds(ShortlistSettings, keep=st.integers(1, 3), max_postings=st.integers(1, 4))


def lay_out(names: list[list[int]]) -> Profiles:
    return make_profiles(make_atoms(WORDS, weights=WEIGHTS), names)


def find(known: list[list[int]], asked: list[list[int]], settings: ShortlistSettings) -> Candidates:
    names = lay_out(known)
    profiles = append_profiles(names, lay_out(asked))
    rows = np.arange(len(known), len(profiles))
    return shortlist(profiles, make_links(LINKS), build_postings(names), rows, settings)


def score_slowly(known: list[list[int]], asked: list[int], settings: ShortlistSettings) -> dict[int, float]:
    """Tversky's ratio of every known name that shares a word."""
    steps = [(atom, WEIGHTS[atom]) for atom in asked]
    steps += [(two, WEIGHTS[one] * alike) for (one, two), alike in sorted(LINKS.items()) if one in asked]
    sizes = {atom: sum(atom in name for name in known) for atom, _ in steps}
    rare = [(atom, gain) for atom, gain in steps if 0 < sizes[atom] <= settings.max_postings]
    scores = {}
    for row, name in enumerate(known):
        gained = sum(gain for atom, gain in rare or steps if atom in name)
        weight = sum(WEIGHTS[atom] for atom in name)
        if gained:
            scores[row] = gained / (sum(WEIGHTS[atom] for atom in asked) + weight - min(gained, weight))
    return scores


@given(known=NAMES, asked=NAMES, settings=SETTINGS)
def test_the_nearest_are_kept(known: list[list[int]], asked: list[list[int]], settings: ShortlistSettings) -> None:
    found = find(known, asked, settings)
    for place, name in enumerate(asked):
        scores = score_slowly(known, name, settings)
        rows = found.right[found.left == len(known) + place].tolist()
        assert rows == sorted(set(rows))
        assert set(rows) <= set(scores)
        assert sorted((scores[row] for row in rows), reverse=True) == pytest.approx(
            sorted(scores.values(), reverse=True)[: settings.keep]
        )


@given(known=NAMES, asked=NAMES, settings=SETTINGS)
def test_a_name_does_not_depend_on_its_company(
    known: list[list[int]], asked: list[list[int]], settings: ShortlistSettings
) -> None:
    together = find(known, asked, settings)
    for place, name in enumerate(asked):
        alone = find(known, [name], settings)
        assert together.right[together.left == len(known) + place].tolist() == alone.right.tolist()


@given(known=NAMES, asked=NAMES, settings=SETTINGS, common=st.sampled_from([0.2, 0.5, 1.0]))
def test_which_words_are_common_changes_nothing(
    known: list[list[int]], asked: list[list[int]], settings: ShortlistSettings, common: float
) -> None:
    found = find(known, asked, settings)
    with mock.patch("partnermatch.postings.COMMON", common):
        again = find(known, asked, settings)
    assert (found.left.tolist(), found.right.tolist()) == (again.left.tolist(), again.right.tolist())


@pytest.mark.parametrize(("aside", "found"), [([], []), ([1], [0])])
def test_a_link_through_a_span_is_that_of_names_that_hold_it(aside: list[int], found: list[int]) -> None:
    atoms = make_atoms(["gadjah", "span", "ガジャマダ"], weights=[1.0] * 3)
    known = make_profiles(atoms, [[2]])
    profiles = append_profiles(known, make_profiles(atoms, [[0]], aside=[aside]))
    links = make_links({(0, 2): 1.0}, {(0, 2): 1})
    near = shortlist(profiles, links, build_postings(known), np.array([1]), ShortlistSettings())
    assert near.right.tolist() == found
