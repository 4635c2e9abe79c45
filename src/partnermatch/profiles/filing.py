"""Names that say the same are put together: filed part by part, by whichever process read them, and merged in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from partnermatch.profiles.atoms import Word
from partnermatch.profiles.drafts import Report, Said

NOWHERE = -1
"""The place of an institution that a name does not mean."""


class Row(NamedTuple):
    """What makes a profile one of a kind.

    Attributes:
        scope: names of one scope share their words, and profiles where they are alike; names that are asked of a registry
            share theirs only with those that say the same, so that no question bears on the answer to another.
        folded: the words of its name.
        whole: those of the organization above it.
        country: where it is.
    """

    scope: int
    folded: str
    whole: str
    country: str


class Draft(NamedTuple):
    """What was read of one institution in all its names, before it has a number; `first` is what one of them says."""

    first: Said
    written: set[str]
    aside: dict[str, Word]
    spans: dict[str, tuple[Word, ...]]
    capitals: set[str]

    @classmethod
    def begin(cls, said: Said) -> Draft:
        """What one name says."""
        return cls(said, {said.written}, dict(said.aside), dict(said.spans), set(said.capitals))

    def add(self, said: Said) -> None:
        """Add what another of its names says."""
        self.written.add(said.written)
        self.aside.update(said.aside)
        self.spans.update(said.spans)
        self.capitals.update(said.capitals)

    def absorb(self, other: Draft) -> None:
        """Add what others of its names say."""
        self.written.update(other.written)
        self.aside.update(other.aside)
        self.spans.update(other.spans)
        self.capitals.update(other.capitals)


Drafts = dict[Row, Draft]


class Filed(NamedTuple):
    """What became of some strings, of which each may stand beside several countries.

    Attributes:
        drafts: the institutions that they mean, and those above them.
        outer: [d] place in `drafts` of the institution that each string and country means, `NOWHERE` without one.
        inner: [d] the place of its unit as an institution of its own.
        reasons: [d] why there is no name in it, empty if there is.
        units: [d] the unit that it names.
    """

    drafts: Drafts
    outer: list[int]
    inner: list[int]
    reasons: list[str]
    units: list[str]


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
    filed = Filed({}, [], [], [], [])
    places: dict[Row, int] = {}
    for found, beside in zip(reports, countries, strict=True):
        for given in beside:
            country = given or found.country
            scope = scopes.find(found, country)
            for several, ends in ((found.inner, filed.inner), (found.outer, filed.outer)):
                place = NOWHERE
                for said in several:
                    place = _file(filed.drafts, places, said, Row(scope, said.folded, said.above, country))
                ends.append(place)
            filed.reasons.append(found.reason)
            filed.units.append(found.unit)
    return filed


def merge(parts: Iterable[Filed]) -> Drafts:
    """The institutions of all parts, each once."""
    drafts: Drafts = {}
    for part in parts:
        for row, draft in part.drafts.items():
            known = drafts.setdefault(row, draft)
            if known is not draft:
                known.absorb(draft)
    return drafts


def _file(drafts: Drafts, places: dict[Row, int], said: Said, row: Row) -> int:
    place = places.get(row)
    if place is None:
        place = places[row] = len(drafts)
        drafts[row] = Draft.begin(said)
    else:
        drafts[row].add(said)
    return place


def _list_content(said: Said) -> tuple[object, ...]:
    """Everything that a name says, as far as profiles depend on it."""
    return *said[:4], *sorted(said.aside.items()), *sorted(said.spans.items()), *said[6:]
