"""Step 1, names to profiles: read every distinct string once and lay what it says out in columns.

Raw strings stop here. Strings that differ only in their unit, in what stands in brackets or in folding lead to one
profile; the organization above an institution gets a profile of its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from partnermatch import lexicon
from partnermatch.model import Atoms, Ints, Profiles, Readings, Role, Script
from partnermatch.settings import Settings, WeightSettings
from partnermatch.text.clean import Status, as_text
from partnermatch.text.fold import fold, fold_kana
from partnermatch.text.initials import initials_by_meaning, initials_in_order
from partnermatch.text.lexemes import Lexeme
from partnermatch.text.names import Name, country_code, read_name, telling, unit_written, written
from partnermatch.text.readings import read_aloud
from partnermatch.text.sections import kind_of
from partnermatch.text.spans import find_spans

MAX_ACRONYM = 4
"""Letters; longer words in capitals are read as words: RIKEN, POSTECH."""
REGISTRY_NAMES = 150_000
"""Names that the counts of rarity.tsv were taken from, rounded."""

_ROLE_OF = {
    "rest": Role.REST,
    "place": Role.PLACE,
    "number": Role.NUMBER,
    "topic": Role.TOPIC,
    "country": Role.COUNTRY,
    "qualifier": Role.QUALIFIER,
    "kind": Role.KIND,
    "stop": Role.STOP,
    "span": Role.REST,
}


class Row(NamedTuple):
    """What makes a profile one of a kind."""

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


def build_profiles(
    values: Sequence[object],
    countries: Sequence[object],
    settings: Settings,
    advance: Callable[[int], None] = lambda _: None,
) -> tuple[Profiles, Readings]:
    """Read the names of a table.

    Args:
        values: [r] names, of any type.
        countries: [r] country cells: codes or names, empty or None if unknown.
        settings: of the run.
        advance: told how many distinct strings were read since the last call.

    Returns:
        The profiles, and for each row what leads there.
    """
    texts = [value if isinstance(value, str) else as_text(value) for value in values]
    names = _read_distinct(texts, settings, advance)
    drafts: dict[Row, Draft] = {}
    rows: list[Row | None] = []
    for text, country in zip(texts, countries, strict=True):
        name = names[text]
        rows.append(_add(drafts, name, country_code(country)) if name.status == Status.NAMED else None)
    order = {row: place for place, row in enumerate(sorted(drafts))}
    profiles = _lay_out(drafts, order, settings.weights)
    found = [names[text] for text in texts]
    return profiles, Readings(
        np.array([-1 if row is None else order[row] for row in rows], dtype=np.int64),
        tuple("" if name.status == Status.NAMED else name.status.name.lower() for name in found),
        tuple(unit_written(name) if name.parts.unit else "" for name in found),
    )


def _read_distinct(texts: Sequence[str], settings: Settings, advance: Callable[[int], None]) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for text in texts:
        if text not in names:
            names[text] = read_name(text, settings.text)
            advance(1)
    return names


def _add(drafts: dict[Row, Draft], name: Name, country: str) -> Row:
    """File a name under its row, and the whole above it under one of its own."""
    whole = _folded_text(name.parts.whole)
    if whole:
        _draft(drafts, Row(whole, "", country), name, name.parts.whole, (), {})
    row = Row(_folded_text(name.parts.own), whole, country)
    aside = {key: lexeme for lexeme in telling(name.parts.aside) for key in lexeme.keys}
    _draft(drafts, row, name, name.parts.own, name.parts.whole, aside)
    return row


def _draft(
    drafts: dict[Row, Draft],
    row: Row,
    name: Name,
    lexemes: Sequence[Lexeme],
    whole: Sequence[Lexeme],
    aside: dict[str, Lexeme],
) -> None:
    if row not in drafts:
        own, spans = telling(lexemes), dict(find_spans(lexemes))
        beside = {key: span for span in spans for key in span.keys}
        drafts[row] = Draft(own, set(), beside, {key: spans[span] for key, span in beside.items()}, set())
    draft = drafts[row]
    draft.written.add(written(name, sorted((*lexemes, *whole), key=lambda lexeme: lexeme.start)))
    draft.aside.update(aside)
    spoken = {lexeme.text for lexeme in (*draft.own, *aside.values())}
    draft.capitals.update(capital for capital in name.capitals if capital in spoken)


def _folded_text(lexemes: Sequence[Lexeme]) -> str:
    return " ".join(lexeme.text for lexeme in telling(lexemes))


def _lay_out(drafts: dict[Row, Draft], order: dict[Row, int], weights: WeightSettings) -> Profiles:
    rows = list(order)
    ordered = [drafts[row] for row in rows]
    spans = {key: members for draft in ordered for key, members in draft.spans.items()}
    lexemes = [lexeme for draft in ordered for lexeme in (*draft.own, *draft.aside.values())]
    capitals = frozenset(word for draft in ordered for word in draft.capitals)
    atoms = _build_atoms(lexemes, spans, capitals, weights)
    number = {key: place for place, key in enumerate(atoms.keys)}
    starts, own = _rows([[number[key] for lexeme in draft.own for key in lexeme.keys] for draft in ordered])
    aside_starts, aside = _rows([sorted(number[key] for key in draft.aside) for draft in ordered])
    kinds = [_head_kind(draft.own) for draft in ordered]
    names = list(lexicon.kinds())
    return Profiles(
        atoms=atoms,
        texts=tuple(min(draft.written) for draft in ordered),
        folded=tuple(row.folded for row in rows),
        countries=tuple(row.country for row in rows),
        starts=starts,
        values=own,
        aside_starts=aside_starts,
        aside_values=aside,
        families=np.array([_family(f"kind:{kind.name}") if kind else -1 for kind in kinds], dtype=np.int64),
        kinds=np.array([names.index(kind.name) if kind else -1 for kind in kinds], dtype=np.int64),
        acronyms=tuple(tuple(sorted(draft.capitals)) for draft in ordered),
        initials=tuple(initials_in_order(draft.own) for draft in ordered),
        letters=tuple(initials_by_meaning(draft.own) for draft in ordered),
        wholes=np.array([order[Row(row.whole, "", row.country)] if row.whole else -1 for row in rows], dtype=np.int64),
    )


def _head_kind(lexemes: Sequence[Lexeme]) -> lexicon.Kind | None:
    """The kind that names the institution: the last, or the first where Latin script says what it is of or for."""
    kinds = [place for place, lexeme in enumerate(lexemes) if lexeme.level and lexeme.level != "campus"]
    if not kinds:
        return None
    first, last = lexemes[kinds[0]], lexemes[kinds[-1]]
    described = any(lexeme.level == "" for lexeme in lexemes[kinds[0] + 1 : kinds[0] + 2])
    return kind_of(first if first.written == Script.LATIN and described else last)


def _family(key: str) -> int:
    kind = lexicon.kinds().get(key.removeprefix("kind:")) if key.startswith("kind:") else None
    return _families().index(kind.family) if kind and kind.level != "legal" else -1


@cache
def _families() -> tuple[str, ...]:
    return tuple(sorted({kind.family for kind in lexicon.kinds().values()}))


def _rows(lists: Iterable[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists of numbers as CSR: repeated values within a row once, in order."""
    unique = [list(dict.fromkeys(values)) for values in lists]
    starts = np.zeros(len(unique) + 1, dtype=np.int64)
    np.cumsum([len(values) for values in unique], out=starts[1:])
    return starts, np.array([value for values in unique for value in values], dtype=np.int64)


