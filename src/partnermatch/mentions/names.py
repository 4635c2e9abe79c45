"""The names of a registry by what their words mean, to be found anywhere in a string, and what else is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from partnermatch.csr import expand_rows
from partnermatch.mentions.tokens import Tokens, count_up, hash_meanings, lay_tokens
from partnermatch.model import Flags, Floats, Ints
from partnermatch.strings import Strings
from partnermatch.text.abbreviations import plain_words
from partnermatch.text.affiliations import Affiliation

SECOND = "second"
"""What a name that the registry does not have is to its institution: see `index.second_names`."""
KINDS = ("display", "label", "alias", "acronym", SECOND)
"""What a name is to its institution."""
WHOLE_ONLY = ("acronym", SECOND)
"""Kinds of names of which a part says nothing."""
MIN_PARTIAL_SHARE, MIN_PARTIAL_WEIGHT = 0.4, 0.3
"""Share of a name's weight, and weight, that some of its words need to stand for it: Weizmann Institute (of Science)."""
MIN_FAINT_SHARE = 0.2
"""The same where an institution above it is named beside them: Institute of Mathematics, Hungarian Academy of Sciences."""
TELLING_WEIGHT = 1.2
"""Weight from which words stand for a name of whatever length: Ryazan State Medical University (named after ...)."""


HONOURS = ("rest:named", "rest:imeni")
"""Words behind which a name says whom it is in honour of, as many from Russian do."""


class Groups(NamedTuple):
    """The names that mean the same, by a number that stands for the meaning.

    Attributes:
        hashes: [g] rising.
        starts: [g + 1] and `names` [m]: the names.
        names: see `starts`.
    """

    hashes: Ints
    starts: Ints
    names: Ints


class NameIndex(NamedTuple):
    """The names of a registry, ready to be found in strings.

    Attributes:
        owners: [n] row of the institution of each name, of its successor if it was withdrawn; -1 where none is left.
        kinds: [n] place of its kind in `KINDS`.
        whole: names by what all their words mean, with and without what stands in brackets and whom they are named after.
        partial: names by what a telling part of them means: their first words, or all but initials, countries or places.
        endings: names by what their last words mean.
        shorts: names of a university and one word more, by that word: Harvard (University).
        faint: names by what first or last words mean that are too small a part of them to stand for them by themselves.
        hashes: [v] number of each meaning, rising, and `weights` [v] its weight, 0..1.
        weights: see `hashes`.
        texts: [n] words of each name, folded.
        totals: [n] summed weight of each name.
    """

    owners: Ints
    kinds: Ints
    whole: Groups
    partial: Groups
    endings: Groups
    shorts: Groups
    faint: Groups
    hashes: Ints
    weights: Floats
    texts: Strings
    totals: Floats

    def weigh(self, hashes: Ints) -> Floats:
        """The weight of each meaning; what the registry does not have weighs most."""
        if not len(self.hashes):
            return np.ones(len(hashes))
        places = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[places] == hashes, self.weights[places], 1.0)


def build_names(
    read: Sequence[Affiliation], owners: Ints, kinds: Sequence[str], weights: Mapping[str, float]
) -> NameIndex:
    """Index names that were read.

    Args:
        read: [n] the names.
        owners: [n] row of the institution of each, -1 where none may be answered.
        kinds: [n] what each is, of `KINDS`.
        weights: of each meaning, 0..1.
    """
    known = sorted(weights)
    hashes = hash_meanings(known)
    order = np.argsort(hashes, kind="stable")
    values = np.array([weights[known[place]] for place in order.tolist()])
    tokens = lay_tokens(read)
    places = np.array([KINDS.index(kind) for kind in kinds], dtype=np.int64)
    nowhere = (_NO_GROUPS,) * 5
    index = NameIndex(owners, places, *nowhere, hashes[order], values, Strings.of(()), np.zeros(0))
    weight = index.weigh(tokens.hashes)
    outside = _leave_out(tokens, tokens.bracketed | follow_honour(tokens))
    every, bare = (_add_up(tokens, weight, chosen) for chosen in (np.ones_like(outside), outside))
    total = np.zeros(len(read))
    total[bare.names[bare.ends]] = bare.weights[bare.ends]
    parted = ~np.isin(places, [KINDS.index(kind) for kind in WHOLE_ONLY])
    enough = np.clip(MIN_PARTIAL_SHARE * total, MIN_PARTIAL_WEIGHT, TELLING_WEIGHT)
    placed = end_in_places(tokens, outside)

    def list_partial(left_out: Flags, *, backwards: bool = False) -> tuple[Ints, Ints]:
        sums = _add_up(tokens, weight, _leave_out(tokens, ~outside | left_out), backwards=backwards)
        least = (
            enough[sums.names] if backwards else np.where(placed[sums.tokens], MIN_PARTIAL_WEIGHT, enough[sums.names])
        )
        held = parted[sums.names] & (sums.weights >= least) & (sums.places >= 1)
        return sums.sums[held], sums.names[held]

    def list_faint(*, backwards: bool) -> tuple[Ints, Ints]:
        sums = _add_up(tokens, weight, outside, backwards=backwards)
        least = np.maximum(MIN_FAINT_SHARE * total[sums.names], MIN_PARTIAL_WEIGHT)
        held = parted[sums.names] & (sums.weights >= least) & (sums.weights < enough[sums.names]) & (sums.places >= 1)
        return sums.sums[held], sums.names[held]

    nothing = np.zeros_like(outside)
    omitted = (nothing, tokens.mark_all("country:"), tokens.single, tokens.mark_all("place:"))
    partial = [list_partial(left_out) for left_out in omitted]
    whole = [(found.sums[found.ends], found.names[found.ends]) for found in (every, bare)]
    return index._replace(
        whole=_group(whole),
        partial=_group(partial),
        endings=_group([list_partial(nothing, backwards=True)]),
        shorts=_group([_shorten(tokens, outside, parted)]),
        faint=_group([list_faint(backwards=backwards) for backwards in (False, True)]),
        texts=Strings.of(plain_words(affiliation.folded, affiliation.short) for affiliation in read),
        totals=total,
    )


