"""What commands share: options, and how an error becomes one sentence and an exit code."""

from __future__ import annotations

import errno
import io
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
        _escape_what_cannot_be_shown()
        try:
            command(*args, **options)
            _flush_output()
        except PartnermatchError as error:
            click.echo(f"partnermatch: {error}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("partnermatch: stopped; nothing was written.", err=True)
            sys.exit(InterruptedRun.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # nobody reads on: click ends without a word
            click.echo(f"partnermatch: stopped, the output is not whole: {error.strerror or error}.", err=True)
            sys.stdout = None  # what it still holds cannot be written at the end, either
            sys.exit(InterruptedRun.exit_code)

    return run


def _flush_output() -> None:
    """Write what standard output still holds while it can be said that this fails."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _escape_what_cannot_be_shown() -> None:
    """What a terminal of another encoding than UTF-8 lacks is shown as its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
