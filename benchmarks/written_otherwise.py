"""How many names are known again when they are written otherwise: by ROR, and by the library beside the name itself.

    python benchmarks/written_otherwise.py                     the figures, a row a way of writing
    python benchmarks/written_otherwise.py --names 200         of so many names a language
    python benchmarks/written_otherwise.py --only compare      or resolve: one half
    python benchmarks/written_otherwise.py --failures 20       and so many failures of each way, with what was answered instead
    python benchmarks/written_otherwise.py --index out/ror.pmindex

Names: 1,000 in Latin script that institutions are shown by and that no tree learns from (see registry_names.py), and 1,000 in
Japanese script of institutions in Japan, acronyms aside, drawn with seed 11; none of withdrawn records. Each is written in every
way of ways_of_writing.py that fits it. Translations of words and the lexicon were made with the Japanese names of ROR in view.
Registry: all 51,370 records of ../shared/data/ror-subset-schema-v2.zip. Cities and countries are its own.

Measures: `resolve`, no country given: the first answer is right if it is the institution, otherwise or not at all. A string that
names two institutions is right if all answers are these two, half if one is missing. A name that two institutions have is
right for one of them, and what is left of a name without a word may be no name: compare a row with "as it is", or with the
same row of another tree. `compare`: the first 400 of the names, each beside itself written otherwise: match, review or none.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

import pandas as pd
from affiliations import DUMP
from known_names import list_japanese
from registry_names import list_shown, name_country
from unidecode import unidecode
from ways_of_writing import AS_IT_IS, JAPANESE, LATIN, Told, Way

import partnermatch as pm
from partnermatch import lexicon
from partnermatch.registry import Registry

SEED, DRAWN, COMPARED = 11, 1_000, 400
_BRACKET = re.compile(r" \([^()]+\)$")
ALONE = {"東京": "都", "京都": "府", "大阪": "府", "北海道": ""}
"""How prefectures end that do not end in 県."""


class Drawn(NamedTuple):
    """A name, the row of its institution and that of another, and what a way needs."""

    told: Told
    row: int
    other: int


class Asked(NamedTuple):
    """A name written in a way, and the institutions that the string names."""

    way: Way
    name: str
    text: str
    ids: tuple[str, ...]


def draw_names(names: Sequence[tuple[str, int]], registry: Registry, count: int, *, japanese: bool) -> list[Drawn]:
    """So many of the names, in an order of chance: fewer are the first of more.

    Args:
        names: and the row of the institution of each.
        registry: that they are from.
        count: how many to draw.
        japanese: whether they are in Japanese script.
    """
    mixed = Random(SEED).sample(names, len(names))
    prefectures = list_prefectures() if japanese else {}
    drawn = []
    for (name, row), (other, beside) in zip(mixed[:count], [*mixed[1:], mixed[0]], strict=False):
        place = prefectures.get(fold_place(registry.regions[row]), "") if japanese else registry.cities[row]
        country, company = name_country(registry.countries[row]), "company" in registry.types[row]
        bare = _BRACKET.sub("", name) if company else name
        told = Told(name, bare, place, country, company, other, registry.display_names[beside])
        drawn.append(Drawn(told, row, beside))
    return drawn


def list_prefectures() -> dict[str, str]:
    """Prefectures of Japan as addresses have them, by their Latin names."""
    regions = [place.entry for place in lexicon.places().values() if (place.country, place.kind) == ("JP", "region")]
    return {fold_place(form): entry.ja[0] + ALONE.get(entry.ja[0], "県") for entry in regions for form in entry.latin}


def fold_place(name: str) -> str:
    """A Latin place name without its accents and capitals."""
    return str(unidecode(name)).lower()


def write_all(drawn: Sequence[Drawn], ways: Sequence[Way], registry: Registry) -> list[Asked]:
    """Every name in every way that fits it; what is drawn for one depends on no other."""
    return [Asked(way, own.told.name, text, ids) for way in ways for own, text, ids in _write(drawn, way, registry)]


def _write(drawn: Sequence[Drawn], way: Way, registry: Registry) -> Iterator[tuple[Drawn, str, tuple[str, ...]]]:
    for own in drawn:
        if text := way.write(own.told, Random(f"{SEED} {way.label} {own.told.name}")):
            rows = (own.row, own.other) if way.both else (own.row,)
            yield own, text, tuple(registry.ids[int(registry.current_rows[row])] for row in rows)


def judge(asked: Asked, answers: Sequence[str]) -> str:
    """What some answers to a string are: `right`, `half`, `otherwise` or `not at all`."""
    if not answers:
        return "not at all"
    if not asked.way.both:
        return "right" if answers[0] == asked.ids[0] else "otherwise"
    if set(answers) == set(asked.ids):
        return "right"
    return "half" if set(answers) < set(asked.ids) else "otherwise"


def report(asked: Sequence[Asked], said: Sequence[str], good: str, outcomes: Sequence[str]) -> dict[str, list[int]]:
    """Print a row a way with the share of `good` and the counts of other outcomes; the places of the failures of each."""
    failures: dict[str, list[int]] = {}
    for place, (own, outcome) in enumerate(zip(asked, said, strict=True)):
        failures.setdefault(own.way.label, []).extend([place] if outcome != good else [])
    counts = Counter((own.way.label, outcome) for own, outcome in zip(asked, said, strict=True))
    for label in [*failures, "all"]:
        row = {outcome: counts[label, outcome] for outcome in (good, *outcomes)}
        if label == "all":
            row = Counter(said)
        strings = sum(row.values())
        rest = "  ".join(f"{outcome} {row[outcome]:4}" for outcome in outcomes)
        print(f"{label:32} {strings:6}  {good} {row[good] / strings:.3f}  {rest}", flush=True)
    return failures


def show(lines: Sequence[str], failures: dict[str, list[int]], most: int) -> None:
    """Print so many failures of each way."""
    for label, places in failures.items() if most else ():
        print(f"{label}:")
        for place in places[:most]:
            print(f"    {lines[place]}")


def ask_registry(asked: Sequence[Asked], registry: Registry, most: int) -> None:
    """Resolve every string, and print what comes of it."""
    table = pd.DataFrame({"text": [own.text for own in asked]})
    found = pm.resolve(table, registry, name="text", workers=2)
    answers = [cell.split(";") if cell else [] for cell in found["all_ids"]]
    said = [judge(own, ids) for own, ids in zip(asked, answers, strict=True)]
    failures = report(asked, said, "right", ("otherwise", "half", "not at all"))
    lines = []
    for own, outcome, ids, sure in zip(asked, said, answers, found["confidence"], strict=True):
        meant, told = ("; ".join(registry.display_names[registry.find(id)] for id in some) for some in (own.ids, ids))
        lines.append(f"{outcome}: {own.text!r}, {meant}, answered {told or 'nothing'} ({sure})")
    show(lines, failures, most)


def ask_pairs(asked: Sequence[Asked], most: int) -> None:
    """Compare every name with what was made of it, and print what comes of it."""
    pairs = [own for own in asked if own.way != AS_IT_IS and not own.way.both]
    compared = [pm.compare(own.name, own.text) for own in pairs]
    failures = report(pairs, [answer.decision for answer in compared], "match", ("review", "none"))
    lines = [
        f"{answer.decision}: {own.name!r}, {own.text!r} ({answer.probability:.3f})"
        for own, answer in zip(pairs, compared, strict=True)
    ]
    show(lines, failures, most)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--names", type=int, default=DRAWN, metavar="N", help="names a language")
    parser.add_argument("--only", choices=("resolve", "compare"), help="one half")
    parser.add_argument("--failures", type=int, default=0, metavar="K", help="print K failures of each way")
    parser.add_argument("--index", metavar="FILE", help="index of the registry; made if it is not there")
    options = parser.parse_args(arguments)
    registry = Registry.from_ror(DUMP, index=options.index or False)
    latin = [(own.name, own.row) for own in list_shown(registry) if not own.learned]
    japanese = [(own.name, own.row) for own in list_japanese(registry) if registry.statuses[own.row] != "withdrawn"]
    for label, names, ways in (("Latin", latin, LATIN), ("Japanese", japanese, JAPANESE)):
        drawn = draw_names(names, registry, options.names, japanese=ways is JAPANESE)
        if options.only != "compare":
            print(f"resolve, {label}")
            ask_registry(write_all(drawn, ways, registry), registry, options.failures)
        if options.only != "resolve":
            print(f"compare, {label}")
            ask_pairs(write_all(drawn[:COMPARED], ways, registry), options.failures)


if __name__ == "__main__":
    main()
