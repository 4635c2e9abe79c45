"""Dedupe with a store: rows go down the stairs beside what the store knows, and their institutions get IDs that last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

import partnermatch
from partnermatch.answers import Answer, lay_out
from partnermatch.clusters import find_apart, find_crossing
from partnermatch.constraints import leave_to_people, settle
from partnermatch.csr import sort_once
from partnermatch.identities import identify
from partnermatch.model import Constraints, Flags, Ints, Profiles, Readings, Registered
from partnermatch.registered import Authority, Register, lay_registered, name_clusters
from partnermatch.scope import Part, Placing, find_scope, lay_places, leave_untouched, list_wholes, recall_part
from partnermatch.settings import Settings
from partnermatch.store import Store
from partnermatch.store.escapes import escape
from partnermatch.store.judgements import Judgement
from partnermatch.store.registered import find_holders, list_insisted, note_registered, recall_registered
from partnermatch.store.rows import BY_CONTENT, Review, Row, key_of
from partnermatch.store.runs import Origin, Run
from partnermatch.store.scope import close_over
from partnermatch.text.clean import as_text

NO_RECORD = np.iinfo(np.int64).max
Resolve = Callable[..., Answer]
"""Takes names and their countries down the stairs: `decided` says what people said of them, `register` what a registry does."""


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


def dedupe_into(
    store: Store, rows: Sequence[Row], settings: Settings, resolve: Resolve, authority: Authority
) -> dict[str, list[Any]]:
    """Find which rows and known records name the same institution, and write that to a store.

    Args:
        store: that keeps the IDs.
        rows: [r] of the table.
        settings: of the run.
        resolve: takes names down the stairs.
        authority: says which institution of a registry each name means; without one, what was said in earlier runs holds.

    Returns:
        The columns of `tables.DEDUPE_COLUMNS` for the rows, with the IDs of the store.
    """
    if not isinstance(store, Store):
        raise TypeError(f"A store is opened with pm.Store.open; this is {type(store).__name__}.")
    with store.run(Origin(settings.hash(), authority.sha256, partnermatch.__version__), len(rows)) as run:
        numbers, judgements = run.find(rows), run.judgements()
        insisted = list_insisted(run.connection, judgements)
        entities = find_scope(run, rows, numbers, judgements, settings)
        while True:
            part = recall_part(run, rows, numbers, entities)
            decided, meant = _place_judgements(judgements, part.numbers)
            asked = [*part.rows, *part.wholes]
            against = np.array([judgement.number in insisted for judgement in meant], dtype=np.bool_)
            answer = resolve(
                [row.name for row in asked],
                [row.country for row in asked],
                decided=decided,
                register=_listen(run, part, authority, decided, against),
            )
            answer = leave_untouched(run, part, answer, judgements)
            placing = lay_places(run, part, answer)
            missing = placing.missing | _find_holders(run, part, placing, answer)
            if not missing:
                break
            entities = close_over(run.connection, (entities or set()) | missing, judgements, settings.scores.match)
        ids, records = _write(run, part, placing, answer)
        settled = settle(decided, answer.readings.profiles, answer.registered.institutions)
        kinds = (("contradiction", settled.unheard), ("registry_ids", settled.crossing))
        disobeyed = [Review(meant[k].left, meant[k].right, kind, None) for kind, found in kinds for k in found.tolist()]
        reviews = [*_list_reviews(answer, records, settings), *disobeyed]
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


def _listen(run: Run, part: Part, authority: Authority, decided: Constraints, against: Flags) -> Register:
    """The authority, or what one said in earlier runs, but for names about which people insisted against it."""
    ask = authority.register if authority.sha256 else lambda *said: _remember(run, part, *said)

    def register(profiles: Profiles, readings: Readings) -> Registered:
        said = ask(profiles, readings)
        return replace(said, institutions=leave_to_people(said.institutions, decided, readings.profiles, against))

    return register


def _remember(run: Run, part: Part, profiles: Profiles, readings: Readings) -> Registered:
    """What a registry said, in earlier runs, of records that still say what they said."""
    wholes = list_wholes(profiles)
    numbers = [*run.find_unchanged(part.rows, part.numbers), *run.find(list(wholes))]
    meant = [*readings.profiles[: len(part.rows)].tolist(), *wholes.values()]
    said = recall_registered(run.connection, [number for number in numbers if number >= 0])
    known: dict[int, tuple[str, float]] = {}
    for number, profile in sorted(zip(numbers, meant, strict=True)):
        if number in said and profile >= 0:
            known.setdefault(profile, said[number])
    return lay_registered([known.get(profile, ("", 0.0)) for profile in range(len(profiles))])


def _find_holders(run: Run, part: Part, placing: Placing, answer: Answer) -> set[int]:
    """The entities that should have been looked at: a registry says that they are what some of the rows are."""
    if part.entities is None:
        return set()
    found = answer.registered.institutions[list(placing.placed.values())]
    ids = [answer.registered.ids[number] for number in sort_once(found).tolist() if number >= 0]
    return find_holders(run.connection, ids) - part.entities


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
    own, known = set(labels), name_clusters(answer.clusters.labels, answer.registered)
    claims = {label: identity for label, identity in known.items() if label in own}
    ids = run.place(dict(zip(numbers, labels, strict=True)), claims, part.entities)
    _note_registered(run, part, placing, numbers, answer.registered)
    elsewhere = run.list_ids(sorted(placing.elsewhere.values()))
    ids.update((label, elsewhere[entity]) for label, entity in placing.elsewhere.items())
    records = np.full(len(answer.profiles), NO_RECORD)
    np.minimum.at(records, profiles, np.array(numbers, dtype=np.int64))
    return ids, records


def _note_registered(run: Run, part: Part, placing: Placing, numbers: Sequence[int], registered: Registered) -> None:
    """Write what the registry said of the records of a part."""
    meant = registered.institutions[list(placing.placed.values())].tolist()
    chances = registered.probabilities[list(placing.placed.values())].tolist()
    said = {
        number: (registered.ids[institution], chance)
        for number, institution, chance in zip(numbers, meant, chances, strict=True)
        if institution >= 0
    }
    within = None if part.entities is None else {*numbers, *run.find(placing.nameless)}
    note_registered(run.connection, run.number, said, within)


def _leave_out(answer: Answer, rows: int) -> Answer:
    """The answer without rows that only stand for organizations above others: nobody wrote these."""
    readings = answer.readings
    kept = Readings(
        readings.profiles[:rows],
        readings.inner[:rows],
        readings.reasons[:rows],
        readings.units[:rows],
        readings.beside[:rows],
    )
    return answer._replace(readings=kept)


def _list_reviews(answer: Answer, records: Ints, settings: Settings) -> list[Review]:
    """The likeliest pair between every two institutions that may be one."""
    candidates, labels, chances = answer.candidates, answer.clusters.labels, answer.scores.probabilities
    ends = np.stack([labels[candidates.left], labels[candidates.right]])
    crossing = find_crossing(labels, candidates, answer.registered)
    uncertain = (ends[0] != ends[1]) & (chances >= np.where(crossing, settings.scores.match, settings.scores.review))
    uncertain &= ~find_apart(labels, candidates, answer.constraints)
    uncertain &= np.maximum(records[candidates.left], records[candidates.right]) < NO_RECORD
    pairs = np.flatnonzero(uncertain)
    sides = np.sort(np.stack([records[candidates.left[pairs]], records[candidates.right[pairs]]]), axis=0)
    order = np.lexsort((sides[1], sides[0], -chances[pairs]))
    _, firsts = np.unique(np.sort(ends[:, pairs[order]], axis=0), axis=1, return_index=True)
    best = order[np.sort(firsts)]
    return [
        Review(left, right, "registry_ids" if two else "possible_match", round(chance, 4))
        for (left, right), chance, two in zip(
            sides[:, best].T.tolist(), chances[pairs[best]].tolist(), crossing[pairs[best]].tolist(), strict=True
        )
    ]
