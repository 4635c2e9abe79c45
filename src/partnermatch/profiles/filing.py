"""Names that say the same are put together: filed part by part, by whichever process read them, in columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from partnermatch.model import Ints, Script
from partnermatch.profiles.atoms import Word
from partnermatch.profiles.drafts import Report, Said

_LATIN = Script.LATIN  # a member of an enumeration takes long to be found
NOWHERE = -1
"""The place of an institution that a name does not mean."""


Row = tuple[int, str, str, str]
"""What makes a profile one of a kind: its scope, the words of its name, those of the organization above it, and its country.

Names of one scope share their words, and profiles where they are alike; names that are asked of a registry share theirs only
with those that say the same, so that no question bears on the answer to another.
"""


class Spoken(NamedTuple):
    """The words of the names of one scope.

    Attributes:
        words: all of them.
        countries: those of the institutions that have a word, for words that are read otherwise in some countries.
        spans: keys of names in a row, with those of their words.
        capitals: words in capitals.
    """

    words: set[Word]
    countries: dict[Word, set[str]]
    spans: dict[str, tuple[str, ...]]
    capitals: set[str]

    def absorb(self, other: Spoken) -> None:
        """Add the words of other names."""
        self.words.update(other.words)
        for word, countries in other.countries.items():
            self.countries.setdefault(word, countries).update(countries)
        self.spans.update(other.spans)
        self.capitals.update(other.capitals)


Key = tuple[int, str]
"""Scope of a word and what it means."""


class Institutions(NamedTuple):
    """What strings say, in columns over the institutions that they mean and those above them.

    Attributes:
        rows: [n] each institution once.
        written: [n] how it is written, the first in sorted order.
        capitals: words in capitals in any of the names of an institution, where there are some.
        initials: [n] of the first of its names, where that is in Latin script.
        letters: [n] sorted initials of the translations of that name.
        families: [n] number of the family of its kind, -1 without one.
        keys: of all words, each once.
        own: [2, w] institution and key of each word of the first of its names, in order, each once.
        aside: [2, a] institution and key of each word that stands beside any of its names.
        spoken: the words by scope.
    """

    rows: list[Row]
    written: list[str]
    capitals: dict[int, set[str]]
    initials: list[str]
    letters: list[tuple[str, ...]]
    families: list[int]
    keys: list[Key]
    own: Ints
    aside: Ints
    spoken: dict[int, Spoken]


class Filed(NamedTuple):
    """What became of some strings, of which each may stand beside several countries.

    Attributes:
        institutions: that they mean.
        outer: [d] which of them each string and country means, `NOWHERE` without one.
        inner: [d] its unit as an institution of its own.
        reasons: [d] why there is no name in it, empty if there is.
        units: [d] the unit that it names.
        beside: [d] whether words stand beside the name.
    """

    institutions: Institutions
    outer: list[int]
    inner: list[int]
    reasons: list[str]
    units: list[str]
    beside: list[bool]


class Scopes:
    """The scopes of names: one for all of them, or one for those that say the same."""

    def __init__(self, *, apart: bool) -> None:
        """Begin; `apart` if names that do not say the same share nothing."""
        self._apart = apart
        self._met: dict[tuple[object, ...], int] = {}

    def find(self, found: Report, country: str) -> int:
        """The scope of what a string says, beside a country."""
        if not self._apart:
            return 0
        said = tuple([tuple(map(_list_content, several)) for several in (found.outer, found.inner)])
        return self._met.setdefault((country, *said), len(self._met))


def file_reports(reports: Iterable[Report], countries: Sequence[Sequence[str]], scopes: Scopes) -> Filed:
    """File what strings say under the institutions that they mean.

    Args:
        reports: [t] of the strings.
        countries: [t] those that the table has beside each; for an empty one, the country is that of the string itself.
        scopes: of the names.
    """
    drafts = _Drafts()
    outer, inner, reasons, units, aside = [], [], [], [], []
    for found, beside in zip(reports, countries, strict=True):
        for given in beside:
            country = given or found.country
            scope = scopes.find(found, country)
            inner.append(drafts.file(found.inner, scope, country))
            outer.append(drafts.file(found.outer, scope, country))
            reasons.append(found.reason)
            units.append(found.unit)
            aside.append(found.beside)
    return Filed(drafts.lay_out(), outer, inner, reasons, units, aside)


class _Drafts:
    """The institutions of a part, as they are filed."""

    def __init__(self) -> None:
        nothing = np.zeros((2, 0), dtype=np.int64)
        self._institutions = Institutions([], [], {}, [], [], [], [], nothing, nothing, {})
        self._places: dict[Row, int] = {}
        self._keys: dict[Key, int] = {}
        self._own: list[list[int]] = []
        self._aside: defaultdict[int, set[int]] = defaultdict(set)
        self._capitals: defaultdict[int, set[str]] = defaultdict(set)

    def file(self, several: Sequence[Said], scope: int, country: str) -> int:
        """File an institution behind the one above it; returns its place, `NOWHERE` if there is none."""
        place = NOWHERE
        for said in several:
            place = self._file(said, scope, country)
        return place

    def _file(self, said: Said, scope: int, country: str) -> int:
        institutions, row = self._institutions, (scope, said.folded, said.above, country)
        place = self._places.get(row)
        if place is None:
            place = self._places[row] = len(self._places)
            institutions.rows.append(row)
            institutions.written.append(said.written)
            institutions.initials.append(said.initials)
            institutions.letters.append(said.letters)
            institutions.families.append(said.family)
            self._own.append(self._number(scope, [key for word in said.own for key in word[3]]))
        elif said.written < institutions.written[place]:
            institutions.written[place] = said.written
        self._note_words(said, scope, country)
        if said.aside:
            self._aside[place].update(self._number(scope, said.aside))
        if said.capitals:
            self._capitals[place].update(said.capitals)
        return place

    def _note_words(self, said: Said, scope: int, country: str) -> None:
        spoken = self._institutions.spoken.get(scope)
        if spoken is None:
            spoken = self._institutions.spoken[scope] = Spoken(set(), defaultdict(set), {}, set())
        words: Sequence[Word] = said.own
        if said.aside:  # what spans hold stands beside
            words = [*words, *said.aside.values(), *chain.from_iterable(said.spans.values())]
        spoken.words.update(words)
        for word in words:
            if word[2] != _LATIN or word[3][0].startswith("place:"):
                spoken.countries[word].add(country)
        for span, members in said.spans.items():
            spoken.spans[span] = tuple([key for *_, keys in members for key in keys])
        spoken.capitals.update(said.capitals)

    def _number(self, scope: int, keys: Iterable[str]) -> list[int]:
        """Numbers of keys, each once."""
        known = self._keys
        return list(dict.fromkeys([known.setdefault((scope, key), len(known)) for key in keys]))

    def lay_out(self) -> Institutions:
        """All that was filed."""
        return self._institutions._replace(
            capitals=dict(self._capitals),
            keys=list(self._keys),
            own=_pair_up(dict(enumerate(self._own))),
            aside=_pair_up(self._aside),
        )


def _pair_up(lists: Mapping[int, Collection[int]]) -> Ints:
    """[2, m] the place of each list and what is in it."""
    values = [value for own in lists.values() for value in own]
    places = np.repeat(np.array(list(lists), dtype=np.int64), [len(own) for own in lists.values()])
    return np.array([places, np.array(values, dtype=np.int64)])


def _list_content(said: Said) -> tuple[object, ...]:
    """Everything that a name says, as far as profiles depend on it."""
    named = (said.folded, said.above, said.own, said.written, said.capitals, said.initials, said.letters, said.family)
    return *named, *sorted(said.aside.items()), *sorted(said.spans.items())
