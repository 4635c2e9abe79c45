"""The commands that set names beside each other: `dedupe`, `link` and `compare`."""

from __future__ import annotations

import dataclasses
import json

import click

import partnermatch
from partnermatch import tables
from partnermatch.cli.opening import open_list, open_store
from partnermatch.cli.options import ENCODING, FORMAT, OUT, WORKERS, report_errors
from partnermatch.cli.showing import describe_run, show_institutions, show_progress, summarize
from partnermatch.settings import Settings


@click.command()
@click.argument("table")
@OUT
@click.option("--name", required=True, help="Column of names.")
@click.option("--country", help="Column of countries: ISO codes or names.")
@click.option("--id", "id_", help="Column of the rows' own ids, checked for doubles.")
@click.option(
    "--registry",
    help="Gives its IDs to institutions it knows: ROR dump, index of it, or a table with columns id, name, country and alias.",
)
@click.option("--store", help="Keeps the IDs: a SQLite file, which is made, or the URL of a PostgreSQL database.")
@click.option(
    "--source",
    help="Where the ids come from, the column's name if not given; the same id of another source is another row.",
)
@click.option("--match", type=float, help="Probability from which two names are one institution.")
@click.option("--review", type=float, help="Probability from which a person should look.")
@WORKERS
@click.option("--show", is_flag=True, help="Print the institutions that were found, the most often named first.")
@FORMAT
@ENCODING
@report_errors
def dedupe(
    table: str,
    output: str,
    name: str,
    country: str | None,
    id_: str | None,
    registry: str | None,
    store: str | None,
    source: str | None,
    match: float | None,
    review: float | None,
    workers: int,
    show: bool,
    format_: str | None,
    encoding: str | None,
) -> None:
    """Find the rows of TABLE that name the same institution, and give each institution an ID."""
    settings = _settings(match, review)
    frame = tables.read_rows(table, output, format=format_, encoding=encoding)
    known = open_list(registry, workers) if registry else None
    notes: list[str] = []
    with show_progress() as progress, open_store(store) as opened:
        answer = partnermatch.dedupe(
            frame,
            name=name,
            country=country,
            id=id_,
            registry=known,
            store=opened,
            source=source,
            settings=settings,
            progress=progress,
            note=notes.append,
            workers=workers,
        )
        kept = "" if opened is None else describe_run(opened)
    for note in notes:
        click.echo(note, err=True)
    tables.write_table(answer, output, format=format_, workers=workers)
    if show:
        show_institutions(tables.as_frame(answer), name)
    summarize(answer, settings, output)
    if kept:
        click.echo(kept, err=True)


@click.command()
@click.argument("left")
@click.argument("right")
@OUT
@click.option("--name", required=True, help="Column of names, in both tables.")
@click.option("--country", help="Column of countries, in both: ISO codes or names.")
@click.option("--id", "id_", help="Column of the rows' ids, in both; the number of the row from 0 if not given.")
@click.option("--one-to-one", is_flag=True, help="Give each row one partner at most, the likeliest pairs first.")
@FORMAT
@ENCODING
@report_errors
def link(
    left: str,
    right: str,
    output: str,
    name: str,
    country: str | None,
    id_: str | None,
    one_to_one: bool,
    format_: str | None,
    encoding: str | None,
) -> None:
    """Find the rows of two tables, LEFT and RIGHT, that mean the same institution."""
    tables.check_output(output, format=format_)
    frames = [tables.read_table(table, format=format_, encoding=encoding) for table in (left, right)]
    with show_progress() as progress:
        answer = partnermatch.link(
            frames[0], frames[1], name=name, country=country, id=id_, one_to_one=one_to_one, progress=progress
        )
    tables.write_table(answer, output, format=format_)
    matched = int((answer["decision"] == "match").sum())
    click.echo(
        f"{len(frames[0])} and {len(frames[1])} rows: {matched} pairs match, {len(answer) - matched} to review.",
        err=True,
    )


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--country-a", help="Country of A.")
@click.option("--country-b", help="Country of B.")
@click.option("--registry", help="ROR dump, an index of it, or a table with columns id, name, country and alias.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@report_errors
def compare(a: str, b: str, country_a: str | None, country_b: str | None, registry: str | None, as_json: bool) -> None:
    """Say whether A and B name the same institution, and why."""
    known = open_list(registry, 1) if registry else None
    comparison = partnermatch.compare(a, b, country_a=country_a, country_b=country_b, registry=known)
    if as_json:
        click.echo(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo(comparison.to_text())


def _settings(match: float | None, review: float | None) -> Settings:
    settings = Settings()
    given = {name: value for name, value in (("match", match), ("review", review)) if value is not None}
    return dataclasses.replace(settings, scores=dataclasses.replace(settings.scores, **given))
