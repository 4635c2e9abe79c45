"""How well affiliation strings are resolved against ROR: which institutions each names, and when to say nothing.

    python benchmarks/affiliations.py                      the figures, by source, beside the baseline
    python benchmarks/affiliations.py --no-baseline        the library alone
    python benchmarks/affiliations.py --as-shipped         with the weights that are shipped, which saw these strings
    python benchmarks/affiliations.py --as-shipped --no-baseline --workers 2 --index out/ror.pmindex      how fast they are
    python benchmarks/affiliations.py --limit 1500         a sample, the same every time
    python benchmarks/affiliations.py --source crossref    strings of one source
    python benchmarks/affiliations.py --failures 40        and strings that are answered wrongly
    python benchmarks/affiliations.py --out pred.csv       answers as ../shared/tools/score_affiliations.py takes them
    python benchmarks/affiliations.py --documents          the mentions of RIKEN's list and Karolinska Institutet's page alone
    python benchmarks/affiliations.py --check              see that this scorer counts the same
    python benchmarks/affiliations.py --precision 0.98     and what answers are right of those that this precision lets through

Data: ../shared/data/affiliations_dev.csv (affiliation, ror_ids, source): 6,747 strings of Crossref with one label each,
1,720 of S2AFF with several or none, 690 of ROR's query log, some of which have no answer. Registry: all 51,370 records of
../shared/data/ror-subset-schema-v2.zip with all their names. A label that is not in the registry cannot be found: a row
that has no other is a row without an answer, where any answer is wrong.

Documents: the 659 mentions of ../shared/gold/riken_ki_dev.csv, of which 467 have an institution of the registry; each is
looked up with its country and without. Precision is over the answers to these, and over the answers to all.

Measures: strict micro precision, recall and F1 over (row, institution); rows whose set of institutions is exactly right;
P@1, how often the first answer is right where a label can be found; P and F1 over these rows alone (`findable`); rows
without an answer that are left without. `family`
counts a parent, child, sibling, predecessor or successor of a label as right. Calibration error: of the confidence in the
first answer, ten bins, over the rows that are answered. No country is given but what the string says.

Folds: a string is in fold int(sha1(string).hexdigest(), 16) % 5; what is learned from these strings is learned without
the fold that it is measured on, and so are the thresholds of --precision. Baseline: TF-IDF over letter three- to
five-grams (scikit-learn), the institution of the nearest name by cosine, answered from the cosine that is best for F1 on
the other folds; left out where scikit-learn is not installed. A sample holds the strings with the smallest hashes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib
import importlib.util
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import partnermatch as pm
from partnermatch import operating
from partnermatch.operating import Point
from partnermatch.registry import Registry
from partnermatch.resolution import read_registry
from partnermatch.settings import Settings

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
STRINGS = SHARED / "data/affiliations_dev.csv"
DUMP = SHARED / "data/ror-subset-schema-v2.zip"
MENTIONS = SHARED / "gold/riken_ki_dev.csv"
SCORER = SHARED / "tools/score_affiliations.py"
FOLDS = 5
BINS = 10


class Answers(NamedTuple):
    """What was answered for each string.

    Attributes:
        ids: [r] institutions, best first.
        confidences: [r] probability of the first; NaN if unknown.
        seconds: that it took, without reading the registry.
    """

    ids: list[list[str]]
    confidences: NDArray[np.float64]
    seconds: float


def fold_of(text: str) -> int:
    """The fold of a string, 0..4.

    >>> fold_of("University of Tokyo")
    3
    """
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % FOLDS


def load_strings(limit: int | None = None, source: str | None = None) -> pd.DataFrame:
    """Rows with columns affiliation, ror_ids, source, fold, in the order of the file."""
    strings = pd.read_csv(STRINGS, dtype=str, keep_default_na=False)
    if source:
        strings = strings[strings["source"] == source]
    if limit:
        order = [hashlib.sha256(text.encode()).hexdigest() for text in strings["affiliation"]]
        strings = strings.loc[pd.Series(order, index=strings.index).sort_values().index[:limit]].sort_index()
    return strings.assign(fold=[fold_of(text) for text in strings["affiliation"]]).reset_index(drop=True)


def find_labels(strings: pd.DataFrame, registry: Registry) -> list[set[str]]:
    """The labels of each row that are in the registry."""
    known = set(registry.ids)
    return [{id for id in ids.split() if id in known} for ids in strings["ror_ids"]]


def look_up(strings: pd.DataFrame, registry: Registry, precision: float | None = None, workers: int = 1) -> Answers:
    """The library's answers."""
    pm.resolve(["東京大学", "University of Tokyo"], registry)  # reads the registry, which is kept
    start = time.perf_counter()
    found = pm.resolve(strings, registry, name="affiliation", precision=precision, workers=workers)
    seconds = time.perf_counter() - start
    ids = [[id for id in str(cell or "").split(";") if id] for cell in found["all_ids"]]
    return Answers(ids, found["confidence"].astype(float).to_numpy(), seconds)


