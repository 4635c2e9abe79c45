"""The order of the steps, and nothing else: what `dedupe`, `resolve` and `compare` do, one after another.

What only one of them needs is loaded by it, and what a registry or a store needs where one is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from partnermatch import tables
from partnermatch.answers import Answer, lay_out
from partnermatch.candidates import describe_dropped, find_candidates
from partnermatch.clusters import NO_CONSTRAINTS, group
from partnermatch.constraints import settle
from partnermatch.errors import SettingsError
from partnermatch.evidence.words import Matcher
from partnermatch.identities import identify
from partnermatch.keys import build_keys
from partnermatch.links import find_links
from partnermatch.model import Constraints, Ints, Profiles, Readings
from partnermatch.parallel import beside, check_workers, cut, spread
from partnermatch.profiles import build_profiles, draft_profiles, lay_out_drafts, list_distinct
from partnermatch.profiles.reading import without_collecting
from partnermatch.progress import Note, Progress, count, note_nothing, say_nothing
from partnermatch.registered import NO_AUTHORITY, Register, make_authority, name_clusters
from partnermatch.settings import Settings, take_settings
from partnermatch.spellings import pair_spellings
from partnermatch.weighing import weigh_pairs

if TYPE_CHECKING:
    from partnermatch.comparison import Comparison
    from partnermatch.extraction.mention import Mention
    from partnermatch.registry import Registry
    from partnermatch.store import Store

FIRST = 50
"""Rows from all over that are answered before a process is copied: what reading needs is then loaded once."""
MIN_NAMES = 20_000
"""Names whose spellings are paired in another process: fewer take less time than it takes to make one."""
MIN_ROWS, MAX_ROWS = 1_000, 10_000
"""Rows that are asked of a registry at once: fewer are not worth a process, for which a tenth of a second is laid out again;
more would fill the memory with pairs."""


def dedupe(
    table: Any,
    *,
    name: str,
    country: str | None = None,
    id: str | None = None,
    registry: Registry | None = None,
    store: Store | None = None,
    source: str | None = None,
    settings: Settings | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    note: Note = note_nothing,
) -> Any:
    """Find which rows of a table name the same institution, and give each institution an ID.

    Args:
        table: a pandas, Polars, Arrow or DuckDB frame.
        name: the column of names.
        country: the column of countries, as ISO codes or names.
        id: the column of the rows' own ids, to be checked for doubles.
        registry: gives its IDs to the institutions that it is sure to know, and keeps apart those that it takes for two.
        store: keeps the IDs: rows meet all that it knows, and its IDs are shown. A row is known again by its id, or, without
            ids, by what it says.
        source: where the ids come from; the same id of another source is another row. The column of ids if not given.
        settings: numbers that decide; the defaults if not given.
        workers: processes that share the work, at most, where a process can be copied (not on Windows); the answer is the
            same.
        progress: told how far it is.
        note: told in a sentence which words too many names share for all of these to be compared.

    Returns:
        A new frame of the same kind and order, with the columns of `tables.DEDUPE_COLUMNS` behind the others.

    Raises:
        MissingColumn: a column is not there.
        InputError: two rows have one id.
        StoreError: the store cannot be written; says why.
    """
    settings, progress = take_settings(settings), progress or say_nothing
    check_workers(workers)
    values = tables.column(table, name)
    countries = tables.column(table, country, flag="country") if country else [None] * len(values)
    ids = tables.column(table, id, flag="id") if id is not None else None
    if ids is not None:
        tables.check_ids(ids, str(id))
    look_up = partial(resolve, settings=settings, progress=progress, workers=workers)
    authority = make_authority(registry, look_up, settings.scores.registry)
    take_down = partial(resolve_names, settings=settings, progress=progress, workers=workers, note=note)
    if store is None:
        with without_collecting():
            return tables.add_columns(table, lay_out(take_down(values, countries, register=authority.register)))
    from partnermatch import lasting

    if ids is not None:
        ids = [lasting.as_key(value) for value in ids]
        tables.check_ids(ids, str(id))
    rows = lasting.list_rows(values, countries, ids, source or id)

    return tables.add_columns(table, lasting.dedupe_into(store, rows, settings, take_down, authority))


def resolve_names(
    values: Sequence[object],
    countries: Sequence[object],
    settings: Settings,
    progress: Progress,
    decided: Constraints = NO_CONSTRAINTS,
    workers: int = 1,
    register: Register = NO_AUTHORITY.register,
    note: Note = note_nothing,
) -> Answer:
    """Take names down the stairs, from the strings to the identities; what was decided about rows is obeyed."""
    with without_collecting():
        advance = count(progress, "reading names", len(values))
        profiles, readings, alike = _read(values, countries, settings, advance, workers)
        progress("linking words", 0, len(profiles.atoms.keys))
        links = find_links(profiles.atoms, settings.links, workers=workers)
        progress("finding candidates", 0, len(profiles))
        candidates = find_candidates(build_keys(profiles, links), settings.candidates, beside=alike, workers=workers)
        if dropped := describe_dropped(candidates, profiles.atoms, settings.candidates):
            note(dropped)
        advance = count(progress, "comparing", len(candidates.left))
        matcher = Matcher(profiles, links, settings.evidence)
        scores, reasons = weigh_pairs(matcher, candidates, settings.scores, advance, workers=workers)
        registered = register(profiles, readings)
        progress("grouping", 0, len(profiles))
        constraints, institutions, *_ = settle(decided, readings.profiles, registered.institutions)
        registered = replace(registered, institutions=institutions)
        clusters = group(len(profiles), candidates, scores, settings.scores, constraints, registered, workers=workers)
        rows = np.bincount(readings.profiles[readings.profiles >= 0], minlength=len(profiles))
        identities = identify(profiles, clusters, rows, name_clusters(clusters.labels, registered))
    return Answer(readings, profiles, candidates, scores, reasons, clusters, identities, constraints, registered)


def _read(
    values: Sequence[object],
    countries: Sequence[object],
    settings: Settings,
    advance: Callable[[int], None],
    workers: int,
) -> tuple[Profiles, Readings, Ints]:
    """The profiles of names, what leads to them, and which are spelled alike; what was drafted is left behind."""
    drafts = draft_profiles(values, countries, settings, advance, workers=workers)
    names = drafts.ordered.texts
    with beside(partial(pair_spellings, names), workers if len(names) >= MIN_NAMES else 1) as spelled:
        return *lay_out_drafts(drafts, settings), spelled()


def resolve(
    names_or_table: Any,
    registry: Registry,
    *,
    name: str | None = None,
    country: str | None = None,
    precision: float | None = None,
    candidates: int = 0,
    settings: Settings | None = None,
    progress: Progress | None = None,
    workers: int = 1,
) -> Any:
    """Find the institution of a registry that each name means.

    Args:
        names_or_table: a frame, or a list of names.
        registry: where to look.
        name: the column of names; not for a list.
        country: the column of countries, as ISO codes or names.
        precision: how many of the answers are to be right, 0..1; the fewer strings are answered. By what was measured on
            others (`operating`); the thresholds of the settings if not given.
        candidates: how many institutions to list for each name, whatever the decision.
        settings: numbers that decide; the defaults if not given.
        progress: told how far it is.
        workers: processes that share the names, at most, where a process can be copied (not on Windows); the answer is
            the same. For less than some thousand names one is as fast.

    Returns:
        A frame of the same kind and order (pandas for a list, with the names in `name`), with the columns of
        `tables.RESOLVE_COLUMNS`, and of `tables.CANDIDATE_COLUMNS` where candidates are asked for.

    Raises:
        MissingColumn: a column is not there.
        SettingsError: no column of names is named, a precision that was never reached is asked for, or fewer candidates or
            workers than there can be.
        InterruptedRun: one of the processes has ended.
    """
    from partnermatch.asking import answer_rows
    from partnermatch.resolution import lay_in_columns, read_registry

    settings = _demand(take_settings(settings), precision)
    if candidates < 0:
        raise SettingsError(f"{candidates} candidates cannot be listed: give 0 or more.")
    table, column = tables.as_table(names_or_table, name)
    values = tables.column(table, column)
    countries = tables.column(table, country, flag="country") if country else [None] * len(values)
    progress = progress or say_nothing
    progress("reading registry", 0, len(registry))
    known = read_registry(registry, settings)
    rows, places = list_distinct(values, countries)

    @without_collecting()
    def answer(part: Sequence[tuple[str, str]], tell: Progress) -> list[tuple[Any, ...]]:
        return answer_rows(part, registry, known, settings, candidates, tell)

    cells = _answer_parts(answer, rows, progress, workers)
    return tables.add_columns(table, lay_in_columns([cells[place] for place in places], candidates))


def _answer_parts(
    answer: Callable[[Sequence[tuple[str, str]], Progress], list[tuple[Any, ...]]],
    rows: Sequence[tuple[str, str]],
    progress: Progress,
    workers: int,
) -> list[tuple[Any, ...]]:
    """What is answered to rows that processes share."""
    parts = cut(rows, workers, MIN_ROWS, MAX_ROWS)
    if len(parts) == 1:
        return answer(rows, progress)
    answer(rows[:: len(rows) // FIRST or 1], say_nothing)
    cells: list[tuple[Any, ...]] = []
    done = count(progress, "resolving names", len(rows))
    for part, found in zip(parts, spread(lambda part: answer(part, say_nothing), parts, workers), strict=True):
        cells += found
        done(len(part))
    return cells


def extract(text: str, registry: Registry, *, settings: Settings | None = None) -> list[Mention]:
    """Find the institutions of a registry that a running text names, in order of their offsets.

    Args:
        text: a page, an acknowledgements section.
        registry: where to look.
        settings: numbers that decide; the defaults if not given.

    Raises:
        TypeError: the text is none.
    """
    from partnermatch.extraction import find_mentions

    if not isinstance(text, str):
        raise TypeError(f"A text is a str, not {type(text).__name__}.")
    return find_mentions(text, registry, take_settings(settings))


def _demand(settings: Settings, precision: float | None) -> Settings:
    """The settings with thresholds for that precision; what was only found by its likeness is then not answered."""
    from partnermatch.operating import MENTIONS, NAMES, choose_point

    if precision is None:
        return settings
    names, mentions = (choose_point(points, precision).least for points in (NAMES, MENTIONS))
    return replace(settings, scores=replace(settings.scores, answer=names, mention=mentions, exact=1.0, unseen=1.0))


@without_collecting()
def compare(
    a: object,
    b: object,
    *,
    country_a: str | None = None,
    country_b: str | None = None,
    registry: Registry | None = None,
    settings: Settings | None = None,
) -> Comparison:
    """Say whether two names mean the same institution, and why: the way of `dedupe`, with one pair.

    Args:
        a: a name.
        b: another.
        country_a: the country of the first, as ISO code or name.
        country_b: the country of the second.
        registry: says which institution each means, as in `dedupe`: names of one are a match; names of two that would be one
            are for a person to look at.
        settings: numbers that decide; the defaults if not given.

    >>> comparison = compare("東京大学医学部", "Univ. of Tokyo")
    >>> comparison.decision, comparison.a.unit
    ('match', '医学部')
    """
    from partnermatch.comparison import explain

    settings = take_settings(settings)
    profiles, readings = build_profiles([a, b], [country_a, country_b], settings)
    matcher = Matcher(profiles, find_links(profiles.atoms, settings.links), settings.evidence)
    registered = make_authority(registry, partial(resolve, settings=settings), settings.scores.registry).register
    return explain((a, b), readings, matcher, settings, registered(profiles, readings))
