"""The readers on small hand-made documents in the real ones' form: each case is a document and its expected tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from partnermatch.documents import READERS, Reading

CASES = Path(__file__).parents[2] / "fixtures" / "documents_cases"
DOCUMENTS = {
    "riken-agreements": "agreements.md",
    "riken-institutions": "institutions.md",
    "riken-centres": "centres.md",
    "ki-page": "page.txt",
}
NOTES = [
    ("riken-agreements", 11, "partner", "連携協定", "a title in front of the partners"),
    ("riken-agreements", 19, "partner", "化学科", "a unit named without its institution"),
    ("riken-agreements", 19, "centres", "ABCE", "read as ABCD: one letter away"),
    ("riken-agreements", 18, "centres", "AbCD", "read as ABCD: written in another case"),
    ("riken-agreements", 19, "centres", "星図部", "read as XYZ: the opening of its full name"),
    ("riken-agreements", 24, "centres", "", "the shift pushed this cell out of the row"),
    ("riken-institutions", 8, "row", "浜第二大学", "cells stood outside their columns and were put back"),
    ("riken-institutions", 16, "start", "", "the row does not give it"),
    ("riken-centres", 6, "name_ja", "同上", "stands for the name above: 形成科学センター"),
    ("ki-page", 7, "text", "UPort", "in brackets beside University of Port"),
]


def read_case(reader: str) -> Reading:
    return READERS[reader]((CASES / DOCUMENTS[reader]).read_text(encoding="utf-8"))


def read_expected(name: str) -> pd.DataFrame:
    return pd.read_csv(CASES / name, dtype=str, keep_default_na=False)


@pytest.mark.parametrize("reader", sorted(READERS))
def test_records_are_the_expected_ones(reader: str) -> None:
    expected = read_expected(f"{Path(DOCUMENTS[reader]).stem}.csv")
    pd.testing.assert_frame_equal(read_case(reader).records.astype(str), expected, check_dtype=False)


@pytest.mark.parametrize("reader", ["riken-agreements", "riken-institutions", "riken-centres"])
def test_every_row_without_a_record_has_its_reason(reader: str) -> None:
    unplaced = read_case(reader).unplaced
    expected = read_expected(f"{Path(DOCUMENTS[reader]).stem}_unplaced.csv")
    pd.testing.assert_frame_equal(unplaced[["line", "reason"]].astype(str), expected, check_dtype=False)
    lines = (CASES / DOCUMENTS[reader]).read_text(encoding="utf-8").split("\n")
    assert [lines[line - 1].strip() for line in unplaced["line"]] == list(unplaced["row"])


@pytest.mark.parametrize(("reader", "line", "field", "value", "note"), NOTES)
def test_what_was_mended_is_noted(reader: str, line: int, field: str, value: str, note: str) -> None:
    assert (line, field, value, note) in set(read_case(reader).notes.itertuples(index=False, name=None))


def test_persons_courses_and_agreements_are_no_organizations() -> None:
    mentions = set(read_case("ki-page").records["text"])
    assert not mentions & {"Anna Berg", "Dr Anna Berg", "PhD", "LOI", "Letters of Intent", "LINK", "Lakeland"}


def test_line_ends_of_any_kind_count_the_same() -> None:
    text = (CASES / "agreements.md").read_text(encoding="utf-8")
    read = READERS["riken-agreements"]
    for end in ("\r\n", "\r"):
        assert read(text.replace("\n", end)).records.equals(read(text).records)
