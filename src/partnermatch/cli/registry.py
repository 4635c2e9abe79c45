"""The commands that ask a registry: `resolve`, `extract`, and `index`, which keeps what was read of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

import partnermatch
from partnermatch import tables
from partnermatch.cli.opening import open_list
from partnermatch.cli.options import ENCODING, FORMAT, OUT, WORKERS, report_errors
from partnermatch.cli.showing import show_answers, show_progress


@click.command()
@click.argument("table")
@OUT
@click.option("--name", required=True, help="Column of names.")
@click.option(
    "--registry",
    required=True,
    help="ROR dump, schema v2, .zip or .json as published; an index of it; or a table with columns id, name, country and alias.",
)
@click.option("--index", help="File that keeps what is read of the dump; one in the user's cache if not given.")
@click.option("--no-index", is_flag=True, help="Read the dump anew and keep nothing.")
@WORKERS
@click.option("--country", help="Column of countries: ISO codes or names.")
@click.option(
    "--precision", type=float, help="Share of the answers that are to be right, such as 0.98; fewer are given."
)
@click.option("--candidates", type=click.IntRange(0), default=0, help="List the K best, whatever the decision.")
@click.option("--show", is_flag=True, help="Print what each row means, and what closed institutions became.")
@FORMAT
@ENCODING
@report_errors
def resolve(
    table: str,
    output: str,
    name: str,
    registry: str,
    index: str | None,
    no_index: bool,
    workers: int,
    country: str | None,
    precision: float | None,
    candidates: int,
    show: bool,
    format_: str | None,
    encoding: str | None,
) -> None:
    """Find the institution of a registry that each name of TABLE means."""
    frame = tables.read_rows(table, output, format=format_, encoding=encoding)
    if no_index and index:
        raise click.UsageError("--no-index and --index exclude each other")
    known = open_list(registry, workers, False if no_index else index or True)
    for note in known.notes:
        click.echo(note, err=True)
    with show_progress() as progress:
        answer = partnermatch.resolve(
            frame,
            known,
            name=name,
            country=country,
            precision=precision,
            candidates=candidates,
            progress=progress,
            workers=workers,
        )
    tables.write_table(answer, output, format=format_, workers=workers)
    counts = Counter(answer["decision"])
    said = ", ".join(f"{counts[decision]} {decision}" for decision in ("match", "review", "none"))
    if show:
        show_answers(tables.as_frame(answer), name, known)
    click.echo(f"{len(answer)} rows, {len(known)} institutions known: {said}.", err=True)


@click.command()
@click.argument("page")
@OUT
@click.option(
    "--registry", required=True, help="ROR dump, an index of it, or a table with columns id, name, country and alias."
)
@WORKERS
@FORMAT
@ENCODING
@report_errors
def extract(page: str, output: str, registry: str, workers: int, format_: str | None, encoding: str | None) -> None:
    """Find the institutions of a registry that the running text PAGE names: a row a mention, with its offsets."""
    import pandas as pd

    tables.check_output(output, format=format_)
    text = tables.read_text(page, encoding=encoding)
    known = open_list(registry, workers)
    found = partnermatch.extract(text, known)
    names = [known.display_names[known.find(mention.canonical_id)] for mention in found]
    columns = {name: [getattr(mention, name) for mention in found] for name in partnermatch.Mention._fields}
    tables.write_table(pd.DataFrame({**columns, "canonical_name": names}), output, format=format_)
    click.echo(f"{len(found)} mentions of {len(set(columns['canonical_id']))} institutions.", err=True)


@click.command()
@click.argument("dump")
@click.option("-o", "--output", required=True, help="File to write; .pmindex is usual.")
@WORKERS
@report_errors
def index(dump: str, output: str, workers: int) -> None:
    """Read all names of DUMP, a ROR dump, once and for all: `resolve --registry` takes the file that is written."""
    from partnermatch.index.container import check_index_place

    check_index_place(Path(output))
    registry = partnermatch.Registry.from_ror(dump)
    for note in registry.notes:
        click.echo(note, err=True)
    with show_progress() as progress:
        registry.save(output, workers=workers, progress=progress)
    click.echo(f"{len(registry)} institutions with {len(registry.texts)} names. Written to {Path(output)}.", err=True)
