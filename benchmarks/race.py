"""One race: partnermatch and other open tools on the same file, machine and clock.

    make bench                                                 installs the others into an environment of their own
    python benchmarks/race.py --rows 10000 100000              each at its best threshold
    python benchmarks/race.py --rows 10000 --only string_grouper splink --limit 300

Data: jobs that ../shared/tools/make_dedupe.py makes of ../shared/data/ror-subset-schema-v2.zip (Research Organization
Registry, CC0). Each of the others is configured as its guides advise, in benchmarks/peers/run_*.py. Its threshold is the best
of those below on a job of the same size, or of --tune-rows if that is less, from seed 101; partnermatch's settings are its
defaults. All are then measured on the job of seed 202 that none has seen. Wall time includes the start of the process,
reading and writing; peak memory is that of all its processes together, looked at twice a second or, where that takes long,
less often, or of the largest alone if that is more (on Linux). A growth exponent is the slope of log time over log rows.
State the machine with the figures.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from partnermatch.evaluation import Evaluation, evaluate

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
PEERS, PEER_PYTHON = HERE / "peers", HERE.parent / ".bench/bin/python"
SEED, TUNED_ON = 202, 101
THRESHOLDS = {
    "string_grouper": (0.65, 0.7, 0.75, 0.8, 0.85),
    "tfidf": (0.65, 0.7, 0.75, 0.8, 0.85),
    "splink": (0.99, 0.999, 0.9999),
    "rapidfuzz": (84.0, 88.0, 92.0),
    "dedupe": (0.5, 0.7),
}
"""What each of the others is tried with."""
US = "partnermatch"
LOOK_EVERY = 0.5
"""Seconds between two looks at the memory of a contestant, at least."""
REST = 50
"""How many times as long as a look takes the next one waits: counting the pages of gigabytes holds a contestant up."""


class Lap(NamedTuple):
    """One run of a contestant; without an evaluation it has not ended well, and `fault` says why."""

    contestant: str
    rows: int
    threshold: float | None
    seconds: float
    mebibytes: float
    evaluation: Evaluation | None
    fault: str = ""


def make_job(rows: int, seed: int, folder: Path) -> Path:
    """Write a job, once."""
    path = folder / f"job-{rows}-{seed}.csv"
    if not path.exists():
        maker, dump = SHARED / "tools/make_dedupe.py", SHARED / "data/ror-subset-schema-v2.zip"
        subprocess.run([sys.executable, str(maker), str(dump), str(rows), str(path), str(seed)], check=True)
    return path


def command_of(contestant: str, job: Path, output: Path, threshold: float | None, learned_from: Path) -> list[str]:
    """How a contestant is started."""
    if contestant == US:
        program = str(Path(sys.executable).with_name("partnermatch"))
        return [program, "dedupe", str(job), "-o", str(output), "--name", "name", "--country", "country"]
    labelled = ["--labelled", str(learned_from)] if contestant == "dedupe" else []
    script = PEERS / f"run_{contestant}.py"
    return [str(PEER_PYTHON), str(script), str(job), str(output), "--threshold", str(threshold), *labelled]


def run(contestant: str, rows: int, seed: int, threshold: float | None, folder: Path, limit: float) -> Lap:
    """Let one contestant run, and judge what it wrote."""
    job, output = make_job(rows, seed, folder), folder / "groups.csv"
    command = command_of(contestant, job, output, threshold, make_job(min(rows, 10_000), TUNED_ON, folder))
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)
        status, used = _wait(process.pid, start + limit)
        seconds = time.perf_counter() - start
        if status is None:
            return Lap(contestant, rows, threshold, seconds, used, None, "did not end in time")
        if status:
            said.seek(0)
            last = [line for line in said.read().splitlines() if line.strip()][-1:]
            return Lap(contestant, rows, threshold, seconds, used, None, f"failed: {' '.join(last)}")
    truth = pd.read_csv(job, dtype=str, keep_default_na=False)["truth"]
    found = pd.read_csv(output, dtype=str, keep_default_na=False)["canonical_id" if contestant == US else "group"]
    return Lap(contestant, rows, threshold, seconds, used, evaluate(found.tolist(), truth.tolist()))


def _wait(process: int, end: float) -> tuple[int | None, float]:
    """The exit status of a process, None if it had to be ended, and the most memory that it and its children held in MiB."""
    most, next_look = 0.0, time.perf_counter()
    while (now := time.perf_counter()) < end:
        ended, status, usage = os.wait4(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), max(most, usage.ru_maxrss / 1024)
        if now >= next_look:
            most = max(most, sum(_measure(member) for member in _list_family(process)))
            looked = time.perf_counter()
            next_look = looked + max(LOOK_EVERY, REST * (looked - now))
        time.sleep(0.02)
    os.killpg(process, 9)
    os.wait4(process, 0)
    return None, most


def _list_family(process: int) -> list[int]:
    """A process and all below it; empty once it has ended."""
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        children = [child for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []
    return [process, *(member for child in children for member in _list_family(int(child)))]


def _measure(process: int) -> float:
    """The memory of a process in MiB, what it shares with others by its share (PSS); 0 once it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def race(contestant: str, rows: int, tune_rows: int, folder: Path, limit: float) -> Lap:
    """The lap of a contestant at the threshold that is best on the job that is tuned on."""
    best: tuple[float, float] | None = None
    for threshold in THRESHOLDS.get(contestant, ()):
        lap = run(contestant, min(rows, tune_rows), TUNED_ON, threshold, folder, limit)
        if lap.evaluation is None:
            return lap._replace(rows=rows)
        best = max(best or (0.0, threshold), (lap.evaluation.b_cubed.f1, threshold))
    return run(contestant, rows, SEED, best and best[1], folder, limit)


