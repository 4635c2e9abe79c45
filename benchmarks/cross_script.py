"""How often a Japanese name finds its institution among Latin names only, with ROR as the registry.

    python benchmarks/cross_script.py                      the figures, beside the baselines and the frozen run
    python benchmarks/cross_script.py --no-baselines       the library alone
    python benchmarks/cross_script.py --failures 40        and names whose institution is not first
    python benchmarks/cross_script.py --unlisted           without the names that japanese_names.tsv lists one by one
    python benchmarks/cross_script.py --cross-validate     every name with what was learned without its institution
    python benchmarks/cross_script.py --cross-validate --write-points   and the thresholds of operating.py for `precision=`
    python benchmarks/cross_script.py --fold 3             the same for one fifth of the institutions
    python benchmarks/cross_script.py --out pred.csv       answers as ../shared/tools/score_cross_script.py takes them
    python benchmarks/cross_script.py --freeze             keep this run as benchmarks/cross_script.json

Data: ../shared/data/ja_en_dev.csv (ror_id, ja, en), 3,417 Japanese names of institutions in Japan, and
../shared/data/ror-subset-schema-v2.zip, 51,370 records of ROR from all countries. Every name with a kana, a kanji or a
hangul is taken out of a copy of the dump, so that a name can only be found across scripts. Each is looked up with the
country JP given and without a country. Beside it, the names of RIKEN's institutions (fixtures/riken_institutions.csv)
against the Latin names of the same list, with their countries.

Folds: with --cross-validate or --fold each name is looked up by a library that learned no translation from its institution
(held_out.py), and in which no name is listed by itself (unlisted.py). The weights of scores.py are learned from all of these
names.

Baselines, on the institutions in Japan only: pykakasi (Hepburn) or unidecode, then rapidfuzz's token_set_ratio; an
institution counts by its best name, and ties count as the recall expected of a random order. No randomness, one process.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import re
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from held_out import without_fold
from learn_translations import FOLDS, fold_of
from numpy.typing import NDArray
from operating_points import find_points, lay_out_points, write_points
from rapidfuzz import fuzz, process, utils
from unlisted import leave_out_listed

import partnermatch as pm
from partnermatch.registry import Registry

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data"
NAMES = DATA / "ja_en_dev.csv"
DUMP = DATA / "ror-subset-schema-v2.zip"
RIKEN = HERE.parent / "fixtures" / "riken_institutions.csv"
FROZEN = HERE / "cross_script.json"
COUNTRY = "JP"
CANDIDATES = 10

_KANJI = re.compile(r"[々〆〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")

Resolve = Callable[..., pd.DataFrame]
"""`pm.resolve`, or what takes its place: (table, registry, *, name, country, candidates) to the table with columns."""


class Answers(NamedTuple):
    """What was found for each name.

    Attributes:
        ranks: [r] place of the right institution among the candidates, from 1; 0 if it is not among them.
        given: [r] the institution that was answered, empty if none.
        candidates: [r] ids, best first.
        chances: [r] probability of the first; 0 where there is none.
        seconds: that it took.
    """

    ranks: NDArray[np.int64]
    given: list[str]
    candidates: list[list[str]]
    chances: NDArray[np.float64]
    seconds: float


def load_names(limit: int | None, fold: int | None) -> pd.DataFrame:
    """Names with columns ror_id, ja, en, country; of one fold, or the first few."""
    names = pd.read_csv(NAMES, dtype=str, keep_default_na=False).assign(country=COUNTRY)
    if fold is not None:
        names = names[[fold_of(id) == fold for id in names["ror_id"]]]
    return names.head(limit or len(names)).reset_index(drop=True)


def is_latin(text: str) -> bool:
    """Whether a text has no kanji, kana or hangul."""
    return not (_KANJI.search(text) or _KANA.search(text) or _HANGUL.search(text))


def load_latin_registry(country: str | None = None) -> Registry:
    """ROR, or its institutions in one country, without the names in kanji, kana or hangul."""
    with zipfile.ZipFile(DUMP) as archive:
        records = json.loads(archive.read(archive.namelist()[0]))
    if country:
        records = [record for record in records if country in _countries(record)]
    for record in records:
        record["names"] = [name for name in record["names"] if is_latin(name["value"])]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ror-latin.json"
        path.write_text(json.dumps([record for record in records if record["names"]]), encoding="utf-8")
        return Registry.from_ror(path)


def _countries(record: Mapping[str, Any]) -> set[str]:
    return {place["geonames_details"]["country_code"] for place in record["locations"]}


def look_up(resolve: Resolve, names: pd.DataFrame, registry: Registry, *, country: bool) -> Answers:
    """Resolve names with columns ror_id, ja, country, and see where the right institution came."""
    start = time.perf_counter()
    found = resolve(names, registry, name="ja", country="country" if country else None, candidates=CANDIDATES)
    seconds = time.perf_counter() - start
    candidates = [[id for id in str(cell or "").split(";") if id] for cell in found["candidate_ids"]]
    ranks = [ids.index(gold) + 1 if gold in ids else 0 for gold, ids in zip(names["ror_id"], candidates, strict=True)]
    given = [str(id or "") for id in found["canonical_id"]]
    chances = np.array([float(str(cell or "").split(";")[0] or 0) for cell in found["candidate_scores"]])
    return Answers(np.array(ranks, dtype=np.int64), given, candidates, chances, seconds)


def measure(names: pd.DataFrame, answers: Answers, depths: Sequence[int] = (1, 10)) -> dict[str, float]:
    """Recall at some depths, over all names and by script; precision and coverage of what was answered; speed."""
    figures: dict[str, float] = {}
    for group, rows in group_by_script(names["ja"]).items():
        for depth in depths:
            hit = (answers.ranks >= 1) & (answers.ranks <= depth)
            figures[f"recall@{depth}{group}"] = float(hit[rows].mean()) if rows.any() else float("nan")
    answered = np.array([bool(id) for id in answers.given], dtype=bool)
    right = np.array([id == gold for id, gold in zip(answers.given, names["ror_id"], strict=True)], dtype=bool)
    figures["coverage"] = float(answered.mean())
    figures["precision of answered"] = float(right[answered].mean()) if answered.any() else float("nan")
    figures["seconds"] = answers.seconds
    figures["names per second"] = len(names) / max(answers.seconds, 1e-9)
    return figures


def group_by_script(texts: Iterable[str]) -> dict[str, NDArray[np.bool_]]:
    """Rows of all names, of those with a kanji and of those with kana only."""
    texts = list(texts)
    kanji = np.array([bool(_KANJI.search(text)) for text in texts], dtype=bool)
    kana = np.array([bool(_KANA.search(text)) for text in texts], dtype=bool)
    return {"": np.ones(len(texts), dtype=bool), " kanji": kanji, " kana only": kana & ~kanji}


def rank_by_ratio(queries: Sequence[str], names: pd.DataFrame, registry: Registry) -> dict[str, float]:
    """The baselines' recall: token_set_ratio of romanized names against the names of institutions in Japan."""
    rows = np.flatnonzero(np.array(registry.countries) == COUNTRY)
    columns = np.flatnonzero(np.isin(registry.owners, rows))
    owners = registry.owners[columns]
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    place = {registry.ids[owner]: number for number, owner in enumerate(owners[starts].tolist())}
    scores = process.cdist(
        queries,
        [registry.texts[column] for column in columns.tolist()],
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        dtype=np.float32,
    )
    best = np.maximum.reduceat(scores, starts, axis=1)
    gold = best[np.arange(len(queries)), [place[id] for id in names["ror_id"]]][:, None]
    better, tied = (best > gold).sum(axis=1), (best == gold).sum(axis=1)
    figures: dict[str, float] = {}
    for group, rows_of_group in group_by_script(names["ja"]).items():
        for depth in (1, 10):
            expected = np.clip(depth - better, 0, tied) / tied
            figures[f"recall@{depth}{group}"] = (
                float(expected[rows_of_group].mean()) if rows_of_group.any() else float("nan")
            )
    return figures


