"""What a run says of each row: the columns that `dedupe` adds, with a decision and a reason."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from partnermatch import tables
from partnermatch.clusters import list_ends, list_institutions
from partnermatch.identities import make_id
from partnermatch.model import (
    Candidates,
    Clusters,
    Constraints,
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
    readings = answer.readings
    rows = list(zip(readings.profiles.tolist(), readings.units, readings.reasons, strict=True))[:most]
    labels = answer.clusters.labels
    named = answer.readings.profiles[answer.readings.profiles >= 0]
    together = np.bincount(labels[named], minlength=len(labels))[labels]
    reasons, crossing = _explain_joins(answer), _find_crossing(answer)
    cells = {
        (profile, unit, missing): ("", "", "", "", "", None, Decision.NONE.value, missing)
        if profile < 0
        else _describe(answer, profile, unit, bool(together[profile] > 1), reasons, profile in crossing)
        for profile, unit, missing in dict.fromkeys(rows)
    }
    answers = [cells[row] for row in rows]
    return {column: [cell[place] for cell in answers] for place, column in enumerate(tables.DEDUPE_COLUMNS)}


def _describe(
    answer: Answer, profile: int, unit: str, accompanied: bool, reasons: dict[int, str], crossing: bool
) -> tuple[Any, ...]:
    """The cells of a row: what it means, how sure that is, and why."""
    identities = answer.identities
    canonical = identities.canonical_ids[profile]
    if crossing:
        decision, reason = Decision.REVIEW, "registry_ids"
    elif accompanied or answer.registered.institutions[profile] >= 0:
        decision, reason = Decision.MATCH, reasons.get(profile, "same_name")
    elif answer.clusters.reviews[profile] >= 0:
        decision, reason = Decision.REVIEW, "possible_match"
    else:
        decision, reason = Decision.NONE, "alone"
    return (
        canonical,
        identities.canonical_names[profile],
        unit,
        make_id(canonical, unit.casefold()) if unit else "",
        identities.root_ids[profile],
        round(float(answer.clusters.confidences[profile]), 4),
        decision.value,
        reason,
    )


def _find_crossing(answer: Answer) -> set[int]:
    """The profiles that would be joined with another if the registry did not say that they are two institutions."""
    labels, others = answer.clusters.labels, answer.clusters.reviews
    known = list_institutions(labels, answer.registered)[labels]
    found = np.flatnonzero((others >= 0) & (known >= 0) & (known[others] >= 0) & (known != known[others]))
    return set(found.tolist())


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
