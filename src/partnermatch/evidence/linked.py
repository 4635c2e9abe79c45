"""Which links lead from the words of one name to what another name offers, for many pairs of names.

A hash join: the side of the pairs that has fewer different names lays out, once for each, every word that a link leads to
or from; what the names of the other side have is looked up there. So a name that is compared with eighty others does not
follow its links eighty times.
"""

from __future__ import annotations

import numpy as np

from partnermatch.csr import expand, expand_rows
from partnermatch.evidence.columns import ATOMS, Columns
from partnermatch.model import Flags, Ints, Links, Profiles
from partnermatch.numbers import Numbers


class Linked:
    """Finds the links between the names of any pairs; made once."""

    def __init__(self, profiles: Profiles, links: Links, columns: Columns, offered: Numbers) -> None:
        """Lay out the links by both ends, and what each profile offers."""
        self._profiles, self._links, self._columns, self._offered = profiles, links, columns, offered
        atoms, names = np.arange(len(profiles.atoms.keys) + 1), np.arange(len(profiles) + 1)
        self._starts = np.searchsorted(links.source, atoms)
        self._backward = np.argsort(links.target, kind="stable")
        self._backward_starts = np.searchsorted(links.target[self._backward], atoms)
        self._offered_starts = np.searchsorted(columns.offered, names * ATOMS)
        naming = np.flatnonzero(columns.named[links.target] >= 0)
        self._naming = naming[np.argsort(columns.named[links.target[naming]], kind="stable")]
        self._named = columns.named[links.target[self._naming]]

    def find(self, pair: Ints, atom: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """Find every link from a word of a left name to something that the right one offers; of a span only names that hold it.

        Args:
            pair: [w] places of the pairs, each once for every word of its left name, in order.
            atom: [w] these words.
            left: [p] rows of the profiles.
            right: [p] rows of the profiles.

        Returns:
            Pairs of a word and a link, in any order and maybe twice.
        """
        (lefts, left_row), (rights, right_row) = (np.unique(rows, return_inverse=True) for rows in (left, right))
        if len(lefts) <= len(rights):
            word, step = self._look_up_offers(lefts, left_row, right)
            return np.searchsorted(pair, np.arange(len(left)))[word[0]] + word[1], step
        return self._look_up_words(pair, atom, left, rights, right_row)

    def _look_up_offers(self, lefts: Ints, left_row: Ints, right: Ints) -> tuple[tuple[Ints, Ints], Ints]:
        """The pair and the place in its left name of every word that a link leads from, and the link."""
        links, columns = self._links, self._columns
        place, row = expand_rows(self._profiles.starts, lefts)
        step, word = expand_rows(self._starts, self._profiles.values[place])
        held = np.flatnonzero(self._hold(lefts[row[word]], links.through[step]))
        step, word = step[held], word[held]
        row, offset = row[word], place[word] - self._profiles.starts[lefts[row[word]]]
        country = columns.named[links.target[step]]
        naming = np.flatnonzero(country >= 0)
        keys = np.concatenate([_join(row, links.target[step]), _join(row[naming], self._key_country(country[naming]))])
        entry = np.concatenate([np.arange(len(step)), naming])
        offer, pair = expand_rows(self._offered_starts, right)
        of_one = np.flatnonzero(columns.countries[right] >= 0)
        asked = np.concatenate(
            [
                _join(left_row[pair], columns.offered[offer] % ATOMS),
                _join(left_row[of_one], self._key_country(columns.countries[right[of_one]])),
            ]
        )
        question, found = _look_up(keys, asked)
        pair, entry = np.concatenate([pair, of_one])[question], entry[found]
        return (pair, offset[entry]), step[entry]

    def _look_up_words(self, pair: Ints, atom: Ints, left: Ints, rights: Ints, right_row: Ints) -> tuple[Ints, Ints]:
        """Every word and link."""
        columns = self._columns
        offer, row = expand_rows(self._offered_starts, rights)
        place, of = expand_rows(self._backward_starts, columns.offered[offer] % ATOMS)
        countries = columns.countries[rights]
        first, last = (np.searchsorted(self._named, countries, side) for side in ("left", "right"))
        naming, of_one = expand(first, last)
        step = np.concatenate([self._backward[place], self._naming[naming]])
        keys = _join(np.concatenate([row[of], of_one]), self._links.source[step])
        word, found = _look_up(keys, _join(right_row[pair], atom))
        step = step[found]
        held = np.flatnonzero(self._hold(left[pair[word]], self._links.through[step]))
        return word[held], step[held]

    def _hold(self, rows: Ints, spans: Ints) -> Flags:
        """Whether each profile holds a span; -1 is none, and held by all."""
        held = spans < 0
        some = np.flatnonzero(~held)
        held[some] = self._offered.contain(_join(rows[some], spans[some]))
        return np.asarray(held, dtype=np.bool_)

    def _key_country(self, countries: Ints) -> Ints:
        """Countries as numbers behind those of all atoms."""
        return countries + len(self._profiles.atoms.keys)


def _join(rows: Ints, atoms: Ints) -> Ints:
    return rows * ATOMS + atoms


def _look_up(keys: Ints, asked: Ints) -> tuple[Ints, Ints]:
    """Every place in `asked` and in `keys` of equal numbers."""
    order = np.argsort(keys, kind="stable")
    known = keys[order]
    some = np.flatnonzero(Numbers.build(known).contain(asked))
    sought = asked[some]
    place, source = expand(*(np.searchsorted(known, sought, side) for side in ("left", "right")))
    return some[source], order[place]
