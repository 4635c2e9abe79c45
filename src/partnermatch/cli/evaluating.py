"""The command `evaluate`: groups against true groups."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

import partnermatch
from partnermatch import tables
from partnermatch.cli.options import report_errors
from partnermatch.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@click.argument("predicted")
@click.argument("gold")
@click.option("--predicted-column", default="canonical_id", show_default=True, help="Column of the predicted groups.")
@click.option("--gold-column", default="truth", show_default=True, help="Column of the true groups.")
@click.option("--id", "id_", help="Column that joins the tables; row_id if both have it, else their order.")
@click.option("--kind", help="Column of GOLD by whose values the figures are split.")
@report_errors
def evaluate(
    predicted: str, gold: str, predicted_column: str, gold_column: str, id_: str | None, kind: str | None
) -> None:
    """Judge PREDICTED against GOLD: pairwise and B-cubed precision, recall and F1."""
    guess, truth = tables.read_table(predicted), tables.read_table(gold)
    joined = _join_by_id(guess, truth, id_, predicted_column, gold_column)
    kinds = [str(value) for value in tables.column(truth, kind, flag="kind")] if kind else None
    evaluation = partnermatch.evaluate(joined, tables.column(truth, gold_column, flag="gold-column"), kinds=kinds)
    click.echo(evaluation.to_text())


def _join_by_id(guess: pd.DataFrame, truth: pd.DataFrame, id_: str | None, predicted: str, gold: str) -> list[Any]:
    """The predicted group of every row of the truth; None for a row that was not predicted."""
    joining = id_ or "row_id"
    groups = tables.column(guess, predicted, flag="predicted-column")
    tables.column(truth, gold, flag="gold-column")
    if id_ is None and not (joining in guess.columns and joining in truth.columns):
        if len(guess) == len(truth):
            return groups
        counted = f"The tables have {len(guess)} and {len(truth)} rows and no common column {joining!r}"
        raise InputError(f"{counted}; name the column that joins them with --id.")
    ids, rows = (tables.column(table, joining, flag="id") for table in (guess, truth))
    if len(set(ids)) < len(ids):
        double = next(value for value, count in Counter(ids).items() if count > 1)
        raise InputError(f"{double!r} stands twice in the column {joining!r} of PREDICTED; give each row its own id.")
    by_id = dict(zip(ids, groups, strict=True))
    return [by_id.get(row) for row in rows]
