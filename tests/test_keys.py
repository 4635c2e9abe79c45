"""A name holds its words and the letters of its short forms, and asks for what may answer: no more, no less."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import make_atoms, make_links, make_profiles, slice_rows

from partnermatch.keys import LETTERS_GAIN, MAX_LETTERS, MIN_LETTERS, build_keys
from partnermatch.links import find_links
from partnermatch.model import Keys, Links, Profiles
from partnermatch.profiles import build_profiles
from partnermatch.settings import LinkSettings, Settings

FORMS = ("alpha", "beta", "gamma", "delta", "omega")
SHORT = st.sampled_from(("bnl", "lbn", "mit", "uk", "abcdefghij"))


@st.composite
def draw_names(draw: st.DrawFn) -> tuple[Profiles, Links]:
    words = st.lists(st.integers(0, len(FORMS) - 1), unique=True, max_size=3)
    rows = draw(st.integers(0, 4))
    profiles = make_profiles(
        make_atoms(FORMS),
        [draw(words) for _ in range(rows)],
        aside=[sorted(draw(words)) for _ in range(rows)],
        acronyms=[tuple(sorted(draw(st.sets(SHORT, max_size=2)))) for _ in range(rows)],
        initials=[draw(SHORT | st.just("")) for _ in range(rows)],
        letters=[tuple(sorted(draw(st.sets(st.sampled_from(("bln", "imt")), max_size=2)))) for _ in range(rows)],
    )
    ends = st.tuples(st.integers(0, len(FORMS) - 1), st.integers(0, len(FORMS) - 1)).filter(
        lambda ends: ends[0] != ends[1]
    )
    return profiles, make_links(dict.fromkeys(draw(st.lists(ends, max_size=6)), 0.8))


def name_keys(keys: Keys, rows: int) -> tuple[list[set[str]], list[dict[str, float]]]:
    """The keys that each name holds, and those that it asks for, with what each gives."""
    held: list[set[str]] = [set() for _ in range(rows)]
    for row, key in zip(keys.profiles.tolist(), keys.keys.tolist(), strict=True):
        held[row].add(keys.names[key])
    asked: list[dict[str, float]] = [{} for _ in range(rows)]
    for row, key, gain in zip(keys.asking.tolist(), keys.asked.tolist(), keys.gains.tolist(), strict=True):
        asked[row][keys.names[key]] = gain
    return held, asked


def list_slowly(profiles: Profiles, links: Links) -> tuple[list[set[str]], list[dict[str, float]]]:
    own, aside = slice_rows(profiles.starts, profiles.values), slice_rows(profiles.aside_starts, profiles.aside_values)
    words, weights = profiles.atoms.keys, profiles.atoms.weights.tolist()
    count = Counter(atom for row in range(len(profiles)) for atom in {*own[row], *aside[row]})
    ends = list(zip(links.source.tolist(), links.target.tolist(), links.alike.tolist(), strict=True))
    held, asked = [], []
    for row in range(len(profiles)):
        short = (*profiles.acronyms[row], profiles.initials[row], *profiles.letters[row])
        letters = {f"letters:{''.join(sorted(text))}" for text in short if MIN_LETTERS <= len(text) <= MAX_LETTERS}
        held.append({words[atom] for atom in {*own[row], *aside[row]}} | letters)
        gains = [(words[atom], weights[atom]) for atom in own[row]]
        gains += [(text, LETTERS_GAIN) for text in letters]
        for source, target, alike in ends:
            rarer, commoner = sorted((source, target), key=lambda atom: (count[atom], atom))
            if rarer in {*own[row], *aside[row]}:
                gains.append((words[commoner], weights[rarer] * alike))
        asked.append({key: max(gain for other, gain in gains if other == key) for key, _ in gains})
    return held, asked


@given(names=draw_names())
@settings(max_examples=200)
def test_keys_are_those_that_the_loops_list(names: tuple[Profiles, Links]) -> None:
    assert name_keys(build_keys(*names), len(names[0])) == list_slowly(*names)


@given(names=draw_names())
def test_keys_are_sorted_and_each_comes_once(names: tuple[Profiles, Links]) -> None:
    keys = build_keys(*names)
    for rows, numbers in ((keys.profiles, keys.keys), (keys.asking, keys.asked)):
        pairs = list(zip(rows.tolist(), numbers.tolist(), strict=True))
        assert pairs == sorted(set(pairs))
        assert rows.dtype == numbers.dtype == np.int64
    assert len(set(keys.names)) == len(keys.names)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("東京大学", "Univ. of Tokyo"),
        ("カロリンスカ研究所", "Karolinska Institutet"),
        ("清華大学", "Tsinghua University"),
        ("ハイデルベルグ大学", "Heidelberg University"),
        ("Tianjing University", "Tianjin University"),
        ("BNL", "ブルックヘブン国立研究所"),
        ("マサチューセッツ工科大学", "Massachusetts Institute of Technology"),
        ("バスツール研究所", "パスツール研究所"),
    ],
)
def test_one_spelling_of_an_institution_asks_for_what_another_holds(one: str, two: str) -> None:
    profiles, readings = build_profiles([one, two], [None, None], Settings())
    held, asked = name_keys(build_keys(profiles, find_links(profiles.atoms, LinkSettings())), len(profiles))
    left, right = readings.profiles[:2].tolist()
    shared = (held[left] & asked[right].keys()) | (asked[left].keys() & held[right])
    assert {key for key in shared if not key.startswith(("kind:", "qualifier:"))}
