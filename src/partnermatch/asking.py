"""What is asked of a registry: names down the stairs beside its own, and longer strings by the names that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

import numpy as np

from partnermatch.csr import sort_once
from partnermatch.evidence import gather_evidence
from partnermatch.evidence.words import Matcher
from partnermatch.index.known import Known
from partnermatch.links import ask_links
from partnermatch.mentions import find_institutions, list_mentions
from partnermatch.misprints import CONFIDENCE, find_misprints
from partnermatch.model import Candidates, Evidence, Ints, Readings, Units
from partnermatch.profiles import build_profiles
from partnermatch.profiles.append import append_profiles, list_atoms
from partnermatch.progress import Progress, count, say_nothing
from partnermatch.ranking import rank_institutions
from partnermatch.registry import Registry
from partnermatch.resolution import (
    UNREAD,
    FoundInString,
    answer_mentions,
    is_answered,
    join_list,
    join_pieces,
    lay_out_misprint,
    lay_out_resolved,
    read_registry,
    recall_registry,
)
from partnermatch.scores import score_pairs
from partnermatch.settings import Settings
from partnermatch.shortlist import shortlist
from partnermatch.text.affiliations import is_japanese, read_affiliations
from partnermatch.text.lists import cut_list
from partnermatch.text.mojibake import mend_mojibake
from partnermatch.text.names import Reader, country_code, read_names, remember
from partnermatch.text.pieces import Piece, close_up, cut_pieces

AT_ONCE = 500
"""Strings in which names are looked for at once: the pairs of what is found in them are worked on in little memory."""


def answer_rows(
    rows: Sequence[tuple[str, str]],
    registry: Registry,
    known: Known,
    settings: Settings,
    candidates: int,
    progress: Progress,
    *,
    misprints: bool = True,
) -> list[tuple[Any, ...]]:
    """Take names and countries to the cells of `resolve`; no row bears on the answer to another.

    A row that may list several affiliations is asked for as a whole and for each of them, without its country first, which may
    be that of one of them only. Japanese that is not answered is asked for once more without its spaces, and if that is not
    either, by its letters, one of which may be wrong.

    Args:
        rows: names and countries.
        registry: whose institutions are asked for.
        known: what was read of it.
        settings: of the run.
        candidates: how many are listed.
        progress: told how far it is.
        misprints: whether a name may have a wrong letter; in running text, any word may be like one.
    """
    rows = [(mend_mojibake(unescape(text)), country) for text, country in rows]  # in which script it is shows then
    lists = [_cut_row(*row, settings) for row in rows]
    every = list(dict.fromkeys([*rows, *(way for own in lists for ways in own for way in ways)]))
    cells = dict(zip(every, _answer_each(every, registry, known, settings, candidates, progress), strict=True))
    cells |= _close_up_rows(_list_open(cells), registry, known, settings, candidates)
    if misprints:
        cells |= _mend_rows(_list_open(cells), registry, known, settings)
    return [
        join_list(cells[row], [[cells[way] for way in ways] for ways in own], candidates) if own else cells[row]
        for row, own in zip(rows, lists, strict=True)
    ]


def _cut_row(text: str, country: str, settings: Settings) -> list[list[tuple[str, str]]]:
    """The affiliations that a row may list, each without its country and with it; nothing where it lists none."""
    listed = cut_list(text, settings.text)
    return [[(own, ""), (own, country)] for own in listed] if len(listed) > 1 else []


def _list_open(cells: Mapping[tuple[str, str], tuple[Any, ...]]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The cells of rows that nothing answers."""
    return {row: own for row, own in cells.items() if not is_answered(own)}


def _close_up_rows(
    rows: Iterable[tuple[str, str]], registry: Registry, known: Known, settings: Settings, candidates: int
) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The cells of Japanese rows that are answered without their spaces."""
    closed = {(text, code): (other, code) for text, code in rows if (other := close_up(text)) != text}
    asked = list(dict.fromkeys(closed.values()))
    found = _answer_each(asked, registry, known, settings, candidates, say_nothing) if asked else ()
    cells = dict(zip(asked, found, strict=True))
    return {row: cells[other] for row, other in closed.items() if is_answered(cells[other])}


def _mend_rows(
    cells: Mapping[tuple[str, str], tuple[Any, ...]], registry: Registry, known: Known, settings: Settings
) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The cells of Japanese rows that are a misprint of a name, or of a name with a unit behind it.

    Args:
        cells: of rows that nothing answers.
        registry: whose institutions are asked for.
        known: what was read of it.
        settings: of the run.
    """
    if settings.scores.unseen > CONFIDENCE:
        return {}
    asked = [(row, piece) for row in cells if is_japanese(row[0]) for piece in _list_ways(row[0], settings)]
    found = find_misprints([piece.text for _, piece in asked], registry, settings.text) if asked else ()
    mended: dict[tuple[str, str], tuple[Any, ...]] = {}
    for (row, piece), institution in zip(asked, found, strict=True):
        country, own = country_code(row[1]), registry.countries[institution]
        if institution >= 0 and row not in mended and (not country or own in ("", country)):
            mended[row] = lay_out_misprint(cells[row], int(institution), piece.part, CONFIDENCE, registry, known)
    return mended


def _list_ways(text: str, settings: Settings) -> list[Piece]:
    """A string as a whole, and the institution that it names a unit of."""
    pieces = cut_pieces(text, settings.text)
    return [Piece(text), *(Piece(piece.whole, part=piece.part) for piece in pieces if len(pieces) == 1 and piece.whole)]


