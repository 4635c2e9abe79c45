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
from partnermatch.model import Constraints, Ints, Readings
from partnermatch.scope import Part, Placing, find_scope, lay_places, recall_part
from partnermatch.settings import Settings
from partnermatch.store import Store
from partnermatch.store.escapes import escape
from partnermatch.store.judgements import Judgement
from partnermatch.store.rows import BY_CONTENT, Review, Row, key_of
from partnermatch.store.runs import Origin, Run
from partnermatch.store.scope import close_over
from partnermatch.text.clean import as_text

NO_RECORD = np.iinfo(np.int64).max
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
        numbers, judgements = run.find(rows), run.judgements()
        entities = find_scope(run, rows, numbers, judgements, settings)
        while True:
            part = recall_part(run, rows, numbers, entities)
            decided, meant = _place_judgements(judgements, part.numbers)
            asked = [*part.rows, *part.wholes]
            answer = resolve([row.name for row in asked], [row.country for row in asked], decided)
            placing = lay_places(run, part, answer)
            if not placing.missing:
                break
            entities = close_over(
                run.connection, (entities or set()) | placing.missing, judgements, settings.scores.match
            )
        ids, records = _write(run, part, placing, answer)
        _, unheard = settle(decided, answer.readings.profiles)
        reviews = [*_list_reviews(answer, records, settings), *(_contradict(meant[k]) for k in unheard.tolist())]
        run.ask(reviews, None if part.entities is None else set(records[records < NO_RECORD].tolist()))
    answer = _leave_out(answer, len(part.rows))
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


def _write(run: Run, part: Part, placing: Placing, answer: Answer) -> tuple[dict[int, str], Ints]:
    """Write what the records say and where they belong.

    Returns:
        The ID of each cluster by its label, and [n] the first record of each profile, NO_RECORD where there is none.
    """
    numbers = run.note(list(placing.placed), placing.nameless)
    if part.entities is None:
        run.forget_wholes(numbers)
    profiles = np.array(list(placing.placed.values()), dtype=np.int64)
    labels = answer.clusters.labels[profiles].tolist()
    ids = run.place(dict(zip(numbers, labels, strict=True)), {}, part.entities)
    elsewhere = run.list_ids(sorted(placing.elsewhere.values()))
    ids.update((label, elsewhere[entity]) for label, entity in placing.elsewhere.items())
    records = np.full(len(answer.profiles), NO_RECORD)
    np.minimum.at(records, profiles, np.array(numbers, dtype=np.int64))
    return ids, records


def _leave_out(answer: Answer, rows: int) -> Answer:
    """The answer without rows that only stand for organizations above others: nobody wrote these."""
    readings = answer.readings
    kept = Readings(readings.profiles[:rows], readings.inner[:rows], readings.reasons[:rows], readings.units[:rows])
    return answer._replace(readings=kept)


def _list_reviews(answer: Answer, records: Ints, settings: Settings) -> list[Review]:
    """The likeliest pair between every two institutions that may be one."""
    candidates, labels, chances = answer.candidates, answer.clusters.labels, answer.scores.probabilities
    ends = np.stack([labels[candidates.left], labels[candidates.right]])
    uncertain = (ends[0] != ends[1]) & (chances >= settings.scores.review)
    uncertain &= ~find_apart(labels, candidates, answer.constraints)
    uncertain &= np.maximum(records[candidates.left], records[candidates.right]) < NO_RECORD
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
