"""What is no part of a name is left out, and what only looks like it stays."""

from __future__ import annotations

import re
from itertools import product
from time import perf_counter

import pytest

from partnermatch.text.noise import CONTACT, leave_out_noise

LONGEST = 12_000
MAX_SECONDS = 3
"""It takes a tenth of that; a pattern that tries every stretch of the text takes minutes."""
UNITS = (
    ".",
    "a",
    "@",
    "a@",
    "a.",
    "(",
    ",",
    ";",
    "1",
    "1-",
    "123-4567x",
    "特任",
    "教授・",
    "院長",
    "東 ",
    "Tel 1 ",
    "www.",
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("国立国会図書館長", "国立国会図書館"),
        ("産業技術総合研究所長 山田太郎", "産業技術総合研究所"),
        ("研究所所長", "研究所"),
        ("京都大学学長", "京都大学"),
        ("東京大学長", "東京大学"),
        ("東京大学副学長", "東京大学"),
        ("防衛大学校長", "防衛大学校"),
        ("がんセンター長", "がんセンター"),
        ("営業本部 営業部長 山田", "営業本部 営業部"),
        ("専門学校長", "専門学校"),
        ("東京大学（TEL 03-5841-1111）", "東京大学"),
        ("東京大学（a.b@example.org）", "東京大学"),
        ("東京大学、a.b@example.org、京都大学", "東京大学、, 、京都大学"),
        ("理化学研究所（https://www.example.org）、京都大学", "理化学研究所, 、京都大学"),
        ("University of Łódź, Fax: (+86) 25-8359-3593", "University of Łódź"),
        ("Institut für Physik, New York, NY 10012‐1185", "Institut für Physik, New York, NY 10012‐1185"),
        ("Tel: 03-1234-5678, Fax: 03-1234-5679, RIKEN", "RIKEN"),
    ],
)
def test_what_stands_around_a_name_is_left_out(text: str, kept: str) -> None:
    assert leave_out_noise(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "全国公立病院長会議",
        "全国病院長 会議",
        "日本放射線技師会",
        "山田太郎 教授 東京大学",
        "東京大学 助教 医学部附属病院",
        "CNRS@CREATE Ltd",
        "UAb LE@D",
        "IEEE Electronic Mail Society",
        "Tel Aviv University",
        "Telefónica",
        "iPhone 12345 Lab",
        "東京大学 03-5841-1111",
        "3M (United States)",
    ],
)
def test_what_looks_like_it_stays(text: str) -> None:
    assert leave_out_noise(text) == text


@pytest.mark.parametrize(("unit", "before", "behind"), list(product(UNITS, ("", "東@", "123-4567 "), ("!", "、", "@"))))
def test_nothing_takes_long(unit: str, before: str, behind: str) -> None:
    text = before + (unit * LONGEST)[: LONGEST - len(before)] + behind
    begin = perf_counter()
    leave_out_noise(text)
    re.sub(CONTACT, "", text)
    assert perf_counter() - begin < MAX_SECONDS
