"""Step 5, candidates to evidence: what each pair says for and against meaning one institution.

A claim is a column. The heart of it is how much of each name the other one explains: every word of a name asks to be
explained, by its weight, and is explained by the same meaning on the other side, by a word linked to it, or (for kinds of
organization) by a kind of the same family. What stands beside a name, and the whole above it, may explain but asks for
nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from partnermatch.model import Evidence, Flags, Floats, Ints, Links, Profiles, Role

SAME_FAMILY = 0.75
"""How far a kind explains another of its family: institute and laboratory."""

CLAIMS = {
    "words_answered": "the words of each are found in the other",
    "names_answered": "the distinctive words of each are found in the other",
    "words_unanswered": "words of both are missing from the other",
    "swapped": "each has a telling word that the other lacks",
    "name_missing": "a distinctive word of one is missing from the other",
    "name_missing_in_one_script": "and no other script excuses it",
    "field_missing": "a field that one names is missing from the other",
    "field_missing_in_one_script": "and no translation excuses it",
    "standing_missing": "one says of what standing it is (national, state), the other does not",
    "standing_missing_in_one_script": "and no translation excuses that",
    "little_shared": "what they share is few or common words",
    "spelled_apart": "words answer to each other only by sound or with a misspelling",
    "numbers_differ": "they carry different numbers",
    "places_differ": "they name different places",
    "kinds_differ": "they are different kinds of organization",
    "countries_agree": "they are of one country",
    "countries_differ": "they are of different countries",
    "wholes_agree": "they belong to one larger organization",
    "wholes_differ": "they belong to different larger organizations",
    "whole_unnamed": "only one says what larger organization it belongs to",
    "acronym_fits": "the acronym of one is the other's acronym or initials",
    "acronyms_differ": "they go by different acronyms",
}
"""The claims, in the order of the columns, each with the sentence that a person is shown."""

MIN_LETTERS = 3
"""Letters; a shorter acronym fits too many names."""
ENOUGH = 2.0
"""Weight of shared words that is beyond chance: two proper names."""

_FAMILIES = 1_000
"""More than there are families of kinds: profile and family fit into one number."""


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
        placed: [p] of the weight of the places.
        has_place: [p] whether there are places.
        has_number: [p] whether there are numbers.
        numbered: [p] whether every number is explained.
        missing_name: [p] weight of the heaviest distinctive word that is not explained, 0 if all are.
        missing_field: [p] the same for topics.
        missing_standing: [p] the same for qualifiers.
        weight: [p] what was explained, in the units of the weights.
        bent: [p] weight that was explained by links, as far as these fall short of equality.
    """

    share: Floats
    named: Floats
    has_name: Flags
    placed: Floats
    has_place: Flags
    has_number: Flags
    numbered: Flags
    missing_name: Floats
    missing_field: Floats
    missing_standing: Floats
    weight: Floats
    bent: Floats