def _answer_each(
    rows: Sequence[tuple[str, str]],
    registry: Registry,
    known: Known,
    settings: Settings,
    candidates: int,
    progress: Progress,
) -> list[tuple[Any, ...]]:
    """The cells of rows, each taken as a whole."""
    found = find_in_strings(rows, registry, known, settings, candidates, progress)
    rest = [row for row, string in enumerate(found) if string.cells is None]
    progress("cutting strings", 0, len(rest))
    read = remember(
        read_names
    )  # where there is nothing to cut, the piece that is asked is the string that was looked at
    pieces = [_cut(rows[row][0], found[row], settings, read) for row in rest]
    names = [(row, text) for row, own in zip(rest, pieces, strict=True) for piece in own for text in _levels(piece)]
    texts, countries = [text for _, text in names], [rows[row][1] for row, _ in names]
    asked = ask_registry(texts, countries, registry, settings, progress, read)
    near = asked.near
    scores = score_pairs(asked.evidence, settings.scores)
    progress("ranking", 0, asked.questions.shape[1])
    most = max(candidates, 1)
    ranking = rank_institutions(asked.questions, near.left, near.right, scores, known.starts, known.owners, most)
    progress("laying out", 0, len(rows))
    places = asked.places.tolist()
    bars = [found[row].set_bar(ranking, place, settings) for (row, _), place in zip(names, places, strict=True)]
    cells = iter(lay_out_resolved(asked.readings, ranking, asked.places, bars, registry, known, settings, candidates))
    others = {
        row: join_pieces([(piece, [next(cells) for _ in _levels(piece)]) for piece in own], candidates)
        for row, own in zip(rest, pieces, strict=True)
    }
    return [others[row] if string.cells is None else string.cells for row, string in enumerate(found)]


def _cut(text: str, found: FoundInString, settings: Settings, read: Reader) -> tuple[Piece, ...]:
    """The names to ask for: those that a Japanese string is cut into; the string itself otherwise."""
    return (() if found.latin else cut_pieces(text, settings.text, read)) or (Piece(text),)


def _levels(piece: Piece) -> list[str]:
    return [piece.text, *([piece.whole] if piece.whole else [])]


def find_in_strings(
    rows: Sequence[tuple[str, str]],
    registry: Registry,
    known: Known,
    settings: Settings,
    candidates: int,
    progress: Progress,
) -> list[FoundInString]:
    """What names of the registry stand in each string as they are.

    Japanese is left to the whole way of a name: what it says about a Latin name in the registry must be read first.
    """
    latin = [row for row, (text, _) in enumerate(rows) if not is_japanese(text)]
    if not latin:
        return [UNREAD] * len(rows)
    progress("finding names", 0, len(latin))
    found = [UNREAD] * len(rows)
    for start in range(0, len(latin), AT_ONCE):
        portion = latin[start : start + AT_ONCE]
        affiliations = read_affiliations([rows[row][0] for row in portion], settings.text)
        codes = [country_code(rows[row][1]) for row in portion]
        mentions = list_mentions(
            find_institutions(affiliations, codes, known.gazetteer, recall_registry(registry)), len(portion)
        )
        for row, affiliation, listed, code in zip(portion, affiliations, mentions, codes, strict=True):
            placed = bool(code)
            found[row] = answer_mentions(affiliation, listed, registry, known, settings, candidates, placed=placed)
    return found


class Asked(NamedTuple):
    """Names beside what a registry has that is near to them.

    Attributes:
        known: the registry, ready to be asked.
        readings: [r] what each row says.
        questions: [2, k] rows of the names that are asked and of their units, -1 without one, among all profiles.
        places: [r] the question of each row, -1 where there is no name.
        near: [p] pairs of an asked row and a known name.
        evidence: [p, c] claims about them.
    """

    known: Known
    readings: Readings
    questions: Ints
    places: Ints
    near: Candidates
    evidence: Evidence


def ask_registry(
    values: Sequence[object],
    countries: Sequence[object],
    registry: Registry,
    settings: Settings,
    progress: Progress,
    read: Reader = read_names,
) -> Asked:
    """Take names down the stairs beside those of a registry, as far as the evidence."""
    known = read_registry(registry, settings)
    advance = count(progress, "reading names", len(values))
    more, readings = build_profiles(values, countries, settings, advance, units=Units.ASK, read=read)
    first = len(known.profiles)
    profiles = append_profiles(known.profiles, more)
    asking = list_atoms(profiles, first, known.links.size)
    progress("linking words", 0, len(asking))
    links = ask_links(known.links, profiles.atoms, asking, settings.links)
    pairs = np.stack([readings.profiles, readings.inner])
    pairs = np.where(pairs >= 0, pairs + first, -1)
    questions, numbers = np.unique(pairs[:, pairs[0] >= 0], axis=1, return_inverse=True)
    places = np.full(len(values), -1, dtype=np.int64)
    places[pairs[0] >= 0] = numbers.reshape(-1)
    progress("finding candidates", 0, questions.shape[1])
    near = shortlist(profiles, links, known.postings, sort_once(questions[questions >= 0]), settings.shortlist)
    progress("comparing", 0, len(near.left))
    matcher = Matcher(profiles, links, settings.evidence, known.columns)
    return Asked(known, readings, questions, places, near, gather_evidence(matcher, near.left, near.right))
