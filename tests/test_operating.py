"""Operating points: a precision is asked for, and fewer answers are given."""

from __future__ import annotations

import pandas as pd
import pytest

import partnermatch as pm
from partnermatch.errors import SettingsError
from partnermatch.operating import MENTIONS, NAMES, Point, choose_point

PARTNERS = pd.DataFrame(
    {"id": ["a", "b"], "name": ["University of Oslo", "Karolinska Institutet"], "country": ["NO", "SE"]}
)
REGISTRY = pm.Registry.from_table(PARTNERS, id="id", name="name", country="country")


@pytest.mark.parametrize("points", [MENTIONS, NAMES])
def test_more_precision_has_a_higher_threshold_and_less_coverage(points: tuple[Point, ...]) -> None:
    assert list(points) == sorted(points)
    assert sorted(point.least for point in points) == [point.least for point in points]
    assert sorted((point.coverage for point in points), reverse=True) == [point.coverage for point in points]


@pytest.mark.parametrize("precision", [0.995, 1.0])
def test_a_precision_that_was_never_reached_is_refused(precision: float) -> None:
    with pytest.raises(SettingsError, match="was not reached with any threshold: ask for at most"):
        choose_point(MENTIONS, precision)


@pytest.mark.parametrize("precision", [0.0, -1, 2, float("nan")])
def test_a_precision_that_is_no_share_is_refused(precision: float) -> None:
    with pytest.raises(SettingsError) as caught:
        choose_point(MENTIONS, precision)
    assert str(caught.value) == f"A precision of {precision!r} is no share: ask for one above 0 and at most 0.99."


def test_answers_are_those_that_are_certain_enough() -> None:
    strings = ["University of Oslo, Oslo, Norway", "Oslo Univ", "カロリンスカ研究所", "京都大学"]
    every, sure = pm.resolve(strings, REGISTRY), pm.resolve(strings, REGISTRY, precision=0.9)
    given = [(loose, strict) for loose, strict in zip(every["all_ids"], sure["all_ids"], strict=True) if strict]
    assert all(loose == strict for loose, strict in given)
    least = min(choose_point(points, 0.9).least for points in (MENTIONS, NAMES))
    answered = sure[sure["canonical_id"] != ""]
    assert (answered["confidence"] >= least).all()
