"""Whether IDs last when a table grows, what new rows cost, and how fast a store is written and read.

    python benchmarks/store_growth.py JOB.csv                 growth: 80% of the rows, then 20% more, which is 25% of the first
    python benchmarks/store_growth.py JOB.csv --add 100       all rows but 300, then three times so many alone
    python benchmarks/store_growth.py --memberships 1000000   how long so many memberships take to write, and a look-up

JOB.csv is a table with the columns row_id, name and country, such as ../shared/tools/make_dedupe.py makes from a ROR dump. Of
it, the rows that come later are drawn with a seed. An old record that has another ID after the second run counts as explained
if `ids diff` names an event. Beside it stands the usual ID, the smallest row of a group, which has no memory; and how many rows are
grouped otherwise than in one run over all. Of rows that are added alone, the first make the store read all names once and
keep what it read; what the later ones take is what new rows cost. One process; state the machine with the figures.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import partnermatch as pm
from partnermatch.store import Store
from partnermatch.store.reading import Member
from partnermatch.store.rows import Row
from partnermatch.store.runs import Origin
from partnermatch.tables import read_table

SEED = 7
LATER = 0.2
"""Share of the rows that come later: a quarter of those that come first."""
ADDED_TIMES = 3
RECORDS_AN_ENTITY = 4
LOOK_UPS = 1_000


def measure_growth(job: Path, folder: Path) -> None:
    """Dedupe most rows, then the others, and print what became of the first."""
    table = read_table(job)
    later = table.index.isin(table.sample(frac=LATER, random_state=SEED).index)
    with Store.open(folder / "ids.sqlite") as store:
        for part in (table[~later], table[later]):
            started = time.perf_counter()
            pm.dedupe(part, name="name", country="country", id="row_id", store=store)
            print(f"{len(part)} rows deduped in {time.perf_counter() - started:.1f} s")
        first, second = store.as_of(1), store.as_of(2)
        changes = [change for change in store.diff(1, 2) if change.before]
        unexplained = [change for change in changes if not change.why.startswith("run ")]
        counts = Counter(change.why.rpartition(": ")[2] for change in changes)
        said = ", ".join(f"{count} {why}" for why, count in sorted(counts.items())) or "none"
        print(f"{len(first)} old records: {len(changes)} have another ID ({said}), {len(unexplained)} unexplained")
        print(f"with the smallest row of the group for an ID: {count_smallest(first, second)}")
        kinds = Counter(event.kind for event in store.events() if event.run == 2)
        print("events of the second run: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
        print(f"faults: {store.check() or 'none'}")
        started = time.perf_counter()
        whole = pm.dedupe(table, name="name", country="country", id="row_id")
        said = f"one run over all in {time.perf_counter() - started:.1f} s"
        one = dict(zip(whole["row_id"], whole["canonical_id"], strict=True))
        two = {member.key: member.canonical_id for member in second}
        print(f"{said}: {count_otherwise(one, two)} of {len(table)} rows are grouped otherwise")


def count_otherwise(one: Mapping[str, str], two: Mapping[str, str]) -> int:
    """How many rows stand with other rows in one grouping than in another; without a name a row stands for itself."""
    groups = []
    for grouping in (one, two):
        members: dict[str, set[str]] = {}
        for row in one:
            members.setdefault(grouping.get(row) or f"row {row}", set()).add(row)
        groups.append({row: frozenset(rows) for rows in members.values() for row in rows})
    return sum(groups[0][row] != groups[1][row] for row in one)


def measure_added(job: Path, rows: int, folder: Path) -> None:
    """Dedupe most rows, then some alone, again and again, and print what that takes and what became of the others."""
    table = read_table(job).sample(frac=1, random_state=SEED)
    parts = [table[: -rows * ADDED_TIMES]]
    parts += [table[start:][:rows] for start in range(len(parts[0]), len(table), rows)]
    with Store.open(folder / "ids.sqlite") as store:
        for run, part in enumerate(parts, start=1):
            before = len(store.members())
            wall, used = time.perf_counter(), time.process_time()
            pm.dedupe(part, name="name", country="country", id="row_id", store=store)
            wall, used = time.perf_counter() - wall, time.process_time() - used
            changes = [change for change in store.diff(run - 1, run) if change.before] if run > 1 else []
            counts = Counter(change.why.rpartition(": ")[2] for change in changes)
            said = ", ".join(f"{count} {why}" for why, count in sorted(counts.items())) or "none"
            print(f"{len(part)} rows beside {before}: {wall:.1f} s ({used:.1f} s of one core); IDs changed: {said}")
        print(f"faults: {store.check() or 'none'}")


def count_smallest(first: Sequence[Member], second: Sequence[Member]) -> int:
    """How many old records would change their ID if it were the smallest key of their group."""
    known = {member.record for member in first}
    ids = [find_smallest(members) for members in (first, second)]
    return sum(ids[0][record] != ids[1][record] for record in known)


def find_smallest(members: Sequence[Member]) -> dict[int, str]:
    """The smallest key of each record's group."""
    smallest: dict[str, str] = {}
    for member in members:
        smallest[member.canonical_id] = min(member.key, smallest.get(member.canonical_id, member.key))
    return {member.record: smallest[member.canonical_id] for member in members}


def measure_speed(memberships: int, folder: Path) -> None:
    """Write so many memberships in one run, and look up IDs."""
    rows = [Row("id", str(number), f"Institute {number}", "JP") for number in range(memberships)]
    with Store.open(folder / "ids.sqlite") as store:
        started, used = time.perf_counter(), time.process_time()
        with store.run(Origin("benchmark", "", pm.__version__), memberships) as run:
            numbers = run.note(rows, [])
            ids = run.place({number: number // RECORDS_AN_ENTITY for number in numbers}, {})
        seconds, used = time.perf_counter() - started, time.process_time() - used
        print(f"{memberships} memberships of {len(ids)} entities written in {seconds:.1f} s ({used:.1f} s of one core)")
        chosen = random.Random(SEED).choices(sorted(ids.values()), k=LOOK_UPS)
        store.current(chosen[0])
        started = time.perf_counter()
        for identity in chosen:
            store.current(identity)
        print(f"current(id) in {(time.perf_counter() - started) / LOOK_UPS * 1_000:.2f} ms")
        started = time.perf_counter()
        faults = store.check()
        print(f"checked in {time.perf_counter() - started:.1f} s: {faults or 'no faults'}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("job", nargs="?", type=Path)
    parser.add_argument("--add", type=int, metavar="N")
    parser.add_argument("--memberships", type=int, metavar="N")
    options = parser.parse_args(arguments)
    if not options.job and not options.memberships:
        parser.error("name a job, or give --memberships")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        if options.memberships:
            measure_speed(options.memberships, Path(folder))
        elif options.add:
            measure_added(options.job, options.add, Path(folder))
        else:
            measure_growth(options.job, Path(folder))


if __name__ == "__main__":
    main()
