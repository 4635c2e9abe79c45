"""Claims hold where they should: the same both ways, within their range, and as the cases say."""

from __future__ import annotations

import numpy as np
import pytest
from cases import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import TEXTS

from partnermatch.evidence import CLAIMS, gather_evidence
from partnermatch.evidence.words import Matcher
from partnermatch.links import find_links
from partnermatch.model import Evidence
from partnermatch.profiles import build_profiles
from partnermatch.settings import LinkSettings, Settings

CASES = read_cases("pipeline_cases/claims.tsv")
COUNTRIES = st.sampled_from((None, "JP", "Germany", "スイス"))


def gather(values: list[str], countries: list[str | None]) -> tuple[Evidence, Evidence]:
    """The evidence of all pairs of profiles that these names give, and the same the other way round."""
    profiles, _ = build_profiles(values, countries, Settings())
    rows = np.arange(len(profiles), dtype=np.int64)
    left, right = np.repeat(rows, len(rows)), np.tile(rows, len(rows))
    matcher = Matcher(profiles, find_links(profiles.atoms, LinkSettings()))
    return gather_evidence(matcher, left, right), gather_evidence(matcher, right, left)


def gather_pair(a: str, b: str, countries: tuple[str, str]) -> dict[str, float]:
    profiles, readings = build_profiles([a, b], countries, Settings())
    matcher = Matcher(profiles, find_links(profiles.atoms, LinkSettings()))
    values = gather_evidence(matcher, readings.profiles[:1], readings.profiles[1:]).values
    return dict(zip(CLAIMS, values[0].tolist(), strict=True))


@given(names=st.lists(st.tuples(TEXTS, COUNTRIES), min_size=1, max_size=4))
@settings(max_examples=120)
def test_claims_are_the_same_both_ways_and_in_their_range(names: list[tuple[str, str | None]]) -> None:
    there, back = gather(["Tokyo", *(text for text, _ in names)], [None, *(country for _, country in names)])
    assert there.claims == back.claims == tuple(CLAIMS)
    assert there.values.shape[1] == len(CLAIMS)
    assert np.array_equal(there.values, back.values)
    assert ((there.values >= 0) & (there.values <= 1)).all()


@pytest.mark.parametrize(("a", "b", "country_a", "country_b", "claim", "holds"), CASES)
def test_a_claim_holds(a: str, b: str, country_a: str, country_b: str, claim: str, holds: str) -> None:
    strength = gather_pair(a, b, (country_a.removeprefix("-"), country_b.removeprefix("-")))[claim]
    assert (strength >= 0.5) == (holds == "yes"), strength


def test_every_claim_has_a_case_where_it_holds_or_not() -> None:
    assert {claim for *_, claim, _ in CASES} == set(CLAIMS)


def test_no_pairs_are_a_column_a_claim_without_rows() -> None:
    profiles, _ = build_profiles(["東京大学"], [None], Settings())
    nothing = np.zeros(0, dtype=np.int64)
    evidence = gather_evidence(Matcher(profiles, find_links(profiles.atoms, LinkSettings())), nothing, nothing)
    assert evidence.values.shape == (0, len(CLAIMS))
