"""Which tables does RIKEN's list of international cooperation hold, and by which headings are they told apart?"""

from __future__ import annotations

from partnermatch.documents.markdown import Heading, Row, read_table

AGREEMENTS = Heading(("相手国・地域", "相手機関"))
CENTRES = Heading(("関連研究センター略語一覧",))
INSTITUTIONS = Heading(("研究機関", "欧文表記"))
_ALL = (AGREEMENTS, CENTRES, INSTITUTIONS)


def read_riken_table(text: str, heading: Heading) -> list[Row]:
    """Gather the rows of one of the three tables.

    Raises:
        EmptyInput: the text is blank.
        InputError: the table's heading stands nowhere in the text.
    """
    return read_table(text, heading, [other for other in _ALL if other is not heading])


def find_row_damage(row: Row) -> str:
    """Say why a row cannot be read at all; empty when it can.

    A half-written last row may look like a whole shorter one, so a row without its closing wall is never guessed at.
    """
    if not row.headed:
        return "the row stands above the heading of its table"
    if not row.closed:
        return "the row is cut off: its closing | is missing"
    if not any(row.cells):
        return "the row is blank"
    return ""
