"""An acronym fits the name that has it, the name whose initials it is, and less surely one whose translation it may be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import make_atoms, make_profiles

from partnermatch.evidence.acronyms import fit_acronyms
from partnermatch.evidence.columns import lay_columns
from partnermatch.model import Ints, Profiles
from partnermatch.profiles import build_profiles
from partnermatch.settings import EvidenceSettings, Settings

WORDS = ("bnl", "lbn", "mit", "uk")
ACRONYMS = st.lists(st.sampled_from(WORDS), unique=True, max_size=2).map(lambda found: tuple(sorted(found)))
LETTERS = st.lists(st.sampled_from(("bln", "imt", "ku")), unique=True, max_size=2).map(tuple)
ROWS = st.lists(st.tuples(ACRONYMS, st.sampled_from(("", *WORDS)), LETTERS), min_size=1, max_size=5)
Row = tuple[tuple[str, ...], str, tuple[str, ...]]


def lay_out(rows: list[Row]) -> Profiles:
    acronyms, initials, letters = zip(*rows, strict=True)
    return make_profiles(make_atoms(["x"]), [[0]] * len(rows), acronyms=acronyms, initials=initials, letters=letters)


def fit(rows: list[Row], left: Ints, right: Ints) -> list[float]:
    profiles = lay_out(rows)
    found: list[float] = fit_acronyms(profiles, lay_columns(profiles), left, right)[0].tolist()
    return found


def fit_slowly(rows: list[Row], one: int, two: int) -> float:
    if set(rows[one][0]) & set(rows[two][0]):
        return 1.0
    best = 0.0
    for (acronyms, _, _), (_, initials, letters) in ((rows[one], rows[two]), (rows[two], rows[one])):
        for acronym in (acronym for acronym in acronyms if len(acronym) >= 3):
            spelled = "".join(sorted(acronym))
            best = max(best, 1.0 if initials == acronym else 0.0)
            if spelled in letters:
                best = max(best, EvidenceSettings().letters_only / sum(spelled in row[2] for row in rows))
    return best


@given(rows=ROWS)
def test_every_pair_fits_as_the_loops_say_both_ways(rows: list[Row]) -> None:
    pairs = [(left, right) for left in range(len(rows)) for right in range(len(rows))]
    left, right = np.array(pairs, dtype=np.int64).T
    found = fit(rows, left, right)
    assert found == [fit_slowly(rows, *pair) for pair in pairs]
    assert found == fit(rows, right, left)


@pytest.mark.parametrize(
    ("one", "two", "fits"),
    [
        ((("bnl",), "", ()), (("bnl",), "", ()), 1.0),
        ((("bnl",), "", ()), ((), "bnl", ()), 1.0),
        ((("bnl",), "", ()), ((), "nbl", ()), 0.0),
        ((("bnl",), "", ()), ((), "", ("bln",)), EvidenceSettings().letters_only),
        ((("uk",), "", ()), ((), "uk", ("ku",)), 0.0),
        (((), "bnl", ()), ((), "bnl", ()), 0.0),
    ],
)
def test_an_acronym_fits(one: Row, two: Row, fits: float) -> None:
    assert fit([one, two], *np.array([[0], [1]], dtype=np.int64)) == [fits]


def test_letters_of_a_translation_are_shared_out_among_the_names_they_fit() -> None:
    rows: list[Row] = [(("bnl",), "", ()), *[((), "", ("bln",))] * 4]
    assert fit(rows, *np.array([[0], [1]], dtype=np.int64)) == [EvidenceSettings().letters_only / 4]


def test_a_name_is_bare_where_the_acronym_is_all_of_it() -> None:
    atoms = make_atoms(["x"])
    profiles = make_profiles(
        atoms, [[0]] * 3, folded=["cnrs", "cnrs paris", "paris"], acronyms=[("cnrs",), ("cnrs",), ()]
    )
    assert lay_columns(profiles).bare.tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("one", "two", "spelled"),
    [
        ("NIT Silchar", "National Institute of Technology Silchar", True),
        ("NIT Surat", "National Institute of Technology Silchar", False),
        ("NIT", "National Institute of Technology", False),
        ("NIT Silchar", "NIT Silchar", False),
        ("SUNY Potsdam", "Potsdam, State University of New York", True),
    ],
)
def test_an_acronym_among_words_is_spelled_out(one: str, two: str, spelled: bool) -> None:
    profiles, readings = build_profiles([one, two], [None, None], Settings())
    columns, (left, right) = lay_columns(profiles), readings.profiles[:, np.newaxis]
    for ends in ((left, right), (right, left)):
        assert fit_acronyms(profiles, columns, *ends)[1].tolist() == [spelled]
