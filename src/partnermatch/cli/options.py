"""What commands share: options, and how an error becomes one sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from partnermatch import tables
from partnermatch.errors import InterruptedRun, PartnermatchError

FORMAT = click.option("--format", "format_", type=click.Choice(tables.FORMATS), help="Where the suffix does not say.")
ENCODING = click.option("--encoding", help="Encoding of the input, such as cp932; UTF-8 if not given.")
OUT = click.option("-o", "--output", default=tables.STANDARD_STREAM, help="File to write; - is standard output.")
WORKERS = click.option(
    "--workers", type=click.IntRange(1), default=2, show_default=True, help="Processes that share the work."
)
STORE = click.option(
    "--store", required=True, help="Store of identities: a SQLite file, or the URL of a PostgreSQL database."
)


def report_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Turn the library's errors into one sentence on standard error and an exit code."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except PartnermatchError as error:
            click.echo(f"partnermatch: {error}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("partnermatch: stopped; nothing was written.", err=True)
            sys.exit(InterruptedRun.exit_code)

    return run