def tell(lap: Lap) -> str:
    """One line of the table."""
    threshold = "" if lap.threshold is None else f"{lap.threshold:g}"
    line = f"{lap.rows:>9} {lap.contestant:16} {threshold:>7} {lap.seconds:8.1f} s {lap.mebibytes:7.0f} MiB  "
    if lap.evaluation is None:
        return line + lap.fault
    both = (lap.evaluation.b_cubed, lap.evaluation.pairwise)
    return line + "  ".join(f"{kind.precision:.3f} {kind.recall:.3f} {kind.f1:.3f}" for kind in both)


def tell_growth(laps: Sequence[Lap]) -> list[str]:
    """The growth exponent of each contestant that ended at more than one size."""
    lines = []
    for contestant in dict.fromkeys(lap.contestant for lap in laps):
        own = [(lap.rows, lap.seconds) for lap in laps if lap.contestant == contestant and lap.evaluation]
        if len(own) > 1:
            slope = np.polyfit(np.log([rows for rows, _ in own]), np.log([seconds for _, seconds in own]), 1)[0]
            lines.append(
                f"{contestant:16} time grows with rows ^ {slope:.2f}; twice the rows: {math.pow(2, slope):.2f}"
            )
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000])
    parser.add_argument("--only", nargs="+", choices=[US, *THRESHOLDS], default=[US, *THRESHOLDS])
    parser.add_argument("--limit", type=float, default=600, help="seconds that a contestant may take")
    parser.add_argument("--tune-rows", type=int, default=100_000, help="rows that a threshold is chosen on, at most")
    parser.add_argument("--output", type=Path, default=Path("out"), help="folder for race.csv and race.png")
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    print(f"{'rows':>9} {'':16} {'at':>7} {'wall':>10} {'memory':>11}  {'B-cubed P R F1':17}  pairwise P R F1")
    laps: list[Lap] = []
    late: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        for rows in sorted(options.rows):
            for contestant in [name for name in options.only if name not in late]:
                lap = race(contestant, rows, options.tune_rows, Path(folder), options.limit)
                laps.append(lap)
                late |= {contestant} if lap.evaluation is None else set()
                print(tell(lap), flush=True)
    print("\n".join(tell_growth(laps)))
    table = options.output / "race.csv"
    pd.DataFrame([_as_row(lap) for lap in laps]).to_csv(table, index=False)
    subprocess.run([str(PEER_PYTHON), str(PEERS / "plot.py"), str(table), str(table.with_suffix(".png"))], check=True)
    print(f"{table} and {table.with_suffix('.png')} are written")


def _as_row(lap: Lap) -> dict[str, object]:
    measured = lap.evaluation.b_cubed if lap.evaluation else None
    return {**lap._asdict(), "evaluation": None, "b_cubed_f1": measured.f1 if measured else None}


if __name__ == "__main__":
    main()
