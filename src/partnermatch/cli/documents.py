"""The command `documents`: real documents to tables."""

from __future__ import annotations

import click

from partnermatch import tables
from partnermatch.cli.options import ENCODING, FORMAT, OUT, report_errors


@click.command()
@click.argument("kind")
@click.argument("file")
@OUT
@click.option("--unplaced", help="File for the rows that gave no record, each with its line and the reason.")
@click.option("--notes", help="File for what was put right on the way, each with its line.")
@FORMAT
@ENCODING
@report_errors
def documents(
    kind: str,
    file: str,
    output: str,
    unplaced: str | None,
    notes: str | None,
    format_: str | None,
    encoding: str | None,
) -> None:
    """Read a real document: KIND is riken-agreements, riken-institutions, riken-centres or ki-page."""
    from partnermatch.documents import READERS

    if kind not in READERS:
        raise click.UsageError(f"there is no document {kind!r}; there are {', '.join(READERS)}")
    for path, way in ((output, format_), (unplaced, None), (notes, None)):
        if path:
            tables.check_output(path, format=way)
    reading = READERS[kind](tables.read_text(file, encoding=encoding))
    tables.write_table(reading.records, output, format=format_)
    for frame, place in ((reading.unplaced, unplaced), (reading.notes, notes)):
        if place:
            tables.write_table(frame, place)
    click.echo(
        f"{len(reading.records)} records, {len(reading.unplaced)} rows not placed, {len(reading.notes)} notes.",
        err=True,
    )
    for row in reading.unplaced.to_dict("records"):
        click.echo(f"not placed: line {row['line']}, {row['reason']}", err=True)
