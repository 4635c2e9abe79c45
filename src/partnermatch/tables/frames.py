"""Frames in, frames out: columns of any frame that narwhals knows, and new ones put behind them.

Packages of frames take long to load and are loaded where there is a frame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from partnermatch.errors import InputError, MissingColumn, SettingsError
from partnermatch.tables.columns import CANDIDATE_COLUMNS, NUMBERS, RESOLVE_COLUMNS
from partnermatch.tables.text_table import TextTable

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd


def column(table: Any, name: str, *, flag: str = "name") -> list[Any]:
    """The cells of one column of any frame, in row order.

    Raises:
        TypeError: the table is no frame that narwhals knows.
        MissingColumn: there is no such column.
    """
    frame = table if isinstance(table, TextTable) else _eager(table)
    if name not in frame.columns:
        raise MissingColumn(name, frame.columns, flag=flag)
    return list(frame[name]) if isinstance(frame, TextTable) else frame.get_column(name).to_list()


def as_frame(table: pd.DataFrame | TextTable) -> pd.DataFrame:
    """A table as a pandas frame."""
    import pandas as pd

    return pd.DataFrame(dict(table.cells), dtype=object) if isinstance(table, TextTable) else table


def check_ids(ids: Sequence[object], name: str) -> None:
    """Refuse two rows that have one id.

    Args:
        ids: [r] of the rows.
        name: of their column.

    Raises:
        InputError: there are such; says which rows.
    """
    first: dict[str, int] = {}
    for row, value in enumerate(ids, start=1):
        known = first.setdefault(repr(value), row)
        if known != row:
            raise InputError(
                f"Rows {known} and {row} both have {value!r} in the column {name!r}; "
                "give every row an id of its own, or leave --id out."
            )


def as_table(names_or_table: Any, name: str | None) -> tuple[Any, str]:
    """A frame and its column of names, from a frame or from a list of names.

    Raises:
        SettingsError: a frame is given and no column is named.
        TypeError: it is neither.
    """
    if isinstance(names_or_table, (list, tuple)):
        import pandas as pd

        return pd.DataFrame({name or "name": list(names_or_table)}, dtype=object), name or "name"
    if name is None:
        _eager(names_or_table)
        raise SettingsError("Name the column of names with name= (--name).")
    return names_or_table, name


def add_columns(table: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    """A new frame of the same kind with columns put behind the others; the input is left as it is."""
    if isinstance(table, TextTable):
        return TextTable({**{name: table[name] for name in table.columns if name not in columns}, **columns})
    import narwhals as nw
    import pandas as pd

    native = nw.to_native(_eager(table))
    if isinstance(native, pd.DataFrame):
        added = {name: pd.Series(list(cells), index=native.index, dtype=object) for name, cells in columns.items()}
        kept = native.drop(columns=[name for name in columns if name in native.columns])
        return pd.concat([kept, pd.DataFrame(added, index=native.index)], axis=1)
    frame = nw.from_native(native, eager_only=True)
    frame = frame.drop([name for name in columns if name in frame.columns])
    return frame.with_columns(*_make_series(columns, frame)).to_native()


def make_table(like: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    """A frame of the kind of another, of columns of its own."""
    import narwhals as nw
    import pandas as pd

    native = nw.to_native(_eager(like))
    if isinstance(native, pd.DataFrame):
        return pd.DataFrame({name: list(cells) for name, cells in columns.items()})
    series = _make_series(columns, nw.from_native(native, eager_only=True))
    return nw.from_dict({made.name: made for made in series}).to_native()


def _make_series(columns: Mapping[str, Sequence[Any]], like: nw.DataFrame[Any]) -> list[nw.Series[Any]]:
    """Columns for a frame, those of ours with their type even where they are empty, so that frames fit on one another."""
    import narwhals as nw

    types = {
        **dict.fromkeys((*RESOLVE_COLUMNS, *CANDIDATE_COLUMNS), nw.String()),
        **dict.fromkeys(NUMBERS, nw.Float64()),
    }
    kind = nw.get_native_namespace(like)
    return [nw.new_series(name, list(cells), types.get(name), backend=kind) for name, cells in columns.items()]


def _eager(table: Any) -> nw.DataFrame[Any]:
    import narwhals as nw

    try:
        frame = nw.from_native(table, pass_through=False)
    except nw.exceptions.DuplicateError:
        raise InputError("The table has two columns of one name. Give each column a name of its own.") from None
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame
