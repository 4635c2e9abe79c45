"""The commands about a store of identities: `ids`, which reads it and takes runs back, and `judge`, which decides."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import click
import pandas as pd

import partnermatch
from partnermatch import tables
from partnermatch.cli.options import ENCODING, FORMAT, OUT, STORE, report_errors
from partnermatch.reviews import ANSWERS, lay_out_reviews, read_decisions
from partnermatch.store import Store
from partnermatch.store.judgements import Decision
from partnermatch.store.reading import Change, EventEntry, Member, RunEntry


@click.group()
def ids() -> None:
    """Read a store of identities: what IDs stand for, now and before, and what changed them."""


@ids.command()
@click.argument("id_", metavar="ID")
@STORE
@report_errors
def show(id_: str, store: str) -> None:
    """Print what ID stands for.

    Its standing, who gave it, its records, and what people decided about them.
    """
    with _open(store) as opened:
        entry, judgements = opened.show(id_), opened.judgements()
    made = f"given by the registry {entry.registry[:12]}" if entry.origin == "registry" else "minted"
    leads = f", now {entry.current}" if entry.current != entry.id else ""
    lines = [f"{entry.id}: {entry.status}{leads}; {made} in run {entry.run}; {len(entry.members)} records"]
    for member in entry.members:
        country = f" ({member.country})" if member.country else ""
        lines.append(f"  #{member.record}  {member.name}{country}  [{member.source} {member.key}]")
    own = {member.record for member in entry.members}
    for item in judgements:
        if own & {item.left, item.right}:
            said = "the same as" if item.same else "not the same as"
            lines.append(f"  {item.who}, {item.made}: #{item.left} is {said} #{item.right}. {item.why}")
    click.echo("\n".join(lines).encode("utf-8", errors="backslashreplace").decode())


@ids.command()
@click.argument("id_", metavar="ID")
@STORE
@OUT
@FORMAT
@report_errors
def history(id_: str, store: str, output: str, format_: str | None) -> None:
    """List what happened to ID.

    And to those that lead to it: a run and an event a row.
    """
    with _open(store) as opened:
        _write(opened.history(id_), EventEntry._fields, output, format_)


@ids.command()
@click.argument("before", type=int)
@click.argument("after", type=int)
@STORE
@OUT
@FORMAT
@report_errors
def diff(before: int, after: int, store: str, output: str, format_: str | None) -> None:
    """List the records whose ID changed, and why.

    Those whose ID is another after run AFTER than after run BEFORE; `ids runs` lists the runs.
    """
    with _open(store) as opened:
        changes = opened.diff(before, after)
    _write(changes, Change._fields, output, format_)
    counts = Counter(change.why.rpartition(": ")[2] for change in changes)
    said = ", ".join(f"{count} {why}" for why, count in sorted(counts.items())) or "none"
    click.echo(f"{len(changes)} records with another ID: {said}.", err=True)


@ids.command()
@click.option("--as-of", type=int, metavar="RUN", help="As it was after that run; as it is now if not given.")
@STORE
@OUT
@FORMAT
@report_errors
def export(as_of: int | None, store: str, output: str, format_: str | None) -> None:
    """Write all records with their IDs."""
    with _open(store) as opened:
        members = opened.members() if as_of is None else opened.as_of(as_of)
    _write(members, Member._fields, output, format_)


@ids.command()
@STORE
@OUT
@FORMAT
@report_errors
def redirects(store: str, output: str, format_: str | None) -> None:
    """List merged IDs with those that hold now."""
    with _open(store) as opened:
        _write(opened.redirects(), ("id", "current"), output, format_)


@ids.command()
@STORE
@OUT
@FORMAT
@report_errors
def runs(store: str, output: str, format_: str | None) -> None:
    """List the runs: when, and what they were made with."""
    with _open(store) as opened:
        _write(opened.runs(), RunEntry._fields, output, format_)


@ids.command()
@click.option("--most", type=click.IntRange(1), default=500, show_default=True, help="Pairs at most.")
@STORE
@OUT
@FORMAT
@report_errors
def review(most: int, store: str, output: str, format_: str | None) -> None:
    """Write the pairs that a person should look at.

    The most valuable come first. Fill in `same` (yes or no), and give the table to `partnermatch judge --from`.
    """
    with _open(store) as opened:
        tables.write_table(lay_out_reviews(opened, most), output, format=format_)


@ids.command()
@click.argument("run", type=int)
@STORE
@report_errors
def undo(run: int, store: str) -> None:
    """Take back the last run.

    RUN is its number in `ids runs`. Every ID is again as it was before that run; what people decided stays.
    """
    with _open(store) as opened:
        number = opened.undo(run, version=partnermatch.__version__)
    click.echo(f"Run {run} is taken back by run {number}.", err=True)


@ids.command()
@STORE
@report_errors
def check(store: str) -> None:
    """Look for what is wrong with the store.

    Prints a sentence a fault; the exit code is 3 if there is any.
    """
    with _open(store) as opened:
        faults = opened.check()
        counted = len(opened.runs())
    for fault in faults:
        click.echo(fault)
    click.echo(f"{len(faults)} faults." if faults else f"The store is sound: {counted} runs.", err=True)
    if faults:
        sys.exit(3)


@click.command()
@click.argument("pair", nargs=-1, metavar="[A B yes|no]")
@click.option("--from", "decisions", metavar="FILE", help="A table with the columns left, right, same, who and why.")
@click.option("--who", default="", help="Who decides.")
@click.option("--why", default="", help="The reason.")
@STORE
@FORMAT
@ENCODING
@report_errors
def judge(
    pair: tuple[str, ...],
    decisions: str | None,
    who: str,
    why: str,
    store: str,
    format_: str | None,
    encoding: str | None,
) -> None:
    """Decide whether two records are one institution.

    A and B are records of the store: a name, the id of a row, or # and the number in `ids show`. The next run obeys.
    """
    if decisions:
        if pair:
            raise click.UsageError("--from takes the place of A B yes|no")
        table = tables.read_table(decisions, format=format_, encoding=encoding)
        made = read_decisions(table, decisions, who=who, why=why)
    else:
        if len(pair) != 3 or pair[2].lower() not in ANSWERS:
            raise click.UsageError("give two records and yes or no, or --from FILE")
        if not who:
            raise click.UsageError("say with --who who decides")
        made = [Decision(pair[0], pair[1], ANSWERS[pair[2].lower()], who, why)]
    with _open(store) as opened:
        kept = opened.judge(made)
    click.echo(f"{len(kept)} decisions kept; the next `dedupe --store` obeys them.", err=True)


def _open(place: str) -> Store:
    return Store.open(place, create=False)


def _write(rows: Iterable[Sequence[Any]], columns: Sequence[str], output: str, format_: str | None) -> None:
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(columns), dtype=object)
    tables.write_table(frame, output, format=format_)
