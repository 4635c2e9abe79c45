"""Files in, files out: tables as text, and text itself.

Files are read as text, so that nothing in them is changed by guessing types: the format follows the suffix (.csv, .tsv,
.jsonl, .parquet) or is named. Output is written beside, synced and renamed, so that a reader never sees half a file.
"""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from partnermatch.errors import EmptyInput, InputError, SettingsError, WrongEncoding
from partnermatch.parallel import spread
from partnermatch.tables.frames import as_frame
from partnermatch.tables.text_table import TextTable, parse_plain, write_rows
from partnermatch.whole_file import check_place, write_whole

if TYPE_CHECKING:
    import pandas as pd

Read = TypeVar("Read")
SEPARATORS = {"csv": ",", "tsv": "\t"}
FORMATS = (*SEPARATORS, "jsonl", "parquet")
STANDARD_STREAM = "-"
MIN_ROWS = 20_000
"""Rows for which another process pays when they are written."""


def read_text(path: str | Path, *, encoding: str | None = None) -> str:
    """Read a whole file, or standard input for `-`, as text.

    Args:
        path: the file.
        encoding: its encoding; UTF-8, with or without a byte order mark, if not given.

    Raises:
        InputError: the file is not there or cannot be opened.
        WrongEncoding: a byte does not fit; says its offset.
    """
    data = _read_bytes(path)
    name = encoding or "utf-8-sig"
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        skipped = 3 if name == "utf-8-sig" and data.startswith(b"\xef\xbb\xbf") else 0
        raise WrongEncoding(
            str(path), encoding or "UTF-8", error.start + skipped, cut="end of data" in str(error)
        ) from None
    except (LookupError, UnicodeError):
        raise SettingsError(f"There is no encoding called {encoding!r}: try utf-8, cp932 or euc-jp.") from None


def read_table(path: str | Path, *, format: str | None = None, encoding: str | None = None) -> pd.DataFrame:
    """Read a table with every cell as the text that stands in the file.

    Args:
        path: a .csv, .tsv, .jsonl or .parquet file, or `-` for standard input.
        format: one of FORMATS, where the suffix does not say.
        encoding: see `read_text`; not for parquet.

    Raises:
        InputError: the file cannot be read as that format; says the line where it is known.
        EmptyInput: there is no header or no content at all.
    """
    return _read_table(path, format, encoding, _parse_delimited)


def read_rows(
    path: str | Path, output: str | Path = STANDARD_STREAM, *, format: str | None = None, encoding: str | None = None
) -> pd.DataFrame | TextTable:
    """The same for rows that go on to another file: without pandas, as a `TextTable`, if both are plain text."""
    kind = check_output(output, format=format)
    return _read_table(path, format, encoding, _parse_plain if kind in SEPARATORS else _parse_delimited)


def check_output(path: str | Path, *, format: str | None = None) -> str:
    """Refuse, before the work that is to fill it, an output that cannot be written; its format, one of FORMATS.

    Args:
        path: the file, or `-` for standard output.
        format: where the suffix does not say.

    Raises:
        InputError: there is no such folder, or a folder of that name.
        SettingsError: the suffix says none of FORMATS.
    """
    kind = _format_of(path, format)
    if str(path) != STANDARD_STREAM:
        check_place(Path(path))
    return kind


def write_table(
    frame: pd.DataFrame | TextTable, path: str | Path, *, format: str | None = None, workers: int = 1
) -> None:
    r"""Write a table in the format that the suffix says; `-` is standard output.

    A lone surrogate, which no UTF-8 file can hold, is written as its escape (\udXXX).

    Args:
        frame: the table.
        path: the file.
        format: one of FORMATS, where the suffix does not say.
        workers: processes that lay out rows as text, at most; the file is the same.
    """
    kind = _format_of(path, format)
    blocks = _encode(frame, kind, workers)
    if str(path) != STANDARD_STREAM:
        write_whole(Path(path), blocks)
    elif sys.stdout is None:
        raise InputError("Standard output is closed: name a file with --output.")
    else:
        sys.stdout.buffer.writelines(blocks)
        sys.stdout.buffer.flush()


def _read_bytes(path: str | Path) -> bytes:
    standard = str(path) == STANDARD_STREAM
    if standard and sys.stdin is None:
        raise InputError("Standard input is closed: name a file in place of -.")
    try:
        return sys.stdin.buffer.read() if standard else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}. Check the path.") from None


def _format_of(path: str | Path, format: str | None) -> str:
    kind = format or Path(path).suffix.lstrip(".").lower() or "csv"
    kind = {"md": "csv", "txt": "csv", "ndjson": "jsonl"}.get(kind, kind)
    if kind not in FORMATS:
        raise SettingsError(
            f"{path}: the format {kind!r} is not known; give --format with one of {', '.join(FORMATS)}."
        )
    return kind


def _read_table(
    path: str | Path, format: str | None, encoding: str | None, parse: Callable[[str, str, str], Read]
) -> Read | pd.DataFrame:
    kind = _format_of(path, format)
    if kind == "parquet":
        return _read_parquet(path)
    text = read_text(path, encoding=encoding)
    if not text.strip():
        raise EmptyInput(str(path))
    if kind == "jsonl":
        return _parse_jsonl(text, str(path))
    return parse(text, str(path), SEPARATORS[kind])