_NO_GROUPS = Groups(*(np.zeros(0, dtype=np.int64) for _ in range(3)))


class _Sums(NamedTuple):
    """What the first words of names mean, word by word.

    Attributes:
        names: [m] the name.
        tokens: [m] the word.
        sums: [m] of the numbers of the meanings so far, and `weights` [m] of their weights.
        weights: see `sums`.
        ends: [m] whether the word is the last.
        places: [m] number of the word.
    """

    names: Ints
    tokens: Ints
    sums: Ints
    weights: Floats
    ends: Flags
    places: Ints


def _add_up(tokens: Tokens, weights: Floats, chosen: Flags, *, backwards: bool = False) -> _Sums:
    """Add up the chosen words of each name, from its first or its last; a meaning counts once in it."""
    owner = tokens.owners()
    held = np.flatnonzero(chosen)[:: -1 if backwards else 1]
    keys, source = tokens.list_keys(held)
    fresh = first_of_each(owner[held[source]] * len(tokens.hashes) + keys)
    keys, source = keys[fresh], source[fresh]
    value, gain = np.zeros(len(held), dtype=np.int64), np.zeros(len(held))
    np.add.at(value, source, tokens.hashes[keys])
    np.add.at(gain, source, weights[keys])
    names = owner[held]
    begins = np.flatnonzero(np.diff(names, prepend=-1))
    lengths = np.diff(np.append(begins, len(held)))
    sums = np.cumsum(value) - np.repeat((np.cumsum(value) - value)[begins], lengths)
    gains = np.cumsum(gain) - np.repeat((np.cumsum(gain) - gain)[begins], lengths)
    ends = np.zeros(len(held), dtype=np.bool_)
    ends[begins + lengths - 1] = True
    return _Sums(names, held, sums, gains, ends, np.arange(len(held)) - np.repeat(begins, lengths))


def end_in_places(tokens: Tokens, chosen: Flags) -> Flags:
    """[t] Whether the chosen words of its name behind each word are all places: Washington University (in St. Louis)."""
    other = chosen & ~tokens.mark_all("place:") & ~tokens.mark_all("country:")
    so_far = np.cumsum(other)
    ends = tokens.starts[tokens.owners() + 1] - 1
    return np.asarray(so_far == so_far[ends])


def follow_honour(tokens: Tokens) -> Flags:
    """[t] Whether each word tells whom its name is in honour of: Ryazan State Medical University (named after I.P. Pavlov)."""
    honours = np.cumsum(np.any([tokens.mark_all(meaning) for meaning in HONOURS], axis=0))
    before = np.concatenate([[0], honours])[tokens.starts[tokens.owners()]]
    return np.asarray(honours > before)


def _shorten(tokens: Tokens, chosen: Flags, named: Flags) -> tuple[Ints, Ints]:
    """The names of a university and one word more, by what that word means."""
    owner = tokens.owners()
    university = chosen & tokens.mark("kind:university")
    own = chosen & ~university
    count = len(tokens.starts) - 1
    fits = (
        named & (np.bincount(owner[university], minlength=count) == 1) & (np.bincount(owner[own], minlength=count) == 1)
    )
    held = np.flatnonzero(own & fits[owner])
    keys, source = tokens.list_keys(held)
    value = np.zeros(len(held), dtype=np.int64)
    np.add.at(value, source, tokens.hashes[keys])
    return value, owner[held]


def first_of_each(values: Ints) -> Flags:
    """Whether each is the first of its value."""
    first = np.zeros(len(values), dtype=np.bool_)
    first[np.unique(values, return_index=True)[1]] = True
    return first


def _leave_out(tokens: Tokens, flags: Flags) -> Flags:
    """The words that do not have the flag; all of a name that has no others."""
    owner = tokens.owners()
    kept = np.bincount(owner[~flags], minlength=len(tokens.starts) - 1) > 0
    return np.asarray(~flags | ~kept[owner])


def _group(found: Sequence[tuple[Ints, Ints]]) -> Groups:
    sums, names = (np.concatenate(column) for column in zip(*found, strict=True))
    pairs = np.unique(np.stack([sums, names]), axis=1)
    hashes, counts = np.unique(pairs[0], return_counts=True)
    return Groups(hashes, count_up(counts.tolist()), pairs[1])


def find_groups(groups: Groups, sums: Ints) -> tuple[Ints, Ints]:
    """The names that mean what each sum stands for, and which of the sums each belongs to."""
    if not len(groups.hashes):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    places = np.minimum(np.searchsorted(groups.hashes, sums), len(groups.hashes) - 1)
    met = np.flatnonzero(groups.hashes[places] == sums)
    found, source = expand_rows(groups.starts, places[met])
    return groups.names[found], met[source]
