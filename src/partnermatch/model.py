"""The nouns of the stairs: frozen dataclasses of arrays, one a step, and nothing else.

Shapes are given as [n]; a CSR list is `starts` [n + 1] and its values [m]: row i has values[starts[i]:starts[i + 1]].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
"""Half as long: a table of ten million pairs has a column for each claim."""
Flags = NDArray[np.bool_]


class Script(IntEnum):
    """The script of a word."""

    LATIN = 0
    KANJI = 1
    KANA = 2
    HANGUL = 3
    NUMBER = 4
    MARK = 5


class Role(IntEnum):
    """What a word is in a name, the most telling first."""

    REST = 0
    PLACE = 1
    NUMBER = 2
    TOPIC = 3
    COUNTRY = 4
    QUALIFIER = 5
    KIND = 6
    LEGAL = 7
    STOP = 8
    MARK = 9


class Units(Enum):
    """What becomes of a unit that a name mentions, such as the institute of a university."""

    FOLD = "fold"
    """It belongs to its institution, and the name means that."""
    STAND = "stand"
    """It is what the name means: whoever lists the name says that it is an institution."""
    ASK = "ask"
    """The name means the unit if it is known as an institution, and its institution otherwise."""


@dataclass(frozen=True)
class Atoms:
    """The vocabulary: one row a distinct meaning or unknown word, sorted by key.

    Attributes:
        keys: [a] `topic:physics`, `place:city:123`, `rest:karolinska` and the like.
        roles: [a] `Role`.
        weights: [a] how much the atom asks to be explained, 0..1.
        families: [a] number of the family of a kind (education, research, …), -1 for what is no kind.
        scripts: [a] `Script` of the word it was first met in; only rest atoms need it.
        forms: [a] the spellings in which it was met, sorted.
        spellings: [a] the same, and for places also those that the lexicon knows; misspellings are sought among them.
        readings: [a] how it may be read in Latin letters, likeliest first; for atoms that are carried over by sound.
        members: [a] of a span (names in a row, as one: Gadjah Mada), the atoms of its words; empty for all others.
    """

    keys: Sequence[str]
    roles: Ints
    weights: Floats
    families: Ints
    scripts: Ints
    forms: Sequence[tuple[str, ...]]
    spellings: Sequence[tuple[str, ...]]
    readings: Sequence[tuple[str, ...]]
    members: Sequence[tuple[int, ...]]


@dataclass(frozen=True)
class Profiles:
    """One row a distinct name of an institution: a text and the country given with it.

    A raw string leads to its institution's row, and through `wholes` to the row of the organization above it. Rows are
    sorted by text and country, so that nothing depends on the order of the input.

    Attributes:
        atoms: the vocabulary.
        texts: [n] the institution's name as it was written, with the whole above it, without its unit.
        folded: [n] the same, folded.
        countries: [n] ISO code given with the name or named in it, empty if unknown.
        starts: [n + 1] and `values` [m]: atoms of the own name, in order.
        aside_starts: [n + 1] and `aside_values` [k]: atoms that may answer but do not ask: what stands beside the name
            (brackets, address), and spans of names in a row within it.
        families: [n] number of the family of kinds (education, research, …) that the head names, -1 without.
        acronyms: [n] folded words written in capitals that may be a short form of the name.
        initials: [n] initials of a name in Latin script, in order; empty for others.
        letters: [n] sorted initials of what the words of other names mean in English, with alternatives.
        wholes: [n] row of the organization above it, -1 if none is named.
    """

    atoms: Atoms
    texts: Sequence[str]
    folded: Sequence[str]
    countries: Sequence[str]
    starts: Ints
    values: Ints
    aside_starts: Ints
    aside_values: Ints
    families: Ints
    acronyms: Sequence[tuple[str, ...]]
    initials: Sequence[str]
    letters: Sequence[tuple[str, ...]]
    wholes: Ints

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Readings:
    """What each row of the input says.

    Attributes:
        profiles: [r] row of `Profiles`, -1 where there is no name.
        inner: [r] row of the unit that the row names, read as an institution inside this one; -1 where none is, or where
            units were not asked for.
        reasons: [r] why there is none (`empty`, `too_long`, `no_words`), empty otherwise.
        units: [r] the unit that the row names, as written; empty if none.
        beside: [r] whether words stand beside the name: a place, what stands in brackets.
    """

    profiles: Ints
    inner: Ints
    reasons: tuple[str, ...]
    units: tuple[str, ...]
    beside: Flags


@dataclass(frozen=True)
class Links:
    """Which words may answer for others, from the word that asks to the word that answers, sorted, each once.

    A word written together (ガジャマダ) is answered by two in a row (Gadjah Mada) only where they stand in a row, which is
    why links have a direction.

    Attributes:
        source: [l] atoms that ask.
        target: [l] atoms that answer.
        alike: [l] similarity, 0..1.
        through: [l] the span that a name must hold for the link to be its own, of which the source is a word; -1 if none.
    """

    source: Ints
    target: Ints
    alike: Floats
    through: Ints


@dataclass(frozen=True)
class Keys:
    """What each profile can be found by, and what it asks for: (profile, key) pairs, sorted, each once.

    Attributes:
        profiles: [m] rows of `Profiles`.
        keys: [m] numbers of the shared key space that each holds.
        asking: [q] rows of `Profiles`.
        asked: [q] numbers of the keys that each asks for.
        gains: [q] weight that each of these gives.
        weights: [n] the summed weight of each profile's own words.
        names: text of a key by its number, for reports.
    """

    profiles: Ints
    keys: Ints
    asking: Ints
    asked: Ints
    gains: Floats
    weights: Floats
    names: tuple[str, ...]


@dataclass(frozen=True)
class Candidates:
    """Pairs of profiles worth scoring, left < right, sorted, each once.

    Attributes:
        left: [p] rows of `Profiles`.
        right: [p] rows of `Profiles`.
        dropped: keys that more names share than one is compared with, with how many names each: of these only the nearest
            are compared.
    """

    left: Ints
    right: Ints
    dropped: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Evidence:
    """One column a claim about each pair.

    Attributes:
        claims: [c] names of the columns.
        values: [p, c] strength of the claim, 0..1, or -1..1 where it speaks for and against.
    """

    claims: tuple[str, ...]
    values: Singles


@dataclass(frozen=True)
class Scores:
    """How likely each pair means one institution.

    Attributes:
        probabilities: [p] 0..1, calibrated.
        vetoes: [p] matches between its two groups that outweigh what speaks against the pair; 0 where too little does.
    """

    probabilities: Floats
    vetoes: Ints


@dataclass(frozen=True)
class Constraints:
    """What must or must not be joined, whatever the scores say.

    Attributes:
        left: [k] rows, of the input or of `Profiles`.
        right: [k] others.
        same: [k] whether both are one institution.
    """

    left: Ints
    right: Ints
    same: Flags


@dataclass(frozen=True)
class Registered:
    """Which institution of a registry each profile means, where that is certain enough.

    Attributes:
        institutions: [n] number of the institution, -1 where none is certain.
        ids: [k] its ID by its number.
        probabilities: [n] that the name means it, 0..1; 0 where none is certain.
    """

    institutions: Ints
    ids: tuple[str, ...]
    probabilities: Floats


@dataclass(frozen=True)
class Clusters:
    """Profiles grouped into institutions.

    Attributes:
        labels: [n] the cluster of each profile: its smallest row.
        confidences: [n] probability that the profile belongs where it was put.
        joined: [n] whether a scored pair, not equality alone, put it there.
        reviews: [n] the row of a profile in another cluster that a person should compare it with, -1 if none.
    """

    labels: Ints
    confidences: Floats
    joined: Flags
    reviews: Ints


@dataclass(frozen=True)
class Identities:
    """The answer for each profile.

    Attributes:
        canonical_ids: [n] the institution.
        canonical_names: [n] the name it is shown by.
        root_ids: [n] the top of its family.
    """

    canonical_ids: tuple[str, ...]
    canonical_names: tuple[str, ...]
    root_ids: tuple[str, ...]
