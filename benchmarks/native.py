"""What a native kernel would save: each step of `pm.dedupe` with the modules that read names compiled to machine code.

    python benchmarks/native.py --rows 100000

The package is copied twice, and in one copy MODULES are compiled with mypyc, which takes two minutes. Both do the same job
in turn, each time in a process of its own, and each step's least time counts; "all" is the process from its start to its
end, and "CPU" what all its processes used. Ends with an error where a byte of an answer differs. Data: a job of
../shared/tools/make_dedupe.py from seed 202, see benchmarks/dedupe_scale.py. State the machine with the figures.

Needs a C compiler and the headers of Python (on Debian: apt-get install gcc python3-dev), and setuptools.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path

import pandas as pd
from dedupe_scale import make_job
from mypyc.build import mypycify
from speed import StepClock

import partnermatch as pm
from partnermatch.text import lexemes

SEED = 202
PACKAGE = Path(pm.__file__).parent
MODULES = (
    "profiles/atoms", "profiles/drafts", "profiles/filing", "profiles/layout", "text/abbreviations", "text/compounds",
    "text/cuts", "text/families", "text/fold", "text/initials", "text/kana", "text/kana_words", "text/letters",
    "text/lexemes", "text/names", "text/numerals", "text/parts", "text/phrases", "text/readings", "text/sections",
    "text/segment", "text/spans", "text/spelling",
)  # fmt: skip
"""What every name goes through on its way to a profile. `links`, `evidence` and what is left of `text` work on arrays, and
take as long or longer when they are compiled."""
WAYS = ("sources", "compiled")


def lay_out(folder: Path) -> None:
    """Copy the package, without and with compiled modules."""
    for way in WAYS:
        shutil.copytree(PACKAGE, folder / way / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    compile_modules(folder / "compiled")


def compile_modules(folder: Path) -> None:
    """Compile the modules of a copy of the package, each beside its source, before which it is found.

    Raises:
        SystemExit: something that it needs is not there, or the compiler found an error.
    """
    compiler = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None or not Path(sysconfig.get_path("include"), "Python.h").is_file():
        sys.exit("needs a C compiler and the headers of Python: on Debian, apt-get install gcc python3-dev")
    sources = [f"{PACKAGE.name}/{module}.py" for module in MODULES]
    with chdir(folder):
        options = ["--config-file=", "--ignore-missing-imports", *sources]
        modules = mypycify(options, multi_file=True, group_name="native", target_dir="generated")
        setup = importlib.import_module("setuptools").setup
        setup(
            name=PACKAGE.name,
            ext_modules=modules,
            script_args=["--quiet", "build_ext", "--inplace", "--build-temp=built"],
        )


def run(job: Path, answer: Path, workers: int) -> None:
    """Do the job in this process, and print the seconds of each step as JSON."""
    table, clock = pd.read_csv(job, dtype=str, keep_default_na=False), StepClock()
    found = pm.dedupe(table, name="name", country="country", progress=clock.tell, workers=workers)
    clock.tell("")
    found.to_csv(answer, index=False)
    print(json.dumps({**clock.seconds, "compiled": not str(lexemes.__file__).endswith(".py")}))


def time_steps(folder: Path, way: str, workers: int) -> dict[str, float]:
    """Seconds of each step in a process that imports one of the copies."""
    command = [sys.executable, __file__, "--run", str(folder), "--way", way, "--workers", str(workers)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(folder / way)}
    said = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)
    whole, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert said.pop("compiled") == (way == "compiled")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**said, "all": whole, "CPU": used}


def compare(folder: Path, rounds: int, workers: int) -> dict[str, dict[str, float]]:
    """The least seconds of each step, by the way the package was made.

    Raises:
        SystemExit: the answers differ.
    """
    least: dict[str, dict[str, float]] = {way: {} for way in WAYS}
    for way in WAYS * rounds:
        for step, seconds in time_steps(folder, way, workers).items():
            least[way][step] = min(seconds, least[way].get(step, seconds))
        if (folder / f"{way}.csv").read_bytes() != (folder / "sources.csv").read_bytes():
            sys.exit("the answers differ")
    return least


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run is not None:
        run(options.run / "job.csv", options.run / f"{options.way}.csv", options.workers)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_job(options.rows, SEED).to_csv(folder / "job.csv", index=False)
        lay_out(folder)
        least = compare(folder, options.rounds, options.workers)
    print(
        f"{options.rows} rows, {options.workers} workers, least of {options.rounds}: seconds of sources, compiled, ratio"
    )
    for step, seconds in least["sources"].items():
        print(f"  {step:20} {seconds:8.2f} {least['compiled'][step]:8.2f} {least['compiled'][step] / seconds:6.2f}")
    print("the answers are the same byte for byte")


if __name__ == "__main__":
    main()
