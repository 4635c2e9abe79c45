"""How far the words of one name are explained by another: the same meaning, a linked word, a related kind."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partnermatch.csr import expand_rows
from partnermatch.evidence.columns import ATOMS, FAMILIES, Columns, lay_columns
from partnermatch.evidence.linked import Linked
from partnermatch.model import Flags, Floats, Ints, Links, Profiles, Role
from partnermatch.numbers import Numbers
from partnermatch.settings import EvidenceSettings

_REST, _PLACE, _COUNTRIES, _KIND = int(Role.REST), int(Role.PLACE), int(Role.COUNTRY), int(Role.KIND)
_NAME, _NUMBER, _FIELD, _STANDING, _COUNTRY, _OTHER = range(6)
_GROUPS = 6
_TOLD: Ints = np.full(len(Role), _OTHER, dtype=np.int64)
"""What is summed up together, by role: distinctive words, places among them; numbers, topics, qualifiers, countries; others."""
_TOLD[[Role.REST, Role.PLACE]] = _NAME
_TOLD[[Role.NUMBER, Role.TOPIC, Role.QUALIFIER, Role.COUNTRY]] = _NUMBER, _FIELD, _STANDING, _COUNTRY
EXACT = 1e-9
"""Two sums of the same weights differ by less."""


class Words(NamedTuple):
    """How the words of the left names of some pairs are explained by the right ones, one row a word.

    Attributes:
        pair: [w] place of the pair.
        atom: [w] the word.
        alike: [w] how well it is explained, 0..1.
        by: [w] the atom on the right that explains it best, -1 if none.
    """

    pair: Ints
    atom: Ints
    alike: Floats
    by: Ints


class Explained(NamedTuple):
    """The words of each pair summed up; a share is 1 where nothing asks to be explained.

    Attributes:
        share: [p] of the weight of all words.
        named: [p] of the weight of the distinctive words.
        has_name: [p] whether there are distinctive words.
        only_places: [p] whether all distinctive words are places.
        has_field: [p] whether there are topics.
        has_standing: [p] whether there are qualifiers.
        placed: [p] of the weight of the places.
        has_place: [p] whether there are places.
        has_number: [p] whether there are numbers.
        numbered: [p] whether every number is explained.
        lacks_later: [p] whether a number other than one is not explained.
        has_country: [p] whether there are countries.
        missing_name: [p] weight of the heaviest distinctive word that is not explained, 0 if all are.
        missing_unknown: [p] the same for distinctive words that are no places.
        missing_field: [p] the same for topics.
        missing_standing: [p] the same for qualifiers.
        missing_rank: [p] the same for those of these that tell universities apart.
        missing_country: [p] the same for countries.
        missing_abroad: [p] 1 where a country is not explained that is not its own: American University of Beirut.
        weight: [p] what was explained, in the units of the weights.
        bent: [p] weight that was explained by links, as far as these fall short of equality.
        akin: [p] whether a kind is explained by another of its family alone: a university by a college.
    """

    share: Floats
    named: Floats
    has_name: Flags
    only_places: Flags
    has_field: Flags
    has_standing: Flags
    placed: Floats
    has_place: Flags
    has_number: Flags
    numbered: Flags
    lacks_later: Flags
    has_country: Flags
    missing_name: Floats
    missing_unknown: Floats
    missing_field: Floats
    missing_standing: Floats
    missing_rank: Floats
    missing_country: Floats
    missing_abroad: Floats
    weight: Floats
    bent: Floats
    akin: Flags


class Matcher:
    """Explains the words of any pair of profiles; made once, it serves every pair."""

    def __init__(
        self,
        profiles: Profiles,
        links: Links,
        settings: EvidenceSettings = EvidenceSettings(),
        known: Columns | None = None,
    ) -> None:
        """Lay out what each profile offers as an explanation; `known` is what is laid out of the first profiles."""
        self.profiles, self.links, self.settings = profiles, links, settings
        self.columns = lay_columns(profiles, known)
        self.offered, self.families = Numbers.build(self.columns.offered), Numbers.build(self.columns.families)
        self.linked = Linked(len(profiles), links, self.columns, self.offered) if len(links.source) else None

    def _offers(self, rows: Ints, atoms: Ints) -> Flags:
        """Whether each profile offers an atom as an explanation: the country it is of, or one of its words."""
        columns = self.columns
        offered = self.offered.contain(rows * ATOMS + atoms)
        country = columns.named.take(atoms)
        (named,) = (country >= 0).nonzero()
        offered[named] |= country[named] == columns.countries[rows[named]]
        return offered

    def match(self, left: Ints, right: Ints) -> Words:
        """The best explanation of every word of the left names by the right ones."""
        place, pair = expand_rows(self.profiles.starts, left)
        atom, other = self.profiles.values[place], right[pair]
        alike = self._offers(other, atom).astype(np.float64)
        by = np.where(alike > 0, atom, -1)
        family = self.profiles.atoms.families[atom]
        (kinds,) = ((alike == 0) & (family >= 0)).nonzero()
        if len(kinds):
            kinds = kinds[self.families.contain(other[kinds] * FAMILIES + family[kinds])]
        if len(kinds):
            offered = _count(self.families.values, other[kinds] * FAMILIES + family[kinds])
            met = np.flatnonzero((alike > 0) & (family >= 0))
            taken = _count(np.sort(pair[met] * FAMILIES + family[met]), pair[kinds] * FAMILIES + family[kinds])
            alike[kinds[offered > taken]] = self.settings.same_family  # the university of both is no school of one
        return self._follow_links(Words(pair, atom, alike, by), left, right)

    def _follow_links(self, words: Words, left: Ints, right: Ints) -> Words:
        """Explain through links what equality does not explain; a link through a span is that of names that hold it."""
        if self.linked is None:
            return words
        alike, by = words.alike.copy(), words.by.copy()
        (unmet,) = (alike < 1.0).nonzero()
        pair = words.pair[unmet]
        word, step = self.linked.find(words.atom[unmet], left[pair], right[pair])
        (better,) = (self.links.alike[step] > alike[unmet[word]]).nonzero()
        word, step = unmet[word[better]], step[better]
        order = np.lexsort((step, self.links.alike[step]))  # the best comes last, and stays
        word, step = word[order], step[order]
        alike[word], by[word] = self.links.alike[step], self.links.target[step]
        return Words(words.pair, words.atom, alike, by)

    def explain_both(self, left: Ints, right: Ints, words: Words | None = None) -> tuple[Explained, Explained]:
        """How the right names explain the left ones, and the left ones the right ones, worked out together.

        Args:
            left: [p] rows of the profiles.
            right: [p] rows of the profiles.
            words: those of the left names and then of the right ones, if they were matched before.
        """
        asking, answering = np.concatenate([left, right]), np.concatenate([right, left])
        both = self.sum_up(words or self.match(asking, answering), asking)
        there, back = (
            Explained._make(column[half] for column in both) for half in (slice(len(left)), slice(len(left), None))
        )
        return there, back

    def sum_up(self, words: Words, left: Ints) -> Explained:
        """Sum the words of each pair up, by the left names of the pairs."""
        pairs = len(left)
        roles = self.profiles.atoms.roles.take(words.atom)
        weight = self.profiles.atoms.weights.take(words.atom)
        gained, unlike = weight * words.alike, 1.0 - words.alike
        lacking, bending, told = weight * unlike, gained * unlike, _TOLD.take(roles) * pairs + words.pair
        akin = (roles == _KIND) & (words.alike == self.settings.same_family)
        (lacked,), (bent,), (places,) = lacking.nonzero(), bending.nonzero(), (roles == _PLACE).nonzero()
        explained, whole = (_add_up(words.pair, values, pairs) for values in (gained, weight))
        placed, place = (_add_up(words.pair[places], values[places], pairs) for values in (gained, weight))
        told_gained, told_whole = (_add_up(told, values, _GROUPS * pairs) for values in (gained, weight))
        heaviest = _find_heaviest(told, lacking, lacked, _GROUPS * pairs)
        lacked_roles = roles[lacked]
        unknown, rank = (
            _find_heaviest(words.pair, lacking, lacked[some], pairs)
            for some in (lacked_roles == _REST, self.columns.ranking[words.atom[lacked]])
        )
        told_gained, told_whole, missing = (
            values.reshape(_GROUPS, pairs) for values in (told_gained, told_whole, heaviest)
        )
        return Explained(
            share=_share(explained, whole),
            named=_share(told_gained[_NAME], told_whole[_NAME]),
            has_name=told_whole[_NAME] > 0,
            only_places=told_whole[_NAME] <= place + EXACT,
            has_field=told_whole[_FIELD] > 0,
            has_standing=told_whole[_STANDING] > 0,
            placed=_share(placed, place),
            has_place=place > 0,
            has_number=told_whole[_NUMBER] > 0,
            numbered=missing[_NUMBER] == 0,
            lacks_later=_count_rows(words.pair[lacked[self.columns.later[words.atom[lacked]]]], pairs) > 0,
            has_country=told_whole[_COUNTRY] > 0,
            missing_name=missing[_NAME],
            missing_unknown=unknown,
            missing_field=missing[_FIELD],
            missing_standing=missing[_STANDING],
            missing_rank=rank,
            missing_country=missing[_COUNTRY],
            missing_abroad=self._miss_abroad(words, left, lacked[lacked_roles == _COUNTRIES], pairs),
            weight=explained,
            bent=_add_up(words.pair[bent], bending[bent], pairs),
            akin=_count_rows(words.pair[akin], pairs) > 0,
        )

    def _miss_abroad(self, words: Words, left: Ints, lacked: Ints, pairs: int) -> Floats:
        """Whether any of the countries that are not explained is not that of its institution; nothing, where that is unknown."""
        pair, columns = words.pair[lacked], self.columns
        home = columns.homes[left[pair]]
        abroad = (home >= 0) & (columns.named[words.atom[lacked]] != home)
        return (_count_rows(pair[abroad], pairs) > 0).astype(np.float64)


def _add_up(rows: Ints, values: Floats, size: int) -> Floats:
    """[size] the sum of the values of each row."""
    return np.bincount(rows, weights=values, minlength=size).astype(np.float64, copy=False)  # of nothing it counts


def _count_rows(rows: Ints, size: int) -> Ints:
    """[size] how often each row comes."""
    return np.bincount(rows, minlength=size)


def _find_heaviest(rows: Ints, values: Floats, some: Ints, size: int) -> Floats:
    """[size] the highest of some of the values of each row, 0 without any."""
    heaviest = np.zeros(size)
    np.maximum.at(heaviest, rows.take(some), values.take(some))
    return heaviest


def _count(table: Ints, values: Ints) -> Ints:
    """How often each value is in a sorted table."""
    return np.searchsorted(table, values, side="right") - np.searchsorted(table, values, side="left")


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.ones_like(part), where=whole > 0)
