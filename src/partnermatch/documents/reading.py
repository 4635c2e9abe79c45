"""What a reader of a document hands back: records, rows left unplaced, and notes on what was mended.

Contract: a reader answers with one `Reading`. Every table row that it read is a line of `records` or of `unplaced`;
nothing is lost in silence. `notes` says what was changed or left out on the way to a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

UNPLACED_COLUMNS = ("line", "row", "reason")
NOTE_COLUMNS = ("line", "field", "value", "note")


@dataclass(frozen=True, eq=False)
class Reading:
    """One document, read.

    Attributes:
        records: the facts, one a row; the columns are the reader's own.
        unplaced: line, row, reason: a table row that became no record, and why.
        notes: line, field, value, note: what was mended or dropped inside a row that did.
    """

    records: pd.DataFrame
    unplaced: pd.DataFrame
    notes: pd.DataFrame


@dataclass
class Ledger:
    """Collects what one reading finds; `close` freezes it into a `Reading`."""

    columns: Sequence[str]
    records: list[tuple[object, ...]] = field(default_factory=list)
    unplaced: list[tuple[object, ...]] = field(default_factory=list)
    notes: list[tuple[object, ...]] = field(default_factory=list)

    def add_record(self, *values: object) -> None:
        """Keep one record, its values in the order of `columns`."""
        self.records.append(values)

    def leave_row(self, line: int, row: str, reason: str) -> None:
        """Report a row that becomes no record."""
        self.unplaced.append((line, row, reason))

    def note(self, line: int, about: str, value: str, note: str) -> None:
        """Report one thing that was mended or dropped."""
        self.notes.append((line, about, value, note))

    def close(self) -> Reading:
        """Freeze what was collected."""
        return Reading(
            pd.DataFrame(self.records, columns=list(self.columns)),
            pd.DataFrame(self.unplaced, columns=list(UNPLACED_COLUMNS)),
            pd.DataFrame(self.notes, columns=list(NOTE_COLUMNS)),
        )
