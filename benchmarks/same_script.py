"""How often a name is found first in a long list of its own script, however it is written.

    python benchmarks/same_script.py                 the figures, beside what plain tools find (20 seconds)
    python benchmarks/same_script.py --failures      and the names that are not found, or found and not answered

Data: fixtures/text_cases/same_script.tsv, a kind of difference, a name and another way to write it, by hand. The list
that is searched holds the right names and OTHERS more: the displayed names of ../shared/data/ror-subset-schema-v2.zip,
evenly spread, Japanese ones where there are any; without that file those of fixtures/partners.csv. Others that
one of the tools reads as a right name are left out. No randomness.

Plain tools: rapidfuzz's scorers and the cosine of TF-IDF over character n-grams, on text as it is and on casefolded NFKC;
of each the best setting is shown. They rank only: nothing they say is an answer.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

import partnermatch as pm
from partnermatch import lexicon
from partnermatch.text.fold import fold

HERE = Path(__file__).parent
PAIRS = HERE.parent / "fixtures" / "text_cases" / "same_script.tsv"
DUMP = HERE.parents[1] / "shared" / "data" / "ror-subset-schema-v2.zip"
PARTNERS = HERE.parent / "fixtures" / "partners.csv"
OTHERS = 6_000
SCORERS: tuple[Callable[..., float], ...] = (fuzz.token_set_ratio, fuzz.token_sort_ratio, fuzz.WRatio, fuzz.ratio)
GRAMS = (2, 3, 4)


class Pair(NamedTuple):
    """A name, another way to write it, and how the two differ."""

    kind: str
    name: str
    written: str


def load_pairs() -> list[Pair]:
    """The pairs of the fixture, in order."""
    lines = PAIRS.read_text(encoding="utf-8").split("\n")
    return [Pair(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def load_others() -> list[str]:
    """Names of other institutions."""
    if not DUMP.is_file():
        with PARTNERS.open(encoding="utf-8", newline="") as lines:
            return sorted({row["name"] for row in csv.DictReader(lines)})
    with zipfile.ZipFile(DUMP) as archive:
        records = json.loads(archive.read(archive.namelist()[0]))
    japanese = [name["value"] for record in records for name in record["names"] if name["lang"] == "ja"]
    shown = [name["value"] for record in records for name in record["names"] if "ror_display" in name["types"]]
    return sorted({*spread(sorted(japanese), OTHERS // 2), *spread(sorted(shown), OTHERS // 2)})


def spread(names: Sequence[str], count: int) -> list[str]:
    """So many of the names, evenly spread."""
    step = max(1, len(names) // count)
    return list(names[::step][:count])


def plain(text: str) -> str:
    """Casefolded NFKC, what plain tools are given at best."""
    return unicodedata.normalize("NFKC", text).casefold()


def make_list(pairs: Sequence[Pair]) -> list[str]:
    """The names to be searched: the right ones first, then others that are none of them."""
    taken = {shape(text) for pair in pairs for text in (pair.name, pair.written)}
    others = [name for name in load_others() if shape(name) not in taken]
    return [*(pair.name for pair in pairs), *others]


def shape(text: str) -> str:
    """A text without anything but folded letters and digits, and without its Japanese legal form."""
    folded = fold(text)
    for form in legal_forms():
        folded = folded.replace(form, "")
    return "".join(letter for letter in folded if letter.isalnum())


@cache
def legal_forms() -> list[str]:
    """The lexicon's Japanese legal forms, folded, the longest first."""
    entries = [entry for entry in lexicon.words() if entry.role == "kind"]
    legal = [entry for entry in entries if lexicon.kinds()[entry.concepts[0].partition(":")[2]].level == "legal"]
    return sorted({fold(form) for entry in legal for form in entry.ja}, key=lambda form: (-len(form), form))