def romanizers() -> dict[str, Callable[[str], str]]:
    """The two plain ways to write a name in Latin letters; pykakasi is only needed here."""
    kakasi = importlib.import_module("pykakasi").kakasi()
    unidecode = importlib.import_module("unidecode").unidecode
    return {
        "pykakasi": lambda text: " ".join(word["hepburn"] for word in kakasi.convert(text)),
        "unidecode": lambda text: str(unidecode(text)),
    }


def run_baselines(names: pd.DataFrame, registry: Registry) -> dict[str, dict[str, float]]:
    """Figures of both baselines; seconds include writing in Latin letters."""
    found = {}
    for name, romanize in romanizers().items():
        start = time.perf_counter()
        figures = rank_by_ratio([romanize(text) for text in names["ja"]], names, registry)
        seconds = time.perf_counter() - start
        found[f"{name} JP"] = {**figures, "seconds": seconds, "names per second": len(names) / seconds}
    return found


def run_riken(resolve: Resolve) -> dict[str, float]:
    """Figures for RIKEN's institutions: Japanese names against all Latin names of the list."""
    facts = pd.read_csv(RIKEN, dtype=str, keep_default_na=False)
    facts = facts[(facts["name_ja"] != "") & (facts["name_latin"] != "")].reset_index(drop=True)
    registry = Registry.from_table(facts, id="name_latin", name="name_latin", country="country")
    names = pd.DataFrame(
        {"ror_id": facts["name_latin"].str.strip(), "ja": facts["name_ja"], "country": facts["country"]}
    )
    return measure(names, look_up(resolve, names, registry, country=True), (1, 5))


