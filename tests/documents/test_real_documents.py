"""The readers on the real documents, where they lie beside the repository, against the facts kept as fixtures."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from partnermatch.documents import READERS, Reading
from partnermatch.tables import read_text

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT.parent / "shared" / "documents"
FACTS = {
    "riken-agreements": ("riken_cooperation_2017.md", "riken_agreements.csv"),
    "riken-institutions": ("riken_cooperation_2017.md", "riken_institutions.csv"),
    "riken-centres": ("riken_cooperation_2017.md", "riken_centres.csv"),
    "ki-page": ("ki_japan.txt", "ki_mentions.csv"),
}
needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the real documents are not part of the project: lay them in ../shared/documents"
)


def read_document(reader: str) -> Reading:
    return READERS[reader](read_text(DOCUMENTS / FACTS[reader][0]))


@needs_documents
@pytest.mark.parametrize("reader", sorted(FACTS))
def test_the_fixture_holds_what_the_reader_finds(reader: str) -> None:
    expected = pd.read_csv(ROOT / "fixtures" / FACTS[reader][1], dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(read_document(reader).records.astype(str), expected, check_dtype=False)


@needs_documents
def test_only_rows_that_name_no_organization_are_left() -> None:
    left = {reader: list(read_document(reader).unplaced["line"]) for reader in FACTS}
    assert left == {"riken-agreements": [11, 12, 24], "riken-institutions": [], "riken-centres": [], "ki-page": []}


@needs_documents
def test_misprinted_centres_are_mended_with_a_note() -> None:
    notes = read_document("riken-agreements").notes
    codes = notes[notes["field"].eq("centres") & notes["note"].str.startswith("read as")]
    assert set(zip(codes["line"], codes["value"], strict=True)) == {
        (33, "予防医療"),
        (41, "QBIC"),
        (454, "GEMS"),
        (474, "GEMS"),
    }


@needs_documents
@pytest.mark.parametrize("cut", [5_000, 20_000, 33_333, 60_000])
def test_a_half_written_document_loses_only_its_last_row(cut: int) -> None:
    text = read_text(DOCUMENTS / FACTS["riken-agreements"][0])
    whole, half = READERS["riken-agreements"](text), READERS["riken-agreements"](text[:cut])
    last = text[:cut].count("\n") + 1
    lines = set(whole.records["line"]) | set(whole.unplaced["line"])
    assert {line for line in lines if line < last} <= set(half.records["line"]) | set(half.unplaced["line"])
