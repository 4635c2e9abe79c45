"""Step 1, names to profiles: read every distinct string once and lay what it says out in columns.

Raw strings stop here. Strings that differ only in their unit, in what stands in brackets or in folding lead to one
profile; the organization above an institution gets a profile of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, groupby
from operator import attrgetter, itemgetter

import numpy as np

from partnermatch.model import Ints, Profiles, Readings, Units
from partnermatch.profiles.atoms import Met, Word, build_atoms, meet
from partnermatch.profiles.drafts import report
from partnermatch.profiles.filing import NOWHERE, Drafts, Filed, Row, Scopes, file_reports, merge
from partnermatch.profiles.reading import read_parts, without_collecting
from partnermatch.settings import Settings, WeightSettings
from partnermatch.text.clean import as_text
from partnermatch.text.names import Reader, country_code, read_name

_OUTER, _INNER, _REASONS, _UNITS = (attrgetter(name) for name in ("outer", "inner", "reasons", "units"))


@without_collecting()
def build_profiles(
    values: Sequence[object],
    countries: Sequence[object],
    settings: Settings,
    advance: Callable[[int], None] = lambda _: None,
    *,
    units: Units = Units.FOLD,
    workers: int = 1,
    read: Reader = read_name,
) -> tuple[Profiles, Readings]:
    """Read the names of a table.

    Args:
        values: [r] names, of any type.
        countries: [r] country cells: codes or names, empty or None if unknown.
        settings: of the run.
        advance: told how many distinct strings were read since the last call.
        units: what becomes of a unit that a name mentions.
        workers: processes that read, at most; the answer is the same, see `reading`.
        read: reads a string; one that remembers, where some were read before.

    Returns:
        The profiles, and for each row what leads there.
    """
    texts = [value if isinstance(value, str) else as_text(value) for value in values]
    pairs = list(zip(texts, _codes(countries), strict=True))
    distinct = {pair: place for place, pair in enumerate(sorted(set(pairs)))}  # whatever the order of the rows
    beside = [(text, [country for _, country in group]) for text, group in groupby(distinct, itemgetter(0))]
    apart = units == Units.ASK
    scopes = Scopes(apart=apart)

    def read_part(part: Sequence[tuple[str, list[str]]]) -> Filed:
        reports = (report(read(text, settings.text), units) for text, _ in part)
        return file_reports(reports, [countries for _, countries in part], scopes)

    parts = list(read_parts(read_part, beside, advance, 1 if apart else workers))
    drafts = merge(parts)
    order = {row: place for place, row in enumerate(sorted(drafts))}
    profiles = _lay_out(drafts, order, settings.weights)
    places = np.array([distinct[pair] for pair in pairs], dtype=np.int64)
    reasons, named = ([text for part in parts for text in column(part)] for column in (_REASONS, _UNITS))
    outer, inner = (_number(parts, order, column)[places] for column in (_OUTER, _INNER))
    return profiles, Readings(
        outer,
        inner,
        tuple([reasons[place] for place in places.tolist()]),
        tuple([named[place] for place in places.tolist()]),
    )


def _number(parts: Sequence[Filed], order: dict[Row, int], column: Callable[[Filed], list[int]]) -> Ints:
    """The profiles that the places in a column mean, all parts one behind another."""
    numbers = [np.array([*(order[row] for row in part.drafts), NOWHERE], dtype=np.int64) for part in parts]
    return np.concatenate([known[column(part)] for known, part in zip(numbers, parts, strict=True)])


def list_distinct(values: Sequence[object], countries: Sequence[object]) -> tuple[list[tuple[str, str]], list[int]]:
    """The different rows of a table, as texts.

    Args:
        values: [r] names, of any type.
        countries: [r] country cells.

    Returns:
        Each different row once, in the order in which it is met first, and [r] which of them each row is.
    """
    met: dict[tuple[str, str], int] = {}
    texts = ((as_text(value), as_text(country)) for value, country in zip(values, countries, strict=True))
    places = [met.setdefault(pair, len(met)) for pair in texts]
    return list(met), places


def _codes(countries: Sequence[object]) -> list[str]:
    """The ISO code of each country cell; each distinct text is looked up once."""
    texts = [cell if isinstance(cell, str) else as_text(cell) for cell in countries]
    codes = {text: country_code(text) for text in dict.fromkeys(texts)}
    return [codes[text] for text in texts]


def _lay_out(drafts: Drafts, order: dict[Row, int], weights: WeightSettings) -> Profiles:
    rows = list(order)
    ordered = [drafts[row] for row in rows]
    scopes = [list(group) for _, group in groupby(rows, attrgetter("scope"))]
    met = [_meet_words({row: drafts[row] for row in scope}) for scope in scopes]
    atoms, places = build_atoms((word for words in met for word in words.values()), weights)
    numbers = [{key: places[word] for key, word in words.items()} for words in met]
    number = [known for known, scope in zip(numbers, scopes, strict=True) for _ in scope]
    numbered = list(zip(number, ordered, strict=True))
    starts, own = _rows([[known[key] for *_, keys in draft.first.own for key in keys] for known, draft in numbered])
    aside_starts, aside = _rows([sorted(known[key] for key in draft.aside) for known, draft in numbered])
    return Profiles(
        atoms=atoms,
        texts=tuple(min(draft.written) for draft in ordered),
        folded=tuple(row.folded for row in rows),
        countries=tuple(row.country for row in rows),
        starts=starts,
        values=own,
        aside_starts=aside_starts,
        aside_values=aside,
        families=np.array([draft.first.family for draft in ordered], dtype=np.int64),
        acronyms=tuple(tuple(sorted(draft.capitals)) for draft in ordered),
        initials=tuple(draft.first.initials for draft in ordered),
        letters=tuple(draft.first.letters for draft in ordered),
        wholes=np.array(
            [order[Row(row.scope, row.whole, "", row.country)] if row.whole else -1 for row in rows], dtype=np.int64
        ),
    )


def _meet_words(drafts: Drafts) -> dict[str, Met]:
    """The words of the names of one scope, by key; those of its names in a row are not always among its own."""
    words: defaultdict[Word, set[str]] = defaultdict(set)
    for row, draft in drafts.items():
        for word in chain(draft.first.own, draft.aside.values(), *draft.spans.values()):
            words[word].add(row.country)
    spans = {
        span: tuple([key for *_, keys in members for key in keys])
        for draft in drafts.values()
        for span, members in draft.spans.items()
    }
    capitals = frozenset([word for draft in drafts.values() for word in draft.capitals])
    return meet(words, spans, capitals)


def _rows(lists: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists of numbers as CSR: repeated values within a row once, in order."""
    unique = [list(dict.fromkeys(values)) for values in lists]
    starts = np.zeros(len(unique) + 1, dtype=np.int64)
    np.cumsum([len(values) for values in unique], out=starts[1:])
    return starts, np.array([value for values in unique for value in values], dtype=np.int64)
