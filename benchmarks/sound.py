"""How well words of different scripts are told to be one name by their sound.

    python benchmarks/sound.py            recall and false links of today's sound, of plain Levenshtein, of the old code
    python benchmarks/sound.py --train    learn the costs again and print the table that text/sound_distance.py holds
    python benchmarks/sound.py --folds    train on one half of the names and test on the other, both ways

Data: names of places and countries in katakana and Latin letters (the lexicon's: GeoNames, CC BY 4.0, and CLDR); words
of Japanese institutions with the Latin words of the same record (../shared/data: ROR, CC0); the RIKEN institutions of
fixtures/. A name counts as found if any of its Latin forms is; what has quite another name in Latin (ウィーン, Vienna) is
not taken out, which holds recall down for every method alike. False links are those among a million random pairs of a
katakana word and a Latin word of the registry. Seed 0, one process.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from partnermatch import lexicon
from partnermatch.links.variants import hash_variants
from partnermatch.model import Floats, Role, Script
from partnermatch.settings import LinkSettings, Settings
from partnermatch.text import sound, sound_distance
from partnermatch.text.fold import fold
from partnermatch.text.names import read_name
from partnermatch.text.readings import read_aloud
from partnermatch.text.romaji import romanize
from partnermatch.text.sound import SYMBOLS, Origin
from partnermatch.text.sound_distance import Costs

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared" / "data"
RIKEN = HERE.parent / "fixtures" / "riken_institutions.csv"
RANDOM_PAIRS = 1_000_000
RATES = (0.005, 0.02, 0.1, 0.5)
"""False links a thousand random pairs at which recall is read off."""
NAMES = (Role.REST, Role.PLACE, Role.COUNTRY)
KATAKANA = re.compile("[ァ-ヴー]+")
LATIN = re.compile("[a-z]+")

# Training starts from these: symbols of a group are near, vowels too, weak ones are cheap. Each counts as PRIOR pairs.
GROUPS = (
    "BV98W", "FPHV9", "TD2t", "KGg1H4", "SZXJ7s562Q", "CJQ1534", "CTQ", "C6Q", "MNn", "RLr", "YJ3yHL", "8Wuo", "YyIi3",
    "hH", "wWuU", "XS5741J",
)  # fmt: skip
PRIOR = 30.0
ROUNDS = 5
MIN_COUNT = 3
"""Pairs of symbols seen less often are left to what leaving both out costs."""

NEAR = 0.2
"""Starting cost up to which two consonants keep what is learned of them, however rare."""

Pair = tuple[str, tuple[str, ...]]
Scorer = Callable[[Sequence[str], Sequence[str]], Floats]


class Truth(NamedTuple):
    """Katakana words with their Latin forms, and the two vocabularies that random pairs are drawn from."""

    places: list[Pair]
    words: list[Pair]
    kana: list[str]
    latin: list[str]


# ---------------------------------------------------------------------------------------------------- what is known


def read_places() -> list[Pair]:
    """Names of places and countries outside Japan."""
    entries = [(place.entry, key) for key, place in lexicon.places().items() if place.country != "JP"]
    entries += [(country.entry, key) for key, country in lexicon.countries().items()]
    found = []
    for entry, _ in entries:
        latin = tuple(
            form for form in (re.sub("[ '-]", "", fold(form)) for form in entry.latin) if LATIN.fullmatch(form)
        )
        for form in (re.sub("[・＝]", "", form) for form in entry.ja):
            if KATAKANA.fullmatch(form) and 2 <= len(form) <= 14 and latin:
                found.append((form, latin))
    return sorted(set(found))


def read_records() -> Iterator[tuple[list[str], list[str]]]:
    """Japanese and Latin names of each record of the registry that has both, and of the pairs for development."""
    japanese: defaultdict[str, set[str]] = defaultdict(set)
    latin: defaultdict[str, set[str]] = defaultdict(set)
    with zipfile.ZipFile(SHARED / "ror-subset-schema-v2.zip") as archive, archive.open(archive.namelist()[0]) as file:
        for record in json.load(file):
            for name in (item["value"] for item in record["names"]):
                (japanese if re.search("[ぁ-んァ-ヴ一-龥]", name) else latin)[record["id"]].add(name)
    with (SHARED / "ja_en_dev.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            japanese[row["ror_id"]].add(row["ja"])
            latin[row["ror_id"]].add(row["en"])
    for key in sorted(latin):
        yield sorted(japanese.get(key, ())), sorted(latin[key])


@lru_cache(maxsize=1 << 18)
def names_in(text: str, script: Script) -> tuple[tuple[str, str], ...]:
    """Words of a name that are carried over by sound, with their Japanese reading."""
    name = read_name(text, Settings().text)
    own = name.parts.own if name.status.name == "NAMED" else ()
    return tuple(
        (lexeme.text.replace(" ", ""), lexeme.reading)
        for lexeme in own
        if lexeme.roles and lexeme.role == Role.REST and lexeme.script == script
    )


@cache
def read_truth() -> Truth:
    """Everything that recall and false links are measured on."""
    words: set[Pair] = set()
    vocabulary: set[str] = set()
    for japanese, latin in read_records():
        written = tuple(sorted({word for name in latin for word, _ in names_in(name, Script.LATIN)}))
        vocabulary.update(word for word in written if LATIN.fullmatch(word))
        for word, _ in {pair for name in japanese for pair in names_in(name, Script.KANA)}:
            if written and KATAKANA.fullmatch(word) and 3 <= len(word) <= 12:
                words.add((word, written))
    places = read_places()
    kana = sorted({word for word, _ in (*places, *words)})
    return Truth(places, sorted(words), kana, sorted(vocabulary))


# ---------------------------------------------------------------------------------------------- the ways to measure


def by_sound(costs: Costs | None = None) -> Scorer:
    """Similarity in sound, of the best spelling; with other costs than the package's, the log odds."""

    def score(kana: Sequence[str], latin: Sequence[str]) -> Floats:
        spelled = spell_kana(kana)
        ways = sound.spell(latin, origin=Origin.LATIN)
        rows = np.repeat(np.arange(len(ways)), [len(way) for way in ways])
        left, right = [spelled[row] for row in rows], [way for found in ways for way in found]
        best: Floats = np.full(len(ways), -1e9)
        np.maximum.at(
            best, rows, sound_distance.similarity(left, right) if costs is None else log_odds(left, right, costs)
        )
        return best

    return score


