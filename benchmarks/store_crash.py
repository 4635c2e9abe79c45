"""Whether a store survives `kill -9`: no acknowledged decision is lost, no half run is seen, IDs stay.

    python benchmarks/store_crash.py                200 kills, five minutes
    python benchmarks/store_crash.py --kills 20
    python benchmarks/store_crash.py --full-disk    the same on a disk that is full at random moments; as root, who may mount one

Data: the 1,200 names of fixtures/partners.csv. A child process dedupes random parts of them into a store and decides about
random pairs, and acknowledges each run and each decision when the call has returned. It is killed at a random moment: a third
of the times at any, a third soon after grouping, when a run is written, a third soon after a run, when decisions are. Then
the store is checked, what was acknowledged is looked for, and the last table is deduped twice again: nothing but what
decisions demand may change. Every 20 kills begin a new store. Moments and parts are drawn with a seed; what they meet
depends on the machine. A run or a decision that finds the disk full must say so, and the child makes room and goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pandas as pd

import partnermatch as pm
from partnermatch.errors import StoreError
from partnermatch.store import Store
from partnermatch.store.judgements import Decision
from partnermatch.tables import read_table

PARTNERS = Path(__file__).parents[1] / "fixtures" / "partners.csv"
KILLS = 200
SEED = 7
NAMES = 120
"""Names that a store is filled from; few, so that a run is short and most kills meet another moment of it."""
ROWS = 40
"""Rows of a run."""
KILLS_A_STORE = 20
LONGEST = 2.0
"""Seconds after which a child is killed at the latest."""
DISK_MIB = 32
LEFT_KIB = 300
"""Room that is left on a full disk, at most; a run needs some 100 KiB."""
FILLER = "filler"
MOMENTS = ((b'"writing"', 0.08), (b'"run"', 0.02))
"""What is heard before a run is written and before decisions are, and the seconds that this takes."""


class Acknowledged(NamedTuple):
    """What a child said was done before it was killed.

    Attributes:
        runs: ID of each row by the number of the run.
        decisions: numbers of the judgements.
        last: rows of the last run, none if there was none.
        full: how often the disk was full.
    """

    runs: dict[int, dict[str, str]]
    decisions: set[int]
    last: list[int]
    full: int


def work(place: Path, names: pd.DataFrame, seed: int, pipe: int, full_disk: bool) -> NoReturn:
    """Dedupe and decide without end, and say on a pipe what was done."""
    chance = random.Random(seed)

    def say(what: str, *details: Any) -> None:
        os.write(pipe, (json.dumps([what, *details]) + "\n").encode())

    with Store.open(place) as store:
        while True:
            if full_disk:
                fill_now_and_then(place.parent, chance)
            rows = sorted(chance.sample(range(len(names)), ROWS))
            try:
                answer = dedupe(
                    names.iloc[rows], store, lambda step, *_: say("writing") if step == "grouping" else None
                )
            except StoreError as error:
                make_room(place.parent, error)
                say("full")
                continue
            ids = dict(zip(answer["row"], answer["canonical_id"], strict=True))
            say("run", store.runs()[-1].number, ids, rows)
            keys = [key for key, identity in ids.items() if identity]
            pairs = [chance.sample(keys, 2) for _ in range(3)]
            decisions = [Decision(one, two, chance.random() < 0.5, "crash", "chance") for one, two in pairs]
            try:
                say("judged", [judgement.number for judgement in store.judge(decisions)])
            except StoreError as error:
                make_room(place.parent, error)
                say("full")


def fill_now_and_then(folder: Path, chance: random.Random) -> None:
    """Leave little room on a disk, every second time."""
    if chance.random() < 0.5:
        room = os.statvfs(folder)
        left = room.f_bavail * room.f_frsize - chance.randint(0, LEFT_KIB) * 1_024
        (folder / FILLER).write_bytes(bytes(max(left, 0)))


def make_room(folder: Path, error: StoreError) -> None:
    """Go on after an error, if it says that the disk is full."""
    if "the disk is full" not in str(error):
        raise error
    (folder / FILLER).unlink(missing_ok=True)


def dedupe(rows: pd.DataFrame, store: Store, progress: Any = None) -> pd.DataFrame:
    """Dedupe rows into a store."""
    answer: pd.DataFrame = pm.dedupe(rows, name="name", country="country", id="row", store=store, progress=progress)
    return answer


def kill_once(place: Path, names: pd.DataFrame, seed: int, full_disk: bool = False) -> Acknowledged:
    """Let a child work, kill it, and hand back what it acknowledged."""
    chance = random.Random(seed)
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(ear)
            work(place, names, seed, mouth, full_disk)
        finally:
            os._exit(1)
    os.close(mouth)
    with os.fdopen(ear, "rb") as heard:
        lines: list[bytes] = []
        if seed % 3 < len(MOMENTS):
            word, longest = MOMENTS[seed % 3]
            times = chance.randint(1, 3)
            while sum(word in line for line in lines) < times:
                lines.append(heard.readline())
                assert lines[-1], "the child failed before it was killed"
            time.sleep(chance.uniform(0, longest))
        else:
            time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the child failed before it was killed"
        return understand([*lines, *heard])


def understand(lines: Sequence[bytes]) -> Acknowledged:
    """What a child said; the last line may be cut off."""
    runs: dict[int, dict[str, str]] = {}
    decisions: set[int] = set()
    last: list[int] = []
    full = 0
    for line in lines:
        if not line.endswith(b"\n"):
            continue
        what, *details = json.loads(line)
        if what == "run":
            runs[details[0]], last = details[1], details[2]
        elif what == "judged":
            decisions |= set(details[0])
        elif what == "full":
            full += 1
    return Acknowledged(runs, decisions, last, full)


def find_losses(place: Path, names: pd.DataFrame, said: Acknowledged) -> list[str]:
    """What was acknowledged and is not there, and what is there and should not be."""
    losses = []
    with Store.open(place) as store:
        losses += store.check()
        kept = {judgement.number for judgement in store.judgements(all=True)}
        losses += [f"decision {number} is lost" for number in sorted(said.decisions - kept)]
        numbers = {run.number for run in store.runs()}
        losses += [f"run {number} is lost" for number in sorted(said.runs.keys() - numbers)]
        for number in sorted(said.runs.keys() & numbers):
            then = {member.key: member.canonical_id for member in store.as_of(number)}
            wrong = [key for key, identity in said.runs[number].items() if then.get(key, "") != identity]
            losses += [f"run {number} is not as it was: row {key}" for key in wrong]
        if said.last:
            dedupe(names.iloc[said.last], store)
            once = store.members()
            dedupe(names.iloc[said.last], store)
            losses += ["another run gives other IDs"] if store.members() != once else []
            losses += store.check()
    return losses


@contextmanager
def mount_disk(folder: Path) -> Iterator[None]:
    """A small file system in memory."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def run_kills(kills: int, seed: int, folder: Path, full_disk: bool) -> tuple[list[str], int, int, int]:
    """Kill so often, and look after each.

    Returns:
        What was lost, how many runs and decisions were acknowledged, and how often the disk was full.
    """
    drawn = read_table(PARTNERS).drop_duplicates("name").sample(NAMES, random_state=seed)
    names = drawn.assign(row=[str(number) for number in range(NAMES)])[["row", "name", "country"]]
    pm.dedupe(names, name="name", country="country")  # dictionaries are loaded once, before the first fork
    losses: list[str] = []
    runs = decisions = full = 0
    for kill in range(kills):
        place = folder / f"{kill // KILLS_A_STORE}.sqlite"
        said = kill_once(place, names, seed * 1_000 + kill, full_disk)
        (folder / FILLER).unlink(missing_ok=True)
        losses += [f"kill {kill}: {loss}" for loss in find_losses(place, names, said)]
        runs, decisions, full = runs + len(said.runs), decisions + len(said.decisions), full + said.full
        print(f"\r{kill + 1} kills, {len(losses)} losses", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return losses, runs, decisions, full


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--full-disk", action="store_true")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, mount_disk(Path(folder)) if options.full_disk else nullcontext():
        losses, runs, decisions, full = run_kills(options.kills, options.seed, Path(folder), options.full_disk)
    seconds = time.perf_counter() - started
    print(f"{options.kills} kills in {seconds:.0f} s; {runs} runs and {decisions} decisions acknowledged before them")
    if options.full_disk:
        print(f"the disk was full {full} times")
    print("\n".join(losses) or "nothing lost, no half run, no fault, the same IDs again")
    sys.exit(bool(losses))


if __name__ == "__main__":
    main()
