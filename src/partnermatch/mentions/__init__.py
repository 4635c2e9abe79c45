"""Step 4 to 7 for strings that hold several names: which institutions of a registry a string names, each with its span.

A name of the registry is looked for anywhere in the string, by what its words mean (`names`, `spotting`), of which some may be
misspelled (`vocabulary`); what the string says beside it speaks for or against it (`claims`); and what is found shares the
odds (`choice`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from partnermatch.mentions.choice import choose
from partnermatch.mentions.claims import gather_claims
from partnermatch.mentions.exact import find_exact
from partnermatch.mentions.gazetteer import Gazetteer
from partnermatch.mentions.institutions import Institutions
from partnermatch.mentions.spotting import spot_names
from partnermatch.mentions.tokens import lay_tokens
from partnermatch.mentions.vocabulary import mend_words
from partnermatch.model import Flags, Floats, Ints
from partnermatch.text.affiliations import Affiliation

ROUNDED = 12
"""Digits of a probability that are told from rounding; what is equal up to them goes by its row."""
_UNIT_LEVELS = ("part", "body")


class Found(NamedTuple):
    """Institutions found in strings.

    Attributes:
        strings: [m] place of the string, rising.
        institutions: [m] row in the registry.
        firsts: [m] token of the string that the run begins with, and `lasts` [m] the one that it ends with.
        lasts: see `firsts`.
        listed: [m] whether the registry holds the institution.
        exact: [m] whether the string is its name, as written, and that of no other, with something in brackets perhaps.
        claims: [m, c + d] in the order of `CLAIMS` and `DETAILS`.
    """

    strings: Ints
    institutions: Ints
    firsts: Ints
    lasts: Ints
    listed: Flags
    exact: Flags
    claims: Floats

    def pick(self, rows: Ints) -> Found:
        """Some of them."""
        return Found(
            self.strings[rows],
            self.institutions[rows],
            self.firsts[rows],
            self.lasts[rows],
            self.listed[rows],
            self.exact[rows],
            self.claims[rows],
        )


class Meant(NamedTuple):
    """An institution that a string names.

    Attributes:
        institution: row in the registry.
        probability: that it is meant, 0..1.
        first: token that its name begins with, and `last` the one that it ends with.
        last: see `first`.
        listed: whether the registry holds the institution, which otherwise is no answer.
        exact: whether the string is its name, as written, and that of no other.
    """

    institution: int
    probability: float
    first: int
    last: int
    listed: bool = True
    exact: bool = False


def find_institutions(
    affiliations: Sequence[Affiliation], countries: Sequence[str], gazetteer: Gazetteer, experience: Floats
) -> Found:
    """What is found in each string, by row of the registry.

    Args:
        affiliations: [s] strings.
        countries: [s] country given with each, an ISO code; empty if unknown.
        gazetteer: of the registry.
        experience: [k, 2] what was seen of its institutions before, see `experience.recall`.
    """
    affiliations = mend_words(affiliations, gazetteer.vocabulary, gazetteer.names)
    tokens = lay_tokens(affiliations)
    spotted = spot_names(affiliations, tokens, gazetteer.names, gazetteer.institutions)
    claims = gather_claims(affiliations, tokens, spotted, countries, gazetteer, experience)
    begins = tokens.starts[spotted.strings]
    listed = gazetteer.institutions.listed[spotted.institutions]
    return Found(
        spotted.strings,
        spotted.institutions,
        spotted.firsts - begins,
        spotted.lasts - begins,
        listed,
        find_exact(tokens, spotted, claims),
        claims,
    )


def list_mentions(found: Found, count: int, *, chances: Floats | None = None) -> list[list[Meant]]:
    """What each of so many strings may mean, the likeliest first.

    Args:
        found: in the strings.
        count: how many there are.
        chances: [m] the probability that each is meant; as that of an affiliation if not given.
    """
    if chances is None:
        chances = choose(found.strings, found.firsts, found.lasts, found.claims)
    order = np.lexsort((found.institutions, -chances.round(ROUNDED), found.strings))
    columns = (found.institutions, chances, found.firsts, found.lasts, found.listed, found.exact)
    listed = list(map(Meant, *(column[order].tolist() for column in columns)))
    starts = np.searchsorted(found.strings, np.arange(count + 1)).tolist()
    return [listed[start:end] for start, end in pairwise(starts)]


def pick_answers(
    mentions: Sequence[Meant],
    least: float,
    institutions: Institutions | None = None,
    beside: float = 0.0,
    exact: float = 1.0,
) -> list[Meant]:
    """The mentions that are likely enough; a run of words means one institution only, be it one that is no answer.

    Where one's name holds that of an institution above it, as Max Planck Institute for Physics does, both are answered, and
    the one below comes first.

    Args:
        mentions: of one string, the likeliest first.
        least: probability from which one is answered.
        institutions: of the registry; without them, of names within names only the likeliest is answered.
        beside: probability from which one is answered beside likelier ones whose names stand elsewhere.
        exact: probability from which one is answered of which the string is the name.
    """
    answers: list[Meant] = []
    for mention in mentions:
        if mention.probability < (min(least, exact) if mention.exact else least):
            continue
        crossed = [other for other in answers if other.first <= mention.last and mention.first <= other.last]
        if not crossed:
            if not answers or mention.probability >= beside:
                answers.append(mention)
        elif institutions and all(_holds(mention, other, institutions) for other in crossed):
            answers.insert(answers.index(crossed[0]), mention)
        elif (
            institutions
            and mention.probability >= least
            and all(_holds(other, mention, institutions) for other in crossed)
        ):
            answers.append(mention)
    return [answer for answer in answers if answer.listed]


def _holds(one: Meant, other: Meant, institutions: Institutions) -> bool:
    """Whether the name of one institution holds that of another, which is above it."""
    longer = one.first <= other.first and other.last <= one.last and one.last - one.first > other.last - other.first
    return longer and institutions.is_above(other.institution, one.institution)


def name_unit(affiliation: Affiliation, answers: Sequence[Meant]) -> str:
    """The units that a string names beside its institutions, as written: what has a kind and is no institution."""
    taken = {place for answer in answers for place in range(answer.first, answer.last + 1)}
    stretches: list[list[int]] = []
    for place, token in enumerate(affiliation.tokens):
        if place in taken:
            continue
        before = stretches[-1] if stretches else None
        if before and before[-1] == place - 1 and affiliation.tokens[before[-1]].part == token.part:
            before.append(place)
        else:
            stretches.append([place])
    units = [
        affiliation.written(stretch[0], stretch[-1])
        for stretch in stretches
        if any(affiliation.tokens[place].level in _UNIT_LEVELS for place in stretch)
    ]
    return ", ".join(units)
