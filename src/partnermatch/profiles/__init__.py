"""Step 1, names to profiles: read every distinct string once and lay what it says out in columns.

Raw strings stop here. Strings that differ only in their unit, in what stands in brackets or in folding lead to one
profile; the organization above an institution gets a profile of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

import numpy as np

from partnermatch import lexicon
from partnermatch.model import Ints, Profiles, Readings, Role, Script, Units
from partnermatch.profiles.atoms import Met, build_atoms, family_number, meet
from partnermatch.profiles.reading import read_all, without_collecting
from partnermatch.settings import Settings, WeightSettings
from partnermatch.text.clean import Status, as_text
from partnermatch.text.initials import initials_by_meaning, initials_in_order
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.names import Name, Reader, country_code, read_name, telling, unit_written, written
from partnermatch.text.sections import kind_of
from partnermatch.text.spans import find_spans


class Row(NamedTuple):
    """What makes a profile one of a kind.

    Attributes:
        scope: names of one scope share their words, and profiles where they are alike; names that are asked of a registry
            share theirs only with those that say the same, so that no question bears on the answer to another.
        folded: the words of its name.
        whole: those of the organization above it.
        country: where it is.
    """

    scope: int
    folded: str
    whole: str
    country: str


class Draft(NamedTuple):
    """What was read of one institution, before it has a number."""

    own: list[Lexeme]
    written: set[str]
    aside: dict[str, Lexeme]
    spans: dict[str, tuple[str, ...]]
    capitals: set[str]


_NEVER_LETTERS = frozenset({Role.COUNTRY, Role.TOPIC, Role.QUALIFIER, Role.STOP})
"""Roles of words that are no acronym, in capitals or not: (JAPAN)."""
Content = tuple[object, ...]
"""Everything that a draft says, as far as profiles depend on it."""


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
    drafts: dict[Row, Draft] = {}
    scopes: dict[Content, int] = {}
    apart = units == Units.ASK
    rows, reasons, named = [], [], []
    with without_collecting():
        names = read_all(read, wanted, settings.text, advance, workers)
        for (_, group), name in zip(groupby(distinct, itemgetter(0)), names, strict=True):
            reason = "" if name.status == Status.NAMED else name.status.name.lower()
            unit = unit_written(name) if name.parts.unit and units != Units.STAND else ""
            for _, country in group:
                rows.append(_add_apart(drafts, scopes, name, country) if apart else _add(drafts, name, country, units))
                reasons.append(reason)
                named.append(unit)
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


def _add(drafts: dict[Row, Draft], name: Name, country: str, units: Units) -> tuple[Row | None, Row | None]:
    """File a name under its row, and its unit as an institution of its own; None where there is no such."""
    if name.status != Status.NAMED:
        return None, None
    unit = [lexeme for level in name.parts.unit for lexeme in level]
    inner = None if units == Units.FOLD or not unit else _file(drafts, name, country, unit, name.parts.own)
    if inner is not None and units == Units.STAND:
        return inner, None
    return _file(drafts, name, country, name.parts.own, name.parts.whole), inner


def _add_apart(
    drafts: dict[Row, Draft], scopes: dict[Content, int], name: Name, country: str
) -> tuple[Row | None, Row | None]:
    """File a name and its unit under rows of their own, or under those of a name that says the same."""
    own: dict[Row, Draft] = {}
    outer, inner = _add(own, name, country, Units.ASK)
    scope = scopes.setdefault(tuple((*row, _content(draft)) for row, draft in own.items()), len(scopes))
    drafts.update({row._replace(scope=scope): draft for row, draft in own.items()})
    return outer and outer._replace(scope=scope), inner and inner._replace(scope=scope)


def _content(draft: Draft) -> Content:
    first = draft.own[0].start if draft.own else 0
    own = (lexeme._replace(start=lexeme.start - first, end=lexeme.end - first) for lexeme in draft.own)
    aside = ((key, lexeme.text, lexeme.reading, lexeme.script) for key, lexeme in sorted(draft.aside.items()))
    return (*own, *aside, *sorted(draft.written), *sorted(draft.spans), *sorted(draft.capitals))


def _file(drafts: dict[Row, Draft], name: Name, country: str, own: Sequence[Lexeme], whole: Sequence[Lexeme]) -> Row:
    """File one institution of a name under its row, and the whole above it under one of its own."""
    above = _folded_text(whole)
    if above:
        _draft(drafts, Row(0, above, "", country), name, whole, (), {})
    row = Row(0, _folded_text(own), above, country)
    aside = {key: lexeme for lexeme in telling(name.parts.aside) for key in lexeme.keys}
    _draft(drafts, row, name, own, whole, aside)
    return row


def _draft(
    drafts: dict[Row, Draft],
    row: Row,
    name: Name,
    lexemes: Sequence[Lexeme],
    whole: Sequence[Lexeme],
    aside: dict[str, Lexeme],
) -> None:
    draft = drafts.setdefault(row, Draft(telling(lexemes), set(), {}, {}, set()))
    for span, members in find_spans(lexemes):
        draft.aside[span.keys[0]], draft.spans[span.keys[0]] = span, members
    draft.written.add(written(name, sorted((*lexemes, *whole), key=lambda lexeme: (lexeme.start, -lexeme.end))))
    draft.aside.update(aside)
    spoken = {lexeme.text for lexeme in (*draft.own, *aside.values()) if lexeme.role not in _NEVER_LETTERS}
    draft.capitals.update(capital for capital in name.capitals if capital in spoken)


def _folded_text(lexemes: Sequence[Lexeme]) -> str:
    return " ".join(lexeme.text for lexeme in telling(lexemes))


def _lay_out(drafts: dict[Row, Draft], order: dict[Row, int], weights: WeightSettings) -> Profiles:
    rows = list(order)
    ordered = [drafts[row] for row in rows]
    scopes = [list(group) for _, group in groupby(rows, attrgetter("scope"))]
    met = [_meet_words({row: drafts[row] for row in scope}) for scope in scopes]
    atoms, places = build_atoms((word for words in met for word in words.values()), weights)
    numbers = [{key: places[word] for key, word in words.items()} for words in met]
    number = [known for known, scope in zip(numbers, scopes, strict=True) for _ in scope]
    numbered = list(zip(number, ordered, strict=True))
    starts, own = _rows([[known[key] for lexeme in draft.own for key in lexeme.keys] for known, draft in numbered])
    aside_starts, aside = _rows([sorted(known[key] for key in draft.aside) for known, draft in numbered])
    kinds = [_head_kind(draft.own) for draft in ordered]
    return Profiles(
        atoms=atoms,
        texts=tuple(min(draft.written) for draft in ordered),
        folded=tuple(row.folded for row in rows),
        countries=tuple(row.country for row in rows),
        starts=starts,
        values=own,
        aside_starts=aside_starts,
        aside_values=aside,
        families=np.array([family_number(f"kind:{kind.name}") if kind else -1 for kind in kinds], dtype=np.int64),
        acronyms=tuple(tuple(sorted(draft.capitals)) for draft in ordered),
        initials=tuple(initials_in_order(draft.own) for draft in ordered),
        letters=tuple(initials_by_meaning(draft.own) for draft in ordered),
        wholes=np.array(
            [order[Row(row.scope, row.whole, "", row.country)] if row.whole else -1 for row in rows], dtype=np.int64
        ),
    )


def _meet_words(drafts: dict[Row, Draft]) -> dict[str, Met]:
    """The words of the names of one scope, by key."""
    lexemes = {row: [*draft.own, *draft.aside.values()] for row, draft in drafts.items()}
    countries: defaultdict[str, set[str]] = defaultdict(set)
    for row, own in lexemes.items():
        for lexeme in own:
            for key in lexeme.keys:
                countries[key].add(row.country)
    spans = {key: members for draft in drafts.values() for key, members in draft.spans.items()}
    capitals = frozenset(word for draft in drafts.values() for word in draft.capitals)
    return meet((lexeme for own in lexemes.values() for lexeme in own), spans, capitals, countries)


def _head_kind(lexemes: Sequence[Lexeme]) -> lexicon.Kind | None:
    """The kind that names the institution: the last, or the first where Latin script says what it is of or for."""
    kinds = [place for place, lexeme in enumerate(lexemes) if lexeme.level and lexeme.level != "campus"]
    if not kinds:
        return None
    first, last = lexemes[kinds[0]], lexemes[kinds[-1]]
    described = any(lexeme.level == "" for lexeme in lexemes[kinds[0] + 1 : kinds[0] + 2])
    return kind_of(first if first.written == Script.LATIN and described else last)


def _rows(lists: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists of numbers as CSR: repeated values within a row once, in order."""
    unique = [list(dict.fromkeys(values)) for values in lists]
    starts = np.zeros(len(unique) + 1, dtype=np.int64)
    np.cumsum([len(values) for values in unique], out=starts[1:])
    return starts, np.array([value for values in unique for value in values], dtype=np.int64)
