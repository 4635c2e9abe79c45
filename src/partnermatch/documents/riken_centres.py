"""Reads the table of RIKEN's centre abbreviations.

Contract: a row holds pairs of cells, abbreviation and name, two pairs side by side. A cell with several names parted by
`／` gives a record each, the abbreviation repeated; 同上 in such a cell points to the name above and is no name itself.
Columns: line, abbreviation, name_ja.
"""

from __future__ import annotations

import re

from partnermatch.documents.markdown import Row
from partnermatch.documents.reading import Ledger, Reading
from partnermatch.documents.riken_headings import CENTRES, find_row_damage, read_riken_table

CENTRE_COLUMNS = ("line", "abbreviation", "name_ja")
_DITTO = "同上"
_BETWEEN_NAMES = re.compile(r"\s*[／/]\s*")


def read_riken_centres(text: str) -> Reading:
    """Read the centres table of RIKEN's list.

    Args:
        text: the whole document as markdown.

    Returns:
        records line, abbreviation, name_ja.

    Raises:
        EmptyInput: the text is blank.
        InputError: the document has no such table.
    """
    ledger = Ledger(CENTRE_COLUMNS)
    above: dict[int, tuple[str, str]] = {}
    for row in read_riken_table(text, CENTRES):
        damage = find_row_damage(row)
        if damage:
            ledger.leave_row(row.line, row.raw, damage)
            continue
        before = len(ledger.records)
        for side, code, names in _pair_cells(row):
            code_above, name_above = above.get(side, ("", ""))
            name = _add_names(ledger, row.line, code or code_above, names, name_above)
            above[side] = (code or code_above, name)
        if len(ledger.records) == before:
            ledger.leave_row(row.line, row.raw, "no abbreviation with a name in it")
    return ledger.close()


def _pair_cells(row: Row) -> list[tuple[int, str, str]]:
    """Pair abbreviations with names, as (side, abbreviation, name); blank pairs are left out.

    An even number of filled cells is paired in order, whatever blank cells a shift put between them.
    """
    filled = [cell for cell in row.cells if cell]
    cells = list(row.cells) if len(filled) % 2 or len(row.cells) % 2 == 0 else filled
    cells.append("")
    pairs = [(at // 2, cells[at], cells[at + 1]) for at in range(0, len(cells) - 1, 2)]
    return [pair for pair in pairs if pair[1] or pair[2]]


def _add_names(ledger: Ledger, line: int, code: str, cell: str, above: str) -> str:
    """Record the names of one cell; returns the last one, to which 同上 in the next row points."""
    pieces = [piece for piece in _BETWEEN_NAMES.split(cell) if piece]
    names = [piece for piece in pieces if piece != _DITTO]
    if len(names) < len(pieces):
        ledger.note(line, "name_ja", _DITTO, f"stands for the name above: {above}" if above else "no name above")
    if not names and above and pieces:
        names = [above]
    if not names or not code:
        ledger.note(line, "abbreviation", code or cell, "half a pair: no name, or no abbreviation")
        return above
    for name in names:
        ledger.add_record(line, code, name)
    return names[-1]
