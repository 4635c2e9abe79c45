"""Reads the table of institutions that work with RIKEN: one record an institution, Japanese name beside the Latin one.

Contract: the cells of a row are placed by what they are, for on many rows they stand one column aside. From the right:
the start (lost where the row is shifted right), the Latin name, the Japanese name; what is left over in front is the
country, and before it the region. Columns: line, region, country, name_ja, name_latin, start. Region and country go on
until the next one; a country is empty under a region that has none (国際組織).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from partnermatch.documents.countries import SEVERAL_COUNTRIES, Countries, is_country_shaped, learn_countries
from partnermatch.documents.dates import is_date, tidy_date
from partnermatch.documents.markdown import Row
from partnermatch.documents.reading import Ledger, Reading
from partnermatch.documents.riken_headings import INSTITUTIONS, find_row_damage, read_riken_table

INSTITUTION_COLUMNS = ("line", "region", "country", "name_ja", "name_latin", "start")
# Places of the columns in a row that is not shifted, from 0.
_NAME_AT, _LATIN_AT, _START_AT, _WIDTH = 2, 3, 4, 5
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ\u3400-\u9fff々]")


@dataclass(frozen=True)
class _Placed:
    """The cells of one row in their columns; `fault` says why there is no name (empty: there is one)."""

    region: str = ""
    country: str = ""
    name_ja: str = ""
    name_latin: str = ""
    start: str = ""
    shifted: bool = False
    fault: str = ""


@dataclass(frozen=True)
class _Places:
    """The texts of this document that name a region or a country."""

    regions: frozenset[str]
    countries: Countries


def read_riken_institutions(text: str) -> Reading:
    """Read the institutions table of RIKEN's list.

    Args:
        text: the whole document as markdown.

    Returns:
        records line, region, country, name_ja, name_latin, start.

    Raises:
        EmptyInput: the text is blank.
        InputError: the document has no such table.
    """
    rows = read_riken_table(text, INSTITUTIONS)
    places = _learn_places(rows)
    ledger = Ledger(INSTITUTION_COLUMNS)
    region = country = ""
    for row in rows:
        damage = find_row_damage(row)
        placed = _Placed(fault=damage) if damage else _place_cells(row.cells, places)
        if placed.region:
            region, country = placed.region, ""
        country = placed.country or country
        if placed.fault:
            ledger.leave_row(row.line, row.raw, placed.fault)
            continue
        ledger.add_record(row.line, region, country, placed.name_ja, placed.name_latin, placed.start)
        _note_shift(ledger, row, placed)
    return ledger.close()


def _note_shift(ledger: Ledger, row: Row, placed: _Placed) -> None:
    """Say where cells were put back, and what the shift lost."""
    if placed.shifted:
        ledger.note(row.line, "row", placed.name_ja, "cells stood outside their columns and were put back")
    for about, value in (("name_ja", placed.name_ja), ("name_latin", placed.name_latin), ("start", placed.start)):
        if not value:
            ledger.note(row.line, about, "", "the row does not give it")


def _learn_places(rows: Sequence[Row]) -> _Places:
    """Learn regions and countries from where they stand in front of two names."""
    filled = [_list_texts(row.cells)[0] for row in rows if not find_row_damage(row)]
    whole = [[text for _, text in texts] for texts in filled if texts and not _JAPANESE.search(texts[-1][1])]
    regions = {texts[0] for texts in whole if len(texts) == 4 and is_country_shaped(texts[0])} | SEVERAL_COUNTRIES
    seen = [texts[1] for texts in whole if len(texts) == 4] + [texts[0] for texts in whole if len(texts) == 3]
    return _Places(frozenset(regions), learn_countries(text for text in seen if text not in regions))


def _list_texts(cells: Sequence[str]) -> tuple[list[tuple[int, str]], int | None]:
    """List the filled cells before the start date, and find the date's place."""
    start = next((at for at, cell in enumerate(cells) if is_date(cell) and any(cells[:at])), None)
    return [(at, cell) for at, cell in enumerate(cells[:start]) if cell], start


def _place_cells(cells: Sequence[str], places: _Places) -> _Placed:
    """Put the cells of one row into their columns."""
    texts, start = _list_texts(cells)
    if start is None and len(cells) < _WIDTH:
        return _Placed(fault="fewer cells than columns and no start date: the row is cut short")
    latin_at, latin = texts.pop() if texts and _is_latin_name(texts, start) else (_LATIN_AT, "")
    region = texts.pop(0)[1] if texts and _is_region(texts, places) else ""
    country = texts.pop(0)[1] if texts and _is_country(texts, places) else ""
    if len(texts) > 1:
        return _Placed(region, country, fault="more names than columns: no telling which is the institution")
    if not texts and not latin:
        return _Placed(region, country, fault="the row names no institution")
    name_at, name = texts[0] if texts else (_NAME_AT, "")
    return _Placed(
        region=region,
        country=country,
        name_ja=name,
        name_latin=latin,
        start=tidy_date(cells[start]) if start is not None else "",
        shifted=(name_at, latin_at) != (_NAME_AT, _LATIN_AT) or start not in (None, _START_AT),
    )


def _is_latin_name(texts: Sequence[tuple[int, str]], start: int | None) -> bool:
    """Say whether the last text is the Latin name: no Japanese in it, and no Latin name still to come."""
    at, text = texts[-1]
    alone_in_name_column = len(texts) == 1 and at == _NAME_AT and start == _START_AT
    return _JAPANESE.search(text) is None and not alone_in_name_column


def _is_region(texts: Sequence[tuple[int, str]], places: _Places) -> bool:
    """Say whether the first text is a region: known as one, and not the only text left, or in the region's column."""
    at, text = texts[0]
    return text in places.regions and (len(texts) > 1 or at == 0)


def _is_country(texts: Sequence[tuple[int, str]], places: _Places) -> bool:
    """Say whether the first text is a country: known as one, or standing in front of a name like one."""
    text = texts[0][1]
    if places.countries.is_country(text):
        return True
    return len(texts) == 2 and is_country_shaped(text)