def look_up_by_fold(strings: pd.DataFrame, registry: Registry, precisions: Sequence[float | None]) -> list[Answers]:
    """The library's answers at each precision, each string by weights and thresholds learned without its fold."""
    learning = importlib.import_module("fit_mentions")
    everything = load_strings()
    examples = learning.load_examples(everything, registry)
    learned, _ = learning.fit_folds(examples, learning.load_names(registry))
    held = learning.hold_back(examples, learned)
    institutions = read_registry(registry, Settings()).gazetteer.institutions
    answers = [Answers([[] for _ in range(len(strings))], np.full(len(strings), np.nan), 0.0) for _ in precisions]
    for fold, own in enumerate(learned):
        rows, others = np.flatnonzero(strings["fold"] == fold), examples.folds != fold
        count = int((everything["fold"] != fold).sum())
        points = tuple(
            Point(*point) for point in learning.measure_points(examples.pick(others), held[others], institutions, count)
        )
        ids = [*registry.ids, *registry.absent.ids]
        with learning.learned_of(own, ids), patch.object(operating, "MENTIONS", points):
            for place, precision in enumerate(precisions):
                answers[place] = _put(answers[place], rows, look_up(strings.iloc[rows], registry, precision))
    return answers


def _put(answers: Answers, rows: NDArray[np.int64], part: Answers) -> Answers:
    """The answers with those of some rows in their place."""
    answers.confidences[rows] = part.confidences
    for row, found in zip(rows.tolist(), part.ids, strict=True):
        answers.ids[row] = found
    return answers._replace(seconds=answers.seconds + part.seconds)


def look_up_nearest(strings: pd.DataFrame, registry: Registry, labels: list[set[str]]) -> Answers:
    """The baseline's answers: the institution of the nearest name."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    start = time.perf_counter()
    vectorizer = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32)
    names = vectorizer.fit_transform(registry.texts).T.tocsc()
    asked = vectorizer.transform(strings["affiliation"])
    best, cosine = np.zeros(len(strings), dtype=np.int64), np.zeros(len(strings))
    for first in range(0, len(strings), 200):
        scores = (asked[first : first + 200] @ names).tocsr()
        for row in range(scores.shape[0]):
            values = scores.data[scores.indptr[row] : scores.indptr[row + 1]]
            if len(values):
                place = int(np.argmax(values))
                best[first + row] = scores.indices[scores.indptr[row] + place]
                cosine[first + row] = values[place]
    ids = [registry.ids[row] for row in registry.current_rows[registry.owners[best]].tolist()]
    right = np.array([id in wanted for id, wanted in zip(ids, labels, strict=True)])
    folds, findable = strings["fold"].to_numpy(), np.array([bool(wanted) for wanted in labels])
    answered = np.zeros(len(strings), dtype=bool)
    for fold in range(FOLDS):
        others = folds != fold
        least = _choose_least(cosine[others], right[others], int(findable[others].sum()))
        answered |= ~others & (cosine >= least)
    seconds = time.perf_counter() - start
    given = [[id] if said else [] for id, said in zip(ids, answered.tolist(), strict=True)]
    return Answers(given, np.full(len(strings), np.nan), seconds)


def _choose_least(scores: NDArray[np.float64], right: NDArray[np.bool_], findable: int) -> float:
    """The score from which answers have the best F1."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    return float(scores[order][np.argmax(2 * hits / (np.arange(1, len(order) + 1) + findable))])


def list_families(registry: Registry) -> dict[str, set[str]]:
    """For each institution the ids that are family: parents, children, siblings, predecessors and successors."""
    family: dict[str, set[str]] = {id: {id} for id in registry.ids}
    for row, id in enumerate(registry.ids):
        for other in (*registry.parents[row], *registry.children[row], *registry.successors[row]):
            if other in family:
                family[id].add(other)
                family[other].add(id)
        for parent in registry.parents[row]:
            above = registry.find(parent)
            family[id] |= set(registry.children[above]) if above >= 0 else set()
    return family


