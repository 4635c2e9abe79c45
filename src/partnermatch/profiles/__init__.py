"""Step 1, names to profiles: read every distinct string once and lay what it says out in columns.

Raw strings stop here. Strings that differ only in their unit, in what stands in brackets or in folding lead to one
profile; the organization above an institution gets a profile of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

import numpy as np

from partnermatch.model import Ints, Profiles, Readings, Units
from partnermatch.profiles.atoms import Met, Word, build_atoms, meet
from partnermatch.profiles.drafts import Draft, Drafts, Report, Row, file_report, report
from partnermatch.profiles.reading import read_all, without_collecting
from partnermatch.settings import Settings, WeightSettings
from partnermatch.text.clean import as_text
from partnermatch.text.names import Reader, country_code, read_name

Content = tuple[object, ...]
"""Everything that a draft says, as far as profiles depend on it."""


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
    codes = _codes(countries)
    pairs = list(zip(texts, codes, strict=True))
    distinct = {pair: place for place, pair in enumerate(sorted(set(pairs)))}  # whatever the order of the rows
    wanted = list(dict.fromkeys(text for text, _ in distinct))
    drafts: Drafts = {}
    scopes: dict[Content, int] = {}
    apart = units == Units.ASK
    rows, reasons, named = [], [], []
    reports = read_all(
        lambda text, settings: report(read(text, settings), units), wanted, settings.text, advance, workers
    )
    for (_, group), found in zip(groupby(distinct, itemgetter(0)), reports, strict=True):
        for _, country in group:
            filed = _file_apart(drafts, scopes, found, country) if apart else file_report(drafts, found, country)
            rows.append(filed)
            reasons.append(found.reason)
            named.append(found.unit)
    order = {row: place for place, row in enumerate(sorted(drafts))}
    profiles = _lay_out(drafts, order, settings.weights)
    places = [distinct[pair] for pair in pairs]
    numbers = np.array([[-1 if row is None else order[row] for row in pair] for pair in rows], dtype=np.int64)
    outer, inner = numbers.reshape(-1, 2)[np.array(places, dtype=np.int64)].T
    return profiles, Readings(
        outer,
        inner,
        tuple(reasons[place] for place in places),
        tuple(named[place] for place in places),
    )


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


def _file_apart(
    drafts: Drafts, scopes: dict[Content, int], found: Report, country: str
) -> tuple[Row | None, Row | None]:
    """File a name and its unit under rows of their own, or under those of a name that says the same."""
    own: Drafts = {}
    outer, inner = file_report(own, found, country)
    scope = scopes.setdefault(tuple((*row, _content(draft)) for row, draft in own.items()), len(scopes))
    drafts.update({row._replace(scope=scope): draft for row, draft in own.items()})
    return outer and outer._replace(scope=scope), inner and inner._replace(scope=scope)


def _content(draft: Draft) -> Content:
    first = draft.first.own[0].start if draft.first.own else 0
    own = (lexeme._replace(start=lexeme.start - first, end=lexeme.end - first) for lexeme in draft.first.own)
    aside = ((key, lexeme.text, lexeme.reading, lexeme.script) for key, lexeme in sorted(draft.aside.items()))
    return (*own, *aside, *sorted(draft.written), *sorted(draft.spans), *sorted(draft.capitals))


def _lay_out(drafts: Drafts, order: dict[Row, int], weights: WeightSettings) -> Profiles:
    rows = list(order)
    ordered = [drafts[row] for row in rows]
    scopes = [list(group) for _, group in groupby(rows, attrgetter("scope"))]
    met = [_meet_words({row: drafts[row] for row in scope}) for scope in scopes]
    atoms, places = build_atoms((word for words in met for word in words.values()), weights)
    numbers = [{key: places[word] for key, word in words.items()} for words in met]
    number = [known for known, scope in zip(numbers, scopes, strict=True) for _ in scope]
    numbered = list(zip(number, ordered, strict=True))
    starts, own = _rows(
        [[known[key] for lexeme in draft.first.own for key in lexeme.keys] for known, draft in numbered]
    )
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
    """The words of the names of one scope, by key."""
    words: defaultdict[Word, set[str]] = defaultdict(set)
    for row, draft in drafts.items():
        for lexeme in (*draft.first.own, *draft.aside.values()):
            words[lexeme.text, lexeme.reading, lexeme.script, lexeme.keys].add(row.country)
    spans = {key: members for draft in drafts.values() for key, members in draft.spans.items()}
    capitals = frozenset([word for draft in drafts.values() for word in draft.capitals])
    return meet(words, spans, capitals)


def _rows(lists: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists of numbers as CSR: repeated values within a row once, in order."""
    unique = [list(dict.fromkeys(values)) for values in lists]
    starts = np.zeros(len(unique) + 1, dtype=np.int64)
    np.cumsum([len(values) for values in unique], out=starts[1:])
    return starts, np.array([value for values in unique for value in values], dtype=np.int64)
