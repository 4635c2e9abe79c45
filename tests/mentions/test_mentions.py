"""Affiliation strings: what is named is answered, several are several, and what only looks like a name is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch.mentions.choice import START, WEIGHTS, choose
from partnermatch.mentions.claims import CLAIMS
from partnermatch.mentions.rivals import pair_up
from partnermatch.settings import TextSettings
from partnermatch.text.affiliations import read_affiliation

PARTNERS = pd.DataFrame(
    [
        ("oslo", "University of Oslo", "NO"),
        ("bergen", "University of Bergen", "NO"),
        ("nanjing", "Nanjing University", "CN"),
        ("newcastle-uk", "Newcastle University", "GB"),
        ("newcastle-au", "University of Newcastle", "AU"),
        ("weizmann", "Weizmann Institute of Science", "IL"),
        ("kitami", "Kitami Institute of Technology", "JP"),
        ("sau", "University of South Alabama", "US"),
        ("sau", "USA", "US"),
    ],
    columns=["id", "name", "country"],
)
REGISTRY = pm.Registry.from_table(PARTNERS, id="id", name="name", country="country")
CASES = [
    ("Department of Physics, University of Oslo, Oslo, Norway", "oslo", "Department of Physics"),
    ("Dept. of Chemistry, Univ. Oslo", "oslo", "Dept. of Chemistry"),
    ("Kitami Inst. of Technol., Kitami, Japan", "kitami", ""),
    ("Newcastle University, Newcastle, United Kingdom", "newcastle-uk", ""),
    ("The Weizmann Institute of Science, Rehovot, Israel", "weizmann", ""),
    ("#TAB#University of Oslo, e-mail: a@uio.no", "oslo", ""),
    ("Nanjing University of Posts and Telecommunications, Nanjing, China", "", None),
    ("A Hospital of Nowhere, USA", "", None),
]


@pytest.mark.parametrize(("text", "meant", "unit"), CASES)
def test_an_affiliation_names_its_institution_and_unit(text: str, meant: str, unit: str | None) -> None:
    answer = pm.resolve([text], REGISTRY).iloc[0]
    assert answer["canonical_id"] == meant
    assert unit is None or answer["unit"] == unit


def test_candidates_of_an_affiliation_are_listed_best_first() -> None:
    answer = pm.resolve(["University of Oslo and University of Bergen, Norway"], REGISTRY, candidates=5).iloc[0]
    scores = [float(score) for score in answer["candidate_scores"].split(";")]
    assert set(answer["candidate_ids"].split(";")) >= {"oslo", "bergen"}
    assert scores == sorted(scores, reverse=True)


def test_tokens_know_their_part_and_their_place() -> None:
    found = read_affiliation("Univ. of Tokyo (Japan); CNRS", TextSettings())
    assert [(found.folded[token.start : token.end], token.part, token.bracketed) for token in found.tokens][:3] == [
        ("univ", 0, False),
        ("tokyo", 0, False),
        ("japan", 1, True),
    ]
    assert found.tokens[-1].part > found.tokens[2].part


def test_weights_stand_for_all_claims_and_no_others() -> None:
    assert list(WEIGHTS) == list(CLAIMS)
    assert START < 0


@st.composite
def runs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Strings with runs of words in them."""
    rows = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 3)), max_size=12))
    strings, firsts, lengths = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3).T
    return strings, firsts, firsts + lengths


@given(found=runs())
def test_pairs_are_those_of_one_string(found: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    strings, firsts, lasts = found
    expected = []
    for one in range(len(strings)):
        for two in range(len(strings)):
            if one != two and strings[one] == strings[two]:
                covered = set(range(firsts[one], lasts[one] + 1)) & set(range(firsts[two], lasts[two] + 1))
                expected.append((one, two, bool(covered)))
    left, right, overlap = pair_up(strings, firsts, lasts)
    assert list(zip(left.tolist(), right.tolist(), overlap.tolist(), strict=True)) == expected


@given(found=runs(), seed=st.integers(0, 9))
def test_the_chances_of_overlapping_runs_are_shared(
    found: tuple[np.ndarray, np.ndarray, np.ndarray], seed: int
) -> None:
    strings, firsts, lasts = found
    claims = np.random.default_rng(seed).random((len(strings), len(CLAIMS)))
    alone = [choose(strings[[row]], firsts[[row]], lasts[[row]], claims[[row]])[0] for row in range(len(strings))]
    chances = choose(strings, firsts, lasts, claims)
    assert np.all((chances >= 0) & (chances <= 1))
    assert np.all(chances <= np.array(alone) + 1e-12)
