"""How long a registry's index takes to make and to open, how large it is, and how much memory either needs.

    python benchmarks/registry_index.py [--dump FILE] [--workers N ...]

Data: ../shared/data/ror-subset-schema-v2.zip (Research Organization Registry, CC0). The index is made once with each
number of workers, and must have the same bytes; then a new process opens it, and asks for one name and for a thousand (the
display names of the registry's first institutions). Every step is a process of its own. Times are those of the clock,
and say as much about what else the machine does.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

DUMP = Path(__file__).parents[2] / "shared/data/ror-subset-schema-v2.zip"
ASKED = 1_000

Figures = Mapping[str, float]


def main() -> None:
    """Measure making, opening and asking, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dump", type=Path, default=DUMP)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    print(
        f"{options.dump.name}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / f"{workers}.pmindex" for workers in options.workers]
        for workers, place in zip(options.workers, places, strict=True):
            report(f"made by {workers}", run(make, options.dump, place, workers))
        contents = {place.read_bytes() for place in places}
        print(f"{'file':>12}: {places[0].stat().st_size / 1e6:.0f} MB, {len(contents)} different")
        report("opened", run(open_and_ask, places[0]))


def make(dump: Path, place: Path, workers: int) -> Figures:
    """Read a dump and write its index."""
    import partnermatch

    started = time.perf_counter()
    registry = partnermatch.Registry.from_ror(dump)
    read = time.perf_counter()
    registry.save(place, workers=workers)
    return {"dump read, s": read - started, "index made, s": time.perf_counter() - read}


def open_and_ask(place: Path) -> Figures:
    """Open an index in a new process, and ask."""
    import partnermatch

    loaded = partnermatch.Registry, partnermatch.resolve
    started = time.perf_counter()
    registry = loaded[0].open(place)
    opened = time.perf_counter()
    loaded[1](["東京大学医学部"], registry)
    answered = time.perf_counter()
    loaded[1](list(registry.display_names[:ASKED]), registry)
    return {
        "opened, s": opened - started,
        "first answer, s": answered - opened,
        f"{ASKED} more answers, s": time.perf_counter() - answered,
    }


def run(step: Callable[..., Figures], *arguments: Any) -> Figures:
    """What a step measures in a process of its own, and the most memory that this takes."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(sender, step, arguments))
    process.start()
    sender.close()
    figures: Figures = json.loads(receiver.recv())
    process.join()
    return figures


def _measure(sender: Any, step: Callable[..., Figures], arguments: tuple[Any, ...]) -> None:
    figures = step(*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sender.send(json.dumps({**figures, "peak memory, MB": peak}))


def report(name: str, figures: Figures) -> None:
    """Print what was measured."""
    print(f"{name:>12}: {', '.join(f'{label} {value:.2f}' for label, value in figures.items())}", flush=True)


if __name__ == "__main__":
    main()