def _build_atoms(
    lexemes: Iterable[Lexeme], spans: dict[str, tuple[str, ...]], capitals: frozenset[str], weights: WeightSettings
) -> Atoms:
    met: defaultdict[str, dict[str, Lexeme]] = defaultdict(dict)
    for lexeme in lexemes:
        for key in lexeme.keys:
            met[key].setdefault(lexeme.text, lexeme)
    keys = tuple(sorted(met))
    number = {key: place for place, key in enumerate(keys)}
    forms = tuple(tuple(sorted(met[key])) for key in keys)
    firsts = [met[key][form[0]] for key, form in zip(keys, forms, strict=True)]
    roles = [_ROLE_OF[key.partition(":")[0]] for key in keys]
    return Atoms(
        keys=keys,
        roles=np.array(roles, dtype=np.int64),
        weights=np.array([_weight(key, role, weights) for key, role in zip(keys, roles, strict=True)]),
        families=np.array([_family(key) for key in keys], dtype=np.int64),
        scripts=np.array([lexeme.script for lexeme in firsts], dtype=np.int64),
        forms=forms,
        spellings=tuple(_spellings(key, met_forms) for key, met_forms in zip(keys, forms, strict=True)),
        readings=tuple(
            () if _is_acronym(key, capitals) else _readings(key, met[key].values(), role)
            for key, role in zip(keys, roles, strict=True)
        ),
        members=tuple(tuple(number[member] for member in spans.get(key, ())) for key in keys),
    )


def _is_acronym(key: str, capitals: frozenset[str]) -> bool:
    """Short words in capitals are spelled out, not read: PMI does not sound like anything."""
    word = key.removeprefix("rest:")
    return word in capitals and len(word) <= MAX_ACRONYM


def _spellings(key: str, met: tuple[str, ...]) -> tuple[str, ...]:
    if not key.startswith("place:"):
        return met
    entry = lexicon.places()[key.rpartition(":")[2]].entry
    known = (*(fold(form) for form in entry.latin), *(fold_kana(fold(form)) for form in entry.ja))
    return tuple(sorted({*met, *known}))


def _readings(key: str, lexemes: Iterable[Lexeme], role: Role) -> tuple[str, ...]:
    """Only what is carried over by sound is read aloud: names and places, not numbers, topics or kinds."""
    if role not in (Role.REST, Role.PLACE):
        return ()
    found: list[str] = []
    for lexeme in lexemes:
        spelled_out = role == Role.REST and len(lexeme.keys) > 1  # MPI stands for planck: read that, not the letters
        found += [key.partition(":")[2]] if spelled_out else read_aloud(lexeme.text, lexeme.script, lexeme.reading)
    if role == Role.PLACE:
        found += [form.replace(" ", "") for form in lexicon.places()[key.rpartition(":")[2]].entry.latin]
    return tuple(dict.fromkeys(found))


def _weight(key: str, role: Role, weights: WeightSettings) -> float:
    """The weight of its role, less for what many institutions share."""
    base = float(getattr(weights, role.name.lower(), 0.0))
    names = min(lexicon.rarity().get(key, 0), REGISTRY_NAMES)
    rare = 1.0 - math.log1p(names) / math.log1p(REGISTRY_NAMES)
    return base * (weights.rarity_floor + (1.0 - weights.rarity_floor) * rare)
