"""Which words tell institutions apart, and which do not: what names that `pm.dedupe` joins, or keeps apart, differ in.

    python benchmarks/confused.py BR ES IT            words in which joined names of two records differ alone
    python benchmarks/confused.py --missed BR ES IT   words in which names of one record differ that are kept apart
    python benchmarks/confused.py --all --top 100     every country

Data: ../shared/data/ror-subset-schema-v2.zip (Research Organization Registry, CC0): all names of all active institutions of
each country in all languages, acronyms left out, deduped country by country. A line: pairs of names of two records that
differ in these words by their keys, pairs of one record that do, the words that one name has and those that the other has,
and an example. Of --missed the first number counts records. Groups of more than `MOST` names are left out. No randomness.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import pandas as pd
from one_country import load_names

import partnermatch as pm
from partnermatch.settings import TextSettings
from partnermatch.text.names import read_names, telling

MOST = 60
"""Names of a group, or of a record, whose pairs are looked at."""
Words = tuple[tuple[str, ...], tuple[str, ...]]


class Grouped(NamedTuple):
    """Names, the record and the group of each, and the keys of the words of its institution: [n] each."""

    names: list[str]
    truth: list[str]
    groups: list[str]
    keys: list[frozenset[str]]


def group(names: pd.DataFrame) -> Grouped:
    """Find the groups of names, country by country."""
    parts = [part.reset_index(drop=True) for _, part in names.groupby("country")]
    found = pd.concat([pm.dedupe(part, name="name", country="country", workers=2) for part in parts])
    texts = found["name"].tolist()
    read = read_names(texts, TextSettings())
    keys = [frozenset(key for lexeme in telling(name.parts.own) for key in lexeme.keys) for name in read]
    return Grouped(texts, found["truth"].tolist(), found["canonical_id"].tolist(), keys)


def pair_up(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Every two places of one label."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        places[label].append(place)
    for own in places.values():
        if len(own) <= MOST:
            yield from combinations(own, 2)


def find_confused(grouped: Grouped, most: int) -> None:
    """Print what joined names of two records differ in, and how often joined names of one do."""
    names, truth, groups, keys = grouped
    wrong: Counter[Words] = Counter()
    right: Counter[Words] = Counter()
    example: dict[Words, tuple[str, str]] = {}
    for one, two in pair_up(groups):
        differ = _differ(keys[one], keys[two])
        if truth[one] == truth[two]:
            right[differ] += 1
        else:
            wrong[differ] += 1
            example.setdefault(differ, (names[one], names[two]))
    for differ, count in wrong.most_common(most):
        print(count, right[differ], *differ, " | ".join(example[differ]))


def find_missed(grouped: Grouped, most: int) -> None:
    """Print what names of one record differ in that are kept apart, though they share a word."""
    names, truth, groups, keys = grouped
    records: defaultdict[Words, set[str]] = defaultdict(set)
    example: dict[Words, tuple[str, str]] = {}
    for one, two in pair_up(truth):
        if groups[one] != groups[two] and keys[one] & keys[two]:
            differ = _differ(keys[one], keys[two])
            records[differ].add(truth[one])
            example.setdefault(differ, (names[one], names[two]))
    for differ in sorted(records, key=lambda differ: (-len(records[differ]), differ))[:most]:
        print(len(records[differ]), *differ, " | ".join(example[differ]))


def _differ(one: frozenset[str], two: frozenset[str]) -> Words:
    """The keys that each of two names has and the other has not."""
    left, right = sorted([tuple(sorted(one - two)), tuple(sorted(two - one))])
    return left, right


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("countries", nargs="*", metavar="CODE", help="ISO codes")
    parser.add_argument("--all", action="store_true", help="every country")
    parser.add_argument("--missed", action="store_true", help="names of one record that are kept apart")
    parser.add_argument("--top", type=int, default=40, metavar="N", help="lines")
    options = parser.parse_args(arguments)
    if not options.countries and not options.all:
        parser.error("name some countries, or --all")
    names = load_names()[["name", "country", "truth"]].drop_duplicates(ignore_index=True)
    grouped = group(names if options.all else names[names["country"].isin(options.countries)])
    (find_missed if options.missed else find_confused)(grouped, options.top)


if __name__ == "__main__":
    main()
