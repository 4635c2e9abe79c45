"""Find the names of a registry in strings: every run of words that means what a name means, in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from partnermatch.csr import sort_once
from partnermatch.mentions.institutions import Institutions
from partnermatch.mentions.names import KINDS, SECOND, NameIndex, find_groups
from partnermatch.mentions.tokens import LEVELS, Tokens
from partnermatch.model import Flags, Floats, Ints
from partnermatch.strings import Strings
from partnermatch.text.abbreviations import fill_in
from partnermatch.text.affiliations import Affiliation

MAX_TOKENS = 12
"""Words of the longest run that is looked up."""
MAX_BORDERS = 4
"""Commas and the like inside a run: University of California, San Diego."""
MIN_WEIGHT = 0.3
"""A run of common words only is no name."""
ACRONYM_COST, PARTIAL_COST, SECOND_COST = 0.5, 0.3, 0.3
"""What an acronym, a mere part or a second name is worth less than a full name, where an institution is named by several."""
BORDER_COST = 0.05
"""What a comma or the like within its run is worth less."""
MIN_STRAIGHT = 0.7
"""How alike a part of a name is to what stands there, in its order; below it, the words are those of the part by chance."""
MIN_STRAIGHT_SECOND = 0.9
"""The same of a second name: Agricultural University, Beijing, is not what the Beijing Agricultural University is today."""
WHOLE, PARTIAL, ENDING, SHORT, FAINT = range(5)
"""Ways in which a run is found in the names; all but the first are parts of them."""
MAX_FOUND = 80
"""Institutions looked at in one string, those of most worth: a string of acronyms names hundreds."""


Scorer = Callable[..., float]


class Spotted(NamedTuple):
    """Names found in strings, the best of each institution: columns over m of them, by string and institution.

    Attributes:
        strings: [m] the string, rising.
        institutions: [m] row of the current record.
        names: [m] row of the name.
        firsts: [m] the first token, and `lasts` [m] the last, among all tokens.
        lasts: see `firsts`.
        weights: [m] of what the run means.
        alike: [m] how alike the run and the name are spelled, 0..1.
        straight: [m] the same in their order, of what is only a part of the name or a second one; 1 for all others.
        own: [m] share of the name's weight that the run has.
        partial: [m] whether the run is only a part of the name.
        owners: [m] how many institutions the run may mean.
        again: [m] whether it is named elsewhere in the string, too: by its acronym, say.
    """

    strings: Ints
    institutions: Ints
    names: Ints
    firsts: Ints
    lasts: Ints
    weights: Floats
    alike: Floats
    straight: Floats
    own: Floats
    partial: Flags
    owners: Ints
    again: Flags


class Words(NamedTuple):
    """The words of a run: spelled out, without marks; and whether it may lack function words, as its string is abbreviated."""

    text: str
    short: bool


class Compared(NamedTuple):
    """Words of runs beside names, each different pair once.

    Attributes:
        words: [d] of the run.
        names: [d] of the name.
        places: [p] which of these each pair is.
    """

    words: list[str]
    names: list[str]
    places: Ints

    def measure(self, scorer: Scorer) -> Floats:
        """How alike they are spelled, pair by pair: [p], 0..1."""
        if not self.words:
            return np.zeros(0)
        found = process.cpdist(self.words, self.names, scorer=scorer, dtype=np.float32)
        return (found.astype(np.float64) / 100)[self.places]

    def check(self, holds: Callable[[str, str], bool]) -> Flags:
        """Whether something holds of each pair: [p]."""
        found = [holds(*pair) for pair in zip(self.words, self.names, strict=True)]
        return np.array(found, dtype=np.bool_)[self.places]


class Runs(NamedTuple):
    """Runs of tokens: first, last, the sum of what they mean, and its weight."""

    firsts: Ints
    lasts: Ints
    sums: Ints
    weights: Floats


def spot_names(
    affiliations: Sequence[Affiliation], tokens: Tokens, index: NameIndex, institutions: Institutions
) -> Spotted:
    """The institutions that strings may name, each by its best name.

    Args:
        affiliations: [s] the strings.
        tokens: theirs.
        index: of the registry.
        institutions: whose names they are.
    """
    runs = list_runs(tokens, index.weigh(tokens.hashes))
    within = tokens.parts[runs.firsts] == tokens.parts[runs.lasts]
    several = np.where(within & (runs.lasts > runs.firsts), runs.sums, 0)
    single = np.where(_heads_body(tokens)[runs.lasts] & (runs.lasts == runs.firsts), runs.sums, 0)
    asked = {
        WHOLE: (index.whole, runs.sums),
        PARTIAL: (index.partial, several),
        ENDING: (index.endings, several),
        SHORT: (index.shorts, single),
        FAINT: (index.faint, several),
    }
    met = [find_groups(groups, sums) for groups, sums in asked.values()]
    names, run = (np.concatenate(column) for column in zip(*met, strict=True))
    way = np.repeat(list(asked), [len(found) for found, _ in met])
    held = index.owners[names] >= 0
    held[held] = _are_backed(tokens.owners(), runs, run[held], way[held], index.owners[names[held]], institutions)
    names, run, way = names[held], run[held], way[held]
    partial, ending = way > WHOLE, way == ENDING
    firsts, lasts, weights, rows = runs.firsts[run], runs.lasts[run], runs.weights[run], index.owners[names]
    spelled, place = np.unique(run, return_inverse=True)
    words = spell_runs(affiliations, tokens, runs.firsts[spelled], runs.lasts[spelled])
    alike = compare_texts(words, place, names, index.texts).measure(fuzz.token_sort_ratio)
    second = index.kinds[names] == KINDS.index(SECOND)
    straight = np.ones(len(names))
    for some, scorer in ((np.flatnonzero(partial), fuzz.partial_ratio), (np.flatnonzero(second), fuzz.ratio)):
        straight[some] = compare_texts(words, place[some], names[some], index.texts).measure(scorer)
    own = np.minimum(1.0, weights / np.maximum(index.totals[names], 1e-6))
    worth = (
        weights * alike * own
        - ACRONYM_COST * (index.kinds[names] == KINDS.index("acronym"))
        - PARTIAL_COST * partial
        - SECOND_COST * second
        - 0.01 * ending
        - BORDER_COST * (tokens.parts[lasts] - tokens.parts[firsts])
    )
    count = _count_owners(run * len(asked) + way, rows)
    strings = tokens.owners()[firsts]
    kept = np.flatnonzero(straight >= np.where(second, MIN_STRAIGHT_SECOND, MIN_STRAIGHT))
    best = kept[_choose_best(strings[kept], rows[kept], worth[kept])]
    whole = np.flatnonzero(~partial)
    source = match(strings[whole], rows[whole], strings[best], rows[best])
    whole, source = whole[source >= 0], source[source >= 0]
    apart = (firsts[whole] > lasts[best][source]) | (lasts[whole] < firsts[best][source])
    again = np.bincount(source[apart], minlength=len(best)) > 0
    return Spotted(
        strings[best], rows[best], names[best], firsts[best], lasts[best], weights[best], alike[best], straight[best],
        own[best], partial[best], count[best], again,
    )  # fmt: skip


def _are_backed(owner: Ints, runs: Runs, run: Ints, way: Ints, rows: Ints, institutions: Institutions) -> Flags:
    """Whether runs may stand for institutions: what says little of a name, only beside the whole name of one above it."""
    strings, firsts, lasts = owner[runs.firsts[run]], runs.firsts[run], runs.lasts[run]
    whole, faint = np.flatnonzero(way == WHOLE), np.flatnonzero(way == FAINT)
    named, place = np.unique(np.stack([strings[whole], rows[whole]]), axis=1, return_inverse=True)
    soonest, latest = np.full(len(named[0]), len(owner)), np.full(len(named[0]), -1)
    np.minimum.at(soonest, place, lasts[whole])
    np.maximum.at(latest, place, firsts[whole])
    above, source = institutions.list_above(rows[faint])
    there = match(strings[faint][source], above, *named)
    there, faint = there[there >= 0], faint[source[there >= 0]]
    apart = (soonest[there] < firsts[faint]) | (latest[there] > lasts[faint])
    backed: Flags = way != FAINT
    backed[faint[apart]] = True
    return backed


def spell_runs(affiliations: Sequence[Affiliation], tokens: Tokens, firsts: Ints, lasts: Ints) -> list[Words]:
    """The words of runs of tokens."""
    strings = tokens.owners()[firsts]
    begins = tokens.starts[strings]
    runs = zip(strings.tolist(), (firsts - begins).tolist(), (lasts - begins).tolist(), strict=True)
    return [
        Words(affiliations[string].words(first, last), bool(affiliations[string].short)) for string, first, last in runs
    ]


def compare_texts(words: Sequence[Words], rows: Ints, names: Ints, texts: Strings) -> Compared:
    """Put the words of runs beside names, where they are cut short with the function words that they lack of them.

    Args:
        words: [r] of each run.
        rows: [p] runs, and `names` [p] rows of `texts`.
        names: see `rows`.
        texts: of all names.
    """
    numbers: dict[Words, int] = {}
    number = np.array([numbers.setdefault(own, len(numbers)) for own in words], dtype=np.int64)
    pairs, places = np.unique(number[rows] * len(texts) + names, return_inverse=True)
    distinct = list(numbers)
    said = [distinct[place] for place in (pairs // max(len(texts), 1)).tolist()]
    others = texts.take(pairs % max(len(texts), 1))
    filled = [fill_in(own.text, name) if own.short else own.text for own, name in zip(said, others, strict=True)]
    return Compared(filled, others, places)


def list_runs(tokens: Tokens, weights: Floats) -> Runs:
    """Every run of up to `MAX_TOKENS` tokens of a string that weighs enough; a meaning counts once in it."""
    owner = tokens.owners()
    every = np.arange(len(owner))
    keys, source = tokens.list_keys(every)
    before = _find_before(owner[source] * len(tokens.hashes) + keys, source)
    sums, weight = np.zeros(len(owner), dtype=np.int64), np.zeros(len(owner))
    found = []
    firsts = every
    for length in range(MAX_TOKENS):
        firsts = firsts[firsts + length < len(owner)]
        lasts = firsts + length
        near = (owner[firsts] == owner[lasts]) & (tokens.parts[lasts] - tokens.parts[firsts] <= MAX_BORDERS)
        firsts, lasts = firsts[near], lasts[near]
        places = np.arange(len(keys))
        counted = np.zeros(len(owner), dtype=np.bool_)
        counted[lasts] = True
        places = places[counted[source]]
        fresh = places[before[places] < source[places] - length]
        np.add.at(sums, source[fresh] - length, tokens.hashes[keys[fresh]])
        np.add.at(weight, source[fresh] - length, weights[keys[fresh]])
        enough = weight[firsts] >= MIN_WEIGHT
        found.append((firsts[enough], lasts[enough], sums[firsts[enough]], weight[firsts[enough]]))
    return Runs(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _heads_body(tokens: Tokens) -> Flags:
    """[t] Whether a school, an institute or the like is named behind each word in its part: Yale School of Medicine."""
    body = np.flatnonzero(np.isin(tokens.levels, (LEVELS.index("part"), LEVELS.index("body"))))
    part = tokens.number_parts()
    behind = np.searchsorted(body, np.arange(len(part)), "right")
    next_body = np.append(body, len(part))[behind]
    found = next_body < len(part)
    return np.asarray(found & (part[np.where(found, next_body, 0)] == part))


def match(strings: Ints, rows: Ints, known_strings: Ints, known_rows: Ints) -> Ints:
    """The place of each pair among known ones, which rise; -1 if it is none of them."""
    base = int(max(rows.max(initial=0), known_rows.max(initial=0))) + 1
    known, wanted = known_strings * base + known_rows, strings * base + rows
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[places] == wanted, places, -1)


def _find_before(values: Ints, tokens: Ints) -> Ints:
    """The token before that has the same value, -1 if none."""
    order = np.lexsort((tokens, values))
    before = np.full(len(values), -1, dtype=np.int64)
    same = values[order[1:]] == values[order[:-1]]
    before[order[1:][same]] = tokens[order[:-1][same]]
    return before


def _count_owners(groups: Ints, rows: Ints) -> Ints:
    """How many rows each group has, for each of its members."""
    base = int(rows.max(initial=0)) + 1
    counts = np.bincount(sort_once(groups * base + rows) // base)
    return np.asarray(counts[groups], dtype=np.int64)


def _choose_best(strings: Ints, rows: Ints, worth: Floats) -> Ints:
    """Places of the best name of each institution in each string, by string and institution, not too many a string."""
    order = np.lexsort((-worth, rows, strings))
    codes = strings[order] * (int(rows.max(initial=0)) + 1) + rows[order]
    best = order[np.unique(codes, return_index=True)[1]]
    ranked = best[np.lexsort((rows[best], -worth[best], strings[best]))]
    begins = np.searchsorted(strings[ranked], strings[ranked])
    kept = np.sort(np.arange(len(ranked))[np.arange(len(ranked)) - begins < MAX_FOUND])
    chosen = ranked[kept]
    return chosen[np.lexsort((rows[chosen], strings[chosen]))]
