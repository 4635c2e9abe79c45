"""The command line: parse, call one function, print. Data goes to OUT or standard output, messages to standard error.

Exit codes: 0 done, 2 wrong usage, 3 the input cannot be read, 4 stopped part-way.
"""

from __future__ import annotations

import dataclasses
import gc
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import partnermatch
from partnermatch import tables
from partnermatch.errors import InputError
from partnermatch.options import ENCODING, FORMAT, OUT, report_errors
from partnermatch.settings import Settings
from partnermatch.showing import describe_run, show_answers, show_institutions, show_progress, summarize

if TYPE_CHECKING:
    import pandas as pd

_WORKERS = click.option(
    "--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes that share the work."
)


class _Commands(click.Group):
    """The commands; those of a store, whose packages take long to load, only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), "ids", "judge"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in ("ids", "judge"):
            import partnermatch.ids_commands as late

            return late.ids if cmd_name == "ids" else late.judge
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(partnermatch.__version__, prog_name="partnermatch")
@click.pass_context
def main(context: click.Context) -> None:
    """Say which names mean the same institution, across Japanese and English, and give each institution an ID."""
    gc.disable()  # what a command makes it keeps: to look for garbage, at its end too, takes half a second and more
    context.call_on_close(_leave_all_to_the_end)


def _leave_all_to_the_end() -> None:
    """Look for garbage again, but not among what there is now: the process is about to end."""
    gc.freeze()
    gc.enable()


@main.command()
@click.argument("table")
@OUT
@click.option("--name", required=True, help="Column of names.")
@click.option("--country", help="Column of countries: ISO codes or names.")
@click.option("--id", "id_", help="Column of the rows' own ids, checked for doubles.")
@click.option(
    "--registry",
    help="Gives its IDs to the institutions it knows: a ROR dump, an index of it, or a table with columns id, name and country.",
)
@click.option("--store", help="Keeps the IDs: a SQLite file, which is made, or the URL of a PostgreSQL database.")
@click.option(
    "--source",
    help="Where the ids come from, the column's name if not given; the same id of another source is another row.",
)
@click.option("--match", type=float, help="Probability from which two names are one institution.")
@click.option("--review", type=float, help="Probability from which a person should look.")
@_WORKERS
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
    known = _open_list(registry, workers) if registry else None
    notes: list[str] = []
    with show_progress() as progress, _open_store(store) as opened:
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


@main.command()
@click.argument("table")
@OUT
@click.option("--name", required=True, help="Column of names.")
@click.option("--registry", required=True, help="ROR dump, schema v2, .zip or .json as published; or an index of it.")
@click.option("--index", help="File that keeps what is read of the dump; one in the user's cache if not given.")
@click.option("--no-index", is_flag=True, help="Read the dump anew and keep nothing.")
@_WORKERS
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
    known = _open_registry(registry, False if no_index else index or True, workers)
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


@main.command()
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


@main.command()
@click.argument("page")
@OUT
@click.option(
    "--registry", required=True, help="ROR dump, an index of it, or a table with columns id, name and country."
)
@_WORKERS
@FORMAT
@ENCODING
@report_errors
def extract(page: str, output: str, registry: str, workers: int, format_: str | None, encoding: str | None) -> None:
    """Find the institutions of a registry that the running text PAGE names: a row a mention, with its offsets."""
    import pandas as pd

    text = tables.read_text(page, encoding=encoding)
    known = _open_list(registry, workers)
    found = partnermatch.extract(text, known)
    names = [known.display_names[known.find(mention.canonical_id)] for mention in found]
    columns = {name: [getattr(mention, name) for mention in found] for name in partnermatch.Mention._fields}
    tables.write_table(pd.DataFrame({**columns, "canonical_name": names}), output, format=format_)
    click.echo(f"{len(found)} mentions of {len(set(columns['canonical_id']))} institutions.", err=True)


@main.command()
@click.argument("dump")
@click.option("-o", "--output", required=True, help="File to write; .pmindex is usual.")
@_WORKERS
@report_errors
def index(dump: str, output: str, workers: int) -> None:
    """Read all names of DUMP, a ROR dump, once and for all: `resolve --registry` takes the file that is written."""
    registry = partnermatch.Registry.from_ror(dump)
    for note in registry.notes:
        click.echo(note, err=True)
    with show_progress() as progress:
        registry.save(output, workers=workers, progress=progress)
    click.echo(f"{len(registry)} institutions with {len(registry.texts)} names. Written to {Path(output)}.", err=True)


@main.command()
@click.argument("a")
@click.argument("b")
@click.option("--country-a", help="Country of A.")
@click.option("--country-b", help="Country of B.")
@click.option("--registry", help="ROR dump, an index of it, or a table with columns id, name and country.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@report_errors
def compare(a: str, b: str, country_a: str | None, country_b: str | None, registry: str | None, as_json: bool) -> None:
    """Say whether A and B name the same institution, and why."""
    known = _open_list(registry, 1) if registry else None
    comparison = partnermatch.compare(a, b, country_a=country_a, country_b=country_b, registry=known)
    if as_json:
        click.echo(json.dumps(comparison.to_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo(comparison.to_text())


@main.command()
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
    reading = READERS[kind](tables.read_text(file, encoding=encoding))
    tables.write_table(reading.records, output, format=format_)
    for frame, path in ((reading.unplaced, unplaced), (reading.notes, notes)):
        if path:
            tables.write_table(frame, path)
    click.echo(
        f"{len(reading.records)} records, {len(reading.unplaced)} rows not placed, {len(reading.notes)} notes.",
        err=True,
    )
    for row in reading.unplaced.to_dict("records"):
        click.echo(f"not placed: line {row['line']}, {row['reason']}", err=True)


@main.command()
@click.argument("predicted")
@click.argument("gold")
@click.option("--predicted-column", default="canonical_id", show_default=True, help="Column of the predicted groups.")
@click.option("--gold-column", default="truth", show_default=True, help="Column of the true groups.")
@click.option("--id", "id_", default="row_id", show_default=True, help="Column by which the two tables are joined.")
@click.option("--kind", help="Column of GOLD by whose values the figures are split.")
@report_errors
def evaluate(predicted: str, gold: str, predicted_column: str, gold_column: str, id_: str, kind: str | None) -> None:
    """Judge PREDICTED against GOLD: pairwise and B-cubed precision, recall and F1."""
    guess, truth = tables.read_table(predicted), tables.read_table(gold)
    joined = _join_by_id(guess, truth, id_, predicted_column, gold_column)
    kinds = [str(value) for value in tables.column(truth, kind, flag="kind")] if kind else None
    evaluation = partnermatch.evaluate(joined, tables.column(truth, gold_column, flag="gold-column"), kinds=kinds)
    click.echo(evaluation.to_text())


def _open_list(path: str, workers: int) -> partnermatch.Registry:
    """A registry from a dump or an index, or from a table with columns id, name and, where it has one, country."""
    if Path(path).suffix not in (".csv", ".tsv", ".jsonl", ".parquet"):
        return _open_registry(path, True, workers)
    frame = tables.read_rows(path)
    for needed in ("id", "name"):
        if needed not in frame.columns:
            raise InputError(f"{path} has no column {needed!r}; as a registry, a table needs the columns id and name.")
    country = "country" if "country" in frame.columns else None
    return partnermatch.Registry.from_table(frame, id="id", name="name", country=country)


@contextmanager
def _open_store(place: str | None) -> Iterator[partnermatch.Store | None]:
    if place is None:
        yield None
    else:
        with partnermatch.Store.open(place) as store:
            yield store


def _open_registry(path: str, index: str | bool, workers: int) -> partnermatch.Registry:
    """A registry from an index, or from a dump whose index is used or made; says which."""
    from partnermatch.index.container import is_container

    if is_container(Path(path)):
        return partnermatch.Registry.open(path)
    told = False
    with show_progress() as progress:

        def tell(step: str, done: int, total: int) -> None:
            nonlocal told
            if not told:
                told = True
                click.echo(f"Reading the {total} names of {path}, once for all runs ...", err=True)
            progress(step, done, total)

        registry = partnermatch.Registry.from_ror(path, index=index, workers=workers, progress=tell)
    if registry.kept and registry.kept.path:
        click.echo(f"{'Kept in' if told else 'Using'} the index {registry.kept.path}.", err=True)
    return registry


def _join_by_id(guess: pd.DataFrame, truth: pd.DataFrame, id_: str, predicted: str, gold: str) -> list[Any]:
    """The predicted group of every row of the truth; None for a row that was not predicted."""
    groups = tables.column(guess, predicted, flag="predicted-column")
    tables.column(truth, gold, flag="gold-column")
    if id_ not in guess.columns or id_ not in truth.columns:
        if len(guess) != len(truth):
            raise InputError(
                f"The tables have {len(guess)} and {len(truth)} rows and no common column {id_!r}; "
                "name the column that joins them with --id."
            )
        return groups
    ids = tables.column(guess, id_)
    if len(set(ids)) < len(ids):
        double = next(value for value, count in Counter(ids).items() if count > 1)
        raise InputError(f"{double!r} stands twice in the column {id_!r} of PREDICTED; give each row an id of its own.")
    by_id = dict(zip(ids, groups, strict=True))
    return [by_id.get(row) for row in tables.column(truth, id_)]


def _settings(match: float | None, review: float | None) -> Settings:
    settings = Settings()
    given = {name: value for name, value in (("match", match), ("review", review)) if value is not None}
    return dataclasses.replace(settings, scores=dataclasses.replace(settings.scores, **given))
