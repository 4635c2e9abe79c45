"""What is known of a registry, read once, and what the answers say of each row."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from partnermatch import tables
from partnermatch.identities import make_id
from partnermatch.index.known import Known
from partnermatch.model import Ints, Readings
from partnermatch.ranking import Ranking
from partnermatch.registry import Registry
from partnermatch.scores import Decision, decide
from partnermatch.settings import Settings


@lru_cache(maxsize=2)
def read_registry(registry: Registry, settings: Settings) -> Known:
    """All names of a registry, read; kept, so that the second question is fast."""
    return registry.read(settings)


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
