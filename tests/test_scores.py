"""Scores are a logistic sum of the table of weights; decisions follow the thresholds; vetoes need a reason."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.evidence import CLAIMS
from partnermatch.model import Evidence
from partnermatch.scores import AGAINST, NEVER, START, VETO, WEIGHTS, Decision, add_up, decide, score_pairs
from partnermatch.settings import ScoreSettings

STRENGTHS = st.lists(st.floats(0, 1, width=32), min_size=len(CLAIMS), max_size=len(CLAIMS))
ROWS = st.lists(STRENGTHS, max_size=5)


def make_evidence(rows: list[list[float]]) -> Evidence:
    return Evidence(tuple(CLAIMS), np.array(rows, dtype=np.float32).reshape(-1, len(CLAIMS)))


def claim_only(**strengths: float) -> Evidence:
    assert set(strengths) <= set(CLAIMS)
    return make_evidence([[strengths.get(claim, 0.0) for claim in CLAIMS]])


def test_every_claim_has_a_weight_and_every_weight_a_claim() -> None:
    assert sorted(WEIGHTS) == sorted(CLAIMS)
    assert set(AGAINST) <= set(CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_weight_has_the_sign_that_its_sentence_promises(claim: str) -> None:
    speaks_for = claim.endswith(("same_text", "_answered", "_agree", "_fits"))
    assert WEIGHTS[claim] >= 0 if speaks_for else WEIGHTS[claim] <= 0


@given(rows=ROWS)
def test_a_probability_is_the_logistic_of_the_sum(rows: list[list[float]]) -> None:
    found = score_pairs(make_evidence(rows), ScoreSettings()).probabilities.tolist()
    sums = [START + sum(WEIGHTS[claim] * value for claim, value in zip(CLAIMS, row, strict=True)) for row in rows]
    assert found == pytest.approx([1 / (1 + math.exp(-total)) for total in sums])
    assert all(0 <= probability <= 1 for probability in found)


@given(row=STRENGTHS)
def test_what_each_claim_adds_is_its_weight_times_its_strength(row: list[float]) -> None:
    added = add_up(make_evidence([row]))[0]
    assert added.tolist() == [WEIGHTS[claim] * value for claim, value in zip(CLAIMS, row, strict=True)]


@given(row=STRENGTHS, place=st.integers(0, len(CLAIMS) - 1), more=st.floats(0, 1))
def test_a_stronger_claim_moves_the_probability_the_way_of_its_weight(
    row: list[float], place: int, more: float
) -> None:
    stronger = [max(value, more) if at == place else value for at, value in enumerate(row)]
    before, after = score_pairs(make_evidence([row, stronger]), ScoreSettings()).probabilities
    assert after >= before if WEIGHTS[tuple(CLAIMS)[place]] >= 0 else after <= before


@given(rows=ROWS, veto=st.floats(0, 1))
def test_a_veto_is_an_unlikely_pair_that_speaks_against_itself(rows: list[list[float]], veto: float) -> None:
    scores = score_pairs(make_evidence(rows), ScoreSettings(veto=veto))
    for row, probability, vetoed in zip(rows, scores.probabilities, scores.vetoes, strict=True):
        said = [AGAINST[claim] for claim, value in zip(CLAIMS, row, strict=True) if claim in AGAINST and value >= 0.5]
        assert vetoed == (max(said, default=0) if probability < veto else 0)


def test_little_in_common_alone_forbids_nothing() -> None:
    scores = score_pairs(claim_only(words_unanswered=1.0, little_shared=1.0), ScoreSettings())
    assert scores.probabilities[0] < ScoreSettings().veto
    assert not scores.vetoes[0]


def test_different_numbers_forbid_an_unlikely_pair_and_different_countries_whatever_matches() -> None:
    assert score_pairs(claim_only(numbers_differ=1.0, words_unanswered=1.0), ScoreSettings()).vetoes[0] == VETO
    assert score_pairs(claim_only(countries_differ=1.0, words_unanswered=1.0), ScoreSettings()).vetoes[0] == NEVER


@given(probability=st.floats(0, 1), ends=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_decision_follows_the_thresholds(probability: float, ends: tuple[float, float]) -> None:
    review, match = sorted(ends)
    found = decide(probability, match, review)
    if probability >= match:
        assert found == Decision.MATCH
    else:
        assert found == (Decision.REVIEW if probability >= review else Decision.NONE)


def test_no_pairs_are_no_scores() -> None:
    scores = score_pairs(make_evidence([]), ScoreSettings())
    assert (len(scores.probabilities), len(scores.vetoes)) == (0, 0)