def measure(answers: Answers, labels: list[set[str]], family: dict[str, set[str]]) -> dict[str, float]:
    """All figures of some rows."""
    given = [set(ids) for ids in answers.ids]
    hits = sum(len(wanted & ids) for wanted, ids in zip(labels, given, strict=True))
    said, wanted_all = sum(map(len, given)), sum(map(len, labels))
    near = [set().union(*(family[id] for id in wanted)) for wanted in labels]
    kin_said = sum(len(ids & kin) for ids, kin in zip(given, near, strict=True))
    kin_found = sum(bool(family[id] & ids) for wanted, ids in zip(labels, given, strict=True) for id in wanted)
    findable = [row for row, wanted in enumerate(labels) if wanted]
    nothing = [row for row, wanted in enumerate(labels) if not wanted]
    first = sum(bool(answers.ids[row]) and answers.ids[row][0] in labels[row] for row in findable)
    return {
        "rows": len(labels),
        **_name_rates("", hits, hits, said, wanted_all),
        "exact": sum(map(set.__eq__, labels, given)) / max(1, len(labels)),
        "P@1": first / max(1, len(findable)),
        **_leave_out_none(hits, sum(len(given[row]) for row in findable), wanted_all),
        "none kept": sum(not given[row] for row in nothing) / max(1, len(nothing)),
        "of none": len(nothing),
        **_name_rates("family ", kin_said, kin_found, said, wanted_all),
        "ECE": calibration_error(answers, labels),
    }


def _leave_out_none(right: int, said: int, wanted: int) -> dict[str, float]:
    """F1 over the rows whose institution is in the registry, as other systems report it."""
    rates = _name_rates("", right, right, said, wanted)
    return {"findable P": rates["P"], "findable F1": rates["F1"]}


def _name_rates(prefix: str, right: int, found: int, said: int, wanted: int) -> dict[str, float]:
    precision, recall = right / max(1, said), found / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {f"{prefix}P": precision, f"{prefix}R": recall, f"{prefix}F1": f1}