def look_up_held_out(names: pd.DataFrame, registry: Registry) -> tuple[Answers, Answers]:
    """Look up every name, with its country and without, by what never saw its fold."""
    folds = np.array([fold_of(id) for id in names["ror_id"]], dtype=np.int64)
    given, free = [_nothing_yet(len(names)) for _ in range(2)]
    for fold in np.unique(folds).tolist():
        rows = np.flatnonzero(folds == fold)
        part = names.iloc[rows].reset_index(drop=True)
        with without_fold(fold):
            look_up(pm.resolve, part.head(1), registry, country=True)  # the registry is read anew
            given = _put(given, rows, look_up(pm.resolve, part, registry, country=True))
            free = _put(free, rows, look_up(pm.resolve, part, registry, country=False))
    return given, free


def _nothing_yet(count: int) -> Answers:
    return Answers(np.zeros(count, dtype=np.int64), [""] * count, [[] for _ in range(count)], np.zeros(count), 0.0)


def _put(answers: Answers, rows: NDArray[np.int64], part: Answers) -> Answers:
    """The answers with those of some rows in their place."""
    answers.ranks[rows], answers.chances[rows] = part.ranks, part.chances
    for row, id, ids in zip(rows.tolist(), part.given, part.candidates, strict=True):
        answers.given[row], answers.candidates[row] = id, ids
    return answers._replace(seconds=answers.seconds + part.seconds)


def show_failures(names: pd.DataFrame, answers: Answers, registry: Registry, most: int) -> None:
    """Print names whose institution is not first: its rank, its English name and what was first instead."""
    for row in np.flatnonzero(answers.ranks != 1)[:most].tolist():
        first = answers.candidates[row][:1]
        winner = registry.display_names[registry.find(first[0])] if first else "nothing"
        print(f"{answers.ranks[row] or '-':>3}  {names['ja'][row]}  is {names['en'][row]}  first: {winner}")


def show(figures: dict[str, dict[str, float]], frozen: dict[str, dict[str, float]]) -> None:
    """Print the figures of each run, beside the frozen ones."""
    for run, values in figures.items():
        print(run)
        for name, value in values.items():
            kept = frozen.get(run, {}).get(name)
            beside = "" if kept is None else f"   frozen {kept:10.4f}"
            print(f"  {name:24} {value:10.4f}{beside}")


def list_points(runs: Sequence[Answers]) -> list[str]:
    """The operating points of these runs together: each name is asked with its country and without."""
    ranks, chances = np.concatenate([run.ranks for run in runs]), np.concatenate([run.chances for run in runs])
    named = chances > 0
    points = find_points(chances[named], ranks[named] == 1, np.flatnonzero(named), len(ranks))
    return lay_out_points("NAMES", points)


def write_predictions(names: pd.DataFrame, answers: Answers, path: Path) -> None:
    """One row a name, in order, with columns canonical_id and candidate_ids."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ror_id", "ja", "canonical_id", "candidate_ids"])
        rows = zip(names["ror_id"], names["ja"], answers.given, answers.candidates, strict=True)
        writer.writerows((id, ja, given, ";".join(candidates)) for id, ja, given, candidates in rows)


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--limit", type=int, help="only the first N names")
    parser.add_argument("--cross-validate", action="store_true", help="each name by the resolver of its fold")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="only the names of one fold, by its resolver")
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--unlisted", action="store_true", help="without the names that the lexicon lists one by one")
    parser.add_argument("--failures", type=int, default=0, metavar="K", help="print K names that are not found first")
    parser.add_argument("--out", type=Path, metavar="PRED.csv", help="write the answers, with the country given")
    parser.add_argument("--write-points", action="store_true", help="write the thresholds of what was measured")
    parser.add_argument("--freeze", action="store_true", help="keep the figures as benchmarks/cross_script.json")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, print, and keep if asked to."""
    options = parse_arguments(arguments)
    by_fold = options.cross_validate or options.fold is not None
    if by_fold or options.unlisted:
        leave_out_listed()
    names, registry = load_names(options.limit, options.fold), load_latin_registry()
    if by_fold:
        given, free = look_up_held_out(names, registry)
    else:
        look_up(pm.resolve, names.head(1), registry, country=True)  # the registry is read once, and not timed
        given, free = (look_up(pm.resolve, names, registry, country=country) for country in (True, False))
    points = list_points([given, free])
    print("\n".join(points))
    if options.write_points and options.cross_validate and options.limit is None:
        write_points("benchmarks/cross_script.py --cross-validate", points)
    beside = ", cross-validated" if by_fold else ""
    figures = {f"country given{beside}": measure(names, given), f"no country{beside}": measure(names, free)}
    figures["RIKEN"] = run_riken(pm.resolve)
    if not options.no_baselines:
        figures |= run_baselines(names, registry)
    whole = options.limit is None and options.fold is None
    frozen = json.loads(FROZEN.read_text(encoding="utf-8")) if FROZEN.exists() else {}
    show(figures, frozen if whole else {})
    show_failures(names, given, registry, options.failures)
    if options.out:
        write_predictions(names, given, options.out)
    if options.freeze and whole:
        rounded = {run: {name: round(value, 4) for name, value in values.items()} for run, values in figures.items()}
        FROZEN.write_text(json.dumps(frozen | rounded, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