def spell_kana(kana: Sequence[str]) -> list[str]:
    """Words in katakana in symbols."""
    return [way for ways in sound.spell([romanize(word) for word in kana], origin=Origin.KANA) for way in ways]


def log_odds(left: Sequence[str], right: Sequence[str], costs: Costs) -> Floats:
    """What two spellings tell less what tells them apart, in nats."""
    one, two = sound_distance.encode(left), sound_distance.encode(right)
    told = (costs.told[one].sum(axis=1) + costs.told[two].sum(axis=1)) / 2
    return np.asarray((told - sound_distance.distances(one, two, costs)) / 10.0, dtype=np.float64)


def by_letters(kana: Sequence[str], latin: Sequence[str]) -> Floats:
    """Levenshtein on romaji."""
    romaji = [romanize(word).replace("-", "") for word in kana]
    return np.asarray(process.cpdist(romaji, latin, scorer=Levenshtein.normalized_similarity), dtype=np.float64)


# The code before: three strings, compared by Levenshtein and mixed. Longer spellings first.
OLD_LATIN = (
    ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("schw", "SB"), ("dsch", "J"), ("zsch", "C"),
    ("sh", "S"), ("ch", "C"), ("cz", "C"), ("ph", "H"), ("th", "S"), ("gh", "G"), ("kh", "H"), ("rh", "R"), ("wh", "W"),
    ("qu", "KW"), ("ck", "K"), ("gn", "N"), ("ts", "C"), ("tz", "C"), ("zh", "J"), ("dz", "J"), ("dj", "J"), ("ss", "S"),
    ("ce", "Se"), ("ci", "Si"), ("cy", "Si"), ("ge", "Je"), ("gi", "Ji"), ("x", "KS"), ("eau", "o"), ("eu", "o"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ei", "ai"), ("ae", "e"), ("oe", "o"), ("ue", "u"),
)  # fmt: skip
OLD_KANA = (
    ("chi", "Ci"), ("tsu", "Cu"), ("shi", "Si"), ("sh", "S"), ("ch", "C"), ("ts", "C"), ("ji", "Ji"),
)  # fmt: skip
OLD_CLASS = str.maketrans("bcdfghjklmnpqrstvwyz", "BKDHGHJKRMNPKRSTBWIZ")
OLD_VOWEL = re.compile("[aiueoI-]+")
OLD_DOUBLE = re.compile(r"(.)\1+")
OLD_NASAL = re.compile("[MN](?=[BPMN])|N$")
OLD_SILENT = re.compile("R(?=[BCDGJKMNPSTZ])|[HW]")
OLD_COARSE = str.maketrans("BDGCJZ", "PTKSSS")
OLD_ADDED = re.compile("(?<=[KGSZTDBPHRCJM])[uo](?=[KGSZTDBPHRCJMN])")


@lru_cache(maxsize=1 << 18)
def voice(reading: str, *, kana: bool) -> str:
    """A reading in sound classes, vowels kept in lower case."""
    text = reading.replace("-", "")
    for spelled, heard in OLD_KANA if kana else OLD_LATIN:
        text = text.replace(spelled, heard)
    text = OLD_DOUBLE.sub(r"\1", text.translate(OLD_CLASS))
    text = OLD_NASAL.sub("N", text)
    return OLD_ADDED.sub("", text) if kana else text


def skeleton(voiced: str) -> str:
    """The consonants of a voiced reading."""
    return ("a" if OLD_VOWEL.match(voiced) else "") + OLD_VOWEL.sub("", voiced)


def outline(bones: str) -> str:
    """A skeleton without what katakana and spelling disagree on."""
    return OLD_DOUBLE.sub(r"\1", OLD_SILENT.sub("", bones).translate(OLD_COARSE))


def by_three_codes(kana: Sequence[str], latin: Sequence[str]) -> Floats:
    """The formula of links.py before."""
    left = [voice(romanize(word), kana=True) for word in kana]
    right = [voice(word, kana=False) for word in latin]
    total = np.zeros(len(kana))
    for share, code in ((0.35, str), (0.3, skeleton), (0.35, lambda voiced: outline(skeleton(voiced)))):
        ways = [[code(word) for word in side] for side in (left, right)]
        total += share * process.cpdist(ways[0], ways[1], scorer=Levenshtein.normalized_similarity)
    return total


# ---------------------------------------------------------------------------------------------------------- learning


def start_costs() -> Floats:
    """[s + 1, s + 1] costs before learning, 1 for a strong symbol left out; row and column 0 are leaving out."""
    out = np.array([0.0, *(0.35 if s in "AEIOU" else 0.1 if s in "aeiou-rhgwyknst" else 1.0 for s in SYMBOLS)])
    costs = np.add.outer(out, out)
    number = {symbol: place + 1 for place, symbol in enumerate(SYMBOLS)}

    def bring(first: str, second: str, cost: float) -> None:
        one, two = number[first], number[second]
        costs[one, two] = costs[two, one] = min(costs[one, two], cost)

    for group in GROUPS:
        for one in group:
            for two in group:
                bring(one, two, 0.2)
    for one in "AEIOUaeiou":
        for two in "AEIOUaeiou-rh":
            bring(one, two, 0.05 if one.upper() == two.upper() else 0.2)
    for one in "-rh":
        for two in "-rhg":
            bring(one, two, 0.05)
    np.fill_diagonal(costs, 0.0)
    return np.asarray(costs, dtype=np.float64)


def as_costs(told: Floats, costs: Floats) -> Costs:
    """Costs in nats, laid out as text/sound_distance.py lays them out."""
    taken = np.rint(costs * 10).astype(np.int16)
    out = taken[0].copy()
    taken[0, 1:] = taken[1:, 0] = 9_999
    return Costs(np.rint(told * 10).astype(np.int16), out, taken.ravel())


def learn(pairs: Sequence[Pair]) -> tuple[Floats, Floats]:
    """What symbols tell and cost, by aligning each name with its best Latin form, counting, and aligning again.

    Returns:
        [s + 1] nats told, and [s + 1, s + 1] costs in nats with leaving out in row 0.
    """
    rows, left, right = [], [], []
    for row, (kana, forms) in enumerate(pairs):
        for way in (way for ways in sound.spell(forms, origin=Origin.LATIN) for way in ways):
            rows.append(row)
            left += spell_kana([kana])
            right.append(way)
    start = start_costs()
    told, costs = 2 * start[0], start
    for _ in range(ROUNDS):
        table = as_costs(told, costs)
        odds = log_odds(left, right, table)
        order = np.lexsort((-odds, np.array(rows)))
        best = order[np.concatenate([[True], np.diff(np.array(rows)[order]) > 0])]
        counts = np.zeros_like(costs)
        for pair in best:
            one, two = sound_distance.encode([left[pair]])[0], sound_distance.encode([right[pair]])[0]
            most = (table.told[one].sum() + table.told[two].sum()) / 20
            if odds[pair] >= 0.35 * most:
                count_alignment(one[one > 0].tolist(), two[two > 0].tolist(), costs, counts)
        told, costs = weigh(counts, start)
    return told, costs


def count_alignment(one: list[int], two: list[int], costs: Floats, counts: Floats) -> None:
    """Add which symbols stand for each other in the cheapest alignment."""
    cost: list[list[float]] = costs.tolist()
    table = [[0.0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(two) + 1):
            steps = []
            if i and j:
                steps.append(table[i - 1][j - 1] + cost[one[i - 1]][two[j - 1]])
            if i:
                steps.append(table[i - 1][j] + cost[one[i - 1]][0])
            if j:
                steps.append(table[i][j - 1] + cost[0][two[j - 1]])
            table[i][j] = min(steps, default=0.0)
    i, j = len(one), len(two)
    while i or j:
        here = table[i][j] - 1e-9
        if i and j and table[i - 1][j - 1] + cost[one[i - 1]][two[j - 1]] <= here + 2e-9:
            i, j = i - 1, j - 1
            counts[one[i], two[j]] += 1
        elif i and table[i - 1][j] + cost[one[i - 1]][0] <= here + 2e-9:
            i -= 1
            counts[one[i], 0] += 1
        else:
            j -= 1
            counts[0, two[j]] += 1


def weigh(counts: Floats, start: Floats) -> tuple[Floats, Floats]:
    """Counts to log odds: how much likelier two symbols meet in one name than by chance."""
    both = counts + counts.T
    prior = np.exp(-3.5 * np.minimum(start, 2.0))
    prior[0, 0] = 0.0
    prior /= prior.sum(axis=1, keepdims=True)
    met = both + PRIOR * np.minimum(prior, prior.T) + 0.3
    met[0, 0] = 0.0
    share = met.sum(axis=1)
    share[0] = share[1:].sum()  # leaving out is no symbol
    share /= share[1:].sum()
    odds = np.log(met / met.sum() + 1e-12) - np.log(share)[:, None] - np.log(share)[None, :]
    told = np.concatenate([[0.0], np.maximum(odds[1:, 1:].max(axis=1), 0.05)])
    costs = np.maximum((told[:, None] + told[None, :]) / 2 - odds, 0.0)
    out = np.concatenate([[0.0], np.maximum(costs[0, 1:], 0.01)])
    known = (both >= MIN_COUNT) | ((start <= NEAR) & (start[0][:, None] > NEAR))
    costs = np.where(known, np.minimum(costs, np.add.outer(out, out)), np.add.outer(out, out))
    costs[0], costs[:, 0] = out, out
    np.fill_diagonal(costs, 0.0)
    return told, costs


def print_table(told: Floats, costs: Floats) -> None:
    """The table as text/sound_distance.py holds it."""
    for row, symbol in enumerate(SYMBOLS, start=1):
        near = [
            f"{other}{costs[row, column] * 10:.0f}"
            for column, other in enumerate(SYMBOLS, start=1)
            if column > row and costs[row, column] < costs[0, row] + costs[0, column] - 0.05
        ]
        print(symbol, f"{told[row] * 10:.0f}", f"{costs[0, row] * 10:.0f}", *near)


# ---------------------------------------------------------------------------------------------------------- reports


def score_pairs(pairs: Sequence[Pair], scorer: Scorer) -> Floats:
    """The best score of each name among its forms."""
    rows = np.repeat(np.arange(len(pairs)), [len(forms) for _, forms in pairs])
    scores: Floats = np.full(len(pairs), -1e9)
    np.maximum.at(
        scores, rows, scorer([pairs[row][0] for row in rows.tolist()], [f for _, forms in pairs for f in forms])
    )
    return scores


def draw_pairs(truth: Truth) -> tuple[list[str], list[str]]:
    """Random pairs across the vocabularies."""
    rng = np.random.default_rng(0)
    kana = rng.integers(0, len(truth.kana), RANDOM_PAIRS)
    latin = rng.integers(0, len(truth.latin), RANDOM_PAIRS)
    return [truth.kana[row] for row in kana], [truth.latin[row] for row in latin]


def report_recall(name: str, scorer: Scorer, truth: Truth, threshold: float | None = None) -> None:
    """One line a set: recall at equal false links, and at the threshold in use."""
    chance = np.sort(score_in_parts(scorer, *draw_pairs(truth)))[::-1]
    for label, pairs in (("places", truth.places), ("words", truth.words)):
        scores = score_pairs(pairs, scorer)
        cuts = [chance[int(len(chance) * rate / 1000)] for rate in RATES]
        print(f"{name:12} {label:7}", *(f" {(scores > cut).mean():.3f} at {cut:5.2f}" for cut in cuts), end="")
        if threshold:
            false = (chance >= threshold).mean() * 1000
            print(f"  from {threshold}: {(scores >= threshold).mean():.3f}, {false:.4f}", end="")
        print()


def score_in_parts(scorer: Scorer, kana: Sequence[str], latin: Sequence[str], part: int = 200_000) -> Floats:
    """A long list of pairs, in parts that fit in memory."""
    parts = [scorer(kana[at : at + part], latin[at : at + part]) for at in range(0, len(kana), part)]
    return np.concatenate(parts)


def report_riken() -> None:
    """Rank all Latin cells of the RIKEN table by the katakana words of a row alone."""
    with RIKEN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cells = [[word for word, _ in latin_words(row["name_latin"])] for row in rows]
    asked = [
        (place, runs)
        for place, row in enumerate(rows)
        if (runs := [word for word, _ in names_of_sound(row["name_ja"])])
    ]
    for name, scorer in (("levenshtein", by_letters), ("old", by_three_codes), ("sound", by_sound())):
        ranks = [rank_cell(place, runs, cells, scorer) for place, runs in asked]
        firsts = [np.mean([rank <= most for rank in ranks]) for most in (1, 5)]
        print(f"RIKEN {name:12} R@1 {firsts[0]:.3f}  R@5 {firsts[1]:.3f}  rows {len(asked)}")


def latin_words(text: str) -> list[tuple[str, str]]:
    """Every Latin word of a cell, and words in a row as one."""
    words = re.findall("[a-z]{2,}", re.sub("'", "", fold(text)))
    return [(word, "") for word in (*words, *(one + two for one, two in pairwise(words)))]


def names_of_sound(text: str) -> list[tuple[str, str]]:
    """Katakana names of a cell: places and countries too, for here the lexicon must not help."""
    name = read_name(text, Settings().text)
    lexemes = [*name.parts.own, *name.parts.whole, *(lexeme for level in name.parts.unit for lexeme in level)]
    return [
        (lexeme.text.replace("・", ""), "")
        for lexeme in lexemes
        if lexeme.script == Script.KANA and lexeme.roles and lexeme.role in NAMES and len(lexeme.text) > 1
    ]


def rank_cell(place: int, runs: Sequence[str], cells: Sequence[Sequence[str]], scorer: Scorer) -> float:
    """Rank of the row's own cell by the mean over runs of the best word; among equals the middle."""
    flat = [word for cell in cells for word in cell]
    owner = np.repeat(np.arange(len(cells)), [len(cell) for cell in cells])
    total = np.zeros(len(cells))
    for run in runs:
        best = np.full(len(cells), -1.0)
        np.maximum.at(best, owner, scorer([run] * len(flat), flat))
        total += best * len(run)
    return float((total > total[place]).sum() + 1 + ((total == total[place]).sum() - 1) / 2)


def report_characters() -> None:
    """Kanji names of China, Taiwan and Korea in the RIKEN table: rank of the right cell by readings alone."""
    with RIKEN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cells = [[word for word, _ in latin_words(row["name_latin"])] for row in rows]
    for label, countries in (("China, Taiwan", ("中国", "中華", "台湾", "香港")), ("Korea", ("韓国", "大韓民国"))):
        ranks = []
        for place, row in enumerate(rows):
            runs = kanji_names(row["name_ja"]) if any(country in row["country"] for country in countries) else []
            if runs:
                ranks.append(rank_cell(place, runs, cells, by_characters))
        firsts = [np.mean([rank <= most for rank in ranks]) for most in (1, 5)]
        print(f"{label:14} R@1 {firsts[0]:.3f}  R@5 {firsts[1]:.3f}  rows {len(ranks)}")


def kanji_names(text: str) -> list[str]:
    """Kanji names and places of a cell, two to four characters each."""
    parts = read_name(text, Settings().text).parts
    return [
        lexeme.text
        for lexeme in (*parts.own, *parts.whole)
        if lexeme.script == Script.KANJI and lexeme.roles and lexeme.role <= Role.PLACE and 2 <= len(lexeme.text) <= 4
    ]


def by_characters(kanji: Sequence[str], latin: Sequence[str]) -> Floats:
    """Similarity in sound of the Chinese and Korean readings, the Japanese one left out."""
    best: Floats = np.zeros(len(kanji))
    ways = [way[0] for way in sound.spell(latin, origin=Origin.LATIN)]
    for number in range(4):
        found = [read_aloud(word, Script.KANJI, "")[1:] for word in kanji]
        spelled = [spell_reading(readings[min(number, len(readings) - 1)] if readings else "") for readings in found]
        np.maximum(best, sound_distance.similarity(spelled, ways), out=best)
    return best


@lru_cache(maxsize=1 << 12)
def spell_reading(reading: str) -> str:
    """A reading of characters in symbols."""
    return (*sound.spell([reading], origin=Origin.CHARACTERS)[0], "")[0]


def report_keys(truth: Truth, threshold: float) -> None:
    """Blocking: how many pairs that reach the threshold share a key, and how many words a name meets."""
    held: defaultdict[int, int] = defaultdict(int)
    began = time.perf_counter()
    for word in truth.latin:
        for key in keys_of(word):
            held[key] += 1
    took = time.perf_counter() - began
    score, found = by_sound(), []
    for kana, forms in (*truth.places, *truth.words):
        alike = score([kana] * len(forms), forms)
        if alike.max() >= threshold:
            found.append((kana, forms[int(alike.argmax())]))
    mine = {kana: blocking_keys([spelled]) for kana, spelled in zip(truth.kana, spell_kana(truth.kana), strict=True)}
    theirs = [keys_of(form) for _, form in found]
    for most in (400, 1_000, 10**9):
        usable = {key for key, words in held.items() if words <= most}
        recall = np.mean([bool(mine[kana] & usable & keys) for (kana, _), keys in zip(found, theirs, strict=True)])
        met = [sum(held[key] for key in keys & usable) for keys in mine.values()]
        print(f"keys of at most {most} words: recall {recall:.3f}, meets {np.mean(met):.0f} of {len(truth.latin)}")
    print(f"keys: {len(truth.latin) / took:,.0f} words/s")


def keys_of(word: str) -> set[int]:
    """The keys of every spelling of a Latin word."""
    return blocking_keys(sound.spell([word], origin=Origin.LATIN)[0])


def blocking_keys(spelled: Sequence[str]) -> set[int]:
    """What spellings are found by."""
    bones = sound.list_bones(spelled)
    missing, kept = (np.array(column, dtype=np.int64) for column in (bones.missing, bones.kept))
    return set(hash_variants(bones.texts, missing, kept).hashes.tolist())


def report_speed(truth: Truth) -> None:
    """Pairs a second, spellings known."""
    kana, latin = draw_pairs(truth)
    left = spell_kana(kana[:200_000])
    right = [way[0] for way in sound.spell(latin[:200_000], origin=Origin.LATIN)]
    began = time.perf_counter()
    sound_distance.similarity(left, right)
    print(f"similarity: {len(left) / (time.perf_counter() - began):,.0f} pairs/s")


def report_folds(truth: Truth) -> None:
    """Train on one half of the names, test on the other."""
    for fold_number in (0, 1):
        halves = [[pair for row, pair in enumerate(pairs) if row % 2 == fold_number] for pairs in truth[:2]]
        others = [[pair for row, pair in enumerate(pairs) if row % 2 != fold_number] for pairs in truth[:2]]
        costs = as_costs(*learn([*halves[0], *halves[1]]))
        report_recall(f"fold {fold_number}", by_sound(costs), truth._replace(places=others[0], words=others[1]))


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--threshold", type=float, default=LinkSettings().min_sound)
    asked = parser.parse_args()
    truth = read_truth()
    if asked.train:
        print_table(*learn([*truth.places, *truth.words]))
    elif asked.folds:
        report_folds(truth)
    else:
        print("recall at", *RATES, "false links a thousand pairs, and the score cut there")
        report_recall("levenshtein", by_letters, truth)
        report_recall("old", by_three_codes, truth, 0.72)
        report_recall("sound", by_sound(), truth, asked.threshold)
        report_riken()
        report_characters()
        report_keys(truth, asked.threshold)
        report_speed(truth)


if __name__ == "__main__":
    main()
