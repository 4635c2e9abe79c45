"""How long `pm.dedupe` takes on a made job of many rows, how much memory, and how right it is.

    python benchmarks/dedupe_scale.py --rows 100000 --seed 202
    python benchmarks/dedupe_scale.py --rows 1000000 --seed 101 --one-in 12            twenty rows an institution
    python benchmarks/dedupe_scale.py --rows 100000 --seed 202 --settings '{"candidates": {"keep": 20}}'

Data: jobs that ../shared/tools/make_dedupe.py makes of ../shared/data/ror-subset-schema-v2.zip (Research Organization
Registry, CC0): real names with seeded noise, whose institution is known. Seed 101 was tuned on; report others. Candidate
recall is the share of true pairs of rows that are read alike or proposed. Start-up is the time from the start of the
process to the first step. State the machine with the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from speed import StepClock

import partnermatch as pm
from partnermatch.answers import Answer, lay_out
from partnermatch.evaluation import evaluate
from partnermatch.model import Ints
from partnermatch.pipeline import resolve_names

SHARED = Path(__file__).parents[2] / "shared"


def make_job(rows: int, seed: int) -> pd.DataFrame:
    """Names with their country and the institution that each means."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "job.csv"
        maker, dump = SHARED / "tools" / "make_dedupe.py", SHARED / "data" / "ror-subset-schema-v2.zip"
        subprocess.run([sys.executable, str(maker), str(dump), str(rows), str(out), str(seed)], check=True)
        return pd.read_csv(out, dtype=str, keep_default_na=False)


def measure_recall(answer: Answer, truth: Ints) -> float:
    """The share of true pairs of rows that are one profile or were proposed."""
    rows = np.flatnonzero(answer.readings.profiles >= 0)
    pairs, counts = np.unique(np.stack([truth[rows], answer.readings.profiles[rows]]), axis=1, return_counts=True)
    found = float((counts * (counts - 1) // 2).sum())
    held: dict[int, dict[int, int]] = {}
    for (institution, profile), count in zip(pairs.T.tolist(), counts.tolist(), strict=True):
        held.setdefault(profile, {})[institution] = count
    for left, right in zip(answer.candidates.left.tolist(), answer.candidates.right.tolist(), strict=True):
        one, two = held.get(left, {}), held.get(right, {})
        found += sum(count * two.get(institution, 0) for institution, count in one.items())
    true = np.bincount(truth)
    return found / float((true * (true - 1) // 2).sum())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=202)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--settings", default="{}", help="groups of settings as JSON")
    parser.add_argument("--one-in", type=int, default=1, help="keep the rows of one institution in so many")
    parser.add_argument("--job", type=Path, help="a job that was made before, as CSV")
    options = parser.parse_args(arguments)
    job = (
        pd.read_csv(options.job, dtype=str, keep_default_na=False)
        if options.job
        else make_job(options.rows, options.seed)
    )
    ids = sorted(set(job["truth"]))
    job = job[job["truth"].isin(ids[:: options.one_in])]
    settings = pm.Settings.from_dict(json.loads(options.settings))
    clock, start = StepClock(), time.perf_counter()
    names, countries = job["name"].tolist(), job["country"].tolist()
    answer = resolve_names(names, countries, settings, clock.tell, workers=options.workers)
    clock.tell("laying out")
    columns = lay_out(answer)
    clock.tell("")
    seconds = time.perf_counter() - start
    processor = sum(os.times()[:4])
    memory = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{len(job)} rows, seed {options.seed}: {seconds:.1f} s, with start-up {processor:.1f} s of processor time")
    print(f"peak memory {memory / 1024:.0f} MiB (largest child counted)")
    for step, taken in clock.seconds.items():
        print(f"  {step:20} {taken:7.2f} s {taken / seconds:6.1%}")
    truth = np.unique(job["truth"].to_numpy(), return_inverse=True)[1]
    profiles, pairs = len(answer.profiles), len(answer.candidates.left)
    print(
        f"{profiles} profiles, {pairs} pairs: {pairs / len(job):.2f} a row; recall {measure_recall(answer, truth):.4f}"
    )
    dropped = [f"{name} ({names})" for name, names in answer.candidates.dropped[:3]]
    print(f"{len(answer.candidates.dropped)} keys held by more names than one sees: {', '.join(dropped)}")
    print(evaluate(columns["canonical_id"], truth.tolist()).to_text())


if __name__ == "__main__":
    main()