class Matcher:
    """Explains the words of any pair of profiles; made once, it serves every pair."""

    def __init__(self, profiles: Profiles, links: Links) -> None:
        """Lay out what each profile offers as an explanation, and the links both ways."""
        self.profiles = profiles
        self.atoms = len(profiles.atoms.keys)
        self.offered = np.unique(self._offers())
        rows, atoms = self.offered // self.atoms, self.offered % self.atoms
        family = profiles.atoms.families[atoms]
        self.offered_families = np.unique((rows * _FAMILIES + family)[family >= 0])
        self.links = links

    def _offers(self) -> Ints:
        """(profile, atom) as one number: own words, words beside, words of the whole, the country it is of."""
        profiles, rows = self.profiles, np.arange(len(self.profiles))
        own = np.repeat(rows, np.diff(profiles.starts)) * self.atoms + profiles.values
        aside = np.repeat(rows, np.diff(profiles.aside_starts)) * self.atoms + profiles.aside_values
        parts = np.flatnonzero(profiles.wholes >= 0)
        place, source = _expand(profiles.starts, profiles.wholes[parts])
        number = {key: place for place, key in enumerate(profiles.atoms.keys)}
        codes = np.array([number.get(f"country:{code}", -1) for code in profiles.countries], dtype=np.int64)
        stated = (rows * self.atoms + codes)[codes >= 0]
        return np.concatenate([own, aside, parts[source] * self.atoms + profiles.values[place], stated])

    def match(self, left: Ints, right: Ints) -> Words:
        """The best explanation of every word of the left names by the right ones."""
        place, pair = _expand(self.profiles.starts, left)
        atom, other = self.profiles.values[place], right[pair]
        alike = _contains(self.offered, other * self.atoms + atom).astype(np.float64)
        by = np.where(alike > 0, atom, -1)
        family = self.profiles.atoms.families[atom]
        related = (alike == 0) & (family >= 0) & _contains(self.offered_families, other * _FAMILIES + family)
        alike[related] = SAME_FAMILY
        return self._follow_links(Words(pair, atom, alike, by), other)

    def _follow_links(self, words: Words, other: Ints) -> Words:
        """Explain through links what equality does not explain."""
        alike, by = words.alike.copy(), words.by.copy()
        first = np.searchsorted(self.links.source, words.atom, side="left")
        count = np.searchsorted(self.links.source, words.atom, side="right") - first
        count[alike >= 1.0] = 0
        word = np.repeat(np.arange(len(alike)), count)
        step = np.repeat(first, count) + np.arange(len(word)) - np.repeat(np.cumsum(count) - count, count)
        offered = _contains(self.offered, other[word] * self.atoms + self.links.target[step])
        word, step = word[offered], step[offered]
        order = np.argsort(self.links.alike[step], kind="stable")  # the best comes last, and stays
        word, step = word[order], step[order]
        better = self.links.alike[step] > alike[word]
        alike[word[better]], by[word[better]] = self.links.alike[step[better]], self.links.target[step[better]]
        return Words(words.pair, words.atom, alike, by)

    def explain(self, left: Ints, right: Ints) -> Explained:
        """Sum the words of each pair up."""
        words, pairs = self.match(left, right), len(left)
        roles = self.profiles.atoms.roles[words.atom]
        weight = self.profiles.atoms.weights[words.atom]
        gained = weight * words.alike

        def total(values: Floats, chosen: Flags | None = None) -> Floats:
            picked: slice | Flags = slice(None) if chosen is None else chosen
            return np.bincount(words.pair[picked], weights=values[picked], minlength=pairs).astype(np.float64)

        lacking = weight * (1.0 - words.alike)

        def heaviest(chosen: Flags) -> Floats:
            found = np.zeros(pairs)
            np.maximum.at(found, words.pair[chosen], lacking[chosen])
            return found

        place, number = roles == Role.PLACE, roles == Role.NUMBER
        name = place | (roles == Role.REST)
        return Explained(
            share=_share(total(gained), total(weight)),
            named=_share(total(gained, name), total(weight, name)),
            has_name=total(weight, name) > 0,
            placed=_share(total(gained, place), total(weight, place)),
            has_place=total(weight, place) > 0,
            has_number=total(weight, number) > 0,
            numbered=total(weight * (1.0 - words.alike), number) == 0,
            missing_name=heaviest(name),
            missing_field=heaviest(roles == Role.TOPIC),
            missing_standing=heaviest(roles == Role.QUALIFIER),
            weight=total(gained),
            bent=total(gained * (1.0 - words.alike)),
        )


def gather_evidence(matcher: Matcher, left: Ints, right: Ints) -> Evidence:
    """Work out every claim for every pair.

    Args:
        matcher: over the profiles and links.
        left: [p] rows of the profiles.
        right: [p] rows of the profiles.

    Returns:
        A column a claim, each the same for (left, right) and (right, left).
    """
    profiles = matcher.profiles
    fits = _acronyms_fit(profiles, left, right)
    spelled_out = np.where(_bare_acronym(profiles)[left] | _bare_acronym(profiles)[right], fits, 0.0)
    there = _spell_out(matcher.explain(left, right), spelled_out)
    back = _spell_out(matcher.explain(right, left), spelled_out)
    columns = {
        **_compare_words(there, back, _one_script(profiles, left, right)),
        **_compare_details(there, back),
        "kinds_differ": _differ(profiles.families, left, right, unknown=-1),
        **_compare_countries(profiles, left, right),
        **_compare_wholes(matcher, left, right),
        **_compare_acronyms(profiles, fits, left, right),
    }
    return Evidence(tuple(CLAIMS), np.column_stack([columns[claim] for claim in CLAIMS]).astype(np.float64))


def _compare_words(there: Explained, back: Explained, one_script: Flags) -> dict[str, Floats]:
    two_named = there.has_name & back.has_name
    weight = np.minimum(there.weight, back.weight)
    telling = [np.maximum(side.missing_name, side.missing_field) for side in (there, back)]
    claims = {
        "words_answered": np.minimum(there.share, back.share),
        "names_answered": np.where(two_named, np.minimum(there.named, back.named), 0.0),
        "words_unanswered": 1.0 - np.maximum(there.share, back.share),
        "swapped": np.minimum(*telling),
        "little_shared": np.clip(1.0 - weight / ENOUGH, 0.0, 1.0),
        "spelled_apart": np.minimum(1.0, there.bent + back.bent),
    }
    for part in ("name", "field", "standing"):
        missing = np.maximum(getattr(there, f"missing_{part}"), getattr(back, f"missing_{part}"))
        claims[f"{part}_missing"] = missing
        claims[f"{part}_missing_in_one_script"] = np.where(one_script, missing, 0.0)
    return claims


def _one_script(profiles: Profiles, left: Ints, right: Ints) -> Flags:
    latin = np.array([text.isascii() for text in profiles.folded], dtype=np.bool_)
    return np.asarray(latin[left] == latin[right], dtype=np.bool_)


def _compare_details(there: Explained, back: Explained) -> dict[str, Floats]:
    one_sided = there.has_number ^ back.has_number
    unmet = ~there.numbered & ~back.numbered
    missing = ~there.numbered | ~back.numbered
    places = there.has_place & back.has_place
    return {
        "numbers_differ": np.where(unmet, 1.0, np.where(one_sided & missing, 0.5, 0.0)),
        "places_differ": np.where(places, 1.0 - np.maximum(there.placed, back.placed), 0.0),
    }


