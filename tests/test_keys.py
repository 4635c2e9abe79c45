"""A name's keys are its words, the links that it holds an end of, and the letters of its short forms: no more, no less."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import make_atoms, make_links, make_profiles, slice_rows

from partnermatch.keys import MAX_LETTERS, MIN_LETTERS, build_keys
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


def name_keys(keys: Keys, rows: int) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in range(rows)]
    for row, key in zip(keys.profiles.tolist(), keys.keys.tolist(), strict=True):
        found[row].add(keys.names[key])
    return found


def list_slowly(profiles: Profiles, links: Links) -> list[set[str]]:
    own, aside = slice_rows(profiles.starts, profiles.values), slice_rows(profiles.aside_starts, profiles.aside_values)
    words, found = profiles.atoms.keys, []
    ends = {(min(pair), max(pair)) for pair in zip(links.source.tolist(), links.target.tolist(), strict=True)}
    for row in range(len(profiles)):
        keys = {words[atom] for atom in own[row]}
        keys |= {f"{words[one]}~{words[two]}" for one, two in ends if {one, two} & {*own[row], *aside[row]}}
        short = (*profiles.acronyms[row], profiles.initials[row], *profiles.letters[row])
        short = tuple(text for text in short if MIN_LETTERS <= len(text) <= MAX_LETTERS)
        found.append(keys | {f"letters:{''.join(sorted(text))}" for text in short})
    return found


@given(names=draw_names())
@settings(max_examples=200)
def test_keys_are_those_that_the_loops_list(names: tuple[Profiles, Links]) -> None:
    assert name_keys(build_keys(*names), len(names[0])) == list_slowly(*names)


@given(names=draw_names())
def test_keys_are_sorted_and_each_comes_once(names: tuple[Profiles, Links]) -> None:
    keys = build_keys(*names)
    pairs = list(zip(keys.profiles.tolist(), keys.keys.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert len(set(keys.names)) == len(keys.names)
    assert keys.profiles.dtype == keys.keys.dtype == np.int64


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
def test_two_spellings_of_one_institution_share_a_key(one: str, two: str) -> None:
    profiles, readings = build_profiles([one, two], [None, None], Settings())
    found = name_keys(build_keys(profiles, find_links(profiles.atoms, LinkSettings())), len(profiles))
    shared = found[readings.profiles[0]] & found[readings.profiles[1]]
    assert {key for key in shared if not key.startswith(("kind:", "qualifier:"))}
