"""Two tables are linked as each pair of their names compares, in any order of their rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import partnermatch as pm
from partnermatch import linking
from partnermatch.cli import main

NAMES = (
    "東京大学",
    "東京大学医学部",
    "Univ. of Tokyo",
    "The University of Tokyo, Hongo",
    "京都大学",
    "Kyoto University",
    "RIKEN",
    "理化学研究所",
    "カロリンスカ研究所",
    "Karolinska Institutet",
    "Osaka University",
    "",
    "(株)",
)
ROWS = st.lists(st.sampled_from(NAMES), max_size=8)
REVIEW = pm.Settings().scores.review


def link(left: list[str], right: list[str], **options: Any) -> pd.DataFrame:
    tables = [pd.DataFrame({"name": names}, dtype=object) for names in (left, right)]
    answer: pd.DataFrame = pm.link(*tables, name="name", **options)
    return answer


def list_pairs(answer: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(answer["left_id"], answer["right_id"], strict=True))


@given(left=ROWS, right=ROWS)
@settings(max_examples=40)
def test_pairs_are_those_that_compare_as_alike(left: list[str], right: list[str]) -> None:
    answer = link(left, right)
    compared = {(one, two): pm.compare(left[one], right[two]) for one in range(len(left)) for two in range(len(right))}
    alike = {pair: found for pair, found in compared.items() if found.probability >= REVIEW}
    assert list_pairs(answer) == sorted(alike, key=lambda pair: (pair[0], -alike[pair].probability, pair[1]))
    assert answer["decision"].tolist() == [alike[pair].decision for pair in list_pairs(answer)]
    assert answer["probability"].tolist() == pytest.approx(
        [alike[pair].probability for pair in list_pairs(answer)], abs=1e-4
    )


@given(left=ROWS, right=ROWS)
def test_one_to_one_gives_each_row_one_partner_and_leaves_no_pair_free(left: list[str], right: list[str]) -> None:
    every, chosen = link(left, right), link(left, right, one_to_one=True)
    pairs = list_pairs(chosen)
    assert set(pairs) <= set(list_pairs(every))
    used = [{pair[side] for pair in pairs} for side in (0, 1)]
    assert len(used[0]) == len(used[1]) == len(pairs)
    assert all(one in used[0] or two in used[1] for one, two in list_pairs(every))


@given(left=ROWS, right=ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(left: list[str], right: list[str], order: Any) -> None:
    rows = list(range(len(left)))
    order.shuffle(rows)
    shuffled = link([left[row] for row in rows], right)
    said = {
        (rows[one], two): chance
        for (one, two), chance in zip(list_pairs(shuffled), shuffled["probability"], strict=True)
    }
    whole = link(left, right)
    assert said == dict(zip(list_pairs(whole), whole["probability"], strict=True))


def test_frames_of_other_kinds_and_ids_are_kept() -> None:
    left = pl.DataFrame({"name": ["東京大学", "Osaka University"], "id": ["a", "b"], "country": ["JP", None]})
    right = pl.DataFrame({"name": ["The University of Tokyo", None], "id": ["x", "y"], "country": ["Japan", ""]})
    answer = pm.link(left, right, name="name", country="country", id="id")
    assert isinstance(answer, pl.DataFrame)
    assert answer.select("left_id", "right_id", "decision").rows() == [("a", "x", "match")]
    assert left.columns == ["name", "id", "country"]


def test_too_many_pairs_are_refused_but_not_one_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "MOST_PAIRS", 8)
    with pytest.raises(pm.PartnermatchError, match="9 pairs"):
        link(["RIKEN"] * 3, ["理化学研究所"] * 3)
    assert list_pairs(link(["RIKEN"] * 3, ["理化学研究所"] * 4, one_to_one=True)) == [(0, 0), (1, 1), (2, 2)]


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(pm.PartnermatchError, match="partner"):
        pm.link(pd.DataFrame({"partner": ["RIKEN"]}), pd.DataFrame({"name": ["RIKEN"]}), name="partner")


def test_the_command_line_writes_the_pairs(tmp_path: Path) -> None:
    for side, text in (("left", "name,code\n東京大学,1\nRIKEN,2\n"), ("right", "name,code\nUniv. of Tokyo,A\n")):
        (tmp_path / f"{side}.csv").write_text(text, encoding="utf-8")
    files = [str(tmp_path / f"{side}.csv") for side in ("left", "right")]
    ran = CliRunner().invoke(main, ["link", *files, "-o", str(tmp_path / "out.csv"), "--name", "name", "--id", "code"])
    assert (ran.exit_code, ran.stderr.splitlines()[-1]) == (0, "2 and 1 rows: 1 pairs match, 0 to review.")
    assert pd.read_csv(tmp_path / "out.csv", dtype=str)[["left_id", "right_id"]].values.tolist() == [["1", "A"]]
