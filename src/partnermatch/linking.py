"""What `link` does: which rows of two tables mean the same institution.

The names of the right table are read once and those of the left are asked of them, each by itself, as names are asked of a
registry; a unit is taken with its institution, as in `dedupe` and `compare`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from partnermatch import tables
from partnermatch.csr import expand_rows
from partnermatch.errors import InputError
from partnermatch.model import Floats, Ints
from partnermatch.nearby import meet
from partnermatch.profiles import build_profiles
from partnermatch.progress import Progress, count, say_nothing
from partnermatch.scores import decide
from partnermatch.segments import read_segment
from partnermatch.settings import Settings, take_settings

MOST_PAIRS = 20_000_000
"""Pairs of rows that are laid out at most; more would fill the memory."""


class Pairs(NamedTuple):
    """Pairs of rows: [p] rows of the left table, [p] rows of the right one, [p] probabilities."""

    left: Ints
    right: Ints
    probabilities: Floats


def link(
    left: Any,
    right: Any,
    *,
    name: str,
    country: str | None = None,
    id: str | None = None,
    one_to_one: bool = False,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Any:
    """Find the rows of two tables that mean the same institution.

    Args:
        left: a pandas, Polars, Arrow or DuckDB frame.
        right: another.
        name: the column of names, in both.
        country: the column of countries, in both, as ISO codes or names.
        id: the column of the rows' ids, in both; the number of the row from 0 if not given.
        one_to_one: give each row one partner at most, the likeliest pairs first.
        settings: numbers that decide; the defaults if not given.
        progress: told how far it is.

    Returns:
        A frame of the kind of `left` with the columns of `tables.LINK_COLUMNS`: a row for each pair that is a match or
        that a person should review, by the rows of the left table, the likeliest first.

    Raises:
        MissingColumn: a column is not there.
        InputError: so many rows have one name that their pairs would not fit the memory.

    >>> import pandas as pd
    >>> one, two = pd.DataFrame({"name": ["東京大学", "RIKEN"]}), pd.DataFrame({"name": ["Kyoto Univ.", "Univ. of Tokyo"]})
    >>> link(one, two, name="name")[["left_id", "right_id", "decision"]].values.tolist()
    [[0, 1, 'match']]
    """
    settings, progress = take_settings(settings), progress or say_nothing
    names = [tables.column(table, name) for table in (left, right)]
    countries = [_countries(table, country, len(own)) for table, own in zip((left, right), names, strict=True)]
    ids = [
        tables.column(table, id, flag="id") if id is not None else list(range(len(own)))
        for table, own in zip((left, right), names, strict=True)
    ]
    pairs = _find_pairs(names, countries, settings, one_to_one, progress)
    scores = settings.scores
    return tables.make_table(
        left,
        {
            "left_id": [ids[0][row] for row in pairs.left.tolist()],
            "right_id": [ids[1][row] for row in pairs.right.tolist()],
            "probability": [round(chance, 4) for chance in pairs.probabilities.tolist()],
            "decision": [decide(chance, scores.match, scores.review).value for chance in pairs.probabilities.tolist()],
        },
    )


def _countries(table: Any, country: str | None, rows: int) -> list[Any]:
    return tables.column(table, country, flag="country") if country else [None] * rows


def _find_pairs(
    names: Sequence[Sequence[object]],
    countries: Sequence[Sequence[object]],
    settings: Settings,
    one_to_one: bool,
    progress: Progress,
) -> Pairs:
    progress("reading the right table", 0, len(names[1]))
    segment = read_segment(names[1], countries[1], range(len(names[1])), settings)
    advance = count(progress, "reading the left table", len(names[0]))
    asked, readings = build_profiles(names[0], countries[0], settings, advance)
    progress("comparing", 0, len(asked))
    meetings = meet(segment, asked, settings)
    likely = np.flatnonzero(meetings.probabilities >= settings.scores.review)
    new, known, chances = meetings.new[likely], meetings.known[likely], meetings.probabilities[likely]
    rows = np.argsort(readings.profiles, kind="stable")
    starts = np.searchsorted(readings.profiles[rows], np.arange(len(asked) + 1))
    progress("laying out", 0, len(likely))
    if one_to_one:
        return _pair_off(Pairs(new, known, chances), (starts, rows), (segment.starts, segment.records))
    total = int(np.sum(np.diff(starts)[new] * np.diff(segment.starts)[known]))
    if total > MOST_PAIRS:
        raise InputError(
            f"The two tables have {total} pairs of rows that are alike: too many to lay out. "
            "Ask for one partner a row (one_to_one, --one-to-one), or dedupe each table first."
        )
    place, source = expand_rows(starts, new)
    more, pair = expand_rows(segment.starts, known[source])
    left, right, chances = rows[place][pair], segment.records[more], chances[source][pair]
    order = np.lexsort((right, -chances, left))
    return Pairs(left[order], right[order], chances[order])


def _pair_off(pairs: Pairs, left: tuple[Ints, Ints], right: tuple[Ints, Ints]) -> Pairs:
    """Pairs of rows from pairs of names, greedily: the likeliest names first, and of their rows the first that are free.

    Args:
        pairs: of names.
        left: where the rows of each name begin, and the rows.
        right: the same of the other table.
    """
    order = np.lexsort((right[0][pairs.right], left[0][pairs.left], -pairs.probabilities))
    used = [starts[:-1].copy() for starts, _ in (left, right)]
    found = [np.zeros((2, 0), dtype=np.int64)]
    counts = []
    for pair in order.tolist():
        one, two = int(pairs.left[pair]), int(pairs.right[pair])
        free = min(int(left[0][one + 1] - used[0][one]), int(right[0][two + 1] - used[1][two]))
        first, second = int(used[0][one]), int(used[1][two])
        found.append(np.stack([left[1][first : first + free], right[1][second : second + free]]))
        counts.append(free)
        used[0][one] += free
        used[1][two] += free
    rows, chances = np.concatenate(found, axis=1), np.repeat(pairs.probabilities[order], counts)
    by_row = np.argsort(rows[0], kind="stable")
    return Pairs(rows[0][by_row], rows[1][by_row], chances[by_row])
