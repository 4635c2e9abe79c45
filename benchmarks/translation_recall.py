"""How often a Japanese name finds its English one, with each table of translations; run by learn_translations.py.

Data: ../shared/data/ja_en_dev.csv (Japanese names beside the English display name of their institution). Every Japanese
name ranks all English names by how much of each one's weighted atoms the other explains (the Japanese side counts SHARE).
Readings and sound are those of `links.find_links`. Each name is ranked with a table that was learned without its
institution's fold. An expected rank is given to ties. No randomness.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy import sparse

from partnermatch import lexicon
from partnermatch.lexicon.translations import GLOSS_ALIKE, PART_ALIKE, SPOKEN_ALIKE, glosses, spoken
from partnermatch.links import find_links
from partnermatch.model import Floats
from partnermatch.profiles import build_profiles
from partnermatch.settings import Settings
from partnermatch.text.names import read_name, telling
from partnermatch.text.spans import find_spans

DEV = Path(__file__).parents[2] / "shared/data/ja_en_dev.csv"
SHARE = 0.7
"""Weight of the Japanese side; .5 gives two points less, .75 the same."""
REGISTRY_NAMES = 150_000
"""Names that rarity.tsv was counted from, rounded, as in the weights of the profiles."""

Table = Sequence[tuple[str, str, float]]


class Sides:
    """The names, what each asks to be explained, and what it may answer with."""

    def __init__(self) -> None:
        with DEV.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        english = {row["ror_id"]: row["en"] for row in rows}
        self.ids = sorted(english)
        self.english = [english[ror_id] for ror_id in self.ids]
        self.japanese = [row["ja"] for row in rows]
        self.query_ids = [row["ror_id"] for row in rows]
        self.truth = np.array([self.ids.index(ror_id) for ror_id in self.query_ids])
        names = [*self.japanese, *self.english]
        self.asks = [_asks(name) for name in names]
        self.answers = [self.asks[place] | _answers(name) for place, name in enumerate(names)]
        profiles, _ = build_profiles(names, [""] * len(names), Settings())
        known = profiles.atoms.keys
        keys = sorted(set().union(*self.answers, known))
        self.number = {key: place for place, key in enumerate(keys)}
        self.weights = np.array([_weight(key) for key in keys])
        links = find_links(profiles.atoms, Settings().links)
        ends = zip(links.source.tolist(), links.target.tolist(), links.alike.tolist(), strict=True)
        self.sounds = [(known[source], known[target], alike) for source, target, alike in ends]

    def score(self, queries: Sequence[int], tables: Iterable[Table]) -> Floats:
        """[queries, English names] how alike they are."""
        links = self._links(tables)
        names = [len(self.japanese) + place for place in range(len(self.english))]
        forward = self._share(queries) @ self._reach(names, links)
        backward = self._share(names) @ self._reach(queries, links)
        return np.asarray(SHARE * forward.toarray() + (1 - SHARE) * backward.toarray().T, dtype=np.float64)

    def _links(self, tables: Iterable[Table]) -> sparse.csr_array:
        best = {(self.number[one], self.number[two]): alike for one, two, alike in self.sounds}
        for table in tables:
            for one, two, alike in table:
                if one in self.number and two in self.number:
                    for pair in ((self.number[one], self.number[two]), (self.number[two], self.number[one])):
                        best[pair] = max(alike, best.get(pair, 0.0))
        best.update({(place, place): 1.0 for place in range(len(self.number))})
        ends = np.array(sorted(best), dtype=np.int64)
        values = np.array([best[one, two] for one, two in sorted(best)])
        return sparse.csr_array((values, (ends[:, 0], ends[:, 1])), shape=(len(self.number), len(self.number)))

    def _share(self, names: Sequence[int]) -> sparse.csr_array:
        """[names, atoms] the share of each atom in what the name asks."""
        rows, columns = self._places(self.asks, names)
        matrix = sparse.csr_array((self.weights[columns], (rows, columns)), shape=(len(names), len(self.number)))
        return sparse.csr_array(matrix.multiply((1.0 / np.maximum(matrix.sum(axis=1), 1e-9))[:, None]))

    def _reach(self, names: Sequence[int], links: sparse.csr_array) -> sparse.csr_array:
        """[atoms, names] how well the best atom of each name answers for an atom."""
        rows, columns = self._places(self.answers, names)
        found = links[:, columns].tocoo()
        keys = found.coords[0] * len(names) + rows[found.coords[1]]
        order = np.lexsort((-found.data, keys))
        first = np.flatnonzero(np.diff(keys[order], prepend=-1))
        keys, nearest = keys[order][first], found.data[order][first]
        places = (keys // len(names), keys % len(names))
        return sparse.csr_array((nearest, places), shape=(len(self.number), len(names)))

    def _places(self, held: Sequence[frozenset[str]], names: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        flat = [(row, self.number[key]) for row, name in enumerate(names) for key in sorted(held[name])]
        places = np.array(flat, dtype=np.int64).reshape(-1, 2)
        return places[:, 0], places[:, 1]


def _asks(name: str) -> frozenset[str]:
    parts = read_name(name, Settings().text).parts
    lexemes = telling((*parts.own, *parts.whole, *(lexeme for unit in parts.unit for lexeme in unit)))
    return frozenset(key for lexeme in lexemes for key in lexeme.keys)


def _answers(name: str) -> frozenset[str]:
    """What stands aside, and names in a row as one."""
    parts = read_name(name, Settings().text).parts
    groups = (parts.own, parts.whole, *parts.unit, parts.aside)
    spans = {key for group in groups for span, _ in find_spans(group) for key in span.keys}
    return frozenset(spans | {key for lexeme in telling(parts.aside) for key in lexeme.keys})


@cache
def _weight(key: str) -> float:
    """As in profiles: the weight of the role, less for what many institutions share."""
    weights = Settings().weights
    base = float(getattr(weights, key.partition(":")[0], 0.0))
    rare = 1.0 - math.log1p(min(lexicon.rarity().get(key, 0), REGISTRY_NAMES)) / math.log1p(REGISTRY_NAMES)
    return base * (weights.rarity_floor + (1.0 - weights.rarity_floor) * rare)


def gloss_table() -> Table:
    """The dictionary as a table; a word of a rendering of two answers for part of it."""
    return [
        (word, key, GLOSS_ALIKE if " " not in rendering else PART_ALIKE)
        for word, renderings in glosses().items()
        for rendering in renderings
        for key in rendering.split()
    ]


def evaluate(learned: Sequence[Table], fold_of: Callable[[str], int], failures: int) -> None:
    """Print recall at 1 and 10 for each set of tables, and some failures of the last."""
    sides = Sides()
    heard = [(word, key, SPOKEN_ALIKE) for word, keys in spoken().items() for key in keys]
    folds = np.array([fold_of(ror_id) for ror_id in sides.query_ids])
    sets: dict[str, tuple[bool, list[Table]]] = {
        "hand lexicon and sound": (False, []),
        "+ learned": (True, []),
        "+ JMdict": (False, [gloss_table()]),
        "+ spoken": (False, [heard]),
        "+ learned + JMdict": (True, [gloss_table()]),
        "+ all": (True, [gloss_table(), heard]),
    }
    print(f"{len(sides.japanese)} Japanese names among {len(sides.english)} English ones: recall@1 recall@10")
    scores = np.zeros((len(sides.japanese), len(sides.english)))
    for name, (with_learned, tables) in sets.items():
        for fold, table in enumerate(learned):
            queries = np.flatnonzero(folds == fold)
            scores[queries] = sides.score(queries.tolist(), [*tables, table] if with_learned else tables)
        print(f"{name:24} {recall(scores, sides.truth, 1):.3f} {recall(scores, sides.truth, 10):.3f}")
    worse = (scores > scores[np.arange(len(sides.truth)), sides.truth][:, None] + 1e-9).sum(axis=1)
    missed = np.flatnonzero(worse > 0)
    for query in missed[:: max(1, len(missed) // failures)] if failures else ():
        best = sides.english[int(scores[query].argmax())]
        print(worse[query], sides.japanese[query], sides.english[sides.truth[query]], f"lost to {best}", sep="\t")


def recall(scores: Floats, truth: np.ndarray, depth: int) -> float:
    """Share of names whose own partner is among the first `depth`, in the middle of those that tie with it."""
    own = scores[np.arange(len(truth)), truth][:, None]
    ties = (np.abs(scores - own) <= 1e-9).sum(axis=1) - 1
    ranks = (scores > own + 1e-9).sum(axis=1) + ties / 2
    return float((ranks < depth - 0.5).mean())
