"""Frames and files in, frames and files out; the names of the columns live here.

A table is any frame that narwhals knows (pandas, Polars, Arrow, DuckDB), or a `TextTable`: a command goes from one file of
text to another without packages of frames, which take long to load.
"""

from partnermatch.tables.columns import CANDIDATE_COLUMNS, DEDUPE_COLUMNS, LINK_COLUMNS, RESOLVE_COLUMNS
from partnermatch.tables.files import (
    FORMATS,
    STANDARD_STREAM,
    check_output,
    read_rows,
    read_table,
    read_text,
    write_table,
)
from partnermatch.tables.frames import add_columns, as_frame, as_table, check_ids, column, make_table
from partnermatch.tables.text_table import TextTable

__all__ = [
    "CANDIDATE_COLUMNS",
    "DEDUPE_COLUMNS",
    "FORMATS",
    "LINK_COLUMNS",
    "RESOLVE_COLUMNS",
    "STANDARD_STREAM",
    "TextTable",
    "add_columns",
    "as_frame",
    "as_table",
    "check_ids",
    "check_output",
    "column",
    "make_table",
    "read_rows",
    "read_table",
    "read_text",
    "write_table",
]
