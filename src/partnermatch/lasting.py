"""Dedupe with a store: rows go down the stairs beside what the store knows, and their institutions get IDs that last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import partnermatch
from partnermatch.answers import Answer, lay_out
from partnermatch.clusters import find_apart
from partnermatch.constraints import settle
from partnermatch.identities import identify
from partnermatch.model import Constraints, Ints
from partnermatch.settings import Settings
from partnermatch.store import Store
from partnermatch.store.escapes import escape
from partnermatch.store.judgements import Judgement
from partnermatch.store.rows import BY_CONTENT, WHOLE, Review, Row, key_of
from partnermatch.store.runs import Origin, Run
from partnermatch.text.clean import as_text

Resolve = Callable[[Sequence[str], Sequence[str], Constraints], Answer]
"""Takes names, their countries and what was decided about them down the stairs."""


def as_key(value: object) -> str:
    """The id of a row as a store keeps it."""
    return escape(as_text(value))


def list_rows(
    values: Sequence[object], countries: Sequence[object], ids: Sequence[str] | None, source: str | None
) -> list[Row]:
    """What the rows of a table say, and how they are known again.

    Args:
        values: [r] names, of any type.
        countries: [r] country cells.
        ids: [r] as `as_key` makes them; None where rows are known by what they say.
        source: where the ids come from.
    """
    texts = [(as_text(value), as_text(country)) for value, country in zip(values, countries, strict=True)]
    if ids is None:
        return [Row(BY_CONTENT, key_of(name, country), name, country) for name, country in texts]
    return [
        Row(f"id:{escape(source or '')}", key, name, country) for key, (name, country) in zip(ids, texts, strict=True)
    ]


def dedupe_into(store: Store, rows: Sequence[Row], settings: Settings, resolve: Resolve) -> dict[str, list[Any]]:
    """Find which rows and known records name the same institution, and write that to a store.

    Args:
        store: that keeps the IDs.
        rows: [r] of the table.
        settings: of the run.
        resolve: takes names down the stairs.

    Returns:
        The columns of `tables.DEDUPE_COLUMNS` for the rows, with the IDs of the store.
    """
    if not isinstance(store, Store):
        raise TypeError(f"A store is opened with pm.Store.open; this is {type(store).__name__}.")
    with store.run(Origin(settings.hash(), "", partnermatch.__version__), len(rows)) as run:
        numbers = run.find(rows)
        others = run.recall(besides=numbers)
        everything = [*rows, *others.rows]
        judgements = run.judgements()
        decided, meant = _place_judgements(judgements, [*numbers, *others.numbers])
        answer = resolve([row.name for row in everything], [row.country for row in everything], decided)
        ids, records = _write(run, everything, answer)
        _, unheard = settle(decided, answer.readings.profiles)
        run.ask([*_list_reviews(answer, records, settings), *(_contradict(meant[place]) for place in unheard.tolist())])
    counts = np.bincount(answer.readings.profiles[answer.readings.profiles >= 0], minlength=len(answer.profiles))
    answer = answer._replace(identities=identify(answer.profiles, answer.clusters, counts, ids))
    return lay_out(answer, len(rows))


def _place_judgements(judgements: Sequence[Judgement], numbers: Sequence[int]) -> tuple[Constraints, list[Judgement]]:
    """Judgements as pairs of places among the records of this run, and which judgement each is."""
    places: dict[int, int] = {}
    for place, number in enumerate(numbers):
        places.setdefault(number, place)
    meant = [judgement for judgement in judgements if judgement.left in places and judgement.right in places]
    ends = np.array([(places[item.left], places[item.right]) for item in meant], dtype=np.int64).reshape(-1, 2)
    return Constraints(ends[:, 0], ends[:, 1], np.array([item.same for item in meant], dtype=np.bool_)), meant


def _write(run: Run, rows: Sequence[Row], answer: Answer) -> tuple[dict[int, str], Ints]:
    """Write what the rows say and where they belong.

    Returns:
        The ID of each cluster by its label, and [n] the first record of each profile.
    """
    profiles = answer.readings.profiles.tolist()
    placed = {row: profile for row, profile in zip(rows, profiles, strict=True) if profile >= 0}
    nameless = [row for row, profile in zip(rows, profiles, strict=True) if profile < 0]
    wholes = {
        _describe_whole(answer, whole): whole for whole in np.unique(answer.profiles.wholes).tolist() if whole >= 0
    }
    numbers = run.note([*placed, *wholes], nameless)
    run.forget_wholes(numbers)
    named = [*placed.values(), *wholes.values()]
    labels = answer.clusters.labels.tolist()
    ids = run.place({number: labels[profile] for number, profile in zip(numbers, named, strict=True)}, {})
    records = np.full(len(answer.profiles), np.iinfo(np.int64).max)
    np.minimum.at(records, np.array(named, dtype=np.int64), np.array(numbers, dtype=np.int64))
    return ids, records


def _describe_whole(answer: Answer, profile: int) -> Row:
    name, country = answer.profiles.folded[profile], answer.profiles.countries[profile]
    return Row(WHOLE, key_of(name, country), name, country)


def _list_reviews(answer: Answer, records: Ints, settings: Settings) -> list[Review]:
    """The likeliest pair between every two institutions that may be one."""
    candidates, labels, chances = answer.candidates, answer.clusters.labels, answer.scores.probabilities
    ends = np.stack([labels[candidates.left], labels[candidates.right]])
    uncertain = (ends[0] != ends[1]) & (chances >= settings.scores.review)
    uncertain &= ~find_apart(labels, candidates, answer.constraints)
    pairs = np.flatnonzero(uncertain)
    sides = np.sort(np.stack([records[candidates.left[pairs]], records[candidates.right[pairs]]]), axis=0)
    order = np.lexsort((sides[1], sides[0], -chances[pairs]))
    _, firsts = np.unique(np.sort(ends[:, pairs[order]], axis=0), axis=1, return_index=True)
    best = order[np.sort(firsts)]
    return [
        Review(left, right, "possible_match", round(chance, 4))
        for (left, right), chance in zip(sides[:, best].T.tolist(), chances[pairs[best]].tolist(), strict=True)
    ]


def _contradict(judgement: Judgement) -> Review:
    return Review(judgement.left, judgement.right, "contradiction", None)
