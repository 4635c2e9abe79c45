"""What is known of a registry, ready to be asked, and what the answers say of each row.

A registry's names walk down the first step once; whoever asks then walks with them, in one vocabulary.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from partnermatch import tables
from partnermatch.evidence.columns import Columns, lay_columns
from partnermatch.identities import make_id
from partnermatch.links import LinkIndex, index_links
from partnermatch.model import Ints, Profiles, Readings, Units
from partnermatch.profiles import build_profiles
from partnermatch.ranking import Ranking
from partnermatch.registry import Registry
from partnermatch.scores import Decision, decide
from partnermatch.settings import Settings
from partnermatch.shortlist import Postings, build_postings


class Known(NamedTuple):
    """A registry's names as profiles.

    Attributes:
        profiles: [n] distinct names.
        links: its vocabulary, ready to be asked for links.
        columns: what evidence asks of each.
        postings: inverted lists over the profiles.
        starts: [n + 1] and `owners` [m]: institutions that go by each name, withdrawn ones as their successor.
        roots: [k] for each institution the row of the top of its family.
    """

    profiles: Profiles
    links: LinkIndex
    columns: Columns
    postings: Postings
    starts: Ints
    owners: Ints
    roots: Ints


@lru_cache(maxsize=2)
def read_registry(registry: Registry, settings: Settings) -> Known:
    """Read all names of a registry; kept, so that the second question is fast."""
    countries = [registry.countries[owner] for owner in registry.owners.tolist()]
    profiles, readings = build_profiles(registry.texts, countries, settings, units=Units.STAND)
    named = readings.profiles >= 0
    owners = registry.current_rows[registry.owners]
    pairs = np.unique(np.stack([readings.profiles[named], owners[named]]), axis=1)
    starts = np.zeros(len(profiles) + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs[0], minlength=len(profiles)), out=starts[1:])
    return Known(
        profiles,
        index_links(profiles.atoms, settings.links),
        lay_columns(profiles),
        build_postings(profiles),
        starts,
        pairs[1],
        registry.root_rows,
    )


def lay_out_resolved(
    readings: Readings, ranking: Ranking, places: Ints, registry: Registry, known: Known, settings: Settings, most: int
) -> dict[str, list[Any]]:
    """The columns of `tables.RESOLVE_COLUMNS`, and the candidates where they are asked for.

    Args:
        readings: [r] rows.
        ranking: of the questions.
        places: [r] the question of each row, -1 where there is no name.
        registry: whose institutions they are.
        known: the same, ready to be asked.
        settings: where a probability is a decision.
        most: candidates that are listed; 0 for no such columns.
    """
    rows = list(zip(places.tolist(), readings.units, readings.reasons, strict=True))
    columns = [*tables.RESOLVE_COLUMNS, *(tables.CANDIDATE_COLUMNS if most else ())]
    cells = {}
    for place, unit, missing in dict.fromkeys(rows):
        found = slice(0, 0) if place < 0 else slice(*ranking.starts[place : place + 2].tolist())
        best, chances = ranking.institutions[found].tolist(), ranking.probabilities[found].tolist()
        outer = "" if ranking.inner[found][:1].any() else unit
        answer = _answer(best, chances, outer, missing, registry, known, settings)
        ids = ";".join(registry.ids[row] for row in best[:most])
        scores = ";".join(f"{chance:.4f}" for chance in chances[:most])
        cells[place, unit, missing] = (*answer, *((ids, scores) if most else ()))
    answers = [cells[row] for row in rows]
    return {column: [cell[place] for cell in answers] for place, column in enumerate(columns)}


def _answer(
    best: list[int],
    chances: list[float],
    unit: str,
    missing: str,
    registry: Registry,
    known: Known,
    settings: Settings,
) -> tuple[Any, ...]:
    """The cells of a row but for the candidates; empty where nothing is answered."""
    if missing or not best:
        return ("", "", unit, "", "", None, Decision.NONE.value, missing or "not_found", "")
    decision = decide(chances[0], settings.scores.answer, settings.scores.review)
    confidence = round(chances[0], 4)
    if decision != Decision.MATCH:
        reason = "possible_match" if decision == Decision.REVIEW else "not_found"
        return ("", "", unit, "", "", confidence, decision.value, reason, "")
    row = best[0]
    canonical, root = registry.ids[row], registry.ids[int(known.roots[row])]
    unit_id = make_id(canonical, unit.casefold()) if unit else ""
    name = registry.display_names[row]
    return (canonical, name, unit, unit_id, root, confidence, decision.value, "registry", canonical)
