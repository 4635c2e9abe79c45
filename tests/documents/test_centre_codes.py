"""Centre abbreviations: found as written, mended with a note, or kept with a note."""

from __future__ import annotations

import pytest

from partnermatch.documents.centre_codes import index_centres

CODES = index_centres(
    [
        ("ABCD", "創成科学センター"),
        ("ABC", "甲部門"),
        ("QBx", "系科学センター"),
        ("MN/OP", "解析部門"),
        ("MN", "測定機構"),
    ]
)


@pytest.mark.parametrize(
    ("cell", "codes", "noted"),
    [
        ("ABCD、MN/OP", ["ABCD", "MN/OP"], []),
        ("ABC/MN, QBx", ["ABC", "MN", "QBx"], []),
        ("XBCD", ["ABCD"], ["XBCD"]),
        ("ABCDE", ["ABCD"], ["ABCDE"]),
        ("QBX", ["QBx"], ["QBX"]),
        ("ABX", ["ABX"], ["ABX"]),
        ("測定機", ["MN"], ["測定機"]),
        ("総務", ["総務"], ["総務"]),
        ("", [], []),
    ],
)
def test_cell_of_codes(cell: str, codes: list[str], noted: list[str]) -> None:
    found, notes = CODES.resolve_cell(cell)
    assert found == codes
    assert [written for written, _ in notes] == noted


def test_a_code_as_near_to_two_is_kept() -> None:
    codes, notes = index_centres([("ABCX", "甲"), ("ABCY", "乙")]).resolve_cell("ABCZ")
    assert codes == ["ABCZ"]
    assert notes == [("ABCZ", "not in the table of centres: kept as written")]


def test_a_document_without_centres_keeps_the_codes() -> None:
    assert index_centres(()).resolve_cell("ABC、DE")[0] == ["ABC", "DE"]
