"""Names that differ in a letter or a space are one; names that differ in a number, or in a short word, are not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import make_atoms, make_profiles

from partnermatch.evidence.misspelled import read_alike, read_misprints
from partnermatch.model import Floats, Ints, Profiles

Way = Callable[[Profiles, Ints, Ints], Floats]


def read(one: str, two: str, way: Way = read_alike) -> float:
    profiles = make_profiles(make_atoms(["x"]), [[0], [0]], folded=[one, two])
    there, back = way(profiles, np.array([0, 1]), np.array([1, 0])).tolist()
    assert there == back
    return float(there)


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("HMS Hamburg Media School", "HMSH amburg Media School", True),
        ("Tata Sons Limited", "TataSons Limited", True),
        ("Institut de Linguistique", "Institut denLinguistique", True),
        ("KOBE PHARMACEUTICAL UNIVERSITY", "Kob Pharmaceutical Universlty", True),
        ("Hospital 12 de Octubre", "Hospital 13 de Octubre", False),
        ("Institute IMR for Research", "Institute IMS for Research", False),
        ("Tata Sons", "Tata Steel Works", False),
        ("Osaka", "Osaca", False),
        ("宮崎県工業技術センター", "宮城県工業技術センター", False),
        ("国立スポーツ科学センター", "国立スボーツ科学センター", True),
        ("", "", False),
    ],
)
def test_a_misspelled_name_is_told_from_another(one: str, two: str, alike: bool) -> None:
    assert (read(one, two) > 0) == alike


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("日本学校保会", "日本学校保健会", True),
        ("国立がん研究センター", "国立がん研空センター", True),
        ("東京都健康長寿医療センター", "東京都健康長医寿療センター", True),
        ("群馬大学医学部附属病院", "群馬大学医学部附属病院", False),
        ("日本糖尿病学会", "日本糖尿病協会", False),
        ("長野県警察", "長崎県警察", False),
        ("東大阪大学病院", "北大阪大学病院", False),
        ("第一三共研究所", "第二三共研究所", False),
        ("森永製菓研究所", "森本製菓研究所", False),
        ("アイメックス工業所", "アイレックス工業所", False),
        ("阪大", "版大", False),
        ("日本学校保会", "日本学校保健協会", False),
        ("", "", False),
    ],
)
def test_a_misprint_is_told_from_the_name_of_another(one: str, two: str, alike: bool) -> None:
    assert (read(one, two, read_misprints) > 0) == alike


@given(st.text(max_size=30), st.text(max_size=30))
def test_names_of_any_kind_are_read_both_ways(one: str, two: str) -> None:
    assert 0 <= read(one, two) <= 1
