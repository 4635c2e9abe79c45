"""What the commands print for people: counts, and tables of institutions and answers; all on standard error."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnermatch
from partnermatch import tables
from partnermatch.settings import Settings
from partnermatch.tables import TextTable

if TYPE_CHECKING:
    import pandas as pd


def show_institutions(answer: pd.DataFrame, name: str, most: int = 25) -> None:
    """A table of the institutions with the most different names."""
    from rich.console import Console
    from rich.table import Table

    table = Table("institution", "ID", "rows", "names and units", title="Institutions by the number of their names")
    groups = answer[answer["canonical_id"] != ""].groupby("canonical_id", sort=True)
    ranked = sorted(groups, key=lambda group: (-group[1][name].nunique(), str(group[0])))
    for canonical, rows in ranked[:most]:
        names = sorted(set(rows[name].astype(str)))
        table.add_row(str(rows["canonical_name"].iloc[0]), str(canonical), str(len(rows)), "\n".join(names[:8]))
    Console(stderr=True, width=None if sys.stderr.isatty() else 140).print(table)


def show_answers(answer: pd.DataFrame, name: str, registry: partnermatch.Registry, most: int = 50) -> None:
    """A table of the rows, each with all institutions that it means; a closed one with those that follow it."""
    import pandas as pd
    from rich.console import Console
    from rich.table import Table

    table = Table("mention", "institution", "ID", "confidence", title="What the rows mean")
    for _, row in answer.head(most).iterrows():
        ids = [id for id in str(row["all_ids"]).split(";") if id]
        names = [_name_with_successors(registry, id) for id in ids] or [f"({row['reason']})"]
        confidence = "" if pd.isna(row["confidence"]) else f"{row['confidence']:.2f}"
        table.add_row(str(row[name]), "\n".join(names), "\n".join(ids), confidence)
    Console(stderr=True, width=None if sys.stderr.isatty() else 160).print(table)


def _name_with_successors(registry: partnermatch.Registry, id: str) -> str:
    row = registry.find(id)
    followers = [registry.find(other) for other in registry.successors[row]]
    names = [registry.display_names[other] for other in followers if other >= 0]
    return registry.display_names[row] + (f" (closed; now {', '.join(names)})" if names else "")


def summarize(answer: pd.DataFrame | TextTable, settings: Settings, output: str) -> None:
    """How many rows and institutions there are, and which rows have no name."""
    counts, ids = Counter(answer["decision"]), list(answer["canonical_id"])
    said = ", ".join(f"{counts[decision]} {decision}" for decision in ("match", "review", "none"))
    institutions = len(set(ids) - {""})
    click.echo(f"{len(answer)} rows, {institutions} institutions: {said} (settings {settings.hash()}).", err=True)
    nameless = [
        (row, reason) for row, (id, reason) in enumerate(zip(ids, answer["reason"], strict=True), 1) if id == ""
    ]
    for row, reason in nameless[:5]:
        click.echo(f"row {row} has no name: {reason}", err=True)
    if len(nameless) > 5:
        click.echo(f"and {len(nameless) - 5} more rows without a name", err=True)
    if output != tables.STANDARD_STREAM:
        click.echo(f"Written to {Path(output)}.", err=True)


def describe_run(store: partnermatch.Store) -> str:
    """The number by which a run can be compared or taken back, and what is left for a person to do."""
    run, reviews = store.runs()[-1].number, len(store.reviews())
    waiting = f"; pairs that a person should look at: {reviews} (partnermatch ids review)" if reviews else ""
    return f"Kept as run {run} in {store.place}{waiting}."


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error where a person looks on, silence otherwise."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:>20}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield tell
