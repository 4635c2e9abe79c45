"""Which links lead from the words of one name to what another name offers, for many pairs of names."""

from __future__ import annotations

import numpy as np

from partnermatch.csr import expand, expand_rows
from partnermatch.evidence.columns import ATOMS, Columns
from partnermatch.model import Flags, Ints, Links
from partnermatch.numbers import Numbers


class Linked:
    """Finds the links between words and names; made once."""

    def __init__(self, names: int, links: Links, columns: Columns, offered: Numbers) -> None:
        """Lay out the links by both of their ends, and what each of so many names offers."""
        self._links, self._columns, self._offered = links, columns, offered
        self._leading, self._abroad, answering = np.zeros((3, len(columns.named)), dtype=np.bool_)
        country = columns.named[links.target]
        every, naming = np.arange(len(links.source)), np.flatnonzero(country >= 0)
        self._leading[links.source] = self._abroad[links.source[naming]] = answering[links.target] = True
        answers = columns.offered[answering[columns.offered & (ATOMS - 1)]]
        self._starts = np.searchsorted(answers, np.arange(names + 1) * ATOMS)
        self._answers = (answers & (ATOMS - 1)).astype(np.int32)
        self._to_words = _Ends(links.source, links.target, every)
        self._to_countries = _Ends(links.source[naming], country[naming], naming)

    def find(self, atom: Ints, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """Find every link from some words to what a name offers, or to the country that it is of.

        Args:
            atom: [w] the words.
            left: [w] the profile that has each; a link of a span is that of names that hold it.
            right: [w] the profile that is to answer.

        Returns:
            Pairs of a word and a link, in any order and maybe twice.
        """
        (asking,) = self._leading[atom].nonzero()
        offer, source = expand_rows(self._starts, right[asking])
        met, step = self._to_words.meet((atom[asking] * ATOMS).take(source) + self._answers.take(offer))
        (abroad,) = (self._abroad[atom] & (self._columns.countries[right] >= 0)).nonzero()
        of_one, further = self._to_countries.meet(atom[abroad] * ATOMS + self._columns.countries[right[abroad]])
        word, step = np.concatenate([asking[source[met]], abroad[of_one]]), np.concatenate([step, further])
        (held,) = self._hold(left[word], self._links.through[step]).nonzero()
        return word[held], step[held]

    def _hold(self, rows: Ints, spans: Ints) -> Flags:
        """Whether each profile holds a span; -1 is none, and held by all."""
        held = spans < 0
        (some,) = (~held).nonzero()
        held[some] = self._offered.contain(rows[some] * ATOMS + spans[some])
        return np.asarray(held, dtype=np.bool_)


class _Ends:
    """Links by the word that asks and what answers."""

    def __init__(self, source: Ints, target: Ints, links: Ints) -> None:
        keys = source * ATOMS + target
        order = keys.argsort(kind="stable")
        self._links, self._keys = links[order], Numbers.build(keys[order])

    def meet(self, keys: Ints) -> tuple[Ints, Ints]:
        """The places of keys, each of a word and of what may answer, and the links between the two."""
        (met,) = self._keys.contain(keys).nonzero()
        place, source = expand(*(self._keys.values.searchsorted(keys[met], side) for side in ("left", "right")))
        return met[source], self._links[place]
