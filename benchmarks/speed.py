"""How many names a second are looked up in ROR, and how long each step takes.

    python benchmarks/speed.py                    all names in one call
    python benchmarks/speed.py --at-once 100      so many names a call
    python benchmarks/speed.py --no-country       without their country
    python benchmarks/speed.py --workers 2        shared by two processes
    python benchmarks/speed.py --compare          pairs of these names by `pm.compare` instead, one by one

Data: those of benchmarks/cross_script.py: the 3,417 Japanese names of ../shared/data/ja_en_dev.csv against the Latin
names of all 51,370 records of ROR. The registry is read once, by the first call. Names drawn with seed 7 are looked up
before the clock starts, so that dictionaries are loaded; only names that were not among them are timed, so that every
name is new. Steps are timed by what `pm.resolve` tells of its progress. State the machine with the figures.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence

import pandas as pd
from cross_script import load_latin_registry, load_names

import partnermatch as pm
from partnermatch.registry import Registry

SEED = 7
WARM = 300
"""Names that are looked up before the clock starts."""
CANDIDATES = 10


class StepClock:
    """Adds up the seconds between one step that is told and the next."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._step, self._since = "", 0.0

    def tell(self, step: str, *_: int) -> None:
        """Take note that a step begins or goes on; an empty one ends the last."""
        now = time.perf_counter()
        if self._step:
            self.seconds[self._step] += now - self._since
        self._step, self._since = step, now


def look_up(names: pd.DataFrame, registry: Registry, at_once: int, country: str | None, workers: int = 1) -> StepClock:
    """Resolve the names, so many at once, and time the steps."""
    clock = StepClock()
    for start in range(0, len(names), at_once):
        part = names.iloc[start : start + at_once]
        tell, most = clock.tell, CANDIDATES
        pm.resolve(part, registry, name="ja", country=country, candidates=most, progress=tell, workers=workers)
        clock.tell("")
    return clock


def compare_names(names: pd.DataFrame) -> None:
    """Print how long `pm.compare` takes for a Japanese name and an English one, and for two in one script, each pair new."""
    for kind, left, right in (("ja, en", "ja", "en"), ("en, en", "en", "en"), ("ja, ja", "ja", "ja")):
        pairs = list(zip(names[left], names[right].shift(-1, fill_value=""), strict=True))
        for pair in pairs[:WARM]:
            pm.compare(*pair)
        timed = []
        for pair in pairs[WARM : 2 * WARM]:
            start = time.perf_counter()
            pm.compare(*pair)
            timed.append(time.perf_counter() - start)
        print(f"compare {kind}: {1000 * statistics.median(timed):.2f} ms a pair, the median of {len(timed)}")


def processor_time() -> float:
    """Seconds that this process and those that it has ended worked."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--at-once", type=int, metavar="N", help="names in one call; all of them if not given")
    parser.add_argument("--no-country", action="store_true", help="do not tell the country of the names")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that share the names; one")
    parser.add_argument("--compare", action="store_true", help="time pm.compare")
    options = parser.parse_args(arguments)
    if options.compare:
        compare_names(load_names(None, None).sample(frac=1, random_state=SEED))
        return
    country = None if options.no_country else "country"
    names, registry = load_names(None, None).sample(frac=1, random_state=SEED), load_latin_registry()
    warm, new = names[:WARM], names[WARM:]
    new = new[~new["ja"].isin(set(warm["ja"]))].drop_duplicates("ja")
    first = look_up(warm, registry, len(warm), country)
    start, worked = time.perf_counter(), processor_time()
    clock = look_up(new, registry, options.at_once or len(new), country, options.workers)
    seconds, worked = time.perf_counter() - start, processor_time() - worked
    print(f"{len(new)} new names in {seconds:.2f} s: {len(new) / seconds:.0f} names a second")
    print(f"the processor worked for {worked:.2f} s: {len(new) / worked:.0f} names a second of its time")
    for step, taken in clock.seconds.items():
        print(f"  {step:20} {taken:7.2f} s {1000 * taken / len(new):7.3f} ms a name {taken / seconds:6.1%}")
    print(f"reading the registry, {len(registry)} institutions: {first.seconds['reading registry']:.1f} s")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
