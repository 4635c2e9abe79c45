"""The figures are those that counting all pairs and all rows, one by one, gives."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermatch.errors import InputError
from partnermatch.evaluation import Measure, evaluate

LABELS = st.sampled_from(("a", "b", "c", 1, None, "", float("nan")))
ROWS = st.lists(st.tuples(LABELS, LABELS, st.sampled_from(("typo", "unit"))), max_size=9)
Row = tuple[Hashable, Hashable, str]


def are_together(one: Hashable, two: Hashable, same_row: bool) -> bool:
    """Rows of one label; a row without a label is with itself alone."""
    return same_row or (one == two and one not in (None, ""))


def count_pairs(rows: list[Row]) -> Measure:
    both = guessed = true = 0
    for one, (group, truth, _) in enumerate(rows):
        for other_group, other_truth, _ in rows[:one]:
            in_group, in_truth = are_together(group, other_group, False), are_together(truth, other_truth, False)
            guessed, true, both = guessed + in_group, true + in_truth, both + (in_group and in_truth)
    return Measure.of(both / guessed if guessed else 1.0, both / true if true else 1.0)


def count_rows(rows: list[Row], kind: str = "") -> Measure:
    precisions, recalls = [], []
    for place, (group, truth, own_kind) in enumerate(rows):
        groups = {at for at, (other, _, _) in enumerate(rows) if are_together(group, other, at == place)}
        truths = {at for at, (_, other, _) in enumerate(rows) if are_together(truth, other, at == place)}
        if kind in ("", own_kind):
            precisions.append(len(groups & truths) / len(groups))
            recalls.append(len(groups & truths) / len(truths))
    count = len(precisions) or 1
    return Measure.of(sum(precisions) / count, sum(recalls) / count)


def assert_close(found: Measure, expected: Measure) -> None:
    assert (found.precision, found.recall, found.f1) == pytest.approx(
        (expected.precision, expected.recall, expected.f1)
    )


@given(rows=ROWS)
def test_the_figures_are_those_of_counting_one_by_one(rows: list[Row]) -> None:
    groups, truths, kinds = [[row[place] for row in rows] for place in range(3)]
    found = evaluate(groups, truths, kinds=[str(kind) for kind in kinds])
    assert found.rows == len(rows)
    assert_close(found.pairwise, count_pairs(rows))
    assert_close(found.b_cubed, count_rows(rows))
    assert sorted(found.by_kind) == sorted({row[2] for row in rows})
    for kind, measure in found.by_kind.items():
        assert_close(measure, count_rows(rows, kind))


@given(labels=st.lists(st.sampled_from("abc"), min_size=1))
def test_the_truth_itself_is_faultless(labels: list[str]) -> None:
    found = evaluate(labels, [f"institution {label}" for label in labels])
    assert found.pairwise == found.b_cubed == Measure(1.0, 1.0, 1.0)


@given(rows=ROWS)
def test_turning_both_round_swaps_precision_and_recall(rows: list[Row]) -> None:
    groups, truths = [row[0] for row in rows], [row[1] for row in rows]
    there, back = evaluate(groups, truths), evaluate(truths, groups)
    assert (there.pairwise.precision, there.pairwise.recall) == (back.pairwise.recall, back.pairwise.precision)
    assert there.b_cubed.precision == pytest.approx(back.b_cubed.recall)


def test_tables_of_different_length_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        evaluate(["a"], ["a", "b"])
    assert str(caught.value) == "1 predicted rows stand beside 2 true ones; give as many of both."


def test_kinds_are_told_apart_in_what_is_shown() -> None:
    shown = evaluate(["a", "a", "b"], ["x", "y", "z"], kinds=["typo", "typo", "unit"])
    assert shown.to_text().splitlines() == [
        "pairwise  P 0.0000  R 1.0000  F1 0.0000",
        "B-cubed   P 0.6667  R 1.0000  F1 0.8000",
        "typo      P 0.5000  R 1.0000  F1 0.6667",
        "unit      P 1.0000  R 1.0000  F1 1.0000",
    ]
    assert shown.to_dict()["rows"] == 3


def test_columns_of_pandas_are_groups_and_what_is_missing_in_them_is_none() -> None:
    groups: Any = pd.Series(["a", None, "a"], dtype="string")
    truth: Any = pd.Series(["x", "x", pd.NA], dtype=object)
    kinds: Any = pd.Series(["typo", float("nan"), None], dtype=object)
    assert evaluate(groups, truth, kinds=kinds) == evaluate(["a", None, "a"], ["x", "x", ""], kinds=["typo", "", ""])
    assert list(evaluate(groups, truth, kinds=kinds).by_kind) == ["typo"]
