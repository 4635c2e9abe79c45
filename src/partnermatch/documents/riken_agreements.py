"""Reads the table of RIKEN's agreements with partners abroad: one record a partner named.

Contract: the cells of a row are placed by what they are, for on many rows they stand one column aside. The date of
conclusion is the anchor: before it stand country (blank where it goes on), partner and summary; behind it the end and
the centres. Columns: line, country, partner, note_columns_shifted, start, end, centres (codes, `;` between). The
country is the document's own word, empty where the row is under several countries and the partner names none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from partnermatch.documents.centre_codes import CentreCodes, index_centres
from partnermatch.documents.countries import SEVERAL_COUNTRIES, Countries, is_country_shaped, learn_countries
from partnermatch.documents.dates import is_date, tidy_date
from partnermatch.documents.markdown import Row
from partnermatch.documents.partners import split_partner_cell
from partnermatch.documents.reading import Ledger, Reading
from partnermatch.documents.riken_centres import read_riken_centres
from partnermatch.documents.riken_headings import AGREEMENTS, find_row_damage, read_riken_table
from partnermatch.errors import InputError

AGREEMENT_COLUMNS = ("line", "country", "partner", "note_columns_shifted", "start", "end", "centres")
# Places of the columns in a row that is not shifted, from 0.
_PARTNER_AT, _SUMMARY_AT, _START_AT, _END_AT, _WIDTH = 1, 2, 3, 4, 6
_NO_DATE_GIVEN = frozenset({"", "-", "—", "―", "不明", "未定"})


@dataclass(frozen=True)
class _Placed:
    """The cells of one row in their columns; `fault` says why there is no partner (empty: there is one)."""

    country: str
    partner: str
    start: str = ""
    end: str = ""
    centres: str = ""
    shifted: bool = False
    cut: bool = False
    fault: str = ""


@dataclass(frozen=True)
class _Known:
    """What the whole document teaches about its cells."""

    countries: Countries
    codes: CentreCodes


def read_riken_agreements(text: str) -> Reading:
    """Read the agreements table of RIKEN's list.

    Args:
        text: the whole document as markdown.

    Returns:
        records line, country, partner, note_columns_shifted, start, end, centres.

    Raises:
        EmptyInput: the text is blank.
        InputError: the document has no such table.
    """
    rows = read_riken_table(text, AGREEMENTS)
    known = _Known(learn_countries(_list_country_places(rows)), _read_codes(text))
    ledger = Ledger(AGREEMENT_COLUMNS)
    country = ""
    for row in rows:
        damage = find_row_damage(row)
        if damage:
            ledger.leave_row(row.line, row.raw, damage)
            continue
        placed = _place_cells(row.cells, known)
        country = placed.country or country
        if placed.fault:
            ledger.leave_row(row.line, row.raw, placed.fault)
        else:
            _add_partners(ledger, row, replace(placed, country=country), known)
    return ledger.close()


def _read_codes(text: str) -> CentreCodes:
    """Read the centres of the same document; a document without that table has none."""
    try:
        centres = read_riken_centres(text).records
    except InputError:
        return index_centres(())
    return index_centres(zip(centres["abbreviation"], centres["name_ja"], strict=True))


def _list_country_places(rows: Sequence[Row]) -> list[str]:
    """Gather the cells that stand for a country by place: first of three filled before the date."""
    seen: list[str] = []
    for row in rows:
        start = _find_start(row.cells)
        if start is None or find_row_damage(row):
            continue
        filled = [cell for cell in row.cells[:start] if cell]
        if len(filled) >= 3:
            seen.append(filled[0])
    return seen


def _find_start(cells: Sequence[str]) -> int | None:
    """Find the cell with the date of conclusion: the first date behind some other filled cell."""
    for place, cell in enumerate(cells):
        if place and is_date(cell) and any(cells[:place]):
            end_only = place == _END_AT and len(cells) == _WIDTH and cells[_START_AT] == "" and cells[_SUMMARY_AT] != ""
            return _START_AT if end_only and cells[_PARTNER_AT] else place
    return None


def _place_cells(cells: Sequence[str], known: _Known) -> _Placed:
    """Put the cells of one row into their columns."""
    start = _find_start(cells)
    if start is None:
        undated = len(cells) >= _WIDTH and cells[_START_AT] in _NO_DATE_GIVEN and cells[_SUMMARY_AT] != ""
        if not undated or not cells[_PARTNER_AT]:
            return _Placed("", "", fault="no date of conclusion: the row is cut short or is no agreement")
        start = _START_AT
    country_at, partner_at = _find_names(cells[:start], known.countries)
    country = cells[country_at] if country_at is not None else ""
    if partner_at is None:
        return _Placed(country, "", fault="the row names no partner")
    end, centres = ([*cells[start + 1 : start + 3], "", ""])[:2]
    end_lost = not centres and known.codes.are_codes(end)
    if end_lost:
        end, centres = "", end
    return _Placed(
        country=country,
        partner=cells[partner_at],
        start=tidy_date(cells[start]),
        end=tidy_date(end),
        centres=centres,
        shifted=partner_at != _PARTNER_AT or start != _START_AT or country_at not in (None, 0) or end_lost,
        cut=len(cells) < start + 3,
    )


def _find_names(cells: Sequence[str], countries: Countries) -> tuple[int | None, int | None]:
    """Find the country's and the partner's place among the cells before the date."""
    filled = [place for place, cell in enumerate(cells) if cell]
    aligned = len(cells) == _START_AT
    names = filled[:-1] if aligned and filled[-1:] == [_SUMMARY_AT] else filled
    if not names:
        return None, None
    first = names[0]
    stands_as_country = len(filled) >= 3 or (aligned and names == [0, _PARTNER_AT])
    if countries.is_country(cells[first]) or (stands_as_country and is_country_shaped(cells[first])):
        return first, names[1] if len(names) > 1 else None
    return None, first


def _add_partners(ledger: Ledger, row: Row, placed: _Placed, known: _Known) -> None:
    """Record every partner of one row, or leave the row with the reason why there is none."""
    several = placed.country in SEVERAL_COUNTRIES
    cell = split_partner_cell(placed.partner, known.countries, several_countries=several)
    if not cell.partners:
        reasons = "; ".join(dict.fromkeys(reason for _, reason in cell.dropped)) or "no name in it"
        ledger.leave_row(row.line, row.raw, f"the partner cell names no organization: {reasons}")
        return
    centres, code_notes = known.codes.resolve_cell(placed.centres)
    for partner in cell.partners:
        own = partner.country if several else placed.country
        ledger.add_record(row.line, own, partner.name, placed.shifted, placed.start, placed.end, ";".join(centres))
    for about, notes in (("partner", (*cell.dropped, *cell.remarks)), ("centres", code_notes)):
        for value, note in notes:
            ledger.note(row.line, about, value, note)
    if placed.shifted:
        ledger.note(row.line, "row", placed.partner, "cells stood outside their columns and were put back")
    if placed.cut:
        ledger.note(row.line, "centres", "", "the shift pushed this cell out of the row")
