"""What the readers say to a document that is empty, another one, or half written."""

from __future__ import annotations

import pytest

from partnermatch.documents import READERS
from partnermatch.errors import EmptyInput, InputError

TABLES = ["riken-agreements", "riken-institutions", "riken-centres"]
HEADINGS = {
    "riken-agreements": "相手国・地域 | 相手機関",
    "riken-institutions": "研究機関 | 欧文表記",
    "riken-centres": "関連研究センター略語一覧",
}


@pytest.mark.parametrize("reader", TABLES)
@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_document_is_refused(reader: str, text: str) -> None:
    with pytest.raises(EmptyInput) as caught:
        READERS[reader](text)
    assert str(caught.value) == "The document is empty: a header line and at least one row are needed."


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_page_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        READERS["ki-page"](text)
    assert str(caught.value) == "The page is empty: give its text, as plain text."


@pytest.mark.parametrize("reader", TABLES)
def test_another_document_is_refused_with_the_heading_that_was_looked_for(reader: str) -> None:
    with pytest.raises(InputError) as caught:
        READERS[reader]("| 名前 | 年 |\n|---|---|\n| 北大学 | 2001 |\n")
    assert str(caught.value) == (
        f"The document has no table with the heading {HEADINGS[reader]}: "
        "give the document that this reader is for, as markdown."
    )


def test_rows_above_the_heading_are_reported() -> None:
    text = "| | 北大学 | 協力 | 2001. 1 | | |\n| 相手国・地域 | 相手機関 |\n| 北国 | 南大学 | 協力 | 2001. 1 | | |\n"
    reading = READERS["riken-agreements"](text)
    assert list(reading.unplaced["reason"]) == ["the row stands above the heading of its table"]
    assert list(reading.records["partner"]) == ["南大学"]


def test_a_file_cut_at_any_place_loses_no_row() -> None:
    text = "| 相手国・地域 | 相手機関 |\n| 北国 | 南大学 | 協力 | 2001. 1 | 2002. 1 | |\n"
    for length in range(text.index("\n") + 2, len(text)):
        reading = READERS["riken-agreements"](text[:length])
        assert [*reading.records["line"], *reading.unplaced["line"]] == [2]


def test_a_page_without_organizations_has_no_records() -> None:
    reading = READERS["ki-page"]("Nothing to see here, says Anna Berg of the PhD course.")
    assert reading.records.empty
    assert list(reading.records.columns) == ["start", "end", "text"]


@pytest.mark.parametrize("reader", sorted(READERS))
def test_the_mapping_of_readers_cannot_be_changed(reader: str) -> None:
    with pytest.raises(TypeError):
        READERS[reader] = READERS[reader]  # type: ignore[index]
