"""Laws that hold for any text: a reader answers or refuses, loses no row, and takes time in line with the length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermatch.documents import READERS
from partnermatch.errors import InputError

HEADINGS = {
    "riken-agreements": "| 相手国・地域 | 相手機関 | 協力概要 | 締結時期 | 終了時期 | センター |",
    "riken-institutions": "| 地域 | 国・地域名 | 研究機関 | 欧文表記 | 開始時期 |",
    "riken-centres": "| 関連研究センター略語一覧 | | | |",
}
WORDS = """
北国 多国間 国際組織 北大学 南研究所、東大学 カナダ・北大学 3カ国4機関 協力 2001.1 無期限 ABCD ABCD/EF 同上 ／ North
東アジア 等 ( （、 — - --- \\| 1993. / ・
"""
SPACED = ("", "2013. 6", "North University", "アメリカ 北大学/日本 QQ")
CELLS = st.sampled_from((*WORDS.split(), *SPACED)) | st.text(alphabet="北大学|・、/()0129. aA\u3000", max_size=8)
ROWS = st.builds(
    lambda cells, closed: "| " + " | ".join(cells) + (" |" if closed else ""),
    st.lists(CELLS, max_size=8),
    st.booleans() | st.just(True),
)
PAGE_WORDS = "The University of Port and KI (KI) UP, Institute for Arts' 's - campus embassy in office LINK &"
PAGE = st.lists(st.sampled_from((*PAGE_WORDS.split(), "\n")), max_size=40).map(" ".join)
PATHOLOGICAL = (
    "他",
    "等",
    "東南",
    "中央",
    "・",
    "、",
    "北研究所・",
    "(",
    "）",
    "A ",
    "A",
    "A-",
    "University of ",
    "KI (",
    "1 ",
    "2001.1/",
)


def list_table_rows(text: str, heading: str) -> list[int]:
    """A slow second opinion: the lines that are rows of the only table, by the look of them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = [(number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip().startswith("|")]
    is_line = [bool(set(row) & {"-"}) and not row.replace("|", " ").replace(":", " ").strip(" -") for _, row in rows]
    whole_line = [
        line and all(cell.strip() for cell in row.strip("|").split("|"))
        for line, (_, row) in zip(is_line, rows, strict=True)
    ]
    return [number for (number, row), line in zip(rows, whole_line, strict=True) if not line and row != heading]


@pytest.mark.parametrize("reader", sorted(READERS))
@given(text=st.text())
def test_any_text_is_read_or_refused(reader: str, text: str) -> None:
    try:
        READERS[reader](text)
    except InputError as refusal:
        assert str(refusal).endswith(".")


@pytest.mark.parametrize("reader", sorted(HEADINGS))
@given(rows=st.lists(ROWS, max_size=12))
@settings(max_examples=200)
def test_no_row_is_lost(reader: str, rows: list[str]) -> None:
    text = "\n".join([HEADINGS[reader], "|---|---|", *rows])
    reading = READERS[reader](text)
    placed, left = set(reading.records["line"]), set(reading.unplaced["line"])
    assert not placed & left
    assert sorted(placed | left) == list_table_rows(text, HEADINGS[reader])
    names = [name for name in ("partner", "abbreviation") if name in reading.records]
    assert all(value.strip() for name in names for value in reading.records[name])
    assert set(reading.notes["line"]) <= placed | left


@given(text=PAGE | st.text())
@settings(max_examples=300)
def test_mentions_are_pieces_of_the_page_and_overlap_only_nested(text: str) -> None:
    if not text.strip():
        return
    spans = list(READERS["ki-page"](text).records.itertuples(index=False, name=None))
    assert all(text[start:end] == mention and mention.strip() for start, end, mention in spans)
    assert [span[:2] for span in spans] == sorted({span[:2] for span in spans}, key=lambda span: (span[0], -span[1]))
    ends: list[int] = []
    for start, end, _ in spans:
        ends = [other for other in ends if other > start]
        assert all(end <= other for other in ends)
        ends.append(end)


@pytest.mark.parametrize("piece", PATHOLOGICAL)
@pytest.mark.parametrize("reader", sorted(READERS))
def test_a_long_repetition_is_read_quickly(reader: str, piece: str) -> None:
    cell = piece * 60_000
    text = cell
    if reader in HEADINGS:
        rows = (f"| 多国間 | {cell} | 協力 | 2001. 1 | | {cell} |", f"| {cell} | 北大学 | {cell}x | 2001. 1 |")
        text = "\n".join((HEADINGS[reader], *rows))
    begun = time.perf_counter()
    READERS[reader](text)
    # Generous for a slow machine; a quadratic search over 60,000 pieces takes minutes.
    assert time.perf_counter() - begun < 10