def find_library(pairs: Sequence[Pair], names: Sequence[str]) -> list[tuple[bool, bool]]:
    """For each pair whether the name answered is the right one, and whether it is certain."""
    table = pd.DataFrame({"id": [f"n{place}" for place in range(len(names))], "name": names})
    registry = pm.Registry.from_table(table, id="id", name="name")
    asked = pd.DataFrame({"name": [pair.written for pair in pairs]})
    answer = pm.resolve(asked, registry, name="name")
    found = zip(answer["canonical_name"], answer["decision"], strict=True)
    return [(name == pair.name, decision == "match") for pair, (name, decision) in zip(pairs, found, strict=True)]


def find_scorer(
    scorer: Callable[..., float], prepare: Callable[[str], str], pairs: Sequence[Pair], names: Sequence[str]
) -> int:
    """How many names a rapidfuzz scorer finds first; a tie is found if the right name stands first in the list."""
    listed = [prepare(name) for name in names]
    found = [process.extractOne(prepare(pair.written), listed, scorer=scorer)[2] for pair in pairs]
    return sum(names[place] == pair.name for place, pair in zip(found, pairs, strict=True))


def find_grams(length: int, prepare: Callable[[str], str], pairs: Sequence[Pair], names: Sequence[str]) -> int:
    """How many names the cosine of TF-IDF over character n-grams finds first."""
    counts = [Counter(cut(prepare(name), length)) for name in names]
    held = Counter(gram for count in counts for gram in count)
    rare = {gram: 1.0 + math.log((1 + len(names)) / (1 + holders)) for gram, holders in held.items()}
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, count in enumerate(counts):
        norm = math.sqrt(sum((number * rare[gram]) ** 2 for gram, number in count.items())) or 1.0
        for gram, number in count.items():
            postings[gram].append((place, number * rare[gram] / norm))
    first = 0
    for pair in pairs:
        scores: defaultdict[int, float] = defaultdict(float)
        for gram, number in Counter(cut(prepare(pair.written), length)).items():
            for place, weight in postings.get(gram, ()):
                scores[place] += number * rare[gram] * weight
        best = min(scores, key=lambda place: (-scores[place], place), default=-1)
        first += best >= 0 and names[best] == pair.name
    return first


def cut(text: str, length: int) -> Iterable[str]:
    """The character n-grams of a text, its ends marked."""
    padded = f" {text} "
    return (padded[start : start + length] for start in range(max(1, len(padded) - length + 1)))


def report_plain(pairs: Sequence[Pair], names: Sequence[str]) -> None:
    """Print what the plain tools find, each at its best setting."""
    prepared: dict[str, Callable[[str], str]] = {"as it is": str, "casefolded NFKC": plain}
    for scorer in SCORERS:
        best = max((find_scorer(scorer, prepare, pairs, names), how) for how, prepare in prepared.items())
        print(f"{'rapidfuzz ' + scorer.__name__:28} {best[0]:4} first of {len(pairs)}   ({best[1]})")
    tried = [
        (find_grams(length, prepare, pairs, names), length, how)
        for length in GRAMS
        for how, prepare in prepared.items()
    ]
    first, length, how = max(tried)
    print(f"{'TF-IDF of character n-grams':28} {first:4} first of {len(pairs)}   ({how}, n = {length})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--failures", action="store_true", help="print the names that are not found or not answered")
    options = parser.parse_args()
    pairs = load_pairs()
    names = make_list(pairs)
    found = find_library(pairs, names)
    print(
        f"{len(pairs)} names, {len({pair.kind for pair in pairs})} kinds of difference, {len(names)} names in the list"
    )
    answered = sum(right and match for right, match in found)
    print(f"{'partnermatch':28} {answered:4} first of {len(pairs)}   (and answered)")
    report_plain(pairs, names)
    kinds = sorted({pair.kind for pair in pairs})
    for kind in kinds:
        mine = [right and match for (right, match), pair in zip(found, pairs, strict=True) if pair.kind == kind]
        print(f"  {kind:24} {sum(mine):3} of {len(mine):3}")
    if options.failures:
        for (right, match), pair in zip(found, pairs, strict=True):
            if not (right and match):
                print(f"{pair.kind}: {pair.written} | {pair.name}")


if __name__ == "__main__":
    main()