def _parse_plain(text: str, source: str, separator: str) -> pd.DataFrame | TextTable:
    """A table without pandas; what is less plain is left to it."""
    return parse_plain(text, separator) or _parse_delimited(text, source, separator)


def _parse_delimited(text: str, source: str, separator: str) -> pd.DataFrame:
    import pandas as pd

    try:
        frame = pd.read_csv(
            io.StringIO(text), sep=separator, dtype=str, keep_default_na=False, skip_blank_lines=False, na_filter=False
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        plain = str(error).removeprefix("Error tokenizing data. C error: ").strip()
        reason = _find_fault(text, separator) or plain
    else:
        if frame.empty or isinstance(frame.index, pd.RangeIndex):
            return frame
        reason = _find_fault(text, separator) or "rows have more cells than the header"
    raise InputError(f"{source} is not a whole table: {reason}. Repair that line or give --format.")


def _find_fault(text: str, separator: str) -> str:
    """Which line of a file makes it no table; pandas counts rows, and takes a cell too many for an index."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line, width = 1, 0
    try:
        for row in rows:
            width = width or len(row)
            if len(row) > width:
                return f"line {line} has {len(row)} cells where the header has {width}"
            line = rows.line_num + 1
    except csv.Error as error:
        return f"line {line} opens a quote that is never closed" if "unexpected end" in str(error) else ""
    return ""


def _parse_jsonl(text: str, source: str) -> pd.DataFrame:
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{source}, line {number}, is not JSON: {error}. Repair or remove that line.") from None
        if not isinstance(row, dict):
            raise InputError(f"{source}, line {number}, is not a JSON object with column names.")
        rows.append(row)
    return pd.DataFrame(rows, dtype=object)


def _read_parquet(path: str | Path) -> pd.DataFrame:
    import pandas as pd

    try:
        frame = pd.read_parquet(io.BytesIO(_read_bytes(path)))
        named = [name for name in frame.index.names if name is not None and name not in frame.columns]
        return frame.reset_index(named)
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is not a parquet file: {error}.") from None


def _encode(frame: pd.DataFrame | TextTable, kind: str, workers: int) -> list[bytes]:
    """What a file holds, in blocks one behind another."""
    if kind in SEPARATORS:
        return _write_delimited(frame, SEPARATORS[kind], workers)
    frame = as_frame(frame).map(_visible).rename(columns=_visible)
    return [_lay_out_parquet(frame) if kind == "parquet" else _lay_out_jsonl(frame)]


def _lay_out_parquet(frame: pd.DataFrame) -> bytes:
    """Raises InputError: a column holds cells of several kinds."""
    buffer = io.BytesIO()
    try:
        frame.to_parquet(buffer, index=False)
    except (ValueError, TypeError, OverflowError, NotImplementedError) as error:
        said = "; ".join(map(str, error.args))
        raise InputError(f"The table cannot be written as parquet ({said}): write .csv or .jsonl.") from None
    return buffer.getvalue()


def _lay_out_jsonl(frame: pd.DataFrame) -> bytes:
    """A line a row; numbers have all their digits, of which pandas writes ten behind the point."""
    write = partial(json.dumps, ensure_ascii=False, separators=(",", ":"), default=_as_json)
    names = list(map(str, frame.columns))
    rows = (dict(zip(names, map(_or_null, row), strict=True)) for row in frame.itertuples(index=False, name=None))
    return _as_bytes("".join(f"{write(row)}\n" for row in rows))


def _or_null(cell: Any) -> Any:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _as_json(cell: Any) -> Any:
    """A cell of a kind that JSON lacks; what has no form of its own there is written as in a file of text."""
    if type(cell).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(cell, bytes):
        return cell.decode("utf-8", errors="backslashreplace")
    return cell.tolist() if hasattr(cell, "tolist") else str(cell)


def _write_delimited(frame: pd.DataFrame | TextTable, separator: str, workers: int) -> list[bytes]:
    """Quotes where needed; everywhere if a cell has a carriage return, which the csv module would leave bare."""
    portion = max(MIN_ROWS, -(-len(frame) // workers))

    def write(quoting: Literal[0, 1], first: int) -> bytes:
        if isinstance(frame, TextTable):
            return _as_bytes(write_rows(frame, slice(first, first + portion), separator, quoting))
        part, header = frame.iloc[first : first + portion], first == 0
        return _as_bytes(part.to_csv(index=False, header=header, sep=separator, lineterminator="\n", quoting=quoting))

    firsts = range(0, max(1, len(frame)), portion)
    blocks = list(spread(partial(write, csv.QUOTE_MINIMAL), firsts, workers))
    if any(b"\r" in block for block in blocks):
        blocks = list(spread(partial(write, csv.QUOTE_ALL), firsts, workers))
    return blocks


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="backslashreplace")


def _visible(cell: Any) -> Any:
    return cell.encode("utf-8", errors="backslashreplace").decode() if isinstance(cell, str) else cell
