"""The order of the steps, and nothing else: what `dedupe` and `compare` do, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from partnermatch import tables
from partnermatch.candidates import find_candidates
from partnermatch.clusters import group
from partnermatch.comparison import Claim, Comparison, Side, WordMatch
from partnermatch.errors import InputError
from partnermatch.evidence import CLAIMS, gather_evidence
from partnermatch.evidence.words import Matcher
from partnermatch.identities import identify, make_id
from partnermatch.keys import build_keys
from partnermatch.links import find_links
from partnermatch.model import (
    Candidates,
    Clusters,
    Evidence,
    Identities,
    Ints,
    Profiles,
    Readings,
    Role,
    Scores,
    Script,
)
from partnermatch.profiles import build_profiles
from partnermatch.scores import START, Decision, add_up, decide, score_pairs
from partnermatch.settings import Settings

Progress = Callable[[str, int, int], None]
"""Told of the step, how much of it is done, and how much there is."""


class Answer(NamedTuple):
    """Everything that the steps handed on, for those who want to look inside."""

    readings: Readings
    profiles: Profiles
    candidates: Candidates
    evidence: Evidence
    scores: Scores
    clusters: Clusters
    identities: Identities


def dedupe(
    table: Any,
    *,
    name: str,
    country: str | None = None,
    id: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Any:
    """Find which rows of a table name the same institution, and give each institution an ID.

    Args:
        table: a pandas, Polars, Arrow or DuckDB frame.
        name: the column of names.
        country: the column of countries, as ISO codes or names.
        id: the column of the rows' own ids, to be checked for doubles.
        settings: numbers that decide; the defaults if not given.
        progress: told how far it is.

    Returns:
        A new frame of the same kind and order, with the columns of `tables.DEDUPE_COLUMNS` behind the others.

    Raises:
        MissingColumn: a column is not there.
        InputError: two rows have one id.
    """
    settings = settings or Settings()
    values = tables.column(table, name)
    countries = tables.column(table, country, flag="country") if country else [None] * len(values)
    if id is not None:
        _check_ids(tables.column(table, id, flag="id"), id)
    answer = resolve_names(values, countries, settings, progress or _say_nothing)
    return tables.add_columns(table, _columns(answer))


def resolve_names(
    values: Sequence[object], countries: Sequence[object], settings: Settings, progress: Progress
) -> Answer:
    """Take names down the stairs, from the strings to the identities."""
    progress("reading names", 0, len(values))
    profiles, readings = build_profiles(values, countries, settings)
    progress("finding candidates", 0, len(profiles))
    links = find_links(profiles.atoms, settings.links)
    candidates = find_candidates(build_keys(profiles, links), settings.candidates)
    progress("comparing", 0, len(candidates.left))
    evidence = gather_evidence(Matcher(profiles, links), candidates.left, candidates.right)
    scores = score_pairs(evidence, settings.clusters)
    progress("grouping", 0, len(profiles))
    clusters = group(len(profiles), candidates, scores, settings.scores, settings.clusters)
    rows = np.bincount(readings.profiles[readings.profiles >= 0], minlength=len(profiles))
    return Answer(readings, profiles, candidates, evidence, scores, clusters, identify(profiles, clusters, rows))


def compare(
    a: object,
    b: object,
    *,
    country_a: str | None = None,
    country_b: str | None = None,
    settings: Settings | None = None,
) -> Comparison:
    """Say whether two names mean the same institution, and why: the way of `dedupe`, with one pair.

    Args:
        a: a name.
        b: another.
        country_a: the country of the first, as ISO code or name.
        country_b: the country of the second.
        settings: numbers that decide; the defaults if not given.

    >>> comparison = compare("東京大学医学部", "Univ. of Tokyo")
    >>> comparison.decision, comparison.a.unit
    ('match', '医学部')
    """
    settings = settings or Settings()
    profiles, readings = build_profiles([a, b], [country_a, country_b], settings)
    sides = [_describe_side(value, row, profiles, readings) for row, value in enumerate((a, b))]
    if any(side.reason for side in sides):
        return Comparison(0.0, Decision.NONE.value, (), START, sides[0], sides[1], ())
    matcher = Matcher(profiles, find_links(profiles.atoms, settings.links))
    left, right = readings.profiles[:1], readings.profiles[1:]
    evidence = gather_evidence(matcher, left, right)
    probability = float(score_pairs(evidence, settings.clusters).probabilities[0])
    words = (*_list_words(matcher, left, right, "a"), *_list_words(matcher, right, left, "b"))
    decision = decide(probability, settings.scores).value
    return Comparison(probability, decision, _list_claims(evidence), START, sides[0], sides[1], words)


def _columns(answer: Answer) -> dict[str, list[Any]]:
    """The columns of an answer, row by row."""
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


def _other_script(profiles: Profiles, left: Ints, right: Ints) -> np.ndarray:
    latin = np.array([text.isascii() for text in profiles.folded])
    return np.asarray(latin[left] != latin[right])


def _describe_side(value: object, row: int, profiles: Profiles, readings: Readings) -> Side:
    text = value if isinstance(value, str) else "" if value is None else str(value)
    profile = int(readings.profiles[row])
    if profile < 0:
        return Side(text, "", "", "", readings.reasons[row])
    whole = int(profiles.wholes[profile])
    return Side(text, profiles.texts[profile], readings.units[row], profiles.texts[whole] if whole >= 0 else "", "")


def _list_words(matcher: Matcher, left: Ints, right: Ints, side: str) -> list[WordMatch]:
    words, atoms = matcher.match(left, right), matcher.profiles.atoms
    found = []
    for atom, alike, by in zip(words.atom.tolist(), words.alike.tolist(), words.by.tolist(), strict=True):
        key = atoms.keys[atom]
        read = atoms.readings[atom][0] if atoms.readings[atom] else key.partition(":")[2]
        answer = "/".join(atoms.forms[by]) if by >= 0 else "a related kind" if alike else ""
        role, script = Role(int(atoms.roles[atom])).name.lower(), Script(int(atoms.scripts[atom])).name.lower()
        weight = float(atoms.weights[atom])
        found.append(WordMatch(side, "/".join(atoms.forms[atom]), script, read, role, weight, answer, alike))
    return found


def _list_claims(evidence: Evidence) -> tuple[Claim, ...]:
    added = add_up(evidence)[0]
    claims = [
        Claim(claim, CLAIMS[claim], float(strength), float(adds))
        for claim, strength, adds in zip(evidence.claims, evidence.values[0], added, strict=True)
        if adds
    ]
    return tuple(sorted(claims, key=lambda claim: (-abs(claim.adds), claim.claim)))


def _check_ids(ids: Sequence[object], column: str) -> None:
    first: dict[object, int] = {}
    for row, value in enumerate(ids, start=1):
        if first.setdefault(value, row) != row:
            raise InputError(
                f"Rows {first[value]} and {row} both have {value!r} in the column {column!r}; "
                "give every row an id of its own, or leave --id out."
            )


def _say_nothing(step: str, done: int, total: int) -> None:
    """The progress that is told to nobody."""
