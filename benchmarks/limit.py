"""How far each step of `pm.dedupe` stands above what it cannot do without.

    python benchmarks/limit.py --rows 100000

Two floors, measured in the same run on the same job: reading the CSV and counting its distinct names; and rapidfuzz alone
scoring the candidate pairs of the run (its normalized indel similarity, both cores). A step's ratio is its time over the
time to read the file. Data: a job of ../shared/tools/make_dedupe.py from seed 202, see benchmarks/dedupe_scale.py. State the
machine with the figures.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
from dedupe_scale import make_job
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist
from speed import StepClock

from partnermatch.answers import Answer, lay_out
from partnermatch.pipeline import resolve_names
from partnermatch.settings import Settings

SEED = 202
PAIRS_AT_ONCE = 1 << 20
"""Pairs whose texts are laid out for rapidfuzz at once."""


def measure(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def count_distinct(path: Path) -> int:
    """Read a job and count its different names."""
    return int(pd.read_csv(path, dtype=str, keep_default_na=False)["name"].nunique())


def score_alone(answer: Answer, workers: int) -> float:
    """Seconds that rapidfuzz alone takes for the candidate pairs; laying out their texts is not counted."""
    texts, pairs, seconds = list(answer.profiles.folded), answer.candidates, 0.0
    for start in range(0, len(pairs.left), PAIRS_AT_ONCE):
        part = slice(start, start + PAIRS_AT_ONCE)
        left, right = ([texts[row] for row in ends[part].tolist()] for ends in (pairs.left, pairs.right))
        before = time.perf_counter()
        cpdist(left, right, scorer=ratio, workers=workers)
        seconds += time.perf_counter() - before
    return seconds


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    job = make_job(options.rows, SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.csv"
        job.to_csv(path, index=False)
        reading = measure(lambda: count_distinct(path))
    clock, start = StepClock(), time.perf_counter()
    answer = resolve_names(list(job["name"]), list(job["country"]), Settings(), clock.tell, workers=options.workers)
    clock.tell("laying out")
    lay_out(answer)
    clock.tell("")
    whole = time.perf_counter() - start
    scoring = score_alone(answer, options.workers)
    pairs = len(answer.candidates.left)
    print(f"{len(job)} rows, {len(answer.profiles)} profiles, {pairs} pairs, {options.workers} workers: {whole:.2f} s")
    for step, seconds in clock.seconds.items():
        print(f"  {step:20} {seconds:8.2f} s {seconds / whole:6.1%} {seconds / reading:8.1f} times the reading")
    for floor, seconds in (("reading and counting", reading), ("rapidfuzz alone", scoring)):
        print(f"floor: {floor:22} {seconds:8.3f} s; the run takes {whole / seconds:8.1f} times as long")


if __name__ == "__main__":
    main()
