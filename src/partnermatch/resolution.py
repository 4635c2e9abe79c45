"""What is known of a registry, read once, and what the answers say of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from partnermatch import tables
from partnermatch.identities import fold_unit, make_id
from partnermatch.index.known import Known
from partnermatch.mentions import Meant, name_unit, pick_answers
from partnermatch.mentions.choice import OPEN
from partnermatch.mentions.experience import recall
from partnermatch.model import Floats, Ints, Readings
from partnermatch.ranking import Ranking
from partnermatch.registry import Registry
from partnermatch.scores import Decision, decide
from partnermatch.settings import Settings
from partnermatch.text.affiliations import Affiliation
from partnermatch.text.pieces import Piece


def read_registry(registry: Registry, settings: Settings) -> Known:
    """All names of a registry, read; kept, so that the second question is fast, with another precision, too.

    Raises:
        TypeError: it is no registry.
    """
    if not isinstance(registry, Registry):
        raise TypeError(f"A registry is made by pm.Registry; this is {type(registry).__name__}.")
    return read_once(registry, Settings(text=settings.text, weights=settings.weights, links=settings.links))


@lru_cache(maxsize=2)
def read_once(registry: Registry, settings: Settings) -> Known:
    """The same, for the settings that reading depends on."""
    return registry.read(settings)


@lru_cache(maxsize=2)
def recall_registry(registry: Registry) -> Floats:
    """What was seen of its institutions before: see `mentions.experience`."""
    return recall([*registry.ids, *registry.absent.ids])


class Bar(NamedTuple):
    """What an answer needs.

    Attributes:
        least: probability of the likeliest institution of a question from which it is the answer.
        meant: probability that its name in the string means it, by which it counts half; None where nothing is known of that.
    """

    least: float
    meant: float | None = None

    def weigh(self, chance: float) -> float:
        """How sure an answer of this likeness is."""
        return chance if self.meant is None else (chance + self.meant) / 2


class FoundInString(NamedTuple):
    """What was found in a string by the names of the registry that stand in it.

    Attributes:
        cells: of its row, as `lay_out_resolved` lays them out; None where nothing is likely enough.
        chances: probability of each institution that was found, by its row.
        latin: whether it was read at all; Japanese is not.
        short: rows of institutions of which only a word was found, mostly an acronym: the way of a name would take it for
            the whole string's; none where the string is that word and it is no acronym.
        placed: whether its country is given, of which what was found in it knows less than the way of a name.
        exact: row of the institution of which it is the name, as written, and of no other; -1 without one.
    """

    cells: tuple[Any, ...] | None
    chances: Mapping[int, float]
    latin: bool
    short: frozenset[int] = frozenset()
    placed: bool = False
    exact: int = -1

    def set_bar(self, ranking: Ranking, place: int, settings: Settings) -> Bar:
        """What the likeliest institution of a question needs to be an answer for this string.

        For what is not in Japanese, its name must be nearly the same, and nothing else in the string may be meant; where a
        country is given, it is enough that its name in the string may be meant, too; or where the string is its name. What was
        looked at in the string and is unlikely is otherwise not meant for being alike.

        Args:
            ranking: of the questions.
            place: the question, -1 for none.
            settings: of the run.
        """
        if not self.latin:
            return Bar(settings.scores.answer)
        found = slice(*ranking.starts[place : place + 2].tolist()) if place >= 0 else slice(0, 0)
        best = ranking.institutions[found].tolist()[:1]
        meant = max((self.chances.get(row, 0.0) for row in best), default=0.0)
        rival = max((chance for row, chance in self.chances.items() if row not in best), default=0.0)
        supported = best == [self.exact] or (self.placed and meant >= SUPPORTED)
        doubted = not supported and OPEN <= meant < SUPPORTED
        if doubted or (not supported and (rival >= FAINT or self.short.intersection(best))):
            return Bar(NEVER)
        return Bar(settings.scores.unseen, meant)


SURE = 0.9
"""Probability from which a unit is the institution that a registry lists, however certain the organization above it is."""
SUPPORTED, FAINT = 0.3, 0.1
"""Probability from which an institution whose name stands in a string may be meant, and below which another is no rival."""
UNREAD = FoundInString(None, {}, False)
NEVER = 2.0
"""More than any probability."""


def answer_mentions(
    affiliation: Affiliation,
    mentions: Sequence[Meant],
    registry: Registry,
    known: Known,
    settings: Settings,
    most: int,
    *,
    placed: bool,
) -> FoundInString:
    """What is said of a string that may name institutions; `placed` if its country is given."""
    institutions, least = known.gazetteer.institutions, settings.scores
    answers = pick_answers(mentions, least.mention, institutions, least.beside, least.exact)
    chances = {mention.institution: mention.probability for mention in mentions}
    if not answers:
        short = frozenset(mention.institution for mention in mentions if mention.first == mention.last)
        exact = next((mention.institution for mention in mentions if mention.exact), -1)
        return FoundInString(None, chances, True, frozenset() if _is_bare_name(affiliation) else short, placed, exact)
    row, confidence = answers[0].institution, round(answers[0].probability, 4)
    canonical, root = registry.ids[row], registry.ids[int(known.roots[row])]
    unit = name_unit(affiliation, answers)
    unit_id = make_id(canonical, fold_unit(unit)) if unit else ""
    all_ids = ";".join(registry.ids[answer.institution] for answer in answers)
    decision = Decision.MATCH.value
    cells = (canonical, registry.display_names[row], unit, unit_id, root, confidence, decision, "registry", all_ids)
    listed = [mention for mention in mentions if mention.listed][:most]
    ids = ";".join(registry.ids[mention.institution] for mention in listed)
    scores = ";".join(f"{mention.probability:.4f}" for mention in listed)
    return FoundInString((*cells, *((ids, scores) if most else ())), chances, True)


def _is_bare_name(affiliation: Affiliation) -> bool:
    """Whether a string says one word that is no acronym: Nestlé S.A."""
    return len(affiliation.tokens) == 1 and not affiliation.tokens[0].capitals


def lay_out_resolved(
    readings: Readings,
    ranking: Ranking,
    places: Ints,
    bars: Sequence[Bar],
    registry: Registry,
    known: Known,
    settings: Settings,
    most: int,
) -> list[tuple[Any, ...]]:
    """The cells of each row: `tables.RESOLVE_COLUMNS`, and the candidates where they are asked for.

    Args:
        readings: [r] rows.
        ranking: of the questions.
        places: [r] the question of each row, -1 where there is no name.
        bars: [r] what an answer of each row needs.
        registry: whose institutions they are.
        known: the same, ready to be asked.
        settings: where a probability is a decision.
        most: candidates that are listed; 0 for no such columns.
    """
    rows = list(zip(places.tolist(), readings.units, readings.reasons, bars, strict=True))
    cells = {}
    for place, unit, missing, bar in dict.fromkeys(rows):
        found = slice(0, 0) if place < 0 else slice(*ranking.starts[place : place + 2].tolist())
        best, chances = ranking.institutions[found].tolist(), ranking.probabilities[found].tolist()
        outer = "" if ranking.inner[found][:1].any() else unit
        answer = _answer(best, chances, outer, missing, bar, registry, known, settings)
        ids = ";".join(registry.ids[row] for row in best[:most])
        scores = ";".join(f"{chance:.4f}" for chance in chances[:most])
        cells[place, unit, missing, bar] = (*answer, *((ids, scores) if most else ()))
    return [cells[row] for row in rows]


def lay_out_misprint(
    cells: tuple[Any, ...], row: int, unit: str, confidence: float, registry: Registry, known: Known
) -> tuple[Any, ...]:
    """The cells of a row that was found to be a misprint of a name.

    Args:
        cells: of the row as it was, by which nothing is answered.
        row: of the institution.
        unit: that stands behind the name; empty for none.
        confidence: of the answer.
        registry: whose institution it is.
        known: the same, ready to be asked.
    """
    canonical, name, root = registry.ids[row], registry.display_names[row], registry.ids[int(known.roots[row])]
    unit_id = make_id(canonical, fold_unit(unit)) if unit else ""
    answer = (canonical, name, unit, unit_id, root, confidence, Decision.MATCH.value, "registry", canonical)
    if len(cells) == len(answer):
        return answer
    ids, scores = (cell.split(";") if cell else [] for cell in cells[-2:])
    others = [(id, score) for id, score in zip(ids, scores, strict=True) if id != canonical]
    listed = [(canonical, f"{confidence:.4f}"), *others][: max(len(ids), 1)]
    return (*answer, ";".join(id for id, _ in listed), ";".join(score for _, score in listed))


def join_pieces(pieces: Sequence[tuple[Piece, Sequence[tuple[Any, ...]]]], most: int) -> tuple[Any, ...]:
    """The cells of a row that names several institutions: those of its likeliest, with the ids of all.

    Args:
        pieces: of the row, each with the cells of what it names and, where it names one, of the organization above.
        most: candidates that are listed.
    """
    chosen = [_choose_level(piece, levels) for piece, levels in pieces]
    answered = sorted((cells for cells in chosen if cells[_ALL_IDS]), key=lambda cells: -float(cells[_CONFIDENCE]))
    first = list(answered[0] if answered else chosen[0])
    first[_ALL_IDS] = ";".join(dict.fromkeys(id for cells in answered for id in _list_ids(cells)))
    if most and sum(len(levels) for _, levels in pieces) > 1:
        named = [cells for _, levels in pieces for cells in levels]
        ids, scores = ([cell for cells in named for cell in cells[place].split(";") if cell] for place in (-2, -1))
        answers = set(first[_ALL_IDS].split(";"))
        ranked = sorted(zip(ids, scores, strict=True), key=lambda pair: (pair[0] not in answers, -float(pair[1])))
        best: dict[str, str] = {}
        for id, score in ranked:
            best.setdefault(id, score)
        listed = list(best.items())[:most]
        first[-2:] = ";".join(id for id, _ in listed), ";".join(score for _, score in listed)
    return tuple(first)


def join_list(whole: tuple[Any, ...], listed: Sequence[Sequence[tuple[Any, ...]]], most: int) -> tuple[Any, ...]:
    """The cells of a row that may list several affiliations: of all that name an institution, if these are more than one.

    What only the whole string names goes on from one stretch to the next, and is what the string means.

    Args:
        whole: cells of the row as one string.
        listed: of each stretch, the cells of ways to ask for it, of which the first that is answered counts.
        most: candidates that are listed.
    """
    answered = [found[0] for ways in listed if (found := list(filter(is_answered, ways)))]
    named = {id for cells in answered for id in _list_ids(cells)}
    if len(answered) < 2 or not named.issuperset(_list_ids(whole)):
        return whole
    return join_pieces([(Piece(""), [cells]) for cells in answered], most)


def is_answered(cells: tuple[Any, ...]) -> bool:
    """Whether the cells of a row name an institution."""
    return bool(cells[_ALL_IDS])


def _list_ids(cells: tuple[Any, ...]) -> list[str]:
    return [id for id in cells[_ALL_IDS].split(";") if id]


def _choose_level(piece: Piece, levels: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """What a piece names if that is answered, else the organization above with that as its unit.

    Where a registry lists a mere unit, it is meant if it is very certain, or more so than the organization: Nippon Medical
    School is no 医学部 of another university.
    """
    named, *above = levels
    if not above or not above[0][_ALL_IDS]:
        return named
    if named[_ALL_IDS] and (not piece.unit or named[_CONFIDENCE] >= min(above[0][_CONFIDENCE], SURE)):
        return named
    cells = list(above[0])
    cells[_UNIT], cells[_UNIT + 1] = piece.part, make_id(cells[0], fold_unit(piece.part))
    return tuple(cells)


_UNIT, _CONFIDENCE, _ALL_IDS = (tables.RESOLVE_COLUMNS.index(name) for name in ("unit", "confidence", "all_ids"))


def lay_in_columns(cells: Sequence[tuple[Any, ...]], most: int) -> dict[str, list[Any]]:
    """The cells of all rows as columns."""
    columns = [*tables.RESOLVE_COLUMNS, *(tables.CANDIDATE_COLUMNS if most else ())]
    return {column: [row[place] for row in cells] for place, column in enumerate(columns)}


def _answer(
    best: list[int],
    chances: list[float],
    unit: str,
    missing: str,
    bar: Bar,
    registry: Registry,
    known: Known,
    settings: Settings,
) -> tuple[Any, ...]:
    """The cells of a row but for the candidates; empty where nothing is answered."""
    if missing or not best:
        return ("", "", unit, "", "", None, Decision.NONE.value, missing or "not_found", "")
    decision = decide(chances[0], bar.least, settings.scores.review)
    confidence = round(bar.weigh(chances[0]), 4)
    if decision != Decision.MATCH:
        reason = "possible_match" if decision == Decision.REVIEW else "not_found"
        return ("", "", unit, "", "", confidence, decision.value, reason, "")
    row = best[0]
    canonical, root = registry.ids[row], registry.ids[int(known.roots[row])]
    unit_id = make_id(canonical, fold_unit(unit)) if unit else ""
    name = registry.display_names[row]
    return (canonical, name, unit, unit_id, root, confidence, decision.value, "registry", canonical)
