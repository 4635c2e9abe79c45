"""Learn which words translate each other, from the names that one institution has in two languages.

    python benchmarks/learn_translations.py                  writes src/partnermatch/lexicon/data/translations.tsv
    python benchmarks/learn_translations.py --evaluate       five-fold retrieval, with and without each table
    python benchmarks/learn_translations.py --leave-out 2/5 --out held.tsv     without the institutions of fold 2

Data: ../shared/data/ror-subset-schema-v2.zip (Research Organization Registry, CC0), Japanese and Chinese names beside
the English ones of the same record; --evaluate reads ../shared/data/ja_en_dev.csv. About 20 seconds, no randomness.
Run it again after the hand lexicon has changed: build_spoken.py and build_jmdict.py first. The names of japanese_names.tsv are
left out (unlisted.py), so that their words are aligned as those of any name.

Words are aligned as the library's own atoms. What both names share, what sounds alike and what the lexicon's words sound
like is explained already and takes no part. The rest is aligned by IBM model 1 (Brown et al., 1993, "The Mathematics of
Statistical Machine Translation", section 4) in both directions; a pair's score is the geometric mean of the two
probabilities, its weight the square root of that, so that one of four equal translations still answers by half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from unlisted import leave_out_listed

from partnermatch.lexicon import translations as tables
from partnermatch.lexicon.translations import spoken
from partnermatch.links import find_links
from partnermatch.model import Floats, Ints
from partnermatch.profiles import build_profiles
from partnermatch.settings import Settings
from partnermatch.text.names import read_name, telling

DUMP = Path(__file__).parents[2] / "shared/data/ror-subset-schema-v2.zip"
OUT = Path(__file__).parents[1] / "src/partnermatch/lexicon/data/translations.tsv"
FOLDS = 5
ROUNDS = 8
"""Rounds of expectation and maximization; 4 and 30 measure the same within 0.15 points."""
MIN_SCORE = 0.1
"""Geometric mean of the two probabilities. Recall at 1 is flat from .02 to .1; at .2 it is 0.2 points less."""
MIN_SINGLE = 0.3
"""The same, for a common noun that only one institution shows."""
MIN_INSTITUTIONS = 2
SOUNDS_ALIKE = 0.7
"""Similarity in sound from which two words explain each other and leave the alignment."""
HEADER = """# Words that translate each other, learned from names of one institution in two languages. Do not edit.
# Written by benchmarks/learn_translations.py from the Research Organization Registry (CC0; a subset of 51,370 records).
# From the Japanese or Chinese word to the English one; the weight is how nearly it answers for it, 0..1.
# word\ttranslation\tweight\tinstitutions\tlearned from
"""
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


class Record(NamedTuple):
    """The names of one institution by language."""

    ror_id: str
    names: dict[str, tuple[str, ...]]
    latin: tuple[str, ...]


class Pair(NamedTuple):
    """Two names of one institution: what is left to align, and how much the pair counts."""

    ror_id: str
    origin: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    share: float


class Row(NamedTuple):
    """One line of the table."""

    source: str
    target: str
    weight: float
    institutions: int
    origin: str


class Cells(NamedTuple):
    """Every source word beside every target word of its pair, flat. Words are numbered, 0 stands for no word."""

    sources: Ints
    targets: Ints
    pairs: Ints
    shares: Floats


def fold_of(ror_id: str) -> int:
    """The fold of an institution.

    >>> fold_of("https://ror.org/057zh3y96")
    4
    """
    return int(hashlib.sha1(ror_id.encode()).hexdigest(), 16) % FOLDS


def load_records() -> Iterator[Record]:
    """Institutions with a Japanese or Chinese name beside an English one, by their ID."""
    with zipfile.ZipFile(DUMP) as archive:
        found = json.loads(archive.read(archive.namelist()[0]))
    for record in sorted(found, key=lambda record: str(record["id"])):
        names: dict[str, set[str]] = {"ja": set(), "zh": set()}
        latin: set[str] = set()
        for name in record["names"]:
            if "acronym" in name["types"]:
                continue
            if _CJK.search(name["value"]):
                names.get(name["lang"], set()).add(name["value"])
            elif name["lang"] in ("en", None):
                latin.add(name["value"])
        if latin and any(names.values()):
            yield Record(record["id"], {lang: tuple(sorted(names[lang])) for lang in names}, tuple(sorted(latin)))


@cache
def read_keys(name: str) -> frozenset[str]:
    """The atoms of a name, its unit and the organization above it included; numbers translate by themselves."""
    parts = read_name(name, Settings().text).parts
    lexemes = telling((*parts.own, *parts.whole, *(lexeme for unit in parts.unit for lexeme in unit)))
    return frozenset(key for lexeme in lexemes for key in lexeme.keys if not key.startswith("number:"))


@cache
def learn_nothing() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """An empty table of learned translations."""
    return MappingProxyType({})


def find_explained(names: Sequence[str]) -> dict[str, set[str]]:
    """For each atom the atoms that explain it, in either direction, as if nothing had been learned before."""
    tables.translations = learn_nothing  # the table that this script writes must not explain what it is to learn
    profiles, _ = build_profiles(names, [""] * len(names), Settings())
    atoms, explained = profiles.atoms, defaultdict[str, set[str]](set)
    links = find_links(atoms, Settings().links)
    for source, target, alike in zip(links.source.tolist(), links.target.tolist(), links.alike.tolist(), strict=True):
        if alike >= SOUNDS_ALIKE:
            members = atoms.members[target] or (target,)
            explained[atoms.keys[source]].update(atoms.keys[member] for member in members)
    for word, meanings in spoken().items():
        for meaning in meanings:
            explained[word].add(meaning)
            explained[meaning].add(word)
    return explained


def make_pairs(records: Sequence[Record]) -> list[Pair]:
    """Pairs of names, without what each side explains of the other; each record and language counts for one."""
    names = sorted({name for record in records for part in (*record.names.values(), record.latin) for name in part})
    explained = find_explained(names)

    def left(words: frozenset[str], others: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(word for word in words - others if not explained.get(word, set()) & others))

    pairs: list[Pair] = []
    for record in records:
        for origin, sources in record.names.items():
            sides = {
                (left(read_keys(name), read_keys(other)), left(read_keys(other), read_keys(name)))
                for name in sources
                for other in record.latin
            }
            open_sides = sorted(side for side in sides if all(side))
            pairs += [Pair(record.ror_id, origin, *side, 1.0 / len(open_sides)) for side in open_sides]
    return pairs


def learn(pairs: Sequence[Pair]) -> list[Row]:
    """Align the pairs and keep the rows that are sure enough, sorted."""
    sources = ["", *sorted({word for pair in pairs for word in pair.source})]
    targets = ["", *sorted({word for pair in pairs for word in pair.target})]
    cells = lay_out(pairs, sources, targets)
    forward = align(cells.sources, cells.targets, cells, len(targets))
    backward = align(cells.targets, cells.sources, cells, len(sources))
    scores = np.sqrt(forward * backward)
    seen, origins = defaultdict[tuple[int, int], set[str]](set), defaultdict[tuple[int, int], set[str]](set)
    best: dict[tuple[int, int], float] = {}
    ends = zip(cells.sources.tolist(), cells.targets.tolist(), cells.pairs.tolist(), scores.tolist(), strict=True)
    for source, target, pair, score in ends:
        if score >= MIN_SCORE:
            seen[source, target].add(pairs[pair].ror_id)
            origins[source, target].add(pairs[pair].origin)
            best[source, target] = score
    rows = []
    for (source, target), score in sorted(best.items()):
        institutions, origin = len(seen[source, target]), origins[source, target]
        named = "both" if len(origin) > 1 else min(origin)
        if is_sure(sources[source], targets[target], score, institutions, named):
            rows.append(Row(sources[source], targets[target], round(min(1.0, score**0.5), 2), institutions, named))
    return rows


def is_sure(source: str, target: str, score: float, institutions: int, origin: str) -> bool:
    """Whether a pair of words says more than that two proper names met.

    One institution is enough only for a Japanese common noun that the lexicon lacks: a name that was met once does not
    recur. Kinds of organization never translate each other here: their families are weighed by themselves.
    """
    if source.startswith("kind:") and target.startswith("kind:"):
        return False
    if source.startswith("place:") and target.startswith("place:"):
        return False
    if institutions >= MIN_INSTITUTIONS:
        return True
    common = source.startswith("rest:") and origin != "zh" and is_common_noun(source.removeprefix("rest:"))
    return common and score >= MIN_SINGLE and not target.startswith("place:")


@cache
def is_common_noun(form: str) -> bool:
    """Whether Sudachi knows a Japanese form as one word, a common noun of two characters or more."""
    morphemes = _tokenizer()(form)
    known = len(form) > 1 and len(morphemes) == 1
    return known and morphemes[0][:2] == ("名詞", "普通名詞")


@cache
def _tokenizer() -> Callable[[str], list[tuple[str, ...]]]:
    from sudachipy import Dictionary, SplitMode

    tokenizer = Dictionary(dict="core").tokenizer(mode=SplitMode.A)

    def tag(form: str) -> list[tuple[str, ...]]:
        return [("未知語",) if item.is_oov() else tuple(item.part_of_speech()) for item in tokenizer.tokenize(form)]

    return tag


def lay_out(pairs: Sequence[Pair], sources: Sequence[str], targets: Sequence[str]) -> Cells:
    """Number the words and lay the pairs out flat."""
    source_of = {word: number for number, word in enumerate(sources)}
    target_of = {word: number for number, word in enumerate(targets)}
    flat = [
        (source_of[source], target_of[target], number)
        for number, pair in enumerate(pairs)
        for source in pair.source
        for target in pair.target
    ]
    ends = np.array(flat, dtype=np.int64).reshape(-1, 3)
    shares = np.array([pair.share for pair in pairs])[ends[:, 2]]
    return Cells(ends[:, 0], ends[:, 1], ends[:, 2], shares)


def align(given: Ints, said: Ints, cells: Cells, words: int) -> Floats:
    """IBM model 1: for each cell the probability that `given` is translated by `said`.

    Args:
        given: [c] words translated from.
        said: [c] words translated to.
        cells: the pair of each cell, and how much it counts.
        words: how many words may be said.
    """
    _, kinds = np.unique(given * words + said, return_inverse=True)
    _, groups = np.unique(cells.pairs * words + said, return_inverse=True)
    word_of, share_of = np.zeros(groups.max() + 1, dtype=np.int64), np.zeros(groups.max() + 1)
    word_of[groups], share_of[groups] = said, cells.shares
    chances, nothing = np.full(len(given), 1.0 / words), np.full(words, 1.0 / words)
    for _ in range(ROUNDS):
        total = np.bincount(groups, chances) + nothing[word_of]
        counts = np.bincount(kinds, chances / total[groups] * cells.shares)
        unsaid = np.bincount(word_of, nothing[word_of] / total * share_of, minlength=words)
        given_of = np.zeros(len(counts), dtype=np.int64)
        given_of[kinds] = given
        sums = np.bincount(given_of, counts)
        chances = (counts / (sums[given_of] + 1e-12))[kinds]
        nothing = unsaid / unsaid.sum()
    return chances


def write(rows: Iterable[Row], out: Path) -> None:
    """Write the table."""
    body = "".join(f"{row.source}\t{row.target}\t{row.weight:.2f}\t{row.institutions}\t{row.origin}\n" for row in rows)
    out.write_text(HEADER + body, encoding="utf-8")


def main() -> None:
    """Learn and write, or evaluate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--leave-out", metavar="FOLD/5", help="train without the institutions of a fold, 0 to 4")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--evaluate", action="store_true", help="print recall, write nothing")
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="with --evaluate: names that fail")
    options = parser.parse_args()
    leave_out_listed()
    pairs = make_pairs(list(load_records()))
    if options.evaluate:
        from translation_recall import evaluate

        tables = [learn([pair for pair in pairs if fold_of(pair.ror_id) != fold]) for fold in range(FOLDS)]
        evaluate([[(row.source, row.target, row.weight) for row in rows] for rows in tables], fold_of, options.failures)
        return
    left_out = int(options.leave_out.partition("/")[0]) if options.leave_out else -1
    rows = learn([pair for pair in pairs if fold_of(pair.ror_id) != left_out])
    write(rows, options.out)


if __name__ == "__main__":
    main()
