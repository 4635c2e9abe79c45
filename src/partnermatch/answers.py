"""What a run says of each row: the columns that `dedupe` adds, with a decision and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from partnermatch import tables
from partnermatch.clusters import list_ends, list_institutions
from partnermatch.identities import fold_unit, make_ids
from partnermatch.model import (
    Candidates,
    Clusters,
    Constraints,
    Flags,
    Identities,
    Ints,
    Profiles,
    Readings,
    Registered,
    Scores,
)
from partnermatch.scores import Decision
from partnermatch.weighing import REASONS


class Answer(NamedTuple):
    """Everything that the steps handed on, for those who want to look inside."""

    readings: Readings
    profiles: Profiles
    candidates: Candidates
    scores: Scores
    reasons: Ints
    clusters: Clusters
    identities: Identities
    constraints: Constraints
    registered: Registered


def lay_out(answer: Answer, most: int | None = None) -> dict[str, list[Any]]:
    """The columns of `tables.DEDUPE_COLUMNS`, row by row; worked out once for rows that say the same.

    Args:
        answer: of the run.
        most: how many rows are laid out, the first ones; all if not given.
    """
    readings, identities = answer.readings, answer.identities
    profiles = readings.profiles[:most].tolist()
    confidences = [round(confidence, 4) for confidence in answer.clusters.confidences.tolist()]
    decisions, reasons = _decide(answer)

    def pick(values: Sequence[Any], nothing: Any) -> list[Any]:
        table = [*values, nothing]  # -1, no name, is the last
        return [table[profile] for profile in profiles]

    ids = pick(identities.canonical_ids, "")
    units = [unit if id else "" for unit, id in zip(readings.units, ids, strict=False)]
    told = zip(pick(reasons, ""), readings.reasons, strict=False)
    columns = (
        ids,
        pick(identities.canonical_names, ""),
        units,
        _make_unit_ids(ids, units),
        pick(identities.root_ids, ""),
        pick(confidences, None),
        pick(decisions, Decision.NONE.value),
        [reason or missing for reason, missing in told],
    )
    return dict(zip(tables.DEDUPE_COLUMNS, columns, strict=True))


def _make_unit_ids(ids: Sequence[str], units: Sequence[str]) -> list[str]:
    """The ID of each unit, empty where there is none; worked out once for rows that say the same."""
    distinct = list(dict.fromkeys((id, fold_unit(unit)) for id, unit in zip(ids, units, strict=True) if unit))
    known = dict(zip(distinct, make_ids(distinct), strict=True))
    return [known[id, fold_unit(unit)] if unit else "" for id, unit in zip(ids, units, strict=True)]


def _decide(answer: Answer) -> tuple[list[str], list[str]]:
    """The decision about each profile, and the code of its reason."""
    labels, profiles = answer.clusters.labels, answer.readings.profiles
    together = np.bincount(labels[profiles[profiles >= 0]], minlength=len(labels))[labels] > 1
    joined = together | (answer.registered.institutions >= 0)
    choices = [_find_crossing(answer), joined, answer.clusters.reviews >= 0]
    codes = np.select(choices, np.arange(len(choices)), len(choices)).tolist()
    decisions = [Decision.REVIEW.value, Decision.MATCH.value, Decision.REVIEW.value, Decision.NONE.value]
    reasons = ["registry_ids", "same_name", "possible_match", "alone"]
    why = _explain_joins(answer)
    found = [why.get(row, reasons[code]) if code == 1 else reasons[code] for row, code in enumerate(codes)]
    return [decisions[code] for code in codes], found


def _find_crossing(answer: Answer) -> Flags:
    """[n] profiles that would be joined with another if the registry did not say that they are two institutions."""
    labels, others = answer.clusters.labels, answer.clusters.reviews
    known = list_institutions(labels, answer.registered)[labels]
    crossing: Flags = (others >= 0) & (known >= 0) & (known[others] >= 0) & (known != known[others])
    return crossing


def _explain_joins(answer: Answer) -> dict[int, str]:
    """For each profile that was joined with another, the reason code of its most probable pair; or who said what it means."""
    left, right, labels = answer.candidates.left, answer.candidates.right, answer.clusters.labels
    inside = np.flatnonzero(labels[left] == labels[right])
    ordered = inside[np.argsort(answer.scores.probabilities[inside], kind="stable")]
    ends = np.stack([left[ordered], right[ordered]], axis=1)
    found = np.full(len(labels), -1, dtype=np.int64)
    found[ends.ravel()] = np.repeat(answer.reasons[ordered], 2)  # the likeliest pair of a name is written last
    joined = np.flatnonzero(found >= 0)
    codes = [REASONS[reason] for reason in found[joined].tolist()]
    reasons = dict(zip(joined.tolist(), codes, strict=True))
    known = np.flatnonzero(answer.registered.institutions >= 0).tolist()
    judged = list_ends(answer.constraints).tolist()
    return {**reasons, **dict.fromkeys(known, "registry"), **dict.fromkeys(judged, "judged")}