def calibration_error(answers: Answers, labels: list[set[str]]) -> float:
    """Expected calibration error of the first answers; NaN where no confidence is known."""
    rows = [row for row, ids in enumerate(answers.ids) if ids]
    said = answers.confidences[rows]
    if not rows or np.isnan(said).all():
        return float("nan")
    right = np.array([answers.ids[row][0] in labels[row] for row in rows])
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    return float(sum(abs(said[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins)))


def pick(answers: Answers, rows: list[int]) -> Answers:
    """The answers of some rows."""
    return Answers([answers.ids[row] for row in rows], answers.confidences[rows], answers.seconds)


def report(name: str, strings: pd.DataFrame, answers: Answers, registry: Registry) -> None:
    """Print the figures by source."""
    labels, family = find_labels(strings, registry), list_families(registry)
    print(f"{name}: {len(strings)} strings in {answers.seconds:.1f} s, {len(strings) / answers.seconds:.0f} a second")
    for source in [*strings["source"].unique(), "all"]:
        rows = np.flatnonzero((strings["source"] == source) | (source == "all")).tolist()
        figures = measure(pick(answers, rows), [labels[row] for row in rows], family)
        cells = (
            f"{key} {value:.0f}" if key in ("rows", "of none") else f"{key} {value:.4f}"
            for key, value in figures.items()
        )
        print(f"  {source:9}", "  ".join(cells))


def show_precision(asked: float | None, strings: pd.DataFrame, answers: Answers, registry: Registry) -> None:
    """Print how many of the answers are right where so many were asked to be, and the share of the strings that has one."""
    labels = find_labels(strings, registry)
    for source in [*strings["source"].unique(), "all"]:
        rows = np.flatnonzero((strings["source"] == source) | (source == "all")).tolist()
        given = [(labels[row], id) for row in rows for id in answers.ids[row]]
        right = sum(id in wanted for wanted, id in given) / max(1, len(given))
        coverage = sum(bool(answers.ids[row]) for row in rows) / max(1, len(rows))
        print(f"  precision={asked}: {source:9} measured {right:.4f}  coverage {coverage:.4f}")


def report_documents(registry: Registry) -> None:
    """Print how many mentions of the two documents are answered, and how many rightly."""
    mentions = pd.read_csv(MENTIONS, dtype=str, keep_default_na=False)
    rows = [registry.find(id) if id else -1 for id in mentions["ror_id"]]
    wanted = np.array([registry.ids[int(registry.current_rows[row])] if row >= 0 else "" for row in rows])
    known = wanted != ""
    for country in ("country", None):
        found = pm.resolve(mentions, registry, name="mention", country=country)["canonical_id"].to_numpy()
        given, right = found != "", known & (found == wanted)
        print(
            f"documents, {'with' if country else 'without'} the country: of {known.sum()} mentions with an institution "
            f"P {right.sum() / (given & known).sum():.4f}  R {right.sum() / known.sum():.4f}; of all {len(mentions)} "
            f"P {right.sum() / given.sum():.4f}  none kept {(~given & ~known).sum() / (~known).sum():.4f}"
        )


def show_failures(strings: pd.DataFrame, answers: Answers, registry: Registry, most: int) -> None:
    """Print strings that are not answered with exactly their labels."""
    labels = find_labels(strings, registry)
    wrong = [row for row, wanted in enumerate(labels) if wanted != set(answers.ids[row])]
    wrong.sort(key=lambda row: hashlib.md5(strings["affiliation"][row].encode()).hexdigest())
    for row in wrong[:most]:
        named = [
            "; ".join(registry.display_names[registry.find(id)] for id in ids) or "nothing"
            for ids in (sorted(labels[row]), answers.ids[row])
        ]
        print(f"{strings['source'][row]}: {strings['affiliation'][row]}\n    is {named[0]}\n    answered {named[1]}")


def write_answers(answers: Answers, path: Path) -> None:
    """One row a string, in order, with the column ids."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ids"])
        writer.writerows([";".join(ids)] for ids in answers.ids)


def check(strings: pd.DataFrame, answers: Answers, registry: Registry) -> None:
    """See that the shared scorer counts the same; it refuses a difference in the fourth place."""
    labels, family = find_labels(strings, registry), list_families(registry)
    with tempfile.TemporaryDirectory() as folder:
        gold, given = Path(folder) / "gold.csv", Path(folder) / "given.csv"
        strings[["affiliation", "ror_ids", "source"]].to_csv(gold, index=False)
        write_answers(answers, given)
        ran = subprocess.run([sys.executable, SCORER, gold, given, DUMP], check=True, capture_output=True, text=True)
    for line in ran.stdout.splitlines():
        source, *_ = line.split()
        rows = np.flatnonzero((strings["source"] == source) | (source == "all")).tolist()
        ours = measure(pick(answers, rows), [labels[row] for row in rows], family)
        theirs = dict(re.findall(r"(P|R|F1|exact|P@1|NIL kept) (\d\.\d+)", line))
        theirs["none kept"] = theirs.pop("NIL kept")
        differ = {key: (ours[key], value) for key, value in theirs.items() if f"{ours[key]:.4f}" != value}
        print(f"{source}: counted the same" if not differ else f"{source}: counted differently, {differ}")
        if differ:
            raise SystemExit(1)


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--limit", type=int, metavar="N", help="a sample of N strings")
    parser.add_argument("--source", choices=["crossref", "s2aff", "querylog"])
    parser.add_argument("--no-baseline", action="store_true")
    parser.add_argument("--as-shipped", action="store_true", help="do not learn anew without each fold")
    parser.add_argument(
        "--failures", type=int, default=0, metavar="K", help="print K strings that are answered wrongly"
    )
    parser.add_argument("--out", type=Path, metavar="PRED.csv", help="write the answers")
    parser.add_argument("--precision", type=float, metavar="P", help="answer only what is so often right, too")
    parser.add_argument("--documents", action="store_true", help="mentions of two documents in place of the strings")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes, with --as-shipped")
    parser.add_argument("--index", metavar="FILE", help="index of the registry; made if it is not there")
    parser.add_argument("--check", action="store_true", help="compare with the shared scorer")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    options = parse_arguments(arguments)
    strings, registry = (
        load_strings(options.limit, options.source),
        Registry.from_ror(DUMP, index=options.index or False),
    )
    if options.documents:
        report_documents(registry)
        return
    precisions = [None, *([options.precision] if options.precision else [])]
    if options.as_shipped:
        runs = [look_up(strings, registry, precision, options.workers) for precision in precisions]
    else:
        runs = look_up_by_fold(strings, registry, precisions)
    answers = runs[0]
    report("partnermatch" if options.as_shipped else "partnermatch, cross-validated", strings, answers, registry)
    for precision, sure in zip(precisions[1:], runs[1:], strict=True):
        show_precision(precision, strings, sure, registry)
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory of the largest process: {most / 1024:.0f} MiB")
    show_failures(strings, answers, registry, options.failures)
    if options.out:
        write_answers(answers, options.out)
    if options.check:
        check(strings, answers, registry)
    if not options.no_baseline and importlib.util.find_spec("sklearn") is None:
        print("The baseline is left out: scikit-learn is not installed.")
    elif not options.no_baseline:
        nearest = look_up_nearest(strings, registry, find_labels(strings, registry))
        report("TF-IDF, nearest name", strings, nearest, registry)


if __name__ == "__main__":
    main()
