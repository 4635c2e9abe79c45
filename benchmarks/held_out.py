"""What is learned from names of ROR, without the institutions that are measured.

An institution is in fold int(sha1(ror_id).hexdigest(), 16) % 5. The table of learned translations is learned once a fold,
from the institutions of the other four, by the code that makes the table, and takes the place of the shipped one while
the fold is looked up. What is written by hand (lexicon, rules) is not learned and is the same in all folds; it was
written with all of these names in view, so that unseen names will do a little worse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from learn_translations import FOLDS, Pair, Row, fold_of, learn, load_records, make_pairs

from partnermatch.lexicon import translations
from partnermatch.resolution import read_once

Table = Mapping[str, tuple[tuple[str, float], ...]]


@contextmanager
def without_fold(fold: int) -> Iterator[None]:
    """The library with the table of learned translations that never saw the institutions of a fold."""
    table = _tables()[fold]
    with patch.object(translations, "translations", lambda: table):
        read_once.cache_clear()  # it has looked translations up
        yield
    read_once.cache_clear()


@cache
def _tables() -> tuple[Table, ...]:
    pairs = make_pairs(list(load_records()))
    return tuple(_lay_out(learn(_outside(pairs, fold))) for fold in range(FOLDS))


def _outside(pairs: Sequence[Pair], fold: int) -> list[Pair]:
    return [pair for pair in pairs if fold_of(pair.ror_id) != fold]


def _lay_out(rows: Sequence[Row]) -> Table:
    """A learned table as `lexicon.translations.translations` gives it."""
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        table[row.source][row.target] = row.weight
    return {
        source: tuple(sorted(targets.items(), key=lambda item: (-item[1], item[0])))
        for source, targets in table.items()
    }
