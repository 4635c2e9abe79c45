"""Pairs for a person to look at: a table out, the most valuable first, and decisions back in."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from partnermatch import tables
from partnermatch.errors import InputError
from partnermatch.pipeline import compare
from partnermatch.store import Store
from partnermatch.store.judgements import Decision
from partnermatch.store.reading import ReviewEntry

REVIEW_COLUMNS = (
    "left", "right", "same", "who", "why", "left_name", "left_country", "right_name", "right_country",
    "probability", "records", "kind", "explanation", "left_id", "right_id",
)  # fmt: skip
"""`same`, `who` and `why` are left empty for a person; `left` and `right` are what `read_decisions` understands."""
ANSWERS = {"yes": True, "no": False}
CLAIMS = 4
"""Claims of an explanation, the strongest first."""
_TWO = "the registry takes them for two institutions"
_AGAIN = "a person said that both are one institution, but the registry takes them for two; a second yes joins them"
_CONTRADICTION = "a person said that both are one institution, and what others said keeps them apart"


def lay_out_reviews(store: Store, most: int) -> pd.DataFrame:
    """The pairs that a person should look at, a row each, the most valuable first.

    Args:
        store: that keeps them.
        most: how many rows at most.
    """
    rows = [_lay_out(entry) for entry in store.reviews()[:most]]
    return pd.DataFrame(rows, columns=list(REVIEW_COLUMNS), dtype=object)


def read_decisions(table: pd.DataFrame, place: str, *, who: str = "", why: str = "") -> list[Decision]:
    """Decisions from a table with the columns left, right, same and, where they are not given, who and why.

    Args:
        table: as a person filled it in; rows whose `same` is empty are passed over.
        place: the file, for messages.
        who: the person, where a row does not say.
        why: the reason, where a row does not say.

    Raises:
        MissingColumn: one of left, right and same is not there.
        InputError: `same` is neither yes nor no, or nobody is named; says which row.
    """
    sides = [_read(table, column) for column in ("left", "right", "same")]
    notes = [_read(table, column) if column in table.columns else [""] * len(table) for column in ("who", "why")]
    decisions = []
    for number, (left, right, same, named, reason) in enumerate(zip(*sides, *notes, strict=True), start=1):
        if not same:
            continue
        where = f"{place}, row {number}"
        if same.lower() not in ANSWERS:
            raise InputError(f"{where}: same is {same!r}; write yes or no, or leave it empty.")
        if not (named or who):
            raise InputError(f"{where}: nobody is named; fill in who, or give --who.")
        decisions.append(Decision(left, right, ANSWERS[same.lower()], named or who, reason or why, where))
    return decisions


def _read(table: pd.DataFrame, column: str) -> Sequence[str]:
    return ["" if cell is None else str(cell).strip(" ") for cell in tables.column(table, column, flag="from")]


def _lay_out(entry: ReviewEntry) -> tuple[object, ...]:
    left, right = entry.left, entry.right
    sides = (left.name, left.country, right.name, right.country)
    settled = (entry.probability, entry.records, entry.kind, _explain(entry))
    return (f"#{left.record}", f"#{right.record}", "", "", "", *sides, *settled, left.canonical_id, right.canonical_id)


def _explain(entry: ReviewEntry) -> str:
    """What speaks for and against, in words."""
    if entry.kind == "contradiction":
        return _CONTRADICTION
    if entry.probability is None:
        return _AGAIN
    left, right = entry.left, entry.right
    comparison = compare(left.name, right.name, country_a=left.country or None, country_b=right.country or None)
    said = [f"{claim.sentence} ({claim.adds:+.2f})" for claim in comparison.evidence[:CLAIMS]]
    return "; ".join([_TWO, *said] if entry.kind == "registry_ids" else said)
