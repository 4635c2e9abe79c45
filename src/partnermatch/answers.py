"""What a run says of each row: the columns that `dedupe` adds, with a decision and a reason."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import numpy as np

from partnermatch import tables
from partnermatch.identities import make_id
from partnermatch.model import Candidates, Clusters, Evidence, Flags, Identities, Ints, Profiles, Readings, Scores
from partnermatch.scores import Decision


class Answer(NamedTuple):
    """Everything that the steps handed on, for those who want to look inside."""

    readings: Readings
    profiles: Profiles
    candidates: Candidates
    evidence: Evidence
    scores: Scores
    clusters: Clusters
    identities: Identities


def lay_out(answer: Answer) -> dict[str, list[Any]]:
    """The columns of `tables.DEDUPE_COLUMNS`, row by row."""
    rows = answer.readings.profiles.tolist()
    counts = Counter(rows)
    reasons = _explain_joins(answer)
    columns: dict[str, list[Any]] = {column: [] for column in tables.DEDUPE_COLUMNS}
    for row, profile in enumerate(rows):
        if profile < 0:
            cells = ("", "", "", "", "", None, Decision.NONE.value, answer.readings.reasons[row])
        else:
            cells = _row(answer, row, profile, counts[profile], reasons)
        for column, cell in zip(tables.DEDUPE_COLUMNS, cells, strict=True):
            columns[column].append(cell)
    return columns


def _row(answer: Answer, row: int, profile: int, count: int, reasons: dict[int, str]) -> tuple[Any, ...]:
    identities, unit = answer.identities, answer.readings.units[row]
    canonical = identities.canonical_ids[profile]
    if profile in reasons or count > 1:
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


def _explain_joins(answer: Answer) -> dict[int, str]:
    """For each profile that was joined with another, the reason code of its most probable pair."""
    left, right, labels = answer.candidates.left, answer.candidates.right, answer.clusters.labels
    inside = np.flatnonzero(labels[left] == labels[right])
    ordered = inside[np.argsort(answer.scores.probabilities[inside], kind="stable")]
    codes = _reason_codes(answer, ordered)
    reasons: dict[int, str] = {}
    for pair, code in zip(ordered.tolist(), codes, strict=True):
        reasons[int(left[pair])] = reasons[int(right[pair])] = code
    return reasons


def _reason_codes(answer: Answer, pairs: Ints) -> list[str]:
    claims = {claim: answer.evidence.values[pairs, place] for place, claim in enumerate(answer.evidence.claims)}
    foreign = _other_script(answer.profiles, answer.candidates.left[pairs], answer.candidates.right[pairs])
    by_acronym = (claims["acronym_fits"] >= 0.8) & (claims["words_answered"] < 0.6)
    choices = [by_acronym, foreign, claims["spelled_apart"] > 0]
    return [str(code) for code in np.select(choices, ["acronym", "other_script", "spelling"], "same_words")]


def _other_script(profiles: Profiles, left: Ints, right: Ints) -> Flags:
    latin = np.array([text.isascii() for text in profiles.folded])
    return np.asarray(latin[left] != latin[right], dtype=np.bool_)