def _compare_countries(profiles: Profiles, left: Ints, right: Ints) -> dict[str, Floats]:
    codes = np.unique(np.array(profiles.countries, dtype=str), return_inverse=True)
    numbers = np.where(np.array(profiles.countries, dtype=str) == "", -1, codes[1])
    differ = _differ(numbers, left, right, unknown=-1)
    known = (numbers[left] >= 0) & (numbers[right] >= 0)
    return {"countries_differ": differ, "countries_agree": np.where(known & (differ == 0), 1.0, 0.0)}


def _compare_wholes(matcher: Matcher, left: Ints, right: Ints) -> dict[str, Floats]:
    """Compare the organizations above, where both name one; where one does, the other may say it in its own name."""
    profiles = matcher.profiles
    above, below = profiles.wholes[left], profiles.wholes[right]
    both = np.flatnonzero((above >= 0) & (below >= 0))
    alike = np.zeros(len(left))
    there, back = matcher.explain(above[both], below[both]), matcher.explain(below[both], above[both])
    fits = _acronyms_fit(profiles, above[both], below[both])
    alike[both] = np.maximum(np.minimum(there.share, back.share), fits)
    named = np.zeros(len(left), dtype=bool)
    named[both] = True
    return {
        "wholes_agree": np.where(named, alike, 0.0),
        "wholes_differ": np.where(named, 1.0 - alike, 0.0),
        "whole_unnamed": ((above >= 0) ^ (below >= 0)).astype(np.float64),
    }


def _bare_acronym(profiles: Profiles) -> Flags:
    """Names that are an acronym and nothing else."""
    bare = [folded in acronyms for folded, acronyms in zip(profiles.folded, profiles.acronyms, strict=True)]
    return np.array(bare, dtype=np.bool_)


def _spell_out(explained: Explained, fits: Floats) -> Explained:
    """A bare acronym and the name that it spells explain each other, as far as the letters fit."""
    return explained._replace(
        share=np.maximum(explained.share, fits),
        named=np.maximum(explained.named, fits),
        missing_name=np.minimum(explained.missing_name, 1.0 - fits),
        missing_field=np.minimum(explained.missing_field, 1.0 - fits),
        missing_standing=np.minimum(explained.missing_standing, 1.0 - fits),
        weight=np.maximum(explained.weight, fits * ENOUGH / 2),
        bent=np.where(fits > 0, 0.0, explained.bent),
    )


def _compare_acronyms(profiles: Profiles, fits: Floats, left: Ints, right: Ints) -> dict[str, Floats]:
    has = np.array([bool(acronyms) for acronyms in profiles.acronyms])
    return {"acronym_fits": fits, "acronyms_differ": np.where(has[left] & has[right], 1.0 - fits, 0.0)}


def _acronyms_fit(profiles: Profiles, left: Ints, right: Ints) -> Floats:
    """1 where an acronym of one is one of the other's, or its initials in order; less where only the letters agree."""
    fits = np.zeros(len(left))
    spoken = np.array([bool(acronyms) for acronyms in profiles.acronyms])
    for pair in np.flatnonzero(spoken[left] | spoken[right]):
        one, two = int(left[pair]), int(right[pair])
        fits[pair] = max(
            float(bool(set(profiles.acronyms[one]) & set(profiles.acronyms[two]))),
            _spells(profiles.acronyms[one], profiles.initials[two], profiles.letters[two]),
            _spells(profiles.acronyms[two], profiles.initials[one], profiles.letters[one]),
        )
    return fits


def _spells(acronyms: tuple[str, ...], initials: str, letters: tuple[str, ...]) -> float:
    """How well acronyms fit initials: 1 in order, 0.8 where a translation leaves only the letters."""
    if initials in acronyms and len(initials) >= MIN_LETTERS:
        return 1.0
    found = any(len(acronym) >= MIN_LETTERS and "".join(sorted(acronym)) in letters for acronym in acronyms)
    return 0.8 if found else 0.0


def _differ(values: Ints, left: Ints, right: Ints, *, unknown: int) -> Floats:
    known = (values[left] != unknown) & (values[right] != unknown)
    return np.asarray(known & (values[left] != values[right]), dtype=np.float64)


def _expand(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Places of all values of these CSR rows, and which of the rows each belongs to."""
    count = starts[rows + 1] - starts[rows]
    source = np.repeat(np.arange(len(rows)), count)
    offset = np.arange(len(source)) - np.repeat(np.cumsum(count) - count, count)
    return starts[rows][source] + offset, source


def _contains(table: Ints, values: Ints) -> Flags:
    """Whether each value is in a sorted table."""
    if len(table) == 0:
        return np.zeros(len(values), dtype=np.bool_)
    place = np.minimum(np.searchsorted(table, values), len(table) - 1)
    return np.asarray(table[place] == values, dtype=np.bool_)


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.ones_like(part), where=whole > 0)
